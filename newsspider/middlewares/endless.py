"""Lists without an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request

from newsspider.fetching.component import Component
from newsspider.fetching.flights import flights_of
from newsspider.fetching.refusal import NOTHING_NEW, Refusal
from newsspider.fetching.row import row_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class EndlessListMiddleware(Component):
    """Leaves a list alone after ``NEWSSPIDER_BARREN_LISTS`` pages in a row (default 3) with nothing new.

    That ends calendars, counters and lists that repeat themselves, and the walk along what earlier runs have
    read. 0 never stops. It needs the ledger, which knows what is new; where workers share one, each sees the
    pages that it has read itself.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._most = crawler.settings.getint("NEWSSPIDER_BARREN_LISTS", 3)

    def process_request(self, request: Request) -> None:
        """Raise :class:`Refusal` for a list page after too many that had nothing new."""
        row = row_of(request)
        if row is None or row.role != "section" or not self._most:
            return
        flights = flights_of(self.crawler)
        if flights is not None and flights.trail.barren(row.url) >= self._most:
            raise Refusal(NOTHING_NEW, f"{self._most} list pages before {row.url} had nothing new")
