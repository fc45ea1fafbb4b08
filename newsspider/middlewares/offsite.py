"""Staying on the site."""

from __future__ import annotations

from scrapy import Request

from newsspider.extraction.links import on_site
from newsspider.fetching.component import Component
from newsspider.fetching.refusal import Refusal
from newsspider.fetching.row import row_of


class OffsiteMiddleware(Component):
    """Refuses requests of the ``news`` spider that leave their own site, redirects included.

    Scrapy's own middleware of this name knows one list of domains for a whole crawl; in a crawl of many sites
    each site has its own. A refused request fails with the reason ``offsite``.
    """

    def process_request(self, request: Request) -> None:
        """Raise :class:`Refusal` for a request that leaves its site."""
        row = row_of(request)
        if row is None:
            return
        site = self.site(row.site)
        if site is not None and not on_site(request.url, site):
            raise Refusal("offsite", f"{request.url} is not on {row.site}")
