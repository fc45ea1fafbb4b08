"""Articles in parts: the other parts, and the view that has them all."""

from __future__ import annotations

import re
from functools import lru_cache

from newsspider.extraction.addresses import split
from newsspider.extraction.links.anchors import anchors
from newsspider.extraction.links.link import Link, on_site, tidy_url
from newsspider.extraction.page import Page
from newsspider.extraction.site import Site

_NAME = r"(?:page|seite|pagina|página|paged|p|pg|part|teil|parte|partie|pagenum|pageno|page_no)"
_NUMBER = re.compile(rf"[?&/;,_-](?:{_NAME}[=/_-]?)?(\d{{1,2}})(?=/?$|\.\w{{2,5}}$)", re.I)
_WHOLE = re.compile(
    r"[?&/_-](?:(?:page|view|show|seite|p)[=/_-]?)?"
    r"(?:all|single|single-?page|one-?page|full|complete|komplettansicht|toutes?)(?:=(?:1|true|yes))?(?=/?$|\.\w{2,5}$)",
    re.I,
)
_MOST = 30  # parts of one article
_LONGEST_ENDING = len(".shtml")
_LONGEST_NUMBER = len("?pagenum=99.shtml") + 3  # a longer name of another language


def part_links(page: Page, site: Site | None = None, *, head: str | None = None) -> tuple[Link, ...]:
    """Return the links of *page* to the parts of an article but the first, in page order.

    A part's address is the article's own with a page number. *head* is the article's address, where *page* is
    itself a later part.
    """
    stem = _address(head or page.url)
    found: dict[int, str] = {}
    for node in page.elements.tagged("a"):
        href = node.get("href") or ""
        if not _NUMBER.search(href.partition("#")[0][-_LONGEST_NUMBER:]):  # nearly all end here
            continue
        url = tidy_url(page.absolute(href))
        start, number = _split(url)
        if start == stem and 1 < number <= _MOST and on_site(url, site) and "comment" not in url:
            found.setdefault(number, url)
    # numbers without a second page are an id that the address ends in, not pages
    return tuple(Link(found[n], "part") for n in sorted(found)) if head or 2 in found else ()


def one_page_view(page: Page, site: Site | None = None) -> Link | None:
    """Return the link to the view that has all parts of the article on one page, if *page* has one."""
    stem = _address(page.url)
    for anchor in anchors(page):
        address = _address(anchor.url)
        if address != stem and _WHOLE.sub("", address).rstrip("/") == stem and on_site(anchor.url, site):
            return Link(anchor.url, "article", anchor.text)
    return None


def same_article(url: str, head: str) -> bool:
    """Return whether *url* is a part or the one-page view of the article at *head*.

    >>> same_article("https://a.example/rain/?page=2", "https://a.example/rain/")
    True
    """
    stem = _address(head)
    # the number stands at the end or before the ".html"; nearly all links are another path and end here
    host, _, path = stem.partition("?")[0].partition("/")
    if path[:-_LONGEST_ENDING] not in url or host not in url.lower():
        return False
    return stem in (_split(url)[0], _WHOLE.sub("", _address(url)).rstrip("/"))


@lru_cache(maxsize=256)  # each link of a page is compared with the page's own
def _address(url: str) -> str:
    parts = split(tidy_url(url))
    path = parts.path.rstrip("/")
    return f"{parts.hostname}{path}" + (f"?{parts.query}" if parts.query else "")


def _split(url: str) -> tuple[str, int]:
    """Return an address without its page number, and the number; 0 where it has none.

    >>> _split("https://a.example/story/rain-2.html"), _split("https://a.example/story/rain.html")
    (('a.example/story/rain.html', 2), ('a.example/story/rain.html', 0))
    """
    address = _address(url)
    found = _NUMBER.search(address)
    if not found:
        return address, 0
    return (address[: found.start()] + address[found.end() :]).rstrip("/"), int(found[1])
