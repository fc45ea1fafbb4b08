"""When a job is due: at a steady pace, or by a cron expression."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from newsspider.tables.cron import CronTimes, read_cron

if TYPE_CHECKING:
    from apscheduler.triggers.base import BaseTrigger
    from apscheduler.triggers.cron import CronTrigger


@dataclass(frozen=True)
class Every:
    """At a steady pace, from when the job is first seen."""

    period: timedelta

    def first(self, now: datetime) -> datetime:
        """Return when a job that is first seen *now* is due: at once."""
        return now

    def after(self, due: datetime, now: datetime) -> datetime:
        """Return the next time after *now* at the pace that *due* is part of; what was missed is skipped."""
        if due > now:
            return due
        return due + self.period * ((now - due) // self.period + 1)

    def __str__(self) -> str:
        return f"every {self.period}"


@dataclass(frozen=True)
class Cron:
    """By a cron expression, on the clock of a time zone."""

    expression: str
    zone: str = "UTC"

    def first(self, now: datetime) -> datetime:
        """Return the first time after *now*."""
        return self.after(now, now)

    def after(self, due: datetime, now: datetime) -> datetime:
        """Return the next time after *now*; what was missed is skipped."""
        found = self._trigger.get_next_fire_time(None, now + timedelta(seconds=1))
        assert found is not None  # noqa: S101  # read_cron refuses what never comes
        return datetime.fromtimestamp(found.timestamp(), tz=now.tzinfo)

    def __str__(self) -> str:
        return f"cron {self.expression} in {self.zone}"

    @cached_property
    def _trigger(self) -> BaseTrigger:
        from apscheduler.triggers.combining import OrTrigger  # noqa: PLC0415  # an extra

        times = read_cron(self.expression)
        if not times.either_day:
            return _trigger(times, self.zone, times.days, times.weekdays)
        return OrTrigger(
            [
                _trigger(times, self.zone, times.days, range(7)),
                _trigger(times, self.zone, range(1, 32), times.weekdays),
            ]
        )


Timing: TypeAlias = Every | Cron


def delay(name: str, due: datetime, jitter: timedelta) -> timedelta:
    """Return how much later than *due* the job *name* starts: by chance, but the same whoever asks."""
    digest = hashlib.blake2b(f"{name} {due.isoformat()}".encode(), digest_size=4).digest()
    return jitter * (int.from_bytes(digest) / 2**32)


def _trigger(times: CronTimes, zone: str, days: Iterable[int], weekdays: Iterable[int]) -> CronTrigger:
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415

    # APScheduler's week begins on Monday, cron's on Sunday
    return CronTrigger(
        minute=_listed(times.minutes),
        hour=_listed(times.hours),
        day=_listed(days),
        month=_listed(times.months),
        day_of_week=_listed((day - 1) % 7 for day in weekdays),
        timezone=ZoneInfo(zone),
    )


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))
