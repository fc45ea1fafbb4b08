"""What newsspider knows of a site, and how a site is found.

A site is a TOML file, which :mod:`newsspider.extraction.site_file` reads. A folder of the user's comes over
the sites that are shipped: a file of the same name replaces the shipped one whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from newsspider.cleaning.policy import DEFAULT, CleaningPolicy
from newsspider.errors import SiteError
from newsspider.extraction.catalogue import SHIPPED, Catalogue, Folder, catalogue
from newsspider.extraction.layout import Alternatives, LinkRules, Template

__all__ = [
    "SHIPPED",
    "Alternatives",
    "CrawlRules",
    "Folder",
    "LinkRules",
    "Schedule",
    "Site",
    "Template",
    "all_sites",
    "find_site",
    "load_site",
]


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


def load_site(name_or_path: str | Path, folders: Sequence[Folder] = ()) -> Site:
    """Return the site of this name, from the first of *folders* that has it or else shipped.

    A :class:`~pathlib.Path`, or a name that ends in ``.toml``, is a file, read anew each time. Raises
    :class:`~newsspider.SiteError` where there is no such site and where its file is wrong.
    """
    if isinstance(name_or_path, Path) or name_or_path.endswith(".toml"):
        path = Path(name_or_path)
        if not path.is_file():
            raise SiteError(f"{path}: there is no such site file")
        return Catalogue(path.parent).load(path.stem)
    everywhere = [catalogue(folder) for folder in (*folders, SHIPPED)]
    for folder in everywhere:
        if name_or_path in folder.files:
            return folder.load(name_or_path)
    known = sorted({stem for folder in everywhere for stem in folder.files})
    near = get_close_matches(name_or_path, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else "`scrapy sites` lists the sites that there are"
    raise SiteError(f"no site is named {name_or_path!r}: {hint}")


def find_site(url: str, folders: Sequence[Folder] = ()) -> Site | None:
    """Return the site that *url* lies on: the one with its host, or the nearest domain above, if any."""
    labels = (urlsplit(url).hostname or "").rstrip(".").split(".")
    hosts = [".".join(labels[start:]) for start in range(len(labels))]
    seen: list[Catalogue] = []
    for folder in map(catalogue, (*folders, SHIPPED)):
        stem = next((folder.domains[host] for host in hosts if host in folder.domains), None)
        # a file of the same name in an earlier folder replaced this one, with its domains
        if stem is not None and not any(stem in earlier.files for earlier in seen):
            return folder.load(stem)
        seen.append(folder)
    return None


def all_sites(folders: Sequence[Folder]) -> tuple[Site, ...]:
    """Return every site of *folders*, by name; of two files of one name the one in the earlier folder."""
    where: dict[str, Catalogue] = {}
    for folder in map(catalogue, folders):
        _ = folder.domains  # raises where two files have one domain
        where = dict.fromkeys(folder.files, folder) | where
    return tuple(folder.load(stem) for stem, folder in sorted(where.items()))
