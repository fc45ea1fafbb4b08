"""Where a crawl starts: the sites that the arguments name, and their first rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from newsspider.errors import ArgumentError
from newsspider.extraction.addresses import host_of
from newsspider.extraction.catalogue import all_sites, find_site, load_site
from newsspider.extraction.identity import registrable_domain
from newsspider.extraction.site import Site
from newsspider.ledger.rows import Row
from newsspider.spiders.arguments import Arguments


def sites_of(arguments: Arguments, folders: Sequence[str]) -> dict[str, Site]:
    """Return the sites that *arguments* name, by stem.

    ``url`` and ``sections`` replace the sections of the site that they lie on; where no site file is, a site
    is made of the address alone. Raises :class:`~newsspider.SiteError` for a site that is not there.
    """
    sites: dict[str, Site] = {}
    for name in arguments.site:
        if name == "all":
            sites |= {site.stem: site for site in _own_sites(folders)}
        else:
            site = load_site(name, folders)
            sites[site.stem] = site
    starts: dict[str, list[str]] = {}
    for url in (*((arguments.url,) if arguments.url else ()), *arguments.sections):
        site = _site_at(url, sites, folders)
        sites[site.stem] = site
        starts.setdefault(site.stem, []).append(url)
    return {
        stem: replace(site, sections=tuple(starts.get(stem, site.sections))) for stem, site in sites.items()
    }


def _own_sites(folders: Sequence[str]) -> tuple[Site, ...]:
    sites = all_sites([Path(folder) for folder in folders])
    if not sites:
        raise ArgumentError(
            "site=all means the files of your own folder, and there are none: set NEWSSPIDER_SITES"
        )
    return sites


def _site_at(url: str, named: dict[str, Site], folders: Sequence[str]) -> Site:
    host = host_of(url)
    for site in named.values():
        if site.has(host):
            return site
    if named:
        raise ArgumentError(f"{url} is not on the site {', '.join(named)}")
    domain = registrable_domain(url)
    return find_site(url, folders) or Site(stem=domain, name=domain, domains=(domain,))


def first_rows(site: Site, arguments: Arguments) -> Iterator[Row]:
    """Yield the rows that a crawl of *site* starts from.

    A site file that names no feed or sitemap leaves them to be found: feeds are named on the home page,
    sitemaps in robots.txt. A page is one row: a home page that is a section too is read as that, and for its
    feeds (see :func:`names_feeds`).
    """
    home = _home(site)
    urls = {
        "sections": site.sections or (home,),
        "feeds": site.feeds or (home,),
        "sitemaps": site.sitemaps or (urljoin(home, "/robots.txt"),),
    }
    seen: set[str] = set()
    for kind, role in (("sections", "section"), ("feeds", "feed"), ("sitemaps", "sitemap")):
        if kind in arguments.discover:
            for url in urls[kind]:
                if url not in seen:
                    yield Row(url=url, role=role, site=site.stem)  # type: ignore[arg-type]  # the three are roles
                seen.add(url)


def names_feeds(row: Row, site: Site, arguments: Arguments) -> bool:
    """Tell whether the section page of *row* is the home page, where feeds are to be found too."""
    return "feeds" in arguments.discover and not site.feeds and row.url == _home(site)


def _home(site: Site) -> str:
    if not site.sections:
        return f"https://{site.domains[0]}/"
    start = urlsplit(site.sections[0])
    return f"{start.scheme}://{start.netloc}/"
