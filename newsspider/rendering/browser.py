"""The engine of today: Chromium, driven by scrapy-playwright."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, ClassVar, cast
from weakref import WeakKeyDictionary

from playwright._impl._errors import TargetClosedError
from playwright.async_api import BrowserContext, Page, Route
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Request as PageRequest
from scrapy import Request, Spider
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.provider import PlaywrightBrowserProvider

from newsspider.fetching.refusal import Refusal
from newsspider.fetching.row import row_of
from newsspider.rendering.blocking import NOT_LOADED, Stop
from newsspider.rendering.door import STOPPED, Door, Visitor
from newsspider.rendering.failures import RendererDown, RenderError
from newsspider.rendering.order import MORE_FLAG, RENDER_KEY, RenderOrder, order_of
from newsspider.rendering.proxy import Proxy, take_proxy
from newsspider.rendering.visit import Visit

if TYPE_CHECKING:
    from typing import Self

    from playwright.async_api import Browser
    from scrapy.crawler import Crawler
    from scrapy_playwright.handler import Config

    from newsspider.spiders.news import NewsSpider

_TRIES = 5
_PAUSE_SECONDS = 0.2
"""After a first death, twice as long after each further one: that it is dead gets about with a delay."""
_CLOSE_SECONDS = 5.0
_LAUNCH_SECONDS = 60.0
_REFUSED = {Stop.UNWANTED: "offsite", Stop.PRIVATE: "private_address"}
_MISSING = ("xecutable doesn't exist", "ENOENT")


class ChromiumProvider(PlaywrightBrowserProvider):  # type: ignore[misc]  # has no types
    """Launches the browser, says clearly where it can't, and knows its process."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self.process: int | None = None
        """The id of the browser's process, where it is Chromium."""
        self.gone = asyncio.Event()
        """Set when the browser launched last is gone."""

    async def launch_browser(self) -> Browser:
        """Return a browser; raises :class:`RendererDown` where there is none to be had."""
        try:
            browser: Browser = await super().launch_browser()
        except PlaywrightError as error:
            raise RendererDown(_why_not(str(error))) from error
        gone = self.gone = asyncio.Event()
        browser.on("disconnected", lambda _: gone.set())
        with suppress(PlaywrightError):
            session = await browser.new_browser_cdp_session()
            found = await session.send("SystemInfo.getProcessInfo")
            self.process = next(p["id"] for p in found["processInfo"] if p["type"] == "browser")
        return browser

    def kill(self) -> None:
        """End a browser that does not listen any more."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # has no types
    """Renders the requests that are marked for it; leaves all others to Scrapy, or to scrapy-playwright.

    At most ``NEWSSPIDER_RENDER_CONCURRENCY`` pages are open at a time. After
    ``NEWSSPIDER_RENDER_PAGES_PER_BROWSER`` pages the browser is replaced, so that what it leaks has an end;
    one that dies or hangs is replaced at once, and the pages that were open in it are rendered again.
    """

    _of: ClassVar[WeakKeyDictionary[Crawler, BrowserHandler]] = WeakKeyDictionary()

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._most_open = settings.getint("NEWSSPIDER_RENDER_CONCURRENCY")
        self._most_served = settings.getint("NEWSSPIDER_RENDER_PAGES_PER_BROWSER")
        self._agent = str(settings["USER_AGENT"])
        self._places = asyncio.Condition()
        self._open = 0
        self._served = 0
        self._visits: dict[Request, Visit] = {}
        self._furnished: WeakKeyDictionary[BrowserContext, asyncio.Task[None]] = WeakKeyDictionary()
        self._doors: WeakKeyDictionary[Browser, asyncio.Task[Door]] = WeakKeyDictionary()
        self._closed = False
        # what it warns of is raised too, and counted
        logging.getLogger("scrapy-playwright").setLevel(max(logging.ERROR, logging.root.level))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the one handler of *crawler*, whatever the scheme: two would have a browser each."""
        if crawler not in cls._of:
            cls._of[crawler] = cls(crawler)
        return cast("Self", cls._of[crawler])

    async def close(self) -> None:
        """Close the browser; the second call does nothing."""
        if not self._closed:
            self._closed = True
            await super().close()

    async def download_request(self, request: Request) -> Response:
        """Return the page of *request* as the browser has it; raises :class:`RenderError`."""
        if not request.meta.get(RENDER_KEY):
            return cast("Response", await super().download_request(request))
        order = order_of(request, cast("NewsSpider", self._crawler.spider))
        visit = self._visits[request] = Visit(order)
        self._instruct(request, order, take_proxy(request))
        try:
            async with self._place():
                response = await self._render(request, order)
        finally:
            del self._visits[request]
        return response.replace(flags=[*response.flags, MORE_FLAG]) if visit.could_grow else response

    def _instruct(self, request: Request, order: RenderOrder, proxy: Proxy | None) -> None:
        row = row_of(request)
        context: dict[str, Any] = {
            "user_agent": self._agent,
            "service_workers": "block",
            "accept_downloads": False,
        }
        if proxy is not None:
            # Chromium would ask loopback addresses past every proxy
            context["proxy"] = {"server": proxy.server, "bypass": "<-loopback>"}
            if proxy.username:
                context["proxy"] |= {"username": proxy.username, "password": proxy.password}

        async def prepare(page: Page, request: Request) -> None:
            self._visits[request].begin(page)
            await self._guard(page, Visitor(order, proxied=proxy is not None))

        request.meta.update(
            playwright=True,
            playwright_context=f"{row.site if row else ''} {proxy.url if proxy else ''}",
            playwright_context_kwargs=context,
            playwright_page_init_callback=prepare,
            playwright_page_goto_kwargs={"wait_until": "domcontentloaded", "timeout": order.timeout * 1000},
        )

    async def _apply_page_methods(self, page: Page, request: Request, spider: Spider) -> None:
        """Pay the visit; after a page method scrapy-playwright waits for a load that may never end."""
        visit = self._visits.get(request)
        await (visit.pay() if visit is not None else super()._apply_page_methods(page, request, spider))

    async def _guard(self, page: Page, visitor: Visitor) -> None:
        """Have *page* load only what it may: no picture, and nothing that the browser's door stops."""

        async def decide(route: Route, request: PageRequest) -> None:
            if request.resource_type in NOT_LOADED:
                self._count_aborted()
                await route.abort()
            elif request.is_navigation_request() and request.frame is page.main_frame:
                await route.fallback()  # scrapy-playwright sends Scrapy's headers with it
            else:
                await route.continue_()

        async def close(popup: Page) -> None:
            with suppress(PlaywrightError):
                await popup.close()

        if page.context not in self._furnished:
            self._furnished[page.context] = asyncio.ensure_future(_furnish(page.context))
        await self._furnished[page.context]
        await (await self._door()).expect(page, visitor)
        page.on("popup", close)
        await page.route("**/*", decide)

    async def _door(self) -> Door:
        """Return the door of the present browser; to its first page it is opened."""
        if self.browser not in self._doors:
            self._doors[self.browser] = asyncio.ensure_future(Door.of(self.browser, self._count_aborted))
        return await self._doors[self.browser]

    def _count_aborted(self) -> None:
        self.stats.inc_value("playwright/request_count/aborted")

    async def _render(self, request: Request, order: RenderOrder) -> Response:
        for attempt in range(_TRIES):
            await self._launched()
            try:
                return await self._attempt(request, order)
            except TimeoutError as error:
                await self._give_up(request)
                raise RenderError(
                    "render_timeout", f"{request.url} took more than {order.timeout} s"
                ) from error
            except RuntimeError as error:  # scrapy-playwright's answer to a download, which is not accepted
                raise RenderError("no_document", f"{request.url} is a file to be saved") from error
            except PlaywrightError as error:
                if self._is_alive() and not _says_closed(error):
                    raise _translated(error, request.url) from error
                await asyncio.sleep(_PAUSE_SECONDS * 2**attempt)
                await self._forget_dead()
        raise RenderError("render_crash", f"the browser died {_TRIES} times over {request.url}")

    async def _attempt(self, request: Request, order: RenderOrder) -> Response:
        """Return the page; raises TimeoutError when its time is up, an error of Playwright's when it died."""
        work = asyncio.ensure_future(super().download_request(request))
        gone = asyncio.ensure_future(cast("ChromiumProvider", self.browser_provider).gone.wait())
        try:
            await asyncio.wait((work, gone), timeout=order.timeout, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                # some calls of a dead browser fail, others never return
                await asyncio.wait((work,), timeout=_PAUSE_SECONDS)
            if work.done():
                return cast("Response", work.result())
            raise TargetClosedError if gone.done() else TimeoutError
        finally:
            gone.cancel()
            work.cancel()
            await asyncio.wait((work,), timeout=_CLOSE_SECONDS)

    async def _launched(self) -> None:
        """Wait until there is a browser: what that takes is not the page's time."""
        try:
            async with asyncio.timeout(_LAUNCH_SECONDS):
                await self._maybe_launch_browser()
        except TimeoutError as error:
            raise RendererDown(f"the browser does not start within {_LAUNCH_SECONDS:.0f} s") from error

    async def _give_up(self, request: Request) -> None:
        """Close the page of *request*; a browser that can't even do that is killed."""
        page = self._visits[request].page
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                if page is None:
                    raise TimeoutError
                await page.close()
        except (TimeoutError, PlaywrightError):
            await self._kill()

    async def _kill(self) -> None:
        self.stats.inc_value("newsspider/browsers_killed")
        cast("ChromiumProvider", self.browser_provider).kill()
        await self._forget_dead()

    def _is_alive(self) -> bool:
        return hasattr(self, "browser") and bool(self.browser.is_connected())

    async def _forget_dead(self) -> None:
        """Wait until scrapy-playwright has noticed that its browser is gone."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                while hasattr(self, "browser") and not self.browser.is_connected():
                    await asyncio.sleep(0.02)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """Wait for a place in the browser, and for a new browser where this one has served long enough."""
        async with self._places:
            await self._places.wait_for(self._has_place)
            if self._served >= self._most_served:
                await self._retire()
            self._open += 1
            self._served += 1
        try:
            yield
        finally:
            async with self._places:
                self._open -= 1
                self._places.notify_all()

    def _has_place(self) -> bool:
        return self._open < (self._most_open if self._served < self._most_served else 1)

    async def _retire(self) -> None:
        self._served = 0
        if not self._is_alive():
            return
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self.browser.close()
        except (TimeoutError, PlaywrightError):
            await self._kill()
        await self._forget_dead()


async def _furnish(context: BrowserContext) -> None:
    """Give the pages of *context* no sockets, and the pages that they open nothing at all."""
    await context.route_web_socket("**/*", lambda socket: socket.close())
    await context.route("**/*", lambda route: route.abort())


def _says_closed(error: PlaywrightError) -> bool:
    return "has been closed" in str(error) or "Connection closed" in str(error)


def _translated(error: PlaywrightError, url: str) -> Exception:
    """Return *error* as Scrapy's own kinds, which are tried again, where it is the network's."""
    text = str(error).partition("\n")[0]
    for sign, stop in STOPPED.items():
        if sign in text:
            return Refusal(_REFUSED[stop], f"{url} leads to what it may not: {text}")
    for sign, kind in (
        ("ERR_NAME_NOT_RESOLVED", CannotResolveHostError),
        ("ERR_CONNECTION_REFUSED", DownloadConnectionRefusedError),
        ("net::ERR_", DownloadFailedError),
    ):
        if sign in text:
            return kind(f"{url}: {text}")
    reason = (
        "render_timeout" if "Timeout" in text else "render_crash" if "crashed" in text else "render_failed"
    )
    return RenderError(reason, f"{url}: {text}")


def _why_not(message: str) -> str:
    first = next((line.strip() for line in message.splitlines() if line.strip()), "")
    if any(sign in message for sign in _MISSING):
        return (
            "no browser is there: install the Debian package chromium, run `playwright install chromium`, "
            "or name one by executable_path in PLAYWRIGHT_LAUNCH_OPTIONS"
        )
    if "sandbox" in message:
        return (
            "the browser's sandbox is not allowed here: run as an ordinary user on a system that lets it; "
            "where the container is the sandbox, set chromium_sandbox = False in PLAYWRIGHT_LAUNCH_OPTIONS"
        )
    return f"the browser does not start: {first}"
