"""The anchors of a page with what their place on it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from lxml import etree

from newsspider.extraction.links.link import tidy_url
from newsspider.extraction.links.words import read_words
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import normalize

_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_FRAME_ROLES = frozenset(("navigation", "contentinfo", "menu", "banner"))
_WHOLE = frozenset(("html", "body", "main", "article"))
_FRAME_WORDS = read_words("frames")
_CARD_WORDS = read_words("cards")
_NAMES = re.compile(r"[a-z]+(?:-item)?|[A-Z][a-z]*")
_LONG_TEXT = 300
_TEXT = etree.XPath("string()", smart_strings=False)  # a third of what itertext() takes
# links that most pages have many of: within the page, to a script, to a program
_NO_PAGE = ("#", "javascript:", "mailto:", "tel:")


class Place(NamedTuple):
    """What lies around an anchor."""

    in_frame: bool
    """Menus, footers, share bars: the page's frame, and not its content."""
    in_card: bool
    """The box of one story."""
    in_heading: bool


# What an element is, as bits. Those of all that lies around an anchor are one number, three bits a level: a
# level down the tree shifts it, and what is more than _LEVELS away falls out. A menu is near its links; far
# above them is what holds the whole page, whose names tell of its features ("has-menu").
_FRAME, _CARD, _HEADING = 1, 2, 4
_BITS = 3
_LEVELS = 12
_ALL = (1 << _BITS * _LEVELS) - 1
_EACH = _ALL // ((1 << _BITS) - 1)  # the lowest bit of each level
_OF_TAGS = {
    **dict.fromkeys(("nav", "footer", "select"), _FRAME),
    **dict.fromkeys(_HEADINGS, _HEADING),
    "article": _CARD,
}


class Anchor:
    """One ``<a href>``; most are told by their address, so words and place are read when asked for."""

    def __init__(self, url: str, node: Node, known: dict[Node, int]) -> None:
        self.url = url
        self.node = node
        self._known = known

    @cached_property
    def text(self) -> str:
        """Its words, else its title, in normal form."""
        node = self.node
        text = str(_TEXT(node))[:_LONG_TEXT] if len(node) else node.text or ""
        return normalize(text) or normalize(node.get("title") or "")

    @property
    def place(self) -> Place:
        """What lies around it."""
        node = self.node
        around = _around(node, self._known)
        return Place(
            in_frame=bool(around & _EACH * _FRAME),
            in_card=bool(around & _EACH * _CARD),
            in_heading=bool(around & _EACH * _HEADING)
            or (len(node) > 0 and next(node.iter(*_HEADINGS), None) is not None),
        )


def anchors(
    page: Page, nodes: Iterable[Node] | None = None, *, to: Callable[[str], bool] = bool
) -> Iterator[Anchor]:
    """Yield the anchors of *page*, or of the subtrees *nodes*, that lead to web addresses, in order.

    Only those to addresses of which *to* is true; it is asked of each once.
    """
    if nodes is None:
        found: Iterable[Node] = page.elements.tagged("a")
    else:
        found = (link for node in nodes for link in node.iter("a"))
    known: dict[Node, int] = {}
    urls: dict[str, str] = {}
    for node in found:
        href = node.get("href")
        if not href:
            continue
        url = urls.get(href)
        if url is None:
            url = "" if href.startswith(_NO_PAGE) else tidy_url(page.absolute(href))
            url = urls[href] = url if url and to(url) else ""
        if url:
            yield Anchor(url, node, known)


def _around(node: Node, known: dict[Node, int]) -> int:
    """Return what *node* and the levels above it are, worked out from the nearest one that is *known*."""
    path: list[Node] = []
    above: Node | None = node
    while above is not None and above not in known:
        path.append(above)
        above = above.getparent()
    around = known[above] if above is not None else 0
    for element in reversed(path):
        around = known[element] = (around << _BITS) & _ALL | _bits(element)
    return around


def _bits(element: Node) -> int:
    """Return what *element* is by its tag, its role, its classes and its id."""
    tag = element.tag
    bits = _OF_TAGS.get(tag, 0)
    names = _names(element)
    if names != " ":
        # the classes of a whole page and of an article tell of features and of the story's tags ("tag-rain")
        bits |= _named(names) & ~_FRAME if tag in _WHOLE else _named(names)
    return bits | _FRAME if element.get("role") in _FRAME_ROLES else bits


def name_words(element: Node) -> frozenset[str]:
    """Return the words of an element's classes and id: ``relatedLinks`` gives ``related`` and ``links``."""
    return _words_of(_names(element))


def _names(element: Node) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:400]


@lru_cache(maxsize=4096)
def _named(names: str) -> int:
    """Return what an element's names say that it is: a frame, a card, both or neither."""
    words = _words_of(names)
    return (0 if _FRAME_WORDS.isdisjoint(words) else _FRAME) | (0 if _CARD_WORDS.isdisjoint(words) else _CARD)


def _words_of(names: str) -> frozenset[str]:
    return frozenset(map(str.lower, _NAMES.findall(names)))
