"""Teasers of other pages: what stands in them tells nothing of this one."""

from __future__ import annotations

from itertools import chain, islice

from newsspider.extraction.fields.headings import title_heading
from newsspider.extraction.fields.marks import holds_more
from newsspider.extraction.page import Node, Page, once_a_page
from newsspider.extraction.text import node_text

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_MAX_LABEL = 25
_MIN_TITLE = 15
_LEVELS = 6
_MAX_CARD = 40
_MAX_IN_TEASER = 20
_BEFORE = 6
_INSIDE = 30
_PROSE = 250


def is_in_linked_teaser(node: Node) -> bool:
    """Tell whether *node* lies in a link around a title or a text of its own: a teaser of another page."""
    around = next(islice(node.iterancestors("a"), 1), None)
    return around is not None and any(
        len(node_text(text)) > _MAX_LABEL for text in islice(around.iter("h2", "h3", "h4", "p"), 5)
    )


def is_beside_linked_title(node: Node, page: Page) -> bool:
    """Tell whether *node* lies in a small box with a title that links, and that is not the headline's."""
    around_title = _around_title(page)
    for box in islice(node.iterancestors("div", "article", "section"), 2):
        if box in around_title or holds_more(box, _MAX_IN_TEASER):
            return False
        for title in box.iter("h2", "h3", "h4", "h5"):
            link = next(title.iter("a"), next(title.iterancestors("a"), None))
            if link is not None and title not in around_title and len(node_text(title)) > _MAX_LABEL:
                return True
    return False


def is_under_linked_title(node: Node, page: Page) -> bool:
    """Tell whether the heading before *node* links to another page, so that *node* tells of that one."""
    around_title = _around_title(page)
    at = node
    for _ in range(_LEVELS):
        for sibling in islice(at.itersiblings(preceding=True), _BEFORE):
            if sibling in around_title or _is_prose(sibling):
                return False
            titles = sum(map(_is_linked_title, islice(sibling.iter(), _INSIDE)))
            if titles:
                # several are a list of teasers, before what is none of them
                return titles == 1
        parent = at.getparent()
        if parent is None or parent in around_title or holds_more(parent, _MAX_CARD):
            return False
        at = parent
    return False


@once_a_page
def _around_title(page: Page) -> frozenset[Node]:
    heading = title_heading(page)
    return frozenset((heading, *heading.iterancestors())) if heading is not None else frozenset()


def _is_prose(node: Node) -> bool:
    return node.tag == "p" and len(node_text(node)) > _PROSE


def _is_linked_title(node: Node) -> bool:
    if node.tag not in _HEADINGS:
        return False
    link = next(chain(islice(node.iter("a"), 1), islice(node.iterancestors("a"), 1)), None)
    # a subheading of the text may have a link to itself
    return link is not None and len(node_text(link)) > _MIN_TITLE and not link.get("href", "").startswith("#")
