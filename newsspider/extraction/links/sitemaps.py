"""Links of sitemaps, sitemap indexes and robots.txt."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from newsspider.extraction.addresses import join
from newsspider.extraction.links.link import Link, as_moment, tidy_url
from newsspider.extraction.text import normalize

_GZIP = b"\x1f\x8b"
_LARGEST = 64 * 1024 * 1024  # bytes, unpacked; the protocol allows 50 MiB
_SITEMAP_LINE = re.compile(rb"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)


def sitemap_links(body: bytes, url: str) -> tuple[Link, ...]:
    """Return what a sitemap lists: articles, or an index's sitemaps; of robots.txt, the sitemaps it names.

    Gzipped ones are unpacked, a truncated one as far as it goes. The news extension's title and date are
    read; else the date is ``lastmod``, a bound on the day of the article (https://www.sitemaps.org/protocol.html).
    """
    body = _unpack(body)
    if body.lstrip()[:1] != b"<":
        named = (join(url, line.decode("utf-8", "replace")) for line in _SITEMAP_LINE.findall(body))
        return tuple(Link(link, "sitemap") for link in dict.fromkeys(map(tidy_url, named)) if link)
    found: dict[str, Link] = {}
    for link in _entries(body, url):
        found.setdefault(link.url, link)
    return tuple(found.values())


def _unpack(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    unpacked = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        return unpacked.decompress(body, _LARGEST)
    except zlib.error:
        return _salvage(body)


def _salvage(body: bytes) -> bytes:
    """Return what can be read before the damage."""
    pieces = []
    with gzip.GzipFile(fileobj=BytesIO(body)) as file:
        try:
            while piece := file.read1(1 << 16):
                pieces.append(piece)
                if len(pieces) << 16 > _LARGEST:
                    break
        except (OSError, EOFError, zlib.error):
            pass
    return b"".join(pieces)


def _entries(body: bytes, url: str) -> Iterator[Link]:
    # entities stay unresolved and nothing is loaded: the file is a stranger's
    events = etree.iterparse(
        BytesIO(body), events=("end",), recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for _, element in events:
            name = _name(element)
            if name in ("url", "sitemap"):
                link = _entry(element, url, name)
                element.clear()
                if link is not None:
                    yield link
    except etree.XMLSyntaxError:  # so broken that not even the root is there
        return


def _entry(element: etree._Element, url: str, name: str) -> Link | None:
    texts: dict[str, str] = {}
    for node in element.iter("*"):
        if node.text:
            texts.setdefault(_name(node), node.text.strip())
    location = tidy_url(join(url, texts.get("loc", "")))
    if not texts.get("loc") or not location:
        return None
    date = as_moment(texts.get("publication_date") or texts.get("lastmod") or "")
    return Link(
        location, "sitemap" if name == "sitemap" else "article", normalize(texts.get("title", "")), date
    )


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
