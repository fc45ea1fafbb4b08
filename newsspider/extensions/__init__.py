"""Extensions: the crawl's bookkeeping, its feeds, its verdict, its progress line."""

from newsspider.extensions.bookkeeping import Bookkeeping
from newsspider.extensions.feeds import FeedExporter, feed_params
from newsspider.extensions.progress import ProgressLine
from newsspider.extensions.verdict import VerdictReport

__all__ = ["Bookkeeping", "FeedExporter", "ProgressLine", "VerdictReport", "feed_params"]
