"""What is known of every URL and what is to be done: one protocol, its back ends.

``open_ledger("output/ledger.sqlite")`` gives the embedded one.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from newsspider.errors import LedgerError
from newsspider.ledger.protocol import Handout, Ledger, SharedLedger, Terms
from newsspider.ledger.refresh import DEFAULT_INTERVALS, Intervals
from newsspider.ledger.rows import (
    LIST_ROLES,
    ROLES,
    Admission,
    Completion,
    Count,
    Entry,
    Lease,
    Left,
    Limit,
    Limits,
    Outcome,
    Refresh,
    Role,
    Row,
    Start,
    State,
    headline_mark,
)
from newsspider.ledger.sqlite import SqliteLedger

__all__ = [
    "DEFAULT_INTERVALS",
    "LIST_ROLES",
    "ROLES",
    "Admission",
    "Completion",
    "Count",
    "Entry",
    "Handout",
    "Intervals",
    "Lease",
    "Ledger",
    "Left",
    "Limit",
    "Limits",
    "Outcome",
    "Refresh",
    "Role",
    "Row",
    "SharedLedger",
    "SqliteLedger",
    "Start",
    "State",
    "Terms",
    "headline_mark",
    "is_shared",
    "open_ledger",
]

_SHARED = ("redis", "rediss", "unix")


def open_ledger(url: str, worker: str = "") -> Ledger:
    """Open the ledger at *url*: a path, ``sqlite:///path`` (four slashes for an absolute one), or that of a
    database of a Redis server, ``redis://host:6379/0``, as *worker*.

    Raises :class:`~newsspider.LedgerError` for another scheme, for a file that is no sound ledger, and for a
    server that does not answer.
    """
    scheme, separator, _ = url.partition("://")
    if not separator:
        return SqliteLedger(Path(url))
    if scheme == "sqlite":
        return SqliteLedger(Path(unquote(urlsplit(url).path)[1:]))
    if is_shared(url):
        return _redis_ledger(url, worker)
    raise LedgerError(
        f"there is no ledger for {scheme!r}: use sqlite:///path/of/ledger.sqlite or redis://host:6379/0"
    )


def is_shared(url: str) -> bool:
    """Tell whether the ledger at *url* is one that many workers share."""
    return url.partition("://")[0] in _SHARED and "://" in url


def _redis_ledger(url: str, worker: str) -> SharedLedger:
    try:
        from newsspider.ledger.redis import RedisLedger  # noqa: PLC0415  # an extra
    except ImportError as error:
        if error.name != "redis":
            raise
        raise LedgerError("a ledger in Redis needs the extra: pip install 'newsspider[redis]'") from None
    return RedisLedger(url, worker)
