"""Feeds that fail loudly: at the start where that can be known, at once where it cannot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.extensions.feedexport import FeedExporter as ScrapyFeedExporter
from scrapy.extensions.feedexport import FeedSlot, FileFeedStorage

from newsspider.fetching.counts import count

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

UNWRITABLE = "feed_unwritable"
"""The finish reason of a run that can't write its feed."""


class FeedExporter(ScrapyFeedExporter):
    """Scrapy's feed export, that stops the crawl where a feed can't be written.

    Scrapy opens a feed when the first item comes, logs each item that it can't write, and ends with success.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension; FEEDS that Scrapy refuses (unknown format or storage) stop the crawl."""
        try:
            return super().from_crawler(crawler)
        except NotConfigured:
            if crawler.settings.getdict("FEEDS"):
                crawler.signals.connect(_refuse, signals.spider_opened, weak=False)
            raise

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.is_broken = False
        """Whether an item could not be written."""
        self._closing: asyncio.Task[None] | None = None

    def open_spider(self, spider: Spider) -> None:
        """Open the storages; raises :class:`~scrapy.exceptions.CloseSpider` where one can't be written."""
        try:
            super().open_spider(spider)
            for slot in self.slots:
                _try_file(slot)
        except Exception as error:  # whatever a storage raises, the crawl would lose every item to it
            logger.error("The feed can't be written: %s: %s", type(error).__name__, error)
            self.slots = []
            raise CloseSpider(UNWRITABLE) from error

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write *item* to the feeds; the first that can't be written ends the crawl."""
        try:
            super().item_scraped(item, spider)
        except OSError as error:
            self.is_broken = True
            site = str(getattr(item, "site", "") or spider.name)
            count(self.crawler, "failed", "feed", site)
            if self._closing is None:
                logger.error("The feed can't be written: %s", error)
                self._closing = asyncio.ensure_future(
                    self.crawler.engine.close_spider_async(reason=UNWRITABLE)
                )


def _refuse(spider: Spider) -> None:
    raise CloseSpider(UNWRITABLE)


def _try_file(slot: FeedSlot) -> None:
    """Open a file feed for writing and close it again, leaving no trace."""
    if not isinstance(slot.storage, FileFeedStorage):
        return
    path = Path(slot.storage.path)
    existed = path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab"):
        pass
    if not existed:
        path.unlink()


def feed_params(params: Mapping[str, Any], spider: Spider) -> dict[str, Any]:
    """Return what a feed's URI may contain: Scrapy's own, and ``output``, ``site`` and ``run``.

    ``site`` is the one site of the run, else the spider's name; ``job`` the job's id under scrapyd;
    ``worker`` who works on a shared ledger; ``run`` the time of the start and, where there are any, job and
    worker. Meant for ``FEED_URI_PARAMS``.
    """
    sites = tuple(getattr(spider, "sites", ()))
    job = getattr(spider, "_job", None)
    worker = getattr(spider, "worker", "")
    return {
        **params,
        "output": spider.settings.get("NEWSSPIDER_OUTPUT", "output"),
        "site": sites[0] if len(sites) == 1 else spider.name,
        "job": job or "",
        "worker": worker,
        "run": "-".join(part for part in (params["time"], job, worker) if part),
    }
