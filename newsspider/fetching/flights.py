"""From a crawl to what it has in flight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsspider.ledger.flight import Flights

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def flights_of(crawler: Crawler) -> Flights | None:
    """Return what is in flight in the crawl; None where its scheduler keeps no ledger."""
    try:
        scheduler = crawler.engine.scheduler
    except RuntimeError:  # what Scrapy raises before a crawl starts
        return None
    flights = getattr(scheduler, "flights", None)
    return flights if isinstance(flights, Flights) else None
