"""The garbage collector, told what a crawl's objects are like."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from scrapy import signals

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

_YOUNG = 5_000
"""Objects made and not freed before the collector looks; a page in work holds about as many."""


class FrozenHeap:
    """Freezes the heap when the spider opens, and has the collector look at new objects more seldom.

    Scrapy's and our own modules live as long as the process: some 120,000 objects that each full round would
    look through. What a page is read into goes when nothing refers to it any more, and seldom is part of a
    cycle; with Python's own 700 the collector looks at each page twice, in vain.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected to the signals of *crawler*."""
        self = cls()
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        return self

    def spider_opened(self) -> None:
        """Freeze what there is."""
        gc.freeze()
        _, *older = gc.get_threshold()
        gc.set_threshold(_YOUNG, *older)
