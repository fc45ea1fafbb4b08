"""Hosts that are down, and hosts that a crawl has no business with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newsspider.fetching.addresses import is_private
from newsspider.fetching.component import Component
from newsspider.fetching.failures import failure_reason
from newsspider.fetching.refusal import Refusal
from newsspider.fetching.row import site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_SILENCE = frozenset(("dns", "timeout", "connection"))
"""Failures, in :func:`failure_reason`'s words, of hosts that do not answer."""


class DeadHostMiddleware(Component):
    """Asks a host no more that failed ``NEWSSPIDER_DEAD_HOST_AFTER`` times in a row (default 10) in this run.

    A failure is a request without any answer: no connection, no answer in time, no such name. What went wrong
    with an answer, or in the browser that was to render it, is none. The requests refused have the reason
    ``host_down``; with a ledger they wait for the next run.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._most = crawler.settings.getint("NEWSSPIDER_DEAD_HOST_AFTER", 10)
        self._failures: Counter[str] = Counter()

    def process_request(self, request: Request) -> None:
        """Raise :class:`Refusal` for a request to a dead host."""
        host = urlparse_cached(request).netloc
        if self._failures[host] >= self._most:
            raise Refusal("host_down", f"{host} did not answer {self._most} requests in a row")

    def process_response(self, request: Request, response: Response) -> Response:
        """Note that the host lives."""
        self._failures.pop(urlparse_cached(request).netloc, None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that the host did not answer."""
        if failure_reason(exception) in _SILENCE:
            self._failures[urlparse_cached(request).netloc] += 1


class PrivateAddressMiddleware(Component):
    """Refuses requests for private, loopback and link-local addresses: pages may link to what is not public.

    A site file allows them for its site by ``private_addresses = true``; an address that the crawl was told
    to start from is allowed too. A name that leads to such an address is found out when it has answered, and
    its answer is thrown away. Nothing is known of addresses behind a proxy. robots.txt and pictures are
    fetched for a site too; a request for none gets no private address where the spider has sites.
    """

    def process_request(self, request: Request) -> None:
        """Raise :class:`Refusal` for a private address that is no site's own."""
        host = urlparse_cached(request).hostname or ""
        if is_private(host) and not self._is_allowed(request, host):
            raise Refusal("private_address", f"{request.url} is at a private address")

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise :class:`Refusal` where the name turned out to be of a private address."""
        address = response.ip_address
        host = urlparse_cached(request).hostname or ""
        if (
            address is not None
            and not request.meta.get("proxy")
            and is_private(str(address))
            and not self._is_allowed(request, host)
        ):
            raise Refusal("private_address", f"{request.url} is at the private address {address}")
        return response

    def _is_allowed(self, request: Request, host: str) -> bool:
        if not hasattr(self.crawler.spider, "sites"):
            return True  # another project's spider
        site = self.site(site_of(request))
        return site is not None and (site.crawl.private_addresses or host in site.domains)
