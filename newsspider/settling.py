"""From an item's end to its settlement: lines are on disk before their URLs count as exported."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.extensions.feedexport import FeedExporter, FeedSlot, FileFeedStorage
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call

from newsspider.errors import LedgerError
from newsspider.exporters import ArticleLinesExporter
from newsspider.extensions.feeds import FeedExporter as LoudFeedExporter
from newsspider.fetching.row import row_of
from newsspider.items import Article
from newsspider.ledger import Completion, Left, Outcome, SharedLedger, State
from newsspider.ledger.flight import Flights
from newsspider.ledger.versions import completion_of
from newsspider.pipelines import Dropped, KnownArticle, LeftForLater

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.task import LoopingCall

_FLUSH_SECONDS = 0.5


class Settling:
    """Watches the items of a crawl and settles their URLs, twice a second, after one fsync of the feeds.

    That holds for plain JSON Lines files with all fields. With any other feed (another format or storage,
    compression, renamed fields) nothing can be said of a line before the feed is stored: the URLs are settled
    then, so that a killed run fetches them again and nothing is lost, but lines may be there twice.
    """

    def __init__(self, crawler: Crawler, flights: Flights, fail: Callable[[Exception], None]) -> None:
        self.crawler = crawler
        self._flights = flights
        self._fail = fail
        self._ends: dict[str, int] = {}
        self._durable = True
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
        """Look at the feeds, which are known now, and begin to settle."""
        slots = self._slots()
        self._durable = all(is_durable(slot) for slot in slots)
        try:
            if isinstance(self._flights.ledger, SharedLedger):
                _check_feeds(slots, self._flights.ledger.worker)
            for slot in slots if self._durable else ():
                self._watch(slot)
        except Exception as error:
            self._fail(error)
        self._call = create_looping_call(self._flush_or_fail)
        self._call.start(_FLUSH_SECONDS, now=False)

    def item_scraped(self, item: Any, response: Response | None, spider: Spider) -> None:
        """Note where the line of *item*, which the feeds have just written, stands."""
        try:
            if not self._is_feed_broken():  # else the URL stays in flight, for the next run
                self._note_line(item, response)
        except Exception as error:  # a signal's handler that breaks is only logged
            self._fail(error)

    def _note_line(self, item: Any, response: Response | None) -> None:
        file, offset = "", 0
        if self._durable:
            for slot in self._slots():
                path = self._watch(slot)
                end = slot.file.tell() if slot.file is not None else self._ends[path]
                if end > self._ends[path]:
                    file, offset = path, self._ends[path]
                    self._ends[path] = end
        completion = None
        if isinstance(item, Article):
            completion = completion_of(item, file, offset)
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
        if self._durable and not self._abandoned:
            outcomes = self._flights.ready()
            _sync(self._files_of(outcomes))
            await self._settle(outcomes)

    async def close(self, reason: str) -> None:
        """End the run, now or when the feeds are stored."""
        feeds = self.crawler.get_extension(FeedExporter)
        if self._durable or feeds is None or self._abandoned:
            await self._end(reason)
            return

        async def feeds_closed() -> None:
            stored = not any("feedexport/failed_count/" in name for name in self.crawler.stats.get_stats())
            try:
                if stored:
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
                if not self._is_feed_broken():  # else the next run looks at the feeds' ends
                    await self._confirm(dict.fromkeys(self._ends))
                await self._flights.end(reason)
        except Exception as error:
            self._fail(error)
        finally:
            self._flights.clerk.close()

    def _flush_or_fail(self) -> None:
        if self._durable and not self._abandoned and (self._flushing is None or self._flushing.done()):
            self._flushing = asyncio.ensure_future(self._flush_aside())

    async def _flush_aside(self) -> None:
        """Do as :meth:`flush`, but wait for the disk in a thread: pages are read meanwhile."""
        outcomes = self._flights.ready()
        try:
            await asyncio.to_thread(_sync, self._files_of(outcomes))
            if self._call is not None and not self._abandoned:
                await self._settle(outcomes)
        except Exception as error:
            self._fail(error)

    def _files_of(self, outcomes: Sequence[Outcome]) -> list[int]:
        """Return descriptors, for the caller to close, of the feeds if *outcomes* have lines there."""
        if not any(outcome.completion is not None for outcome in outcomes):
            return []
        files = (slot.file for slot in self._slots())
        return [os.dup(file.fileno()) for file in files if file is not None and not file.closed]

    async def _settle(self, outcomes: Sequence[Outcome]) -> None:
        """Settle *outcomes*, whose lines are on disk."""
        await self._flights.settle(outcomes)
        oldest = self._flights.oldest_lines()
        if outcomes:
            await self._confirm({path: oldest.get(path, end) for path, end in self._ends.items()})

    async def _confirm(self, offsets: Mapping[str, int | None]) -> None:
        for path, offset in offsets.items():
            await self._flights.clerk.ask(partial(self._flights.ledger.confirm, path, offset))

    def _is_feed_broken(self) -> bool:
        """Tell whether a line could not be written; what was written of it says nothing then."""
        feeds = self.crawler.get_extension(FeedExporter)
        return isinstance(feeds, LoudFeedExporter) and feeds.is_broken

    def _slots(self) -> list[FeedSlot]:
        feeds = self.crawler.get_extension(FeedExporter)
        return list(feeds.slots) if feeds is not None else []

    def _watch(self, slot: FeedSlot) -> str:
        """Return the path of *slot*; before its first line the ledger is told that lines will come."""
        path = _resolved(slot.storage.path)  # type: ignore[attr-defined]  # is_durable looked
        if path not in self._ends:
            appended = not slot.feed_options.get("overwrite") and Path(path).exists()
            # the file of a new batch, or one that is overwritten, begins with what this run writes
            start = Path(path).stat().st_size if appended and slot.file is None else 0
            self._flights.ledger.confirm(path, start)
            self._ends[path] = start
        return path

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


def _sync(descriptors: Sequence[int]) -> None:
    """Bring what was written to *descriptors* to disk, and close them."""
    try:
        for descriptor in descriptors:
            os.fsync(descriptor)
    except OSError as error:
        raise LedgerError(f"the feed can't be brought to disk: {error.strerror}; nothing is lost") from error
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _check_feeds(slots: Sequence[FeedSlot], worker: str) -> None:
    """Raise :class:`~newsspider.LedgerError` for a feed of which a shared ledger can't name the lines."""
    for slot in slots:
        if not is_durable(slot):
            raise LedgerError(
                f"{slot.uri}: workers that share a ledger write plain JSON Lines files with all fields; "
                "make other formats from what `scrapy feed merge` gives"
            )
        if worker not in Path(slot.storage.path).name:  # type: ignore[attr-defined]  # is_durable looked
            raise LedgerError(
                f"{slot.uri}: workers that share a ledger write a file each: put %(worker)s or %(run)s into "
                "its name"
            )


@cache
def _resolved(path: str) -> str:
    return str(Path(path).resolve())


def is_durable(slot: FeedSlot) -> bool:
    """Tell whether the lines of *slot* can be accounted for one by one."""
    options = slot.feed_options
    exporter = slot.exporters.get(options["format"])
    return (
        isinstance(slot.storage, FileFeedStorage)
        and exporter is ArticleLinesExporter
        and not options.get("postprocessing")
        and not options.get("fields")
    )
