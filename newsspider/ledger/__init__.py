"""What is known of every URL and what is to be done: one protocol, its back ends.

``open_ledger("output/ledger.sqlite")`` gives the embedded one.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from newsspider.errors import LedgerError
from newsspider.ledger.protocol import Ledger
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
    "SqliteLedger",
    "Start",
    "State",
    "headline_mark",
    "open_ledger",
]


def open_ledger(url: str) -> Ledger:
    """Open the ledger at *url*: a path, or ``sqlite:///path`` (four slashes for an absolute one).

    Raises :class:`~newsspider.LedgerError` for another scheme, and for a file that is no sound ledger.
    """
    scheme, separator, _ = url.partition("://")
    if not separator:
        return SqliteLedger(Path(url))
    if scheme == "sqlite":
        return SqliteLedger(Path(unquote(urlsplit(url).path)[1:]))
    raise LedgerError(f"{url}: there is no ledger for {scheme!r}: use sqlite:///path/of/ledger.sqlite")
