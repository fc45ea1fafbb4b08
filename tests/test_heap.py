"""What is loaded before a crawl is out of the garbage collector's rounds."""

import gc

from scrapy import signals
from scrapy.utils.test import get_crawler

from newsspider.extensions import FrozenHeap


def test_the_heap_is_frozen_when_the_spider_opens():
    """From the spider's start on the collector looks only at what was made since, and more seldom."""
    crawler = get_crawler()
    extension = FrozenHeap.from_crawler(crawler)
    before, seldom = gc.get_freeze_count(), gc.get_threshold()
    try:
        crawler.signals.send_catch_log(signals.spider_opened)
        assert gc.get_freeze_count() > before
        assert gc.get_threshold()[0] > seldom[0]
        assert gc.get_threshold()[1:] == seldom[1:]
        assert extension is not None
    finally:
        gc.unfreeze()
        gc.set_threshold(*seldom)
