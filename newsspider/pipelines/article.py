"""What all pipelines for articles have in common."""

from __future__ import annotations

from typing import Any

from newsspider.fetching.component import Component
from newsspider.items import Article


class ArticlePipeline(Component):
    """Base of the pipelines for articles."""

    def process_item(self, item: Any) -> Any:
        """Return what becomes of *item*; raises :class:`~scrapy.exceptions.DropItem`."""
        return self.process_article(item) if isinstance(item, Article) else item

    def process_article(self, article: Article) -> Article:
        """Return what becomes of *article*."""
        raise NotImplementedError

    def note(self, what: str, article: Article) -> None:
        """Count something worth knowing about *article*."""
        self.count("noted", what, article.site)
