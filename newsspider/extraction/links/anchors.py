"""The anchors of a page with what their place on it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import cast

from lxml import etree

from newsspider.extraction.links.link import tidy_url
from newsspider.extraction.links.words import read_words
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import normalize

_ANCHORS = etree.XPath("//a[@href]", smart_strings=False)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_FRAMES = frozenset(("nav", "footer", "select"))
# their class names tell of the page's features ("has-menu") and of the story's tags ("tag-rain")
_WHOLE = frozenset(("html", "body", "main", "article"))
_FRAME_WORDS = read_words("frames")
_CARD_WORDS = read_words("cards")
_NAMES = re.compile(r"[a-z]+(?:-item)?|[A-Z][a-z]*")
_DEEPEST = 12  # levels that are looked at above an anchor
_LONG_TEXT = 300


@dataclass(slots=True)
class Place:
    """What lies around an anchor."""

    in_frame: bool = False
    """Menus, footers, share bars: the page's frame, and not its content."""
    in_card: bool = False
    in_heading: bool = False


class Anchor:
    """One ``<a href>``; most are told by their address, so words and place are read when asked for."""

    def __init__(self, url: str, node: Node, places: dict[Node, Place]) -> None:
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
        return _place(self.node, self._places)


def anchors(page: Page, nodes: Iterable[Node] | None = None) -> Iterator[Anchor]:
    """Yield the anchors of *page*, or of the subtrees *nodes*, that lead to web addresses, in order."""
    # not only below the root: what follows a stray </html> stands beside it
    found = cast("list[Node]", _ANCHORS(page.root)) if nodes is None else _below(nodes)
    places: dict[Node, Place] = {}
    for node in found:
        url = tidy_url(page.absolute(node.get("href", "")))
        if url:
            yield Anchor(url, node, places)


def _below(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        for anchor in node.iter("a"):
            if anchor.get("href"):
                yield anchor


def _place(node: Node, places: dict[Node, Place]) -> Place:
    """Return the place of *node*, worked out from the nearest element above whose place is known."""
    path: list[Node] = []
    above: Node | None = node
    while above is not None and above not in places and len(path) < _DEEPEST:
        path.append(above)
        above = above.getparent()
    place = places.get(above, Place()) if above is not None else Place()
    for element in reversed(path):
        place = places[element] = _step(element, place)
    if len(node) and next(node.iter(*_HEADINGS), None) is not None:
        return Place(place.in_frame, place.in_card, True)
    return place


def _step(element: Node, above: Place) -> Place:
    words = name_words(element)
    return Place(
        above.in_frame
        or element.tag in _FRAMES
        or element.get("role") in ("navigation", "contentinfo", "menu", "banner")
        or not (element.tag in _WHOLE or _FRAME_WORDS.isdisjoint(words)),
        above.in_card or element.tag == "article" or not _CARD_WORDS.isdisjoint(words),
        above.in_heading or element.tag in _HEADINGS,
    )


def name_words(element: Node) -> frozenset[str]:
    """Return the words of an element's classes and id: ``relatedLinks`` gives ``related`` and ``links``."""
    return _words_of(f"{element.get('class') or ''} {element.get('id') or ''}"[:400])


@lru_cache(maxsize=4096)
def _words_of(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _NAMES.findall(names))
