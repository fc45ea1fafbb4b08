"""Soft 404: pages that say that there is no such page, and answer with 200 all the same."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.extraction.reader import read
from newsspider.extraction.text import fold
from newsspider.fetching.answer import page_of
from newsspider.items import Article
from newsspider.ledger.rows import Row
from newsspider.pipelines.article import ArticlePipeline
from newsspider.pipelines.dropped import Dropped

_ALIKE = 0.5
"""From this share of common blocks on, a page is the one that stands for missing ones."""


class MissingPagePipeline(ArticlePipeline):
    """Drops, as ``soft_404``, what reads like the answer of its host for an address that cannot exist.

    Only a page that states no date, but in its address, is suspicious: the host is then asked once, for a
    random path. A host that answers that with 404, as it should, has no such pages.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._asked: dict[str, asyncio.Task[Article | None]] = {}

    async def process_item(self, item: Any) -> Any:
        """Return *item*, unless it is a missing page."""
        if isinstance(item, Article) and item.provenance.get("date_published") in (None, "url"):
            missing = await self._missing(item)
            if missing is not None and is_alike(item, missing):
                raise Dropped("soft_404")
        return item

    async def _missing(self, article: Article) -> Article | None:
        """Return what the article's host says of a page that is not there; each host is asked once."""
        host = urlsplit(article.url).netloc
        if host not in self._asked:
            self._asked[host] = asyncio.ensure_future(self._ask(article))
        return await asyncio.shield(self._asked[host])

    async def _ask(self, article: Article) -> Article | None:
        make = getattr(self.crawler.spider, "request", None)
        site = self.site(article.site)
        if make is None or site is None:
            return None  # another project's spider
        url = urljoin(article.url, f"/{secrets.token_hex(4)}-no-such-page-{secrets.token_hex(4)}")
        request: Request = make(Row(url=url, role="part", site=article.site))
        try:
            response = await self.crawler.engine.download_async(request)
            if response.status != 200:
                return None
            return read(page_of(response), site)
        except Exception:  # no answer, or no document, is no proof: the article stays
            return None


def is_alike(article: Article, missing: Article) -> bool:
    """Tell whether *article* has half or more of its blocks in common with the page *missing*."""
    own, other = ({fold(block.text) for block in page.blocks} for page in (article, missing))
    return bool(own & other) and len(own & other) >= _ALIKE * len(own | other)
