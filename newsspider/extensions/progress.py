"""A live line of how the run goes, for a person at a terminal."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.status import Status
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call

from newsspider.fetching.component import Component
from newsspider.reporting import read_counts

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from twisted.internet.task import LoopingCall

_SECONDS = 0.5


class ProgressLine(Component):
    """One line on the terminal that tells pages, articles and failures; off in log files and under scrapyd.

    ``NEWSSPIDER_PROGRESS = False`` switches it off.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        console = Console(stderr=True)
        if (
            not console.is_terminal
            or settings.get("LOG_FILE")
            or not settings.getbool("NEWSSPIDER_PROGRESS", True)
        ):
            raise NotConfigured
        super().__init__(crawler)
        self._status = Status("starting ...", console=console)
        self._call: AsyncioLoopingCall | LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected to the signals of *crawler*."""
        self = super().from_crawler(crawler)
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        return self

    def spider_opened(self) -> None:
        """Start the line; log lines then go above it."""
        self._status.start()
        _log_to_present_stderr()
        self._call = create_looping_call(self._update)
        self._call.start(_SECONDS)

    def spider_closed(self) -> None:
        """Take the line away."""
        if self._call is not None and self._call.running:
            self._call.stop()
        self._status.stop()
        _log_to_present_stderr()

    def _update(self) -> None:
        totals: dict[str, int] = {}
        for measure, _, _, number in read_counts(self.crawler.stats.get_stats()):
            totals[measure] = totals.get(measure, 0) + number
        self._status.update(
            f"{totals.get('pages', 0)} pages, {totals.get('exported', 0)} articles, "
            f"{totals.get('dropped', 0)} dropped, {totals.get('failed', 0)} failed"
        )


def _log_to_present_stderr() -> None:
    """Point log handlers at the present ``sys.stderr``, which rich replaces while its line is shown."""
    for handler in logging.root.handlers:
        if type(handler) is logging.StreamHandler:
            handler.setStream(sys.stderr)
