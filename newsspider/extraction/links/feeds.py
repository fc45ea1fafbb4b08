"""Links of RSS and Atom feeds."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from io import BytesIO
from time import struct_time

from lxml import etree

from newsspider.errors import ExtractionError
from newsspider.extraction.links.link import Link, tidy_url
from newsspider.extraction.page import Page
from newsspider.extraction.text import normalize

_ALTERNATES = etree.XPath(
    "//link[contains(@rel, 'alternate')][contains(@type, 'rss') or contains(@type, 'atom')]/@href",
    smart_strings=False,
)


def feed_links(body: bytes, url: str) -> tuple[Link, ...]:
    """Return the articles that a feed lists, newest as it has them; of an HTML page, the feeds that it names.

    Anything feedparser (https://feedparser.readthedocs.io) makes sense of is a feed; other bytes give none.
    """
    if _is_html(body):
        return _feeds_of(body, url)
    import feedparser  # noqa: PLC0415  # slow to import, and most crawls read no feed

    # a file, or feedparser would take the bytes for the name of one and look whether there is one
    feed = feedparser.parse(BytesIO(body), response_headers={"content-location": url}, sanitize_html=False)
    found: dict[str, Link] = {}
    for entry in feed.entries:
        link = tidy_url(str(entry.get("link") or ""))
        if link:
            found.setdefault(
                link, Link(link, "article", normalize(str(entry.get("title") or "")), _date(entry))
            )
    return tuple(found.values())


def _is_html(body: bytes) -> bool:
    start = body[:1024].lower()
    return b"<html" in start or b"<!doctype html" in start


def _feeds_of(body: bytes, url: str) -> tuple[Link, ...]:
    try:
        page = Page(body, url)
    except ExtractionError:
        return ()
    found = _ALTERNATES(page.root)
    urls = [tidy_url(page.absolute(str(link))) for link in found] if isinstance(found, list) else []
    return tuple(Link(link, "feed") for link in dict.fromkeys(urls) if link and "comment" not in link)


def _date(entry: dict[str, object]) -> datetime | None:
    for key in ("published_parsed", "updated_parsed"):
        moment = entry.get(key)
        if isinstance(moment, struct_time):
            try:
                return datetime.fromtimestamp(calendar.timegm(moment), UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None
