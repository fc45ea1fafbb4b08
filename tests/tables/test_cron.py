"""Cron expressions."""

import pytest

from newsspider.tables.cron import read_cron


def test_fields_are_read_as_crontab_has_them():
    """Stars, lists, ranges, steps and names of months and weekdays stand for their numbers."""
    times = read_cron("5,50-59/3 */6 1 jan,Jul mon-fri")
    assert times.minutes == (5, 50, 53, 56, 59)
    assert times.hours == (0, 6, 12, 18)
    assert (times.days, times.months, times.weekdays) == ((1,), (1, 7), (1, 2, 3, 4, 5))
    assert times.either_day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("* * * *", "not a cron expression of five fields"),
        ("60 * * * *", "the minute '60' is not from 0 to 59"),
        ("* 25 * * *", "the hour '25' is not from 0 to 23"),
        ("* * 0 * *", "the day of the month '0' is not from 1 to 31"),
        ("* * * foo *", "the month 'foo' is not from 1 to 12"),
        ("* * * * 8", "the day of the week '8' is not from 0 to 7"),
        ("*/0 * * * *", "the minute '*/0' never comes"),
        ("30-10 * * * *", "the minute '30-10' never comes"),
        ("5/10 * * * *", "has a step and no range"),
        ("1,,2 * * * *", "the minute '' is none"),
        ("@daily", "not a cron expression of five fields"),
        ("0 0 31 2,4 *", "no month of it has that day"),
        ("² * * * *", "the minute '²' is not from 0 to 59"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str):
    """A bad expression is refused with the field that is wrong, also where it could never come."""
    with pytest.raises(ValueError, match="cron expression") as caught:
        read_cron(text)
    assert message in str(caught.value)
