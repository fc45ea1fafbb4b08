"""Counting what becomes of items and requests."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals

from newsspider.fetching.component import Component
from newsspider.fetching.counts import count
from newsspider.fetching.row import row_of
from newsspider.pipelines import Dropped
from newsspider.reporting import one_or_all

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class Bookkeeping(Component):
    """Raises one stat for each item exported, dropped or lost, and for each link that was known already.

    It works for the items and the requests of any spider; the site is that of the item or the request, else
    the spider's name.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected to the signals of *crawler*."""
        self = super().from_crawler(crawler)
        for handler, signal in (
            (self.item_scraped, signals.item_scraped),
            (self.item_dropped, signals.item_dropped),
            (self.item_error, signals.item_error),
            (self.request_dropped, signals.request_dropped),
            (self.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal)
        return self

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Count an item that went to the feeds."""
        self.count("exported", str(_value(item, "page_type") or "item"), self._site(item, spider))

    def item_dropped(self, item: Any, exception: Exception, spider: Spider) -> None:
        """Count an item that a pipeline dropped, by the reason that the pipeline gave."""
        if isinstance(exception, Dropped):
            self.count(exception.measure, exception.reason, self._site(item, spider))
        else:
            self.count("dropped", "other_pipeline", self._site(item, spider))

    def item_error(self, item: Any, spider: Spider) -> None:
        """Count an item that was lost because a pipeline broke."""
        self.count("failed", "item_error", self._site(item, spider))

    def request_dropped(self, request: Request, spider: Spider) -> None:
        """Count a link that the scheduler knows already."""
        row = row_of(request)
        if row is not None:
            self.count("skipped", "known", row.site)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Count the requests that were not sent when the run ended early."""
        scheduler = self.crawler.engine.scheduler
        waiting = len(scheduler) if reason != "finished" and isinstance(scheduler, Sized) else 0
        if waiting:
            site = one_or_all(tuple(getattr(spider, "sites", ())))
            count(self.crawler, "left", reason, site, waiting)

    @staticmethod
    def _site(item: Any, spider: Spider) -> str:
        return str(_value(item, "site") or spider.name)


def _value(item: Any, field: str) -> Any:
    """Return a field of *item*, which may be of any type that Scrapy takes; None where it has none."""
    return item.get(field) if isinstance(item, Mapping) else getattr(item, field, None)
