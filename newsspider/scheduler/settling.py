"""From an item's end to its settlement: lines are on disk before their URLs count as exported."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call

from newsspider.fetching.row import row_of
from newsspider.items import Article
from newsspider.ledger import Completion, Left, Outcome, State
from newsspider.ledger.flight import Flights
from newsspider.ledger.versions import completion_of
from newsspider.pipelines import Dropped, KnownArticle, LeftForLater
from newsspider.scheduler.feeds import FeedLines, sync

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.task import LoopingCall

_FLUSH_SECONDS = 0.5


class Settling:
    """Watches the items of a crawl and settles their URLs, twice a second, after one fsync of the feeds.

    Where a line can't be told by its place (see :class:`~newsspider.scheduler.feeds.FeedLines`) the URLs are
    settled when the feed is stored, so that a killed run fetches them again and nothing is lost, but lines
    may be there twice.
    """

    def __init__(self, crawler: Crawler, flights: Flights, fail: Callable[[Exception], None]) -> None:
        self.crawler = crawler
        self._flights = flights
        self._fail = fail
        self._lines = FeedLines(crawler, flights.ledger.confirm)
        self._abandoned = False
        self._closing: asyncio.Task[None] | None = None
        self._flushing: asyncio.Task[None] | None = None
        self._call: AsyncioLoopingCall | LoopingCall | None = None
        for handler, signal in (
            (self.spider_opened, signals.spider_opened),
            (self.item_scraped, signals.item_scraped),
            (self.item_dropped, signals.item_dropped),
            (self.item_error, signals.item_error),
        ):
            crawler.signals.connect(handler, signal)

    def spider_opened(self) -> None:
        """Look at the feeds, and begin to settle."""
        if self._abandoned:
            return
        try:
            self._lines.open()
        except Exception as error:  # a signal's handler that breaks is only logged
            self._fail(error)
        self._call = create_looping_call(self._flush_or_fail)
        self._call.start(_FLUSH_SECONDS, now=False)

    def item_scraped(self, item: Any, response: Response | None) -> None:
        """Note where the line of *item*, which the feeds have just written, stands."""
        try:
            if not self._lines.are_broken:  # else the URL stays in flight, for the next run
                self._note_line(item, response)
        except Exception as error:
            self._fail(error)

    def _note_line(self, item: Any, response: Response | None) -> None:
        line = self._lines.last()
        completion = None
        if isinstance(item, Article):
            completion = completion_of(item, *line)
            self._flights.recurrence.saw(item)
        reason = "changed" if completion is not None and completion.version > 1 else "new"
        self._ended(response, State.EXPORTED, reason, completion)

    def item_dropped(self, item: Any, response: Response | None, exception: Exception) -> None:
        """Note why *item* was dropped."""
        if isinstance(exception, KnownArticle):
            self._ended(response, State.EXPORTED, exception.reason, exception.completion)
        elif isinstance(exception, LeftForLater):
            row = row_of(response.request) if response is not None else None
            if row is not None:
                left = Left(url=row.url, reason=exception.reason, date=exception.date)
                self._flights.item_for_later(left)
        else:
            reason = exception.reason if isinstance(exception, Dropped) else "other_pipeline"
            self._ended(response, State.DROPPED, reason)

    def item_error(self, item: Any, response: Response | None) -> None:
        """Note that a pipeline broke on *item*."""
        self._ended(response, State.FAILED, "item_error")

    async def flush(self) -> None:
        """Bring the lines written until now to disk, and settle what waits for that."""
        if self._call is not None and self._call.running:
            self._call.stop()
        self._call = None
        if self._flushing is not None:
            await self._flushing
        if self._lines.are_durable and not self._abandoned:
            outcomes = self._flights.ready()
            sync(self._files_of(outcomes))
            await self._settle(outcomes)

    async def close(self, reason: str) -> None:
        """End the run, now or when the feeds are stored."""
        if self._lines.are_durable or self._abandoned:
            await self._end(reason)
            return

        async def feeds_closed() -> None:
            try:
                if self._lines.are_stored:
                    await self._flights.settle(self._flights.ready())
            except Exception as error:
                self._fail(error)
            await self._end(reason)

        self.crawler.signals.connect(feeds_closed, signals.feed_exporter_closed, weak=False)

    def abandon(self, reason: str) -> None:
        """Settle nothing more, and close the spider for *reason*."""
        self._abandoned = True
        if self._closing is None and self.crawler.engine is not None:
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    async def _end(self, reason: str) -> None:
        try:
            if not self._abandoned:
                if not self._lines.are_broken:  # else the next run looks at the feeds' ends
                    await self._confirm(dict.fromkeys(self._lines.ends()))
                await self._flights.end(reason)
        except Exception as error:
            self._fail(error)
        finally:
            self._flights.clerk.close()

    def _flush_or_fail(self) -> None:
        is_idle = self._flushing is None or self._flushing.done()
        if is_idle and self._lines.are_durable and not self._abandoned:
            self._flushing = asyncio.ensure_future(self._flush_aside())

    async def _flush_aside(self) -> None:
        """Do as :meth:`flush`, but wait for the disk in a thread: pages are read meanwhile."""
        outcomes = self._flights.ready()
        try:
            await asyncio.to_thread(sync, self._files_of(outcomes))
            if self._call is not None and not self._abandoned:
                await self._settle(outcomes)
        except Exception as error:
            self._fail(error)

    def _files_of(self, outcomes: Sequence[Outcome]) -> list[int]:
        """Return descriptors of the feeds if *outcomes* have lines there."""
        has_lines = any(outcome.completion is not None for outcome in outcomes)
        return self._lines.descriptors() if has_lines else []

    async def _settle(self, outcomes: Sequence[Outcome]) -> None:
        """Settle *outcomes*, whose lines are on disk."""
        await self._flights.settle(outcomes)
        oldest = self._flights.oldest_lines()
        if outcomes:
            await self._confirm({path: oldest.get(path, end) for path, end in self._lines.ends().items()})

    async def _confirm(self, offsets: Mapping[str, int | None]) -> None:
        for path, offset in offsets.items():
            await self._flights.clerk.ask(partial(self._flights.ledger.confirm, path, offset))

    def _ended(
        self,
        response: Response | None,
        state: State,
        reason: str,
        completion: Completion | None = None,
    ) -> None:
        row = row_of(response.request) if response is not None else None
        if row is not None:
            self._flights.item_ended(row.url, state, reason, completion)
