"""What a run has entered of late: most links of a site stand on page after page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from newsspider.ledger.rows import Row

GENERATION = 5_000
"""Rows that are remembered at least; at most twice as many."""


class Entered:
    """The article rows that were entered last, so that none need be made and looked up again.

    >>> entered = Entered()
    >>> entered.add([Row(url="https://a.com/x", role="article", site="a.com", depth=1)])
    >>> Row(url="https://a.com/x", role="article", site="a.com", depth=2) in entered
    True
    >>> Row(url="https://a.com/x", role="article", site="a.com") in entered
    False

    Forgets the older half when it is full: what it has forgotten is entered once more, and nothing else.
    """

    def __init__(self) -> None:
        self._young: dict[str, tuple[int, datetime | None]] = {}
        self._old: dict[str, tuple[int, datetime | None]] = {}

    def add(self, rows: Iterable[Row]) -> None:
        """Note that the ledger has taken *rows*; lists are entered as often as they are found."""
        for row in rows:
            if row.role == "article":
                self._young[row.url] = (row.depth, row.date)
            if len(self._young) >= GENERATION:
                self._old, self._young = self._young, {}

    def __contains__(self, row: Row) -> bool:
        """Tell whether to enter *row* would tell the ledger nothing: no smaller depth, and no other date."""
        known = self._young.get(row.url) or self._old.get(row.url)
        if known is None or row.role != "article":
            return False
        depth, date = known
        return row.depth >= depth and row.date in (None, date)
