"""How far a walk along list pages has come without anything new: calendars and some counters never end."""

from __future__ import annotations

from collections.abc import Sequence

from newsspider.ledger.rows import Admission, Row


class Trail:
    """The list pages that are still to be read, with how many before each had nothing new, in a row.

    What is new is what the ledger admits, so that a list that repeats itself counts, and so does one that an
    earlier run has read to its end. A page that an earlier run left to be read begins a trail of its own.
    """

    def __init__(self) -> None:
        self._barren: dict[str, int] = {}

    def read(self, page: Row, children: Sequence[Row], admissions: Sequence[Admission]) -> None:
        """Note that the list *page* gave *children*, which the ledger admitted so."""
        fresh = any(
            row.role == "article" and admission in (Admission.NEW, Admission.AGAIN)
            for row, admission in zip(children, admissions, strict=False)
        )
        barren = 0 if fresh else self._barren.pop(page.url, 0) + 1
        for row, admission in zip(children, admissions, strict=False):
            if row.role == page.role and row.depth > page.depth and admission is not Admission.QUEUED:
                self._barren[row.url] = barren

    def barren(self, url: str) -> int:
        """Return how many list pages in a row had nothing new before the one at *url*.

        >>> trail = Trail()
        >>> first = Row(url="a", role="section", site="a.com")
        >>> second = Row(url="b", role="section", site="a.com", depth=1)
        >>> trail.read(first, [second], [Admission.NEW])
        >>> trail.barren("b")
        1
        """
        return self._barren.get(url, 0)
