"""What a run asks of its ledger, by its settings and its spider's arguments."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsspider.fetching.counts import count
from newsspider.ledger import DEFAULT_INTERVALS, Intervals, Ledger, Limits, Refresh
from newsspider.ledger.flight import Flights, utc_now
from newsspider.ledger.lines import recover
from newsspider.ledger.refresh import HOUR
from newsspider.reporting import one_or_all

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from newsspider.extraction.site import Site
    from newsspider.spiders.arguments import Arguments
    from newsspider.spiders.news import NewsSpider

logger = logging.getLogger(__name__)

_LONGEST_DAY = 50 * HOUR
_END_OF_TIME = datetime.max.replace(tzinfo=UTC) - _LONGEST_DAY


def ledger_url(settings: BaseSettings) -> str:
    """Return where the ledger is, by ``LEDGER_URL`` or else in ``NEWSSPIDER_OUTPUT``."""
    return str(
        settings.get("LEDGER_URL") or Path(settings.get("NEWSSPIDER_OUTPUT", "output")) / "ledger.sqlite"
    )


def begin_run(ledger: Ledger, spider: NewsSpider) -> Flights:
    """Begin a run of *spider* on *ledger*, and account for what a killed one left."""
    refresh = refresh_of(spider)
    start = ledger.begin(
        {stem: intervals_of(site) for stem, site in spider.sites.items()}, refresh, utc_now()
    )
    if start.clock_back:
        logger.warning("The clock stands %.0f s behind the ledger's last entry", start.clock_back)
    for what, number in (("taken_up", start.taken_up), ("lines_recovered", recover(ledger))):
        if number:
            count(spider.crawler, "noted", what, one_or_all(spider.sites), number)
    return Flights(ledger, start, refresh, limits_of(spider.arguments), utc_now)


def limits_of(arguments: Arguments) -> Limits:
    """Return what a run with these arguments hands out."""
    return Limits(
        max_pages=arguments.max_pages,
        related_depth=arguments.related_depth,
        since=arguments.since,
        # the last moment of a day anywhere is 50 hours after its first
        until=arguments.until and min(arguments.until, _END_OF_TIME) + _LONGEST_DAY,
    )


def refresh_of(spider: NewsSpider) -> Refresh:
    """Return what is fetched again: by the argument, else everything where a feed is overwritten (``-O``)."""
    if spider.arguments.refresh is not None:
        return Refresh(spider.arguments.refresh)
    feeds = spider.settings.getdict("FEEDS").values()
    return Refresh.ALL if any(options.get("overwrite") for options in feeds) else Refresh.DUE


def intervals_of(site: Site) -> Intervals:
    """Return when pages of *site* are due again."""
    return DEFAULT_INTERVALS if site.crawl.refresh is None else Intervals(exported=site.crawl.refresh)
