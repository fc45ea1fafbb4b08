"""The engine of yesterday: Splash, a browser behind HTTP, called through scrapy-splash."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from scrapy.http import HtmlResponse, Response

from newsspider.fetching.failures import failure_reason
from newsspider.fetching.row import row_of
from newsspider.rendering.blocking import ad_hosts
from newsspider.rendering.failures import RendererDown, RenderError
from newsspider.rendering.order import MORE_FLAG, RENDER_KEY, RenderOrder, order_of
from newsspider.rendering.patience import CALM_SECONDS, LOOK_SECONDS, PATIENCE_SECONDS
from newsspider.rendering.proxy import take_proxy
from newsspider.rendering.scrapy_splash import Splash, SplashCookies, SplashJsonResponse
from newsspider.rendering.script import page_script

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newsspider.spiders.news import NewsSpider

_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between calls of a Splash that is not there: it restarts when it has grown too large."""
_SENT = ("User-Agent", "Accept-Language", "Referer")
_DOWN = ("connection", "download", "dns", "truncated")


class SplashHandler(HTTP11DownloadHandler):
    """Renders the requests that are marked for it, and those with ``meta["splash"]``; leaves all others.

    scrapy-splash does it in a downloader middleware, which replaces the request by one for Splash: that one
    has another host, so that the rules for hosts, retries and proxies take Splash for the site. Here the
    request stays what it is until it leaves.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._splash = Splash.from_crawler(crawler)
        self._cookies = SplashCookies.from_crawler(crawler)
        self._has_answered = False
        self._places = asyncio.Semaphore(crawler.settings.getint("NEWSSPIDER_RENDER_CONCURRENCY"))

    async def download_request(self, request: Request) -> Response:
        """Return the page of *request* as Splash has it; raises :class:`RenderError`."""
        spider = cast("NewsSpider", self._crawler.spider)
        if request.meta.get(RENDER_KEY):
            order = order_of(request, spider)
            call = request.replace(meta=dict(request.meta), callback=None, errback=None)
            call.meta["splash"] = splash_meta(call, order)
        elif "splash" in request.meta:
            call = request.replace(meta=dict(request.meta), callback=None, errback=None)
        else:
            return await super().download_request(request)
        self._cookies.process_request(call, spider)
        call = self._splash.process_request(call, spider)
        # Splash itself is asked without a proxy; the page's was handed on to it
        call.meta["proxy"] = None
        async with self._places:
            answer = await self._ask(call)
        answer = self._splash.process_response(call, answer, spider)
        answer = self._cookies.process_response(call, answer, spider)
        return _page(request, answer) if request.meta.get(RENDER_KEY) else answer

    async def _ask(self, call: Request) -> Response:
        # one that was never there is waited for in vain
        for wait in (*(_WAITS if self._has_answered else ()), None):
            try:
                answer = await super().download_request(call)
                self._has_answered = True
                return answer
            except DownloadTimeoutError as error:
                raise RenderError(
                    "render_timeout", f"{call.meta['splash']['args']['url']}: {error}"
                ) from error
            except Exception as error:
                if failure_reason(error) not in _DOWN:
                    raise
                if wait is None:
                    raise RendererDown(
                        f"Splash does not answer at {self._splash.splash_base_url} (SPLASH_URL): {error}"
                    ) from error
                await asyncio.sleep(wait)
        raise AssertionError


def splash_meta(request: Request, order: RenderOrder) -> dict[str, Any]:
    """Return the call of Splash for *request*; nothing in it comes from a page but the page's address."""
    row, proxy = row_of(request), take_proxy(request)
    args: dict[str, Any] = {
        "lua_source": _lua(),
        "url": request.url,
        "headers": _headers(request),
        "timeout": order.timeout,
        "ready": list(order.ready),
        "more": list(order.more),
        "steps": order.steps,
        "private": order.private,
        "hosts": list(order.hosts),
        "ad_hosts": sorted(ad_hosts()),
        "page_script": page_script(),
        "look_seconds": LOOK_SECONDS,
        "calm_seconds": CALM_SECONDS,
        "patience": PATIENCE_SECONDS,
    }
    if proxy is not None:
        args["proxy"] = proxy.url
    session = row.site if row is not None else request.url
    return {
        "endpoint": "execute",
        "args": args,
        "session_id": session,
        "slot_policy": "scrapy_default",
        # Accept-Encoding among them would have Splash give the page as it was packed
        "dont_send_headers": True,
    }


def _headers(request: Request) -> dict[str, str]:
    found = {name: request.headers.get(name) for name in _SENT}
    return {name: value.decode("latin-1") for name, value in found.items() if value}


@lru_cache(maxsize=1)
def _lua() -> str:
    return resources.files("newsspider.rendering").joinpath("splash.lua").read_text(encoding="utf-8")


def _page(request: Request, answer: Response) -> Response:
    """Return what Splash answered as the response of the page; raises what went wrong."""
    if not isinstance(answer, SplashJsonResponse):
        raise RenderError("render_failed", f"{request.url}: Splash answers with no JSON ({answer.status})")
    data = answer.data
    if answer.splash_response_status != 200:
        info = data.get("info") or {}
        what = str(info.get("message") or data.get("description") or data.get("error")).partition("\n")[0]
        if answer.splash_response_status == 504:
            raise RenderError("render_timeout", f"{request.url}: {what}")
        raise RenderError("render_failed", f"{request.url}: {what}")
    if "error" in data:
        raise DownloadFailedError(f"{request.url}: Splash says {data['error']}")
    # of the page's headers those that tell how its bytes were sent are true no more
    for name in ("Content-Encoding", "Content-Length", "Transfer-Encoding", "Content-Type"):
        answer.headers.pop(name, None)
    answer.headers["Content-Type"] = "text/html; charset=utf-8"
    return HtmlResponse(
        url=data["url"],
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        encoding="utf-8",
        request=request,
        flags=["splash", *([MORE_FLAG] if data.get("more_left") else [])],
    )
