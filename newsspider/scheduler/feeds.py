"""The crawl's feeds as the ledger knows them: by file, and by the place of each line in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.extensions.feedexport import FeedExporter, FeedSlot, FileFeedStorage

from newsspider.errors import LedgerError
from newsspider.exporters import ArticleLinesExporter
from newsspider.extensions.feeds import FeedExporter as LoudFeedExporter

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class FeedLines:
    """Where the feeds have written their last line.

    Only lines of plain JSON Lines files with all fields can be told one by one; of other feeds (another
    format or storage, compression, renamed fields) nothing is known before they are stored.
    """

    def __init__(self, crawler: Crawler, announce: Callable[[str, int], None]) -> None:
        self.crawler = crawler
        self.are_durable = True
        """Whether every line can be accounted for."""
        self._announce = announce
        self._ends: dict[str, int] = {}

    def open(self) -> None:
        """Look at the feeds, which are known when the spider has been opened."""
        slots = feed_slots(self.crawler)
        self.are_durable = all(map(is_durable, slots))
        for slot in slots if self.are_durable else ():
            self._watch(slot)

    def last(self) -> tuple[str, int]:
        """Return file and offset of the line that has just been written; no file where it can't be told."""
        file, offset = "", 0
        for slot in feed_slots(self.crawler) if self.are_durable else ():
            path = self._watch(slot)
            end = slot.file.tell() if slot.file is not None else self._ends[path]
            if end > self._ends[path]:
                file, offset = path, self._ends[path]
                self._ends[path] = end
        return file, offset

    def ends(self) -> Mapping[str, int]:
        """Return the end of the last line in each file."""
        return self._ends

    def descriptors(self) -> list[int]:
        """Return descriptors of the files that are open, for :func:`sync` to close."""
        files = (slot.file for slot in feed_slots(self.crawler))
        return [os.dup(file.fileno()) for file in files if file is not None and not file.closed]

    @property
    def are_broken(self) -> bool:
        """Whether a line could not be written; what was written of it says nothing then."""
        feeds = self.crawler.get_extension(FeedExporter)
        return isinstance(feeds, LoudFeedExporter) and feeds.is_broken

    @property
    def are_stored(self) -> bool:
        """Whether all feeds, now closed, are where they belong."""
        return not any("feedexport/failed_count/" in name for name in self.crawler.stats.get_stats())

    def _watch(self, slot: FeedSlot) -> str:
        """Return the path of *slot*; before its first line it is announced that lines will come."""
        path = _resolved(slot.storage.path)  # type: ignore[attr-defined]  # is_durable looked
        if path not in self._ends:
            appended = not slot.feed_options.get("overwrite") and Path(path).exists()
            # the file of a new batch, or one that is overwritten, begins with what this run writes
            start = Path(path).stat().st_size if appended and slot.file is None else 0
            self._announce(path, start)
            self._ends[path] = start
        return path


def sync(descriptors: Sequence[int]) -> None:
    """Bring what was written to *descriptors* to disk, and close them."""
    try:
        for descriptor in descriptors:
            os.fsync(descriptor)
    except OSError as error:
        raise LedgerError(f"the feed can't be brought to disk: {error.strerror}; nothing is lost") from error
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def feed_slots(crawler: Crawler) -> list[FeedSlot]:
    """Return the feeds that are open."""
    feeds = crawler.get_extension(FeedExporter)
    return list(feeds.slots) if feeds is not None else []


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


@cache
def _resolved(path: str) -> str:
    return str(Path(path).resolve())
