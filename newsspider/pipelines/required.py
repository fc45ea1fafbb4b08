"""What an article must be and have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsspider.items import Article
from newsspider.pipelines.article import ArticlePipeline
from newsspider.pipelines.dropped import Dropped

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class PageTypePipeline(ArticlePipeline):
    """Lets the page types of ``NEWSSPIDER_PAGE_TYPES`` through; the reason of a drop is the type."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._wanted = frozenset(crawler.settings.getlist("NEWSSPIDER_PAGE_TYPES", ["article", "live_blog"]))

    def process_article(self, article: Article) -> Article:
        """Drop a page of another type."""
        if article.page_type not in self._wanted:
            raise Dropped(article.page_type)
        return article


class RequiredPipeline(ArticlePipeline):
    """Drops articles without a headline or without a body; an undated one is counted and kept."""

    def process_article(self, article: Article) -> Article:
        """Drop an incomplete article."""
        if not article.headline:
            raise Dropped("no_headline")
        if not article.article_body:
            raise Dropped("no_body")
        return article


class RequiredAfterCleaningPipeline(RequiredPipeline):
    """The same after cleaning: of some pages nothing is left."""

    def process_article(self, article: Article) -> Article:
        """Drop an article of which cleaning left nothing; count one without a date."""
        article = super().process_article(article)
        if article.date_published is None:
            self.note("undated", article)
        return article
