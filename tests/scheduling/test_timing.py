"""When jobs are due."""

from datetime import UTC, datetime, timedelta

import pytest

from newsspider.scheduling.timing import Cron, Every, delay

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday
HOUR = timedelta(hours=1)


def test_a_steady_pace_begins_at_once_and_keeps_its_beat():
    """A job is due when it is first seen, then at its pace; what was missed is one run, the beat stays."""
    hourly = Every(HOUR)
    assert hourly.first(NOON) == NOON
    assert hourly.after(NOON, NOON + timedelta(seconds=20)) == NOON + HOUR
    assert hourly.after(NOON, NOON + timedelta(hours=40, minutes=5)) == NOON + 41 * HOUR
    assert hourly.after(NOON, NOON) == NOON + HOUR


@pytest.mark.parametrize(
    ("expression", "zone", "expected"),
    [
        ("*/15 * * * *", "UTC", "2026-03-04T12:15:00+00:00"),
        ("0 6 * * 1", "UTC", "2026-03-09T06:00:00+00:00"),  # Monday
        ("0 6 * * 0", "UTC", "2026-03-08T06:00:00+00:00"),  # Sunday
        ("0 6 * * 7", "UTC", "2026-03-08T06:00:00+00:00"),
        ("0 6 * * *", "America/New_York", "2026-03-05T11:00:00+00:00"),
        ("0 0 13 * fri", "UTC", "2026-03-06T00:00:00+00:00"),  # either day is enough
        ("0 0 29 2 *", "UTC", "2028-02-29T00:00:00+00:00"),
        ("0 12 4 3 *", "UTC", "2027-03-04T12:00:00+00:00"),  # strictly after now
    ],
)
def test_cron_comes_when_crontab_says(expression: str, zone: str, expected: str):
    """The next time is cron's, on the zone's clock, with Sunday as 0 and 7."""
    assert Cron(expression, zone).after(NOON, NOON).isoformat() == expected


def test_cron_keeps_the_clock_over_a_change_of_summer_time():
    """Six in the morning is six in the morning before and after the clock is put forward."""
    london = Cron("0 6 * * *", "Europe/London")
    saturday = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    sunday = london.after(saturday, saturday)
    assert sunday.isoformat() == "2026-03-29T05:00:00+00:00"


def test_jitter_spreads_jobs_and_is_the_same_whoever_asks():
    """Jobs that are due together start at different times within the jitter; asking changes nothing."""
    delays = [delay(f"job{n}", NOON, HOUR) for n in range(50)]
    assert all(timedelta(0) <= found < HOUR for found in delays)
    assert len(set(delays)) > 45
    assert max(delays) - min(delays) > timedelta(minutes=40)
    assert delays == [delay(f"job{n}", NOON, HOUR) for n in range(50)]
    assert delay("job", NOON, timedelta(0)) == timedelta(0)
