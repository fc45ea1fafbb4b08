"""robots.txt, also where it does not answer."""

from __future__ import annotations

import asyncio

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware as ScrapyRobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from newsspider.fetching.refusal import Refusal
from newsspider.fetching.row import SITE_KEY, site_of


class _UnreachableError(Exception):
    """robots.txt could not be read."""


class CrawlDelay:
    """Honours ``Crawl-delay`` of robots.txt: of it and our own delay the larger counts.

    A delay above ``NEWSSPIDER_CRAWL_DELAY_MAX`` seconds (default 60) is taken for a slip and cut to that.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._longest = crawler.settings.getfloat("NEWSSPIDER_CRAWL_DELAY_MAX", 60.0)
        self._agent = str(crawler.settings.get("ROBOTSTXT_USER_AGENT") or crawler.settings["USER_AGENT"])

    def keep(self, rules: RobotParser, request: Request) -> None:
        """Slow the download slot of *request* down to what the *rules* of its host ask for."""
        asked = min(rules.crawl_delay(self._agent) or 0.0, self._longest)
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        settings = downloader.per_slot_settings.get(key, {})
        ours = float(settings.get("delay", self.crawler.settings.getfloat("DOWNLOAD_DELAY")))
        if asked <= ours:
            return
        downloader.per_slot_settings[key] = settings | {"delay": asked, "concurrency": 1}
        slot = downloader.slots.get(key)
        if slot is not None:
            slot.delay, slot.concurrency = asked, 1


class RobotsTxtMiddleware(ScrapyRobotsTxtMiddleware):
    """Scrapy's middleware with a timeout of its own, a stated policy, and :class:`CrawlDelay`.

    By `RFC 9309 <https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1>`_ a host whose robots.txt answers with
    4xx has no rules; one whose robots.txt can't be reached, or answers with 5xx, is not crawled. It is asked
    twice, ``NEWSSPIDER_ROBOTS_TIMEOUT`` seconds each. ``NEWSSPIDER_ROBOTS_UNREACHABLE = "allow"`` crawls such
    a host all the same. Refused requests fail with the reason ``robots`` or ``robots_unreachable``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._timeout = crawler.settings.getfloat("NEWSSPIDER_ROBOTS_TIMEOUT", 10.0)
        self._unreachable_is_allowed = crawler.settings.get("NEWSSPIDER_ROBOTS_UNREACHABLE") == "allow"
        self._crawl_delay = CrawlDelay(crawler)
        self._asked: dict[str, asyncio.Task[RobotParser | None]] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise :class:`Refusal` where robots.txt forbids *request*."""
        if request.meta.get("dont_obey_robotstxt") or not request.url.startswith("http"):
            return
        try:
            rules = await self.robot_parser(request)
        except _UnreachableError as error:
            if self._unreachable_is_allowed:
                return
            self._stats.inc_value("robotstxt/forbidden")
            raise Refusal("robots_unreachable", f"{request.url}: {error}") from error
        agent = self._robotstxt_useragent or request.headers.get(b"User-Agent", self._default_useragent)
        if rules is not None and not rules.allowed(request.url, agent or self._default_useragent):
            self._stats.inc_value("robotstxt/forbidden")
            raise Refusal("robots", f"{request.url} is forbidden by robots.txt")

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host, None where it has none; each host is asked once."""
        host = urlparse_cached(request).netloc
        if host not in self._asked:
            self._stats.inc_value("robotstxt/request_count")
            self._asked[host] = asyncio.ensure_future(self._ask(request))
        # a request that is cancelled must not take the answer away from the others
        return await asyncio.shield(self._asked[host])

    async def _ask(self, request: Request) -> RobotParser | None:
        url = urlparse_cached(request)
        robots = Request(
            f"{url.scheme}://{url.netloc}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={
                "dont_obey_robotstxt": True,
                "download_timeout": self._timeout,
                "max_retry_times": 1,
                "give_up_log_level": "INFO",
                SITE_KEY: site_of(request),
            },
            callback=NO_CALLBACK,
        )
        try:
            response = await self.crawler.engine.download_async(robots)
        except Exception as error:
            self._stats.inc_value(f"robotstxt/exception_count/{type(error).__name__}")
            raise _UnreachableError(f"{robots.url} could not be read ({type(error).__name__})") from error
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status >= 500:
            raise _UnreachableError(f"{robots.url} answered with {response.status}")
        if response.status >= 400:
            return None
        rules: RobotParser = build_from_crawler(self._parserimpl, self.crawler, response.body)
        self._crawl_delay.keep(rules, request)
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=request
        )
        return rules
