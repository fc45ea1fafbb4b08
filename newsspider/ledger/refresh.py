"""When a URL is fetched again: intervals that grow, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from newsspider.ledger.rows import State

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """Time from each fetch to the next, by the state that the fetch ended in; after the last: never."""

    exported: tuple[timedelta, ...] = (HOUR, 6 * HOUR, DAY, 7 * DAY)
    """Articles: most corrections come within hours. A changed article starts anew."""
    failed: tuple[timedelta, ...] = (10 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY)
    """Failures: a site that is down comes back, a page that is gone does not."""
    dropped: tuple[timedelta, ...] = (DAY,)
    """Pages that were no article: a page may be filled in later, once."""

    def after(self, state: State, step: int) -> timedelta | None:
        """Return the time to the next fetch after fetch number *step* (from 0) ended in *state*.

        >>> Intervals().after(State.EXPORTED, 1)
        datetime.timedelta(seconds=21600)
        >>> Intervals().after(State.EXPORTED, 4) is None
        True
        """
        steps: dict[State, tuple[timedelta, ...]] = {
            State.EXPORTED: self.exported,
            State.FAILED: self.failed,
            State.DROPPED: self.dropped,
        }
        intervals = steps.get(state, ())
        return intervals[step] if step < len(intervals) else None

    @property
    def longest(self) -> timedelta:
        """The longest of all; nothing is due later than this from now, unless a clock was wrong."""
        return max((*self.exported, *self.failed, *self.dropped), default=timedelta())


DEFAULT_INTERVALS = Intervals()
