"""One article once: in a run by its canonical URL, across runs by its text and the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsspider.cleaning import content_hash
from newsspider.extraction.identity import normalize_url
from newsspider.extraction.text import fold
from newsspider.fetching.flights import flights_of
from newsspider.items import Article, article_id
from newsspider.ledger.flight import Flights
from newsspider.ledger.sketch import sketch_of
from newsspider.ledger.versions import Decision, decide
from newsspider.pipelines.article import ArticlePipeline
from newsspider.pipelines.dropped import Dropped, KnownArticle

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ContentHashPipeline(ArticlePipeline):
    """Sets ``content_hash`` from the cleaned body."""

    def process_article(self, article: Article) -> Article:
        """Return the article with its hash."""
        return replace(article, content_hash=content_hash(article.article_body))


class DuplicatesPipeline(ArticlePipeline):
    """Lets each article through once in a run, by its canonical URL.

    A second page with the same canonical URL but another headline and another body is another article: it
    keeps its own URL, and is counted as ``canonical_conflict``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # small numbers for URLs and texts, some 120 bytes an article: a run of a million takes 120 MB
        self._seen: dict[int, int] = {}

    def process_article(self, article: Article) -> Article:
        """Drop an article that was let through before."""
        text = _mark(article)
        key = _key(normalize_url(article.canonical_url))
        if key not in self._seen:
            self._seen[key] = text
            # a conflicting article may have this very address for its own
            self._seen.setdefault(_key(article.canonical_url), text)
            return article
        if _have_in_common(text, self._seen[key]):
            raise Dropped("duplicate")
        own = replace(article, canonical_url=article.url, id=article_id(article.url))
        # as it was asked for: its normal form may be what it has in common with the other article
        key = _key(own.canonical_url)
        if key in self._seen:
            raise Dropped("duplicate")
        self._seen[key] = text
        self.note("canonical_conflict", own)
        return own


_HALF = 30
"""Bits: two halves are an integer of Python's of the smallest size that is worth it."""


def _key(url: str) -> int:
    return int(article_id(url)[: 2 * _HALF // 4], 16)


def _mark(article: Article) -> int:
    """Return a number, half of which comes of the article's headline, the other half of its body."""
    headline = hash(fold(article.headline or ""))
    body = hash(article.content_hash or article.article_body)
    return (headline & (1 << _HALF) - 1) << _HALF | body & (1 << _HALF) - 1


def _have_in_common(one: int, other: int) -> bool:
    """Tell whether two marks are of the same headline or the same body."""
    different = one ^ other
    return not different >> _HALF or not different & (1 << _HALF) - 1


class VersionPipeline(ArticlePipeline):
    """Tells new articles from changed and known ones, by the crawl's ledger; without a ledger all are new.

    A new one is exported as version 1, a changed one with its next version; one that is known is dropped as
    ``unchanged``. What reads nearly like an earlier article gets that one's id as ``duplicate_of``;
    ``NEWSSPIDER_NEAR_DUPLICATES`` is ``mark``, ``drop`` (as ``near_duplicate``) or ``off``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._near = str(crawler.settings.get("NEWSSPIDER_NEAR_DUPLICATES", "mark"))

    def process_item(self, item: Any) -> Any:
        """Return *item* with its version, a ledger asked; drop an article that is known."""
        flights = flights_of(self.crawler)
        if not isinstance(item, Article) or flights is None:
            return item
        return self._versioned(flights, item)

    async def _versioned(self, flights: Flights, article: Article) -> Article:
        decision = await self._decide(flights, article)
        if decision.kind == "conflict":
            article = replace(article, canonical_url=article.url, id=article_id(article.url))
            decision = await self._decide(flights, article)
            self.note("canonical_conflict", article)
        if decision.kind in ("duplicate", "conflict"):
            raise Dropped("duplicate")
        if not decision.is_exported:
            raise KnownArticle("unchanged", decision.kept(article))
        article = replace(article, version=decision.version)
        return article if self._near == "off" else await self._compare(flights, article)

    @staticmethod
    async def _decide(flights: Flights, article: Article) -> Decision:
        known = await flights.clerk.ask(lambda: flights.ledger.completions([article.id]))
        return decide(article, known.get(article.id), flights.refresh, flights.start.run)

    async def _compare(self, flights: Flights, article: Article) -> Article:
        sketch = sketch_of(article.article_body)
        if sketch is None:
            return article
        now = datetime.now(UTC)
        earlier = await flights.clerk.ask(lambda: flights.ledger.resembling(article.id, sketch, now))
        if earlier is None:
            return article
        if self._near == "drop":
            raise Dropped("near_duplicate")
        self.note("near_duplicate", article)
        return replace(article, duplicate_of=earlier)
