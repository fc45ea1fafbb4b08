"""The next page of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast

from lxml import etree

from newsspider.extraction.addresses import split
from newsspider.extraction.links.anchors import Anchor, anchors, name_words
from newsspider.extraction.links.link import Link, on_site, tidy_url
from newsspider.extraction.links.words import read_words
from newsspider.extraction.page import Node, Page
from newsspider.extraction.site import Site
from newsspider.extraction.text import fold

_REL_NEXT = etree.XPath(
    "//*[self::link or self::a][contains(concat(' ', @rel, ' '), ' next ')]", smart_strings=False
)
_BUTTONS = etree.XPath("//*[@data-next-url or @data-next-page-url or @data-load-more-url or @data-more-url]")
_BUTTON_URLS = ("data-next-url", "data-next-page-url", "data-load-more-url", "data-more-url")
_CURRENT = etree.XPath(
    "//*[contains(@class, 'current') or contains(@class, 'active') or contains(@class, 'selected')"
    " or @aria-current]",
    smart_strings=False,
)

_NEXT_WORDS = read_words("next")
_NEXT_SIGNS = frozenset(("»", "›", ">", ">>", "→", "❯", "⟩", "▶", "►"))
_NEXT_NAMES = frozenset(("next", "older", "nextpostslink", "loadmore", "nextpage"))
_PREVIOUS_NAMES = frozenset(("prev", "previous", "newer", "disabled"))
_PAGE_PARAMETER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[/?&;_-](?:page|paged|seite|pagina|p|pg|pn|pageno|page_no|pageindex|currentpage)[=/_-]?|/)(\d{1,5})(?=$|[/&.?#])",
    re.I,
)
_ITEMS = frozenset(("slide", "slider", "carousel", "slideshow", "gallery", "calendar", "swiper", "lightbox"))


def next_page(page: Page, site: Site | None = None) -> Link | None:
    """Return the link to the next page of the list that *page* is a page of, if there is one.

    In this order: the site file's expression, ``rel=next``, the number after the present one, the words for
    "next", "older" or "load more", an address on a button. A link that only a script could follow is none.
    """
    if site is not None and site.links.next:
        found = (node for expression in site.links.next for node in expression.nodes(page))
        return _first(page, site, (node.get("href") or "" for node in found))
    related = _first(page, site, _rel_next(page))
    if related is not None:
        return related
    links = [anchor for anchor in anchors(page) if _leads_on(anchor.url, page, site)]
    numbered = _numbered(links, page)
    worded = numbered or next((anchor.url for anchor in links if _says_next(anchor)), None)
    if worded is not None:
        return Link(worded, "section")
    nodes = cast("list[Node]", _BUTTONS(page.root))
    return _first(page, site, (node.get(name) or "" for node in nodes for name in _BUTTON_URLS))


def _first(page: Page, site: Site | None, hrefs: Iterator[str]) -> Link | None:
    urls = (tidy_url(page.absolute(href)) for href in hrefs if href)
    return next((Link(url, "section") for url in urls if url and _leads_on(url, page, site)), None)


def _rel_next(page: Page) -> Iterator[str]:
    for node in cast("list[Node]", _REL_NEXT(page.root)):
        yield node.get("href") or ""


def _leads_on(url: str, page: Page, site: Site | None) -> bool:
    here = split(page.url)
    there = split(url)
    same_host = there.hostname == here.hostname if site is None else on_site(url, site)
    if not there.path.strip("/") and not there.query:
        return False  # the home page follows none
    return same_host and (there.path.rstrip("/"), there.query) != (here.path.rstrip("/"), here.query)


def _says_next(anchor: Anchor) -> bool:
    """Return whether the link's words, sign or class say "next", and its address may be a list's page."""
    words = name_words(anchor.node)
    parent = anchor.node.getparent()
    around = words | (name_words(parent) if parent is not None and _is_small(parent) else frozenset())
    if around & (_PREVIOUS_NAMES | _ITEMS):
        return False
    label = anchor.text or anchor.node.get("aria-label") or anchor.node.get("title") or ""
    said = fold(label)
    if (
        said in _NEXT_WORDS
    ):  # "see more" is also what a box of another section says: its address has no number
        return bool(_PAGE_PARAMETER.search(anchor.url.partition("://")[2].partition("/")[2]))
    if words & _NEXT_NAMES and len(said) <= 20:
        return True
    if label.strip() in _NEXT_SIGNS:
        return bool(around & _NEXT_NAMES) or _page_of(anchor.url) is not None
    return not said and bool(words & _NEXT_NAMES)


def _is_small(node: Node) -> bool:
    """Return whether *node* has at most three children; len() would count those of a list for each link."""
    return next(islice(node.iterchildren(), 3, None), None) is None


def _numbered(links: Sequence[Anchor], page: Page) -> str | None:
    """Return the address behind the number after the present page's, among links that differ by a number."""
    pages: dict[int, str] = {}
    family = ""
    for anchor in links:
        label = anchor.text.strip(" []()·|")
        if label.isascii() and label.isdigit() and len(label) <= 5:
            shape, _ = _taken_apart(anchor.url)
            if pages and shape != family and not _alike(shape, family):
                continue
            family = family or shape
            pages.setdefault(int(label), anchor.url)
    if not pages:
        return None
    present = _present(page, pages)
    following = pages.get(present + 1)
    return following if following and _belongs(following, page) else None


def _alike(shape: str, family: str) -> bool:
    """Return whether two address shapes are of one list: the first page often has no number in its own."""
    start = min(len(shape), len(family)) * 2 // 3
    return shape[:start] == family[:start]


def _present(page: Page, pages: dict[int, str]) -> int:
    marked = [
        int(text)
        for node in cast("list[Node]", _CURRENT(page.root))
        if len(node) <= 1
        and (text := "".join(node.itertext("*"))[:20].strip(" []()·|\n\t")).isdecimal()
        and len(text) <= 5
    ]
    for number in marked:
        if number not in pages and (number + 1 in pages or number - 1 in pages):
            return number
    own = _placed(page.url, pages) or _page_of(page.url)
    if own is not None and own + 1 in pages and own not in pages:
        return own
    # the first page's own number is mostly no link
    return 1 if 1 not in pages else next((n for n in marked if n in pages), own or 1)


def _taken_apart(url: str) -> tuple[str, tuple[int, ...]]:
    """Return the path and query of *url* with a mark for each number, and the numbers.

    >>> _taken_apart("https://a.example/list2?start=30")
    ('/list#?start=#', (2, 30))
    """
    parts = split(url)
    address = f"{parts.path}?{parts.query}"
    return _PAGE_PARAMETER.sub("#", address), tuple(int(n[:18]) for n in _PAGE_PARAMETER.findall(address))


def _placed(url: str, pages: dict[int, str]) -> int | None:
    """Return the number of the page at *url*, by where its address stands among those of *pages*.

    >>> _placed("/list?start=75", {2: "/list?start=15", 4: "/list?start=45"})
    6
    """
    shape, own = _taken_apart(url)
    alike = [(number, _taken_apart(other)) for number, other in pages.items()]
    rows = [(number, numbers) for number, (other, numbers) in alike if other == shape]
    if len(rows) < 2:
        return None
    (first, start), (second, then) = rows[:2]
    changing = [at for at, (one, other) in enumerate(zip(start, then, strict=True)) if one != other]
    if len(changing) != 1 or second == first:
        return None
    at = changing[0]
    step, rest = divmod(then[at] - start[at], second - first)
    if rest or own[:at] + own[at + 1 :] != start[:at] + start[at + 1 :]:
        return None
    number, rest = divmod(own[at] - start[at], step) if step else (0, 1)
    return None if rest else first + number


def _page_of(url: str) -> int | None:
    parts = split(url)
    found = _PAGE_NUMBER.findall(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return int(found[-1]) if found else None


def _belongs(url: str, page: Page) -> bool:
    """Return whether *url* can be a page of the list at ``page.url``: their paths begin alike."""
    here = [segment for segment in split(page.url).path.split("/") if segment]
    there = [segment for segment in split(url).path.split("/") if segment]
    return not here or not there or here[0].split(".")[0][:3] == there[0].split(".")[0][:3]
