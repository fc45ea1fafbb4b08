"""Item pipelines: what an article must have, what is cleaned out of it, and which articles are let through.

Each is a thin shell around the pure library, and can be switched in ``ITEM_PIPELINES``. Items that are no
:class:`~newsspider.Article` pass untouched.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Request, signals
from scrapy.exceptions import DropItem
from scrapy.http.request import NO_CALLBACK
from scrapy.pipelines.images import ImagesPipeline

from newsspider.cleaning import RULES, content_hash
from newsspider.cleaning.policy import DEFAULT, CleaningPolicy
from newsspider.cleaning.recurring import RULE as RECURRING
from newsspider.cleaning.recurring import recurring
from newsspider.extraction.catalogue import find_site
from newsspider.extraction.identity import normalize_url
from newsspider.extraction.text import fold
from newsspider.items import Article, article_id
from newsspider.ledger import Completion
from newsspider.ledger.flight import Flights
from newsspider.ledger.sketch import sketch_of
from newsspider.ledger.versions import Decision, decide
from newsspider.reporting import Measure, stat_name

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.pipelines.media import FileInfoOrError, MediaPipeline


class Dropped(DropItem):
    """An item that is not exported; *reason* is one word for the verdict."""

    measure: Measure = "dropped"

    def __init__(self, reason: str, message: str = "") -> None:
        self.reason = reason
        super().__init__(message or reason, log_level="DEBUG")


class LeftForLater(Dropped):
    """An item that a limit of this run keeps out; another run may export it."""

    measure = "left"

    def __init__(self, reason: str, date: datetime | None = None) -> None:
        super().__init__(reason)
        self.date = date
        """The last moment that the article can be of."""


class KnownArticle(Dropped):
    """An article whose text is in the output already; *completion* replaces what the ledger keeps of it."""

    def __init__(self, reason: str, completion: Completion | None = None) -> None:
        super().__init__(reason)
        self.completion = completion


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


class CleaningPipeline(ArticlePipeline):
    """Base of the pipelines that clean: each applies the rules that it names, by the site's policy."""

    rules: ClassVar[tuple[str, ...]] = ()

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        folder = crawler.settings.get("NEWSSPIDER_SITES")
        self._folders = (folder,) if folder else ()

    def process_article(self, article: Article) -> Article:
        """Apply the rules that the site has not switched off."""
        policy = self._policy(article)
        for name in self.rules:
            if name not in policy.off:
                article = RULES[name](article, policy)
        return article

    def _policy(self, article: Article) -> CleaningPolicy:
        site = getattr(self.crawler.spider, "sites", {}).get(article.site)
        return site.cleaning if site is not None else policy_for(article.url, self._folders)


@lru_cache(maxsize=1024)
def _policy_of_host(host_url: str, folders: tuple[str, ...]) -> CleaningPolicy:
    site = find_site(host_url, folders)
    return site.cleaning if site is not None else DEFAULT


def policy_for(url: str, folders: tuple[str, ...]) -> CleaningPolicy:
    """Return the cleaning policy of the site that *url* lies on, or the default one."""
    return _policy_of_host("/".join(url.split("/", 3)[:3]) + "/", folders)


class DatelinePipeline(CleaningPipeline):
    """Where, when and by whom a story was filed: out of the body, into ``dateline``."""

    rules = ("dateline",)


class BylinePipeline(CleaningPipeline):
    """Bylines and timestamps that stand in the text."""

    rules = ("byline", "timestamps")


class PlaceholderPipeline(CleaningPipeline):
    """Ad placeholders such as ``Advertisement`` and ``Scroll to continue``."""

    rules = ("ads", "continuation")


class RelatedLinesPipeline(CleaningPipeline):
    """Lines that lead to other articles: ``Also Read: ...``."""

    rules = ("related",)


class PromotionPipeline(CleaningPipeline):
    """Newsletters, apps, calls to follow and share, what embeds leave behind."""

    rules = ("promos", "social", "embeds")


class AccessPipeline(CleaningPipeline):
    """Prompts to subscribe and to consent."""

    rules = ("paywall", "consent")


class EndMatterPipeline(CleaningPipeline):
    """Credits (into ``credits`` and ``agency``), photo credits, editors' notes, copyright."""

    rules = ("credits", "photo_credits", "notes", "copyright")


class SiteLinesPipeline(CleaningPipeline):
    """The lines and patterns of the site file's ``[cleaning]`` table."""

    rules = ("site_lines",)


class ContentHashPipeline(ArticlePipeline):
    """Sets ``content_hash`` from the cleaned body."""

    def process_article(self, article: Article) -> Article:
        """Return the article with its hash."""
        return replace(article, content_hash=content_hash(article.article_body))


class RecurringPipeline(CleaningPipeline):
    """Lines that earlier runs found in many articles of the site, by the crawl's ledger; see ``recurring``.

    After ``content_hash``, so that a line that begins to recur is no change of the articles that have it.
    Without a ledger nothing recurs.
    """

    def process_article(self, article: Article) -> Article:
        """Return the article without the lines that recurred when the run began."""
        flights = flights_of(self.crawler)
        if flights is None or RECURRING in self._policy(article).off:
            return article
        return recurring(article, flights.recurrence.lines(article.site))


class DuplicatesPipeline(ArticlePipeline):
    """Lets each article through once in a run, by its canonical URL.

    A second page with the same canonical URL but another headline and another body is another article: it
    keeps its own URL, and is counted as ``canonical_conflict``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # 16 bytes a key and 16 a text: a run of a million articles stays below 200 MB
        self._seen: dict[bytes, tuple[int, int]] = {}

    def process_article(self, article: Article) -> Article:
        """Drop an article that was let through before."""
        text = (hash(fold(article.headline or "")), hash(article.content_hash or article.article_body))
        known = self._seen.setdefault(_address(article.canonical_url), text)
        if known is text:
            return article
        if known[0] == text[0] or known[1] == text[1]:
            raise Dropped("duplicate")
        own = replace(article, canonical_url=article.url, id=article_id(article.url))
        if self._seen.setdefault(_address(own.canonical_url), text) is not text:
            raise Dropped("duplicate")
        self.note("canonical_conflict", own)
        return own


def _address(url: str) -> bytes:
    """Return a key that *url* shares with its other spellings: a page may state the one it was asked by."""
    return bytes.fromhex(article_id(normalize_url(url)))


def flights_of(crawler: Crawler) -> Flights | None:
    """Return what is in flight in the crawl; None where its scheduler keeps no ledger."""
    try:
        scheduler = crawler.engine.scheduler
    except RuntimeError:  # what Scrapy raises before a crawl starts
        return None
    flights = getattr(scheduler, "flights", None)
    return flights if isinstance(flights, Flights) else None


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


class ArticleImagesPipeline(ImagesPipeline):
    """Scrapy's ImagesPipeline for articles: downloads ``images`` and fills ``images_files``.

    Add it to ``ITEM_PIPELINES`` and set ``IMAGES_STORE``. It runs before the feed and changes nothing else.
    """

    def get_media_requests(self, item: Any, info: MediaPipeline.SpiderInfo) -> list[Request]:
        """Return a request for each of the article's images."""
        if isinstance(item, Article):
            return [Request(image.url, callback=NO_CALLBACK) for image in item.images]
        return super().get_media_requests(item, info)

    def item_completed(
        self, results: list[FileInfoOrError], item: Any, info: MediaPipeline.SpiderInfo
    ) -> Any:
        """Return the article with ``images_files``: url, path, checksum and status of each file."""
        if not isinstance(item, Article):
            return super().item_completed(results, item, info)
        files = tuple({name: str(value) for name, value in found[1].items()} for found in results if found[0])
        return replace(item, images_files=files)
