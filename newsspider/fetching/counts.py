"""Raising the crawl's counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsspider.reporting import Measure, stat_name

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def count(crawler: Crawler, measure: Measure, what: str, site: str, number: int = 1) -> None:
    """Raise the count of *what* at *site*; :data:`~newsspider.reporting.Measure` says what is counted."""
    crawler.stats.inc_value(stat_name(measure, what, site), number)
