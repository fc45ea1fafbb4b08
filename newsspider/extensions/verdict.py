"""The verdict, shown and written when a run ends."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from scrapy import Spider, signals
from scrapy.exceptions import NotConfigured
from scrapy.extensions.feedexport import FeedExporter, FileFeedStorage

from newsspider.extensions.feeds import feed_params
from newsspider.fetching.component import Component
from newsspider.reporting import as_json, verdict
from newsspider.reporting.table import table

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class VerdictReport(Component):
    """Shows the verdict on the run in the terminal, and writes it beside the feed as ``<feed>.verdict.json``.

    Under scrapyd it is written beside the job's log too, whence scrapyd serves it to other machines. Off with
    ``NEWSSPIDER_VERDICT = False``. Needs the stats that :class:`Bookkeeping` raises.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("NEWSSPIDER_VERDICT", True):
            raise NotConfigured
        super().__init__(crawler)
        self._reason = "unknown"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected to the signals of *crawler*."""
        self = super().from_crawler(crawler)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        crawler.signals.connect(self.feeds_closed, signals.feed_exporter_closed)
        return self

    def spider_closed(self, reason: str) -> None:
        """Remember what ended the run; report now where there is no feed to wait for."""
        self._reason = reason
        if self.crawler.get_extension(FeedExporter) is None:
            self._report()

    def feeds_closed(self) -> None:
        """Report when the feeds are stored: a failure there is part of the verdict."""
        self._report()

    def _report(self) -> None:
        stats = dict(self.crawler.stats.get_stats())
        # other handlers of the closing signal may not have had their turn
        stats["finish_reason"] = self._reason
        start = stats.get("start_time")
        if isinstance(start, datetime):
            stats.setdefault("elapsed_time_seconds", (datetime.now(UTC) - start).total_seconds())
        found = verdict(stats)
        text = json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n"
        for path in (self._path(), self._path_beside_log()):
            if path is not None:
                _write(path, text)
        with suppress(SystemExit):  # rich's answer to a broken pipe: scrapyd was killed, and its job goes on
            Console(stderr=True, soft_wrap=False).print(table(found))

    def _path(self) -> Path:
        feeds = self.crawler.get_extension(FeedExporter)
        for slot in feeds.slots if feeds is not None else ():
            if isinstance(slot.storage, FileFeedStorage):
                return beside(Path(slot.storage.path))
        spider = self.crawler.spider
        assert isinstance(spider, Spider)  # noqa: S101  # signals of a crawl come with one
        time = f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S+00-00}"
        names = feed_params({"time": time}, spider)
        return Path(names["output"]) / f"{names['site']}-{names['run']}.verdict.json"

    def _path_beside_log(self) -> Path | None:
        """Return the verdict's path beside the log that scrapyd gave the job, if it gave one."""
        log, job = self.crawler.settings.get("LOG_FILE"), getattr(self.crawler.spider, "_job", None)
        return beside(Path(log)) if log and job and Path(log).stem == job else None


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        logger.error("The verdict can't be written: %s", error)


def beside(feed: Path) -> Path:
    """Return the verdict's path for a feed or log file.

    >>> beside(Path("output/newsx.com-2026.jsonl.gz")).as_posix()
    'output/newsx.com-2026.verdict.json'
    """
    if feed.suffix in (".gz", ".bz2", ".xz", ".zst"):
        feed = feed.with_suffix("")
    return feed.with_name(f"{feed.stem if feed.suffix else feed.name}.verdict.json")
