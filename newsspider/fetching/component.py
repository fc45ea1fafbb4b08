"""What the middlewares and pipelines of a crawl have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsspider.extraction.site import Site
from newsspider.fetching.counts import count
from newsspider.reporting import Measure

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class Component:
    """A part of a crawl, which Scrapy makes from the crawler."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component for *crawler*."""
        return cls(crawler)

    def site(self, stem: str | None) -> Site | None:
        """Return the site *stem* of the crawl; None where its spider, another project's, knows none such."""
        found: Site | None = getattr(self.crawler.spider, "sites", {}).get(stem)
        return found

    def count(self, measure: Measure, what: str, site: str) -> None:
        """Raise the count of *what* at *site* by one."""
        count(self.crawler, measure, what, site)
