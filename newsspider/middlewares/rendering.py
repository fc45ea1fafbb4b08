"""Requests that need a browser: sent to one, or refused where there is none."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from newsspider.extraction.links import on_site
from newsspider.fetching.component import Component
from newsspider.fetching.refusal import Refusal
from newsspider.fetching.row import row_of
from newsspider.rendering.engine import renderer_of
from newsspider.rendering.failures import RendererDown
from newsspider.rendering.need import Need
from newsspider.rendering.order import MORE_FLAG, RENDER_KEY

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newsspider.ledger.rows import Row

logger = logging.getLogger(__name__)

RENDERER_DOWN = "renderer_down"
"""The finish reason of a run whose browser is not there."""
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
_VALIDATORS = ("ETag", "Last-Modified")


class RenderingMiddleware(Component):
    """Prepares requests for the browser that ``RENDERER`` names, and looks at what it brings.

    Without one they fail with the reason ``needs_rendering``, beyond a site's ``render_limit`` with that; in
    both cases they wait in the ledger for another run. A browser that is not there ends the run.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._has_engine = renderer_of(crawler.settings) != "none"
        self._rendered: Counter[str] = Counter()
        self._closing: asyncio.Task[None] | None = None

    def process_request(self, request: Request) -> None:
        """Prepare *request* for the browser; raises :class:`Refusal` where it must wait."""
        row = row_of(request)
        if row is None or not (request.meta.get(RENDER_KEY) or self._is_known(row)):
            return
        request.meta[RENDER_KEY] = True
        if not self._has_engine:
            raise Refusal("needs_rendering", f"{request.url} needs a browser: set RENDERER")
        if self._closing is not None:
            raise RendererDown(f"{request.url} waits for a browser")
        self._count_against_limit(row)
        # the skeleton of a page stays the same when the article changes
        for header in _CONDITIONS:
            request.headers.pop(header, None)
        # the browser keeps the cookies; a cache knows the skeleton by the same address
        request.meta.update(dont_merge_cookies=True, dont_cache=True)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise :class:`Refusal` for a page that led off its site; take the skeleton's validators away."""
        row = row_of(request) if request.meta.get(RENDER_KEY) else None
        if row is None:
            return response
        site = self.site(row.site)
        if site is not None and not on_site(response.url, site):
            raise Refusal("offsite", f"{request.url} leads to {response.url}, which is not on {row.site}")
        for header in _VALIDATORS:
            response.headers.pop(header, None)
        self.count("noted", "rendered", row.site)
        if MORE_FLAG in response.flags:
            self.count("left", "max_pages", row.site)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """End the run where there is no browser to be had."""
        if isinstance(exception, RendererDown) and self._closing is None:
            logger.error("%s", exception)
            engine = self.crawler.engine
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=RENDERER_DOWN))

    def _is_known(self, row: Row) -> bool:
        need = getattr(self.crawler.spider, "need", None)
        return isinstance(need, Need) and need.is_known(row)

    def _count_against_limit(self, row: Row) -> None:
        site = self.site(row.site)
        limit = site.crawl.render_limit if site is not None else None
        if limit is not None and self._rendered[row.site] >= limit:
            raise Refusal("render_limit", f"{row.url}: {limit} pages of {row.site} were rendered in this run")
        self._rendered[row.site] += 1
