"""The anchors of a page with what their place on it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

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
_DEEPEST = 12  # levels that are looked at above an anchor
_LONG_TEXT = 300


@dataclass(frozen=True, slots=True)
class Place:
    """What lies around an anchor."""

    in_frame: bool
    """Menus, footers, share bars: the page's frame, and not its content."""
    in_card: bool
    """The box of one story."""
    in_heading: bool


# on the way down the tree places are added up, as bits
_FRAME, _CARD, _HEADING = 1, 2, 4
_PLACES = tuple(Place(bool(n & _FRAME), bool(n & _CARD), bool(n & _HEADING)) for n in range(8))
_OF_TAGS = {
    **dict.fromkeys(("nav", "footer", "select"), _FRAME),
    **dict.fromkeys(_HEADINGS, _HEADING),
    "article": _CARD,
}


class Anchor:
    """One ``<a href>``; most are told by their address, so words and place are read when asked for."""

    def __init__(self, url: str, node: Node, places: dict[Node, int]) -> None:
        self.url = url
        self.node = node
        self._places = places

    @cached_property
    def text(self) -> str:
        """Its words, else its title, in normal form."""
        node = self.node
        text = "".join(node.itertext("*"))[:_LONG_TEXT] if len(node) else node.text or ""
        return normalize(text) or normalize(node.get("title") or "")

    @cached_property
    def place(self) -> Place:
        """What lies around it."""
        return _PLACES[_place(self.node, self._places)]


def anchors(page: Page, nodes: Iterable[Node] | None = None) -> Iterator[Anchor]:
    """Yield the anchors of *page*, or of the subtrees *nodes*, that lead to web addresses, in order."""
    if nodes is None:
        found: Iterable[Node] = page.elements.tagged("a")
    else:
        found = (link for node in nodes for link in node.iter("a"))
    places: dict[Node, int] = {}
    urls: dict[str, str] = {}
    for node in found:
        href = node.get("href")
        if not href:
            continue
        url = urls.get(href)
        if url is None:
            url = urls[href] = tidy_url(page.absolute(href))
        if url:
            yield Anchor(url, node, places)


def _place(node: Node, places: dict[Node, int]) -> int:
    """Return the place of *node*, worked out from the nearest element above whose place is known."""
    path: list[Node] = []
    above: Node | None = node
    while above is not None and above not in places and len(path) < _DEEPEST:
        path.append(above)
        above = above.getparent()
    place = places.get(above, 0) if above is not None else 0
    for element in reversed(path):
        place = places[element] = _step(element, place)
    if len(node) and next(node.iter(*_HEADINGS), None) is not None:
        place |= _HEADING
    return place


def _step(element: Node, above: int) -> int:
    tag = element.tag
    place = above | _OF_TAGS.get(tag, 0)
    names = _names(element)
    if names != " ":
        # a whole page's class names tell of its features ("has-menu") and of the story's tags ("tag-rain")
        place |= _named(names) & ~_FRAME if tag in _WHOLE else _named(names)
    if element.get("role") in _FRAME_ROLES:
        place |= _FRAME
    return place


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
