"""Where on a page its author is named: around the headline, and before the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice

from newsspider.extraction.fields.headings import title_heading
from newsspider.extraction.fields.marks import after, before
from newsspider.extraction.page import Node, Page, once_a_page
from newsspider.extraction.text import fold, node_text

NEAR = 150
"""How many elements behind the headline are near it."""
_ABOVE = 20
_HEAD = 60
_PROSE = 100


@once_a_page
def near_headline(page: Page) -> Mapping[Node, None]:
    """Return the elements that follow the headline, in order."""
    heading = title_heading(page)
    return dict.fromkeys(islice(after(heading), NEAR)) if heading is not None else {}


@once_a_page
def above_headline(page: Page) -> Collection[Node]:
    """Return the elements that stand before the headline, the nearest siblings first."""
    heading = title_heading(page)
    return dict.fromkeys(islice(before(heading), _ABOVE)) if heading is not None else {}


@once_a_page
def head(page: Page) -> Mapping[Node, None]:
    """Return the elements between headline and second paragraph: the first may be a standfirst."""
    found: dict[Node, None] = {}
    paragraphs = 0
    for node in islice(near_headline(page), _HEAD):
        if node.tag == "p" and len(node_text(node)) > _PROSE:
            paragraphs += 1
        if paragraphs > 1:
            break
        found[node] = None
    return found


def are_in_headline(people: Iterable[str], page: Page) -> bool:
    """Tell whether a word of the names of *people* is in the headline, which then tells of them."""
    return not _words_of_headline(page).isdisjoint(fold(" ".join(people)).split())


@once_a_page
def _words_of_headline(page: Page) -> frozenset[str]:
    heading = title_heading(page)
    return frozenset(fold(node_text(heading)).split()) if heading is not None else frozenset()
