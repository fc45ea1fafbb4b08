"""The spider ``news``: from section pages, feeds and sitemaps to articles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from scrapy import Request, Spider
from scrapy.http import Response

from newsspider import middlewares
from newsspider.aside import aside
from newsspider.errors import ExtractionError
from newsspider.extraction.join import is_part, is_whole, join_parts
from newsspider.extraction.layout import GENERIC
from newsspider.extraction.links import (
    Link,
    feed_links,
    next_page,
    one_page_view,
    part_links,
    section_links,
    sitemap_links,
)
from newsspider.extraction.page import Page
from newsspider.extraction.reader import read
from newsspider.extraction.site import Site
from newsspider.fetching.answer import page_of
from newsspider.fetching.counts import count
from newsspider.fetching.failures import failure_reason
from newsspider.fetching.flights import flights_of
from newsspider.fetching.row import row_meta, row_of
from newsspider.items import Article
from newsspider.ledger.rows import Role, Row
from newsspider.rendering.engine import check_renderer
from newsspider.rendering.need import Need
from newsspider.rendering.order import RENDER_KEY
from newsspider.reporting import Measure
from newsspider.spiders.arguments import Arguments, read_arguments
from newsspider.spiders.checked_settings import check_settings
from newsspider.spiders.starts import first_rows, names_feeds, sites_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

Output: TypeAlias = "Article | Request"

# articles first: the queue stays as short as one list page is long
_PRIORITY: Mapping[Role, int] = {"article": 10, "part": 10}
_SPIDER_MIDDLEWARES: dict[str, int | None] = {
    "newsspider.middlewares.settling.SettlingMiddleware": 10,
    # what it notes of a request is lost with the request: the ledger keeps the row, which has its own depth
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
_MOST_PARTS = 30
# an article's page that gives less text than this is looked at twice
_LITTLE_TEXT = 250
# reasons that leave a page for a run with other settings
_LEFT = ("needs_rendering", "render_limit")


class NewsSpider(Spider):
    """Crawls news sites by their site files, or any site from a section page.

    A request is a row of plain data in ``Request.meta``, and :meth:`parse`, the one callback, dispatches on
    its role; so a ledger can keep requests and make them again from their rows by :meth:`request`. To make a
    spider of your own, subclass and set ``name`` and ``site``; or override a ``read_...`` method.
    """

    name = "news"
    site: ClassVar[str] = ""
    """The argument ``site``, where none is given."""
    arguments_class: ClassVar[type[Arguments]] = Arguments
    """What the spider may be told; a subclass of :class:`Arguments` for a spider that takes more."""

    def __init__(self, *, folders: tuple[str, ...] = (), **arguments: object) -> None:
        super().__init__()
        self.arguments = self.check(arguments)
        self.sites: Mapping[str, Site] = sites_of(self.arguments, folders)
        self.need = Need(self.sites)
        self._job = self.arguments.job
        self.worker = ""
        """Who this is, among the workers that share a ledger; the scheduler says."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider, with the delays of its sites in the settings of *crawler*."""
        spider = cls(folders=site_folders(crawler.settings), **kwargs)
        spider._set_crawler(crawler)
        slots = {site.stem: _slot(site, crawler.settings) for site in spider.sites.values()}
        crawler.settings.set("DOWNLOAD_SLOTS", slots | crawler.settings.getdict("DOWNLOAD_SLOTS"), "spider")
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Set the ledger as the scheduler, and the middlewares, in another project's crawl too.

        What the project sets itself stays.
        """
        super().update_settings(settings)
        settings.set("SCHEDULER", "newsspider.scheduler.LedgerScheduler", "spider")
        for name, ours in (
            ("SPIDER_MIDDLEWARES", _SPIDER_MIDDLEWARES),
            ("DOWNLOADER_MIDDLEWARES", middlewares.MIDDLEWARES),
        ):
            settings.set(name, ours | settings.getdict(name), "spider")

    @classmethod
    def check(cls, arguments: Mapping[str, object]) -> Arguments:
        """Return the spider arguments, validated; raises :class:`~newsspider.ArgumentError`."""
        named = any(arguments.get(name) for name in ("site", "url", "sections"))
        default = {"site": cls.site} if cls.site and not named else {}
        return read_arguments(cls.arguments_class, default | dict(arguments))

    @classmethod
    def check_run(cls, arguments: Mapping[str, object], settings: BaseSettings) -> None:
        """Raise what a run with *arguments* would fail on at its start: settings, arguments, site files."""
        check_settings(settings)
        check_renderer(settings)
        sites_of(cls.check(arguments), site_folders(settings))

    async def start(self) -> AsyncIterator[Request]:
        """Yield the first requests of every site."""
        for site in self.sites.values():
            for row in first_rows(site, self.arguments):
                # a start is fetched whatever was fetched before; only so can a redirect in a circle be told
                yield self.request(row).replace(dont_filter=True)

    def request(self, row: Row) -> Request:
        """Return the request that *row* stands for."""
        meta = row_meta(row) | {"download_slot": row.site}
        site = self.sites.get(row.site)
        if site is not None and site.crawl.robots == "ignore":
            meta["dont_obey_robotstxt"] = True
        priority = _PRIORITY.get(row.role, 0)
        return Request(row.url, callback=self.parse, errback=self.failed, meta=meta, priority=priority)

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Output]:
        """Yield what the page gives, by the role of its request."""
        row = row_of(response.request)
        if row is None:
            raise ValueError(
                f"{response.url}: this request has no row; make requests with NewsSpider.request"
            )
        reader = {
            "article": self.read_article,
            "section": self.read_section,
            "feed": self.read_feed,
            "sitemap": self.read_sitemap,
        }[row.role]
        async for output in reader(response, row):
            yield output

    def failed(self, failure: Failure) -> None:
        """Count a request that gave no page."""
        row = row_of(failure.request)  # type: ignore[attr-defined]  # Scrapy sets it
        reason = failure_reason(failure.value)
        if row is not None:
            self.count("left" if reason in _LEFT else "failed", reason, row.site)
            self.logger.info("No page from %s (%s)", row.url, reason)

    # -- lists ------------------------------------------------------------------------------------------

    async def read_section(self, response: Response, row: Row) -> AsyncIterator[Output]:
        """Yield requests for the articles that a section page lists, and for its next page."""
        page = await self.page(response)
        site = self.sites[row.site]
        links = section_links(page, site)
        if not response.meta.get(RENDER_KEY) and self.need.is_empty(page, row, found=bool(links)):
            yield self.rendered(response, row)
            return
        self.count("pages", "section", row.site)
        for request in self.follow(links, row):
            yield request
        if names_feeds(row, site, self.arguments):
            for request in self.follow(feed_links(response.body, response.url), row):
                yield request
        following = next_page(page, site)
        if following is not None:
            yield self.request(
                Row(
                    url=following.url,
                    role="section",
                    site=row.site,
                    depth=row.depth + 1,
                    found_on=row.url,
                    date=self._latest_after(links),
                )
            )

    async def read_feed(self, response: Response, row: Row) -> AsyncIterator[Output]:
        """Yield requests for the articles of a feed, or for the feeds that a page names."""
        self.count("pages", "feed", row.site)
        for request in self.follow(feed_links(response.body, response.url), row):
            yield request

    async def read_sitemap(self, response: Response, row: Row) -> AsyncIterator[Output]:
        """Yield requests for the articles of a sitemap, or for the sitemaps of an index or of robots.txt."""
        self.count("pages", "sitemap", row.site)
        for request in self.follow(sitemap_links(response.body, response.url), row):
            yield request

    def follow(self, links: Iterable[Link], row: Row) -> Iterator[Request]:
        """Yield requests for *links*; the run's limits keep some of them back when they are handed out."""
        for link in links:
            self.count("found", link.role, row.site)
            depth = 0 if link.role == "article" else row.depth + 1
            role: Role = "article" if link.role == "related" else link.role
            date = link.date if role == "article" else None
            yield from self._unless_known(
                Row(url=link.url, role=role, site=row.site, depth=depth, found_on=row.url, date=date)
            )

    def _unless_known(self, row: Row) -> Iterator[Request]:
        """Yield the request for *row*, unless this run has had the same link before."""
        flights = flights_of(self.crawler)
        if flights is not None and flights.has_entered(row):
            self.count("skipped", "known", row.site)
        else:
            yield self.request(row)

    # -- articles ---------------------------------------------------------------------------------------

    async def read_article(self, response: Response, row: Row) -> AsyncIterator[Output]:
        """Yield the article of a page, its parts joined, and requests for what it relates to."""
        page = await self.page(response)
        site = self.sites[row.site]
        article = read(page, site)
        if self._needs_browser(article, page, response, row):
            yield self.rendered(response, row)
            return
        self.count("pages", article.page_type, row.site)
        if article.template == GENERIC and any(each.page == article.page_type for each in site.templates):
            self.count("noted", "no_template", row.site)
        article = await self._whole(article, page, row)
        yield replace(
            article,
            url=row.url,
            site=row.site,
            found_on=row.found_on,
            fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        if article.page_type not in ("article", "live_blog"):
            return
        for url in article.related_urls:
            self.count("found", "related", row.site)
            for request in self._unless_known(
                Row(url=url, role="article", site=row.site, depth=row.depth + 1, found_on=row.url)
            ):
                yield request

    async def _whole(self, article: Article, page: Page, row: Row) -> Article:
        """Return *article* with the text of all its parts.

        The parts are fetched inside the head's callback and not through the queue: they are settled with
        their head, so that a run that is killed between two parts fetches the article whole the next time.
        """
        site = self.sites[row.site]
        waiting = list(part_links(page, site))
        if not waiting:
            return article
        view = one_page_view(page, site)
        viewed = await self._part(view, row) if view is not None else None
        whole = read(viewed, site) if viewed is not None else None
        if whole is not None and is_whole(whole, article):
            return replace(whole, id=article.id, canonical_url=article.canonical_url)
        parts: list[Article] = []
        seen = {link.url for link in waiting}
        while waiting and len(parts) < _MOST_PARTS:
            part = await self._part(waiting.pop(0), row)
            text = read(part, site) if part is not None else None
            if part is None or text is None or not is_part(text):
                self.count("noted", "part_missing", row.site)
                continue
            parts.append(text)
            more = [link for link in part_links(part, site, head=page.url) if link.url not in seen]
            seen.update(link.url for link in more)
            waiting += more
        return join_parts(article, parts)

    async def _part(self, link: Link, row: Row) -> Page | None:
        """Return the page behind *link*, a part of the article of *row*."""
        part = Row(url=link.url, role="part", site=row.site, depth=row.depth, found_on=row.url)
        request = self.request(part)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            self.count("failed", failure_reason(error), row.site)
            return None
        if response.status != 200:
            self.count("failed", f"http_{response.status}", row.site)
            return None
        try:
            page = await self.page(response)
        except ExtractionError:
            self.count("failed", "no_document", row.site)
            return None
        self.count("pages", "part", row.site)
        return page

    # -- pages that need a browser ----------------------------------------------------------------------

    def rendered(self, response: Response, row: Row) -> Request:
        """Return the request for the page of *response*, once more and by a browser."""
        request = response.request
        assert request is not None  # noqa: S101  # callbacks get no other response
        # what Scrapy noted of the first fetch stays behind
        own = {key: value for key, value in request.meta.items() if key.startswith("newsspider_")}
        return request.replace(meta=self.request(row).meta | own | {RENDER_KEY: True}, dont_filter=True)

    def _needs_browser(self, article: Article, page: Page, response: Response, row: Row) -> bool:
        if response.meta.get(RENDER_KEY):
            return False
        if self.need.article_needs(page, row, article.template):
            return True
        return self.need.is_empty(page, row, found=len(article.article_body) >= _LITTLE_TEXT)

    # -- what both need --------------------------------------------------------------------------------------

    async def page(self, response: Response) -> Page:
        """Return the response parsed, while the crawl goes on.

        Raises :class:`~newsspider.ExtractionError` for one that is no document, which a callback need not
        catch: such a page has failed, as ``no_document``.
        """
        return await aside(partial(page_of, response))

    def count(self, measure: Measure, what: str, site: str) -> None:
        """Raise one of the crawl's counts."""
        count(self.crawler, measure, what, site)

    def _latest_after(self, links: Iterable[Link]) -> datetime | None:
        """Return the last moment of what the page after one with *links* can list, if none is wanted.

        That is where all dated links are older than ``since``. Where one is not, a later page may list what
        is newer: what is pinned to the top is often old.
        """
        latest = max((link.date for link in links if link.date is not None), default=None)
        since = self.arguments.since
        return latest if latest is not None and since is not None and latest < since else None


def site_folders(settings: BaseSettings) -> tuple[str, ...]:
    """Return the user's folder of site files, if one is set."""
    folder = settings.get("NEWSSPIDER_SITES")
    return (str(folder),) if folder else ()


def _slot(site: Site, settings: BaseSettings) -> dict[str, float]:
    """Return the download slot of *site*: one request at a time, but for a site that asks for no delay."""
    delay = settings.getfloat("DOWNLOAD_DELAY") if site.crawl.delay is None else site.crawl.delay
    concurrency = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN" if delay else "CONCURRENT_REQUESTS")
    return {"delay": delay, "concurrency": concurrency}
