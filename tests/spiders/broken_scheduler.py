"""A scheduler that breaks in the midst of a crawl."""

from scrapy import Request

from newsspider.ledger import Lease
from newsspider.ledger.flight import Flights
from newsspider.scheduler import LedgerScheduler


class BrokenScheduler(LedgerScheduler):
    """Hands out list pages, and breaks on the first article."""

    def _request(self, lease: Lease) -> Request:
        if lease.row.role == "article":
            raise RuntimeError("broken on purpose")
        return super()._request(lease)


class BrokenAtTheEnd(LedgerScheduler):
    """Breaks when it is asked what is left."""

    async def _count_left(self, flights: Flights, reason: str) -> None:
        raise RuntimeError("broken on purpose")
