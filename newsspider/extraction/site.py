"""What newsspider knows of a site: what its site file says, as data.

:mod:`newsspider.extraction.site_file` reads one, :mod:`newsspider.extraction.catalogue` finds that of a URL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from newsspider.cleaning.policy import DEFAULT, CleaningPolicy
from newsspider.extraction.addresses import lies_on
from newsspider.extraction.layout import LinkRules, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRules:
    """How a site wants to be crawled."""

    delay: float | None = None
    """Seconds between two requests to a host; none: the crawl's own."""
    robots: Literal["obey", "ignore"] = "obey"
    """Whether robots.txt is obeyed."""
    private_addresses: bool = False
    """Whether hosts of the site may lie on private and loopback addresses."""
    refresh: tuple[timedelta, ...] | None = None
    """Time from each fetch of an article to the next, after the last never; none: the crawl's own."""
    render_timeout: float = 30.0
    """Seconds that a page may take in a browser."""
    render_limit: int | None = None
    """Pages rendered in a run, at most; none: no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a site is crawled, and with which spider arguments."""

    every: timedelta | None = None
    """Time from one run to the next."""
    cron: str | None = None
    """A cron expression of five fields."""
    jitter: timedelta | None = None
    """A run starts up to so much later than due; none: the schedule's own."""
    args: Mapping[str, str] = field(default_factory=dict)
    """Spider arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One news site."""

    stem: str
    """The file's name without ``.toml``; what ``-a site=`` takes."""
    name: str
    """As readers know it."""
    domains: tuple[str, ...]
    """Its domains, subdomains included."""
    language: str | None = None
    """BCP 47 tag of its articles."""
    timezone: str | None = None
    """IANA name of the zone of the times that it states without an offset."""
    seen: date | None = None
    """The day the layout was last looked at."""
    sections: tuple[str, ...] = ()
    """URLs of section pages: where a crawl starts."""
    feeds: tuple[str, ...] = ()
    """URLs of RSS and Atom feeds."""
    sitemaps: tuple[str, ...] = ()
    """URLs of news sitemaps."""
    links: LinkRules = field(default_factory=LinkRules)
    """The ``[links]`` table."""
    crawl: CrawlRules = field(default_factory=CrawlRules)
    """The ``[crawl]`` table."""
    cleaning: CleaningPolicy = DEFAULT
    """The ``[cleaning]`` table."""
    schedule: Schedule | None = None
    """The ``[schedule]`` table."""
    templates: tuple[Template, ...] = ()
    """The ``[[template]]`` tables, in the order in which they are tried."""
    quirks: str | None = None
    """Module of :mod:`newsspider.quirks` with code for this site; shipped files only."""
    source: str = ""
    """The file that it was read from."""
    digest: str = ""
    """Of the file's bytes: whether two processes have the same."""

    def has(self, host: str) -> bool:
        """Return whether *host* is on the site: one of its domains, or below one; ``www.`` is nothing."""
        return lies_on(host, self.domains)
