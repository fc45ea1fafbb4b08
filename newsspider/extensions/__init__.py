"""Extensions: the crawl's bookkeeping, its feeds, its verdict, its progress line, its heap."""

from newsspider.extensions.bookkeeping import Bookkeeping
from newsspider.extensions.feeds import FeedExporter, feed_params
from newsspider.extensions.heap import FrozenHeap
from newsspider.extensions.progress import ProgressLine
from newsspider.extensions.verdict import VerdictReport

__all__ = ["Bookkeeping", "FeedExporter", "FrozenHeap", "ProgressLine", "VerdictReport", "feed_params"]
