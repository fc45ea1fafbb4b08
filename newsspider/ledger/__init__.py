"""What is known of every URL and what is to be done: one protocol, its back ends.

``open_ledger("output/ledger.sqlite")`` gives the embedded one.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
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
    "find_ledger",
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
    if is_shared(url):
        shared: SharedLedger = _redis().RedisLedger(url, worker)
        return shared
    return SqliteLedger(_path(url))


def find_ledger(url: str) -> Ledger:
    """Open the ledger that a crawl has made at *url*, as :func:`open_ledger` does, and make none.

    Raises :class:`~newsspider.LedgerError` where there is none, too.
    """
    if is_shared(url):
        place, is_there = _redis().address_of(url).name, _redis().is_there(url)
    else:
        place, is_there = str(_path(url)), _path(url).exists()
    if not is_there:
        raise LedgerError(f"{place}: there is no ledger yet; a crawl makes one, or LEDGER_URL names another")
    return open_ledger(url)


def is_shared(url: str) -> bool:
    """Tell whether the ledger at *url* is one that many workers share."""
    return url.partition("://")[0] in _SHARED and "://" in url


def _path(url: str) -> Path:
    scheme, separator, rest = url.partition("://")
    if not separator:
        return Path(url)
    if scheme != "sqlite":
        raise LedgerError(
            f"there is no ledger for {scheme!r}: use sqlite:///path/of/ledger.sqlite or redis://host:6379/0"
        )
    if not rest.startswith("/") or rest == "/":
        raise LedgerError(f"{url} names no file: a path comes after three slashes, sqlite:///ledger.sqlite")
    return Path(unquote(urlsplit(url).path)[1:])


def _redis() -> ModuleType:
    try:
        from newsspider.ledger import redis  # noqa: PLC0415  # an extra
    except ImportError as error:
        if error.name != "redis":
            raise
        raise LedgerError("a ledger in Redis needs the extra: pip install 'newsspider[redis]'") from None
    return redis
