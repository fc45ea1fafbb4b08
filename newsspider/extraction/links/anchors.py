"""The anchors of a page with what their place on it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from newsspider.extraction.links.link import tidy_url
from newsspider.extraction.links.words import read_words
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import normalize

_ANCHORS = etree.XPath("//a[@href]", smart_strings=False)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_FRAMES = frozenset(("nav", "footer", "form", "select"))
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


@dataclass(frozen=True, slots=True)
class Anchor:
    """One ``<a href>``."""

    url: str
    text: str
    node: Node
    place: Place


def anchors(page: Page, nodes: Iterable[Node] | None = None) -> Iterator[Anchor]:
    """Yield the anchors of *page*, or of the subtrees *nodes*, that lead to web addresses, in order."""
    found = cast("list[Node]", _ANCHORS(page.root)) if nodes is None else _below(nodes)
    places: dict[Node, Place] = {}
    for node in found:
        url = tidy_url(page.absolute(node.get("href") or ""))
        if url:
            text = (
                normalize("".join(node.itertext("*"))[:_LONG_TEXT])
                if len(node)
                else normalize(node.text or "")
            )
            yield Anchor(url, text or normalize(node.get("title") or ""), node, _place(node, places))


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
    if any(child.tag in _HEADINGS for child in node.iter()):
        return Place(place.in_frame, place.in_card, True)
    return place


def _step(element: Node, above: Place) -> Place:
    words = name_words(element)
    return Place(
        above.in_frame
        or element.tag in _FRAMES
        or element.get("role") in ("navigation", "contentinfo", "menu", "banner")
        or not _FRAME_WORDS.isdisjoint(words),
        above.in_card or element.tag == "article" or not _CARD_WORDS.isdisjoint(words),
        above.in_heading or element.tag in _HEADINGS,
    )


def name_words(element: Node) -> frozenset[str]:
    """Return the words of an element's classes and id: ``relatedLinks`` gives ``related`` and ``links``."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return frozenset(word.lower() for word in _NAMES.findall(names[:400])) if names != " " else frozenset()
