"""Cleaning: each pipeline is some rules of :data:`newsspider.cleaning.RULES`, by the policy of the site."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from newsspider.cleaning import RULES
from newsspider.cleaning.policy import DEFAULT, CleaningPolicy
from newsspider.cleaning.recurring import RULE as RECURRING
from newsspider.cleaning.recurring import recurring
from newsspider.extraction.catalogue import find_site
from newsspider.fetching.flights import flights_of
from newsspider.items import Article
from newsspider.pipelines.article import ArticlePipeline

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


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
        site = self.site(article.site)
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
