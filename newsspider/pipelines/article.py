"""What all pipelines for articles have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsspider.items import Article
from newsspider.reporting import stat_name

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class ArticlePipeline:
    """Base of the pipelines for articles."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for *crawler*."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Return what becomes of *item*; raises :class:`~scrapy.exceptions.DropItem`."""
        return self.process_article(item) if isinstance(item, Article) else item

    def process_article(self, article: Article) -> Article:
        """Return what becomes of *article*."""
        raise NotImplementedError

    def note(self, what: str, article: Article) -> None:
        """Count something worth knowing about *article*."""
        self.crawler.stats.inc_value(stat_name("noted", what, article.site))
