"""What a link is, and which links lie on a site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from newsspider.extraction.addresses import host_of
from newsspider.extraction.links.tracking import is_tracking
from newsspider.extraction.site import Site

LinkRole: TypeAlias = Literal["section", "feed", "sitemap", "article", "part", "related"]

_LAST_ZONE = timezone(timedelta(hours=-12))  # where a day ends last
_LONGEST = 2083  # what browsers took for decades; longer ones are traps or data
# most links need no reading: a host of plain letters, a path, and nothing to clean
_TIDY = re.compile(r"https?://[A-Za-z0-9.-]*[A-Za-z0-9](?:/[\w/.%~!$'()*+,;=:@-]*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Link:
    """A link found on a page, in a feed or in a sitemap."""

    url: str
    """Absolute, without fragment and tracking parameters."""
    role: LinkRole
    """What is behind it."""
    text: str = ""
    """Its words, in normal form."""
    date: datetime | None = None
    """The latest moment that the date beside it can mean, with a zone; None where there is none."""


@lru_cache(maxsize=4096)  # menus are the same on every page of a site
def tidy_url(url: str) -> str:
    """Return *url* without fragment and tracking parameters, or an empty string for what no crawl can fetch.

    >>> tidy_url("https://a.example/x?utm_source=mail&id=3#top")
    'https://a.example/x?id=3'
    >>> tidy_url("mailto:desk@a.example")
    ''
    """
    url = url.strip()
    if len(url) > _LONGEST:
        return ""
    if _TIDY.fullmatch(url):
        return url
    address, _, query = url.partition("#")[0].partition("?")
    if not (_TIDY.fullmatch(address) and query.isascii()) and not _can_be_fetched(url):
        return ""
    # parameter by parameter, as it stands: what a server makes of the others is its own matter
    kept = [part for part in query.split("&") if part and not is_tracking(*_pair(part))]
    return f"{address}?{'&'.join(kept)}" if kept else address


def _can_be_fetched(url: str) -> bool:
    if not url.startswith(("http://", "https://")):
        return False
    try:
        parts = urlsplit(url)
        # a port is read when it is asked for, and half of a pair of UTF-16 can't be sent
        return bool(parts.hostname and parts.port != 0 and url.encode())
    except ValueError:
        return False


def _pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name, value


def url_path(url: str) -> str:
    """Return the path of *url*, which a site file's patterns are searched in."""
    return path_and_query(url)[0]


def path_and_query(url: str) -> tuple[str, str]:
    """Return the path and the query of *url*, an absolute web address.

    >>> path_and_query("https://a.example/rain?page=2#top")
    ('/rain', 'page=2')
    """
    # urlsplit() takes ten times as long, and a page has hundreds of links
    address, _, query = url.partition("#")[0].partition("?")
    _, slash, path = address.partition("//")[2].partition("/")
    return slash + path, query


def on_site(url: str, site: Site | None) -> bool:
    """Return whether the host of *url* is on a domain of *site*, or below one; without a site all are."""
    if site is None:
        return True
    return site.has(_host(url))


@lru_cache(maxsize=4096)
def _host(url: str) -> str:
    return host_of(url)


_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=\D)")


def date_in(path: str) -> datetime | None:
    """Return the last moment of the day that a URL path names.

    >>> date_in("/2024/05/03/rain.html").isoformat()
    '2024-05-03T23:59:59-12:00'
    """
    found = _DAY.search(path + "/")
    if not found:
        return None
    return as_moment("-".join(found.groups()))


def as_moment(text: str) -> datetime | None:
    """Return the last moment that ISO 8601 *text* can mean, where it names only a day or no zone.

    >>> as_moment("2024-05-03").isoformat(), as_moment("soon")
    ('2024-05-03T23:59:59-12:00', None)
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if len(text.strip()) <= len("2024-05-03"):
        moment = moment.replace(hour=23, minute=59, second=59)
    return moment if moment.tzinfo else moment.replace(tzinfo=_LAST_ZONE)
