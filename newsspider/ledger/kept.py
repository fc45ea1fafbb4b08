"""What every back end keeps alike, whatever it is kept in: states as numbers, moments as whole seconds."""

from __future__ import annotations

from datetime import UTC, datetime

from newsspider.ledger.rows import State

STATES: tuple[State, ...] = (State.WAITING, State.LISTED, State.EXPORTED, State.DROPPED, State.FAILED)
"""States by their number; leased is a mark beside the state."""
REMEMBERED_DAYS = 90
"""Copies of a story appear within days; older sketches are forgotten."""

# a page may state the first day of year 1 or the last of year 9999, parts of which lie outside in other zones
_FIRST_SECOND = int(datetime.min.replace(tzinfo=UTC).timestamp())
_LAST_SECOND = int(datetime.max.replace(tzinfo=UTC, microsecond=0).timestamp())


def seconds_of(moment: datetime) -> int:
    """Return *moment* as whole seconds since 1970, moved to the nearest that :func:`moment_of` can give.

    >>> moment_of(seconds_of(datetime.fromisoformat("0001-01-01T00:00:00+01:00"))).isoformat()
    '0001-01-01T00:00:00+00:00'
    """
    return _within(int(moment.timestamp()))


def moment_of(seconds: int) -> datetime:
    """Return the moment, in UTC, that is kept as *seconds*; of one that no calendar has, the nearest."""
    return datetime.fromtimestamp(_within(seconds), UTC)


def _within(seconds: int) -> int:
    return min(max(seconds, _FIRST_SECOND), _LAST_SECOND)
