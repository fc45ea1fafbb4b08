"""The limits of a run that an article is measured by: its date, and how many there were before it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from math import inf
from typing import TYPE_CHECKING, Any

from scrapy import signals

from newsspider.items import Article
from newsspider.pipelines.article import ArticlePipeline
from newsspider.pipelines.dropped import Dropped, LeftForLater

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class DateWindowPipeline(ArticlePipeline):
    """Keeps articles that may lie between the spider arguments ``since`` and ``until``, and undated ones."""

    def process_article(self, article: Article) -> Article:
        """Leave an article outside the window for another run."""
        arguments = getattr(self.crawler.spider, "arguments", None)
        if arguments is None or article.date_published is None:
            return article
        first, last = moments_of(article.date_published)
        if arguments.since is not None and last < arguments.since:
            raise LeftForLater("since", last)
        if arguments.until is not None and first > arguments.until:
            raise LeftForLater("until", last)
        return article


_DAY = timedelta(days=1, microseconds=-1)


def moments_of(date: str) -> tuple[datetime, datetime]:
    """Return the first and the last moment that an item's date can mean; in UTC where it has no zone.

    >>> [moment.isoformat(timespec="seconds") for moment in moments_of("2024-05-03")]
    ['2024-05-03T00:00:00+00:00', '2024-05-03T23:59:59+00:00']
    """
    first = datetime.fromisoformat(date)
    first = first if first.tzinfo else first.replace(tzinfo=UTC)
    return first, first + _DAY if len(date) == len("2024-05-03") else first


class MaxArticlesPipeline(ArticlePipeline):
    """Lets as many articles through as the spider's argument ``max_articles`` says, and ends the run then."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._through: set[str] = set()
        self._closing: asyncio.Task[None] | None = None
        crawler.signals.connect(self._item_scraped, signals.item_scraped)
        crawler.signals.connect(self._item_dropped, signals.item_dropped)
        crawler.signals.connect(self._item_lost, signals.item_error)
        self._exported = 0

    def process_article(self, article: Article) -> Article:
        """Leave an article beyond the limit for another run."""
        most = self._most()
        if len(self._through) >= most:
            raise LeftForLater("max_articles")
        if most != inf:
            self._through.add(article.id)
        return article

    def _most(self) -> float:
        arguments = getattr(self.crawler.spider, "arguments", None)
        most = getattr(arguments, "max_articles", None)
        return inf if most is None else most

    def _item_scraped(self, item: Any) -> None:
        self._exported += isinstance(item, Article)
        if self._exported >= self._most() and self._closing is None:
            self._closing = asyncio.ensure_future(
                self.crawler.engine.close_spider_async(reason="max_articles")
            )

    def _item_dropped(self, item: Any, exception: Exception) -> None:
        # what our own pipelines drop never had a place, but a duplicate has the id of an article that has
        if not isinstance(exception, Dropped):
            self._item_lost(item)

    def _item_lost(self, item: Any) -> None:
        # a user's own pipeline, after this one, lost it: its place is free again
        if isinstance(item, Article):
            self._through.discard(item.id)
