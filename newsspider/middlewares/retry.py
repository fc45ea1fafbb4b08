"""Retries that wait as long as the server asks."""

from __future__ import annotations

import asyncio
from email.utils import parsedate_to_datetime
from time import monotonic, time

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware as ScrapyRetryMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from newsspider.fetching.row import site_of
from newsspider.scheduler import scheduler_of

_ASK_TO_WAIT = (429, 503)


class RetryMiddleware(ScrapyRetryMiddleware):
    """Scrapy's middleware, that honours ``Retry-After`` of 429 and 503 for the whole host.

    The scheduler hands out nothing of its site meanwhile and takes back what it can, so that the other sites
    of the run go on.
    A server that asks for more than ``NEWSSPIDER_RETRY_AFTER_MAX`` seconds is not asked again for that page.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._longest = settings.getfloat("NEWSSPIDER_RETRY_AFTER_MAX", 120.0)
        self._not_before: dict[str, float] = {}

    async def process_request(self, request: Request) -> Request | None:
        """Hold *request* back while its host has asked to be left alone: in the scheduler, or else here."""
        host = urlparse_cached(request).netloc
        while (wait := self._not_before.get(host, 0.0) - time()) > 0:
            scheduler = scheduler_of(self.crawler)
            if scheduler is not None and scheduler.keeps(request):
                return request.copy()
            await asyncio.sleep(wait)
        self._not_before.pop(host, None)
        return None

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return a new request for a response that is worth one, else the response."""
        if response.status in _ASK_TO_WAIT:
            wait = seconds_to_wait(response.headers.get("Retry-After", b"") or b"", time())
            if wait > self._longest:
                return response
            if wait > 0:
                self._leave_alone(request, wait)
        result: Request | Response = super().process_response(request, response)
        return result

    def _leave_alone(self, request: Request, seconds: float) -> None:
        self._not_before[urlparse_cached(request).netloc] = time() + seconds
        downloader = self.crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        if slot is not None:  # what has come past this middleware waits there, if the slot has a delay
            slot.lastseen = max(slot.lastseen, monotonic() + seconds)
        site, scheduler = site_of(request), scheduler_of(self.crawler)
        if site is not None and scheduler is not None:
            scheduler.patience.hold_back(site, seconds)


def seconds_to_wait(header: bytes, now: float) -> float:
    """Return the seconds that a ``Retry-After`` header asks for (RFC 9110, 10.2.3); 0 where it says nothing.

    >>> [seconds_to_wait(h, 10) for h in (b"7", b"Thu, 01 Jan 1970 00:01:00 GMT", b"soon")]
    [7.0, 50.0, 0.0]
    """
    text = header.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return 0.0
