"""The page's list of tags: the links under an article that lead to its topics."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from newsspider.extraction.fields.labels import labelled
from newsspider.extraction.fields.marks import after, is_elsewhere, marked, marks_of
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import fold, node_text

_IN_TEXT = frozenset(("p", "h1", "h2", "h3", "h4"))
_TAG_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|temas?|etiquetas?|keywords?|stichwort|schlagwort)/", re.IGNORECASE
)
_RAIL = re.compile(r"(?<![\w-])side-?bar(?![\w-])|tag-?cloud")
_RELATIONS = ("tag", "category tag")
_NEAR = 4
_FEW = 2
_MANY = 30
_MAX_LABEL = 30
_MAX_LIST = 12
_MAX_TAG = 40
_LONG = 120
_FURTHER = 60
_MOST_LINKS = 500  # of a list of topics without end the first ones say what it is


def tag_box(page: Page) -> Sequence[Node]:
    """Return the links that are marked as tags, by themselves, by their address or by their box."""
    return _first_box(list(islice(_tag_links(page), _MOST_LINKS)))


def unmarked_tag_box(page: Page) -> Sequence[Node]:
    """Return the links after a label such as "Filed under", else those that repeat words of the text."""
    return _labelled_box(page) or _repeating_list(page)


def _first_box(links: Sequence[Node]) -> Sequence[Node]:
    """Return those of *links* that stand in one list: the first of two or more, else the first."""
    lists: dict[Node, list[Node]] = {}
    for link in links:
        parent = link.getparent()
        box = parent.getparent() if parent is not None and parent.tag in ("li", "span") else parent
        if box is not None:
            lists.setdefault(box, []).append(link)
    marked_as_tags = [group for group in lists.values() if group[0].get("rel")]
    groups = marked_as_tags or list(lists.values())
    return next((group for group in groups if len(group) > 1), groups[0] if groups else [])


def _labelled_box(page: Page) -> Sequence[Node]:
    """Return the links after a label such as "Filed under", where no mark tells what they are."""
    for node in islice((n for n in labelled(page, "tags") if not _is_frame(n)), _FEW * 4):
        for box in islice(node.iterancestors(), 3):
            links = list(islice(box.iter("a"), _MANY + 1))
            if links:
                short = [link for link in links if len(node_text(link)) < _MAX_LABEL * 2]
                return short if len(short) == len(links) <= _MANY else ()
    return ()


def _repeating_list(page: Page) -> Sequence[Node]:
    """Return the first list of links after the text, if most of them are words of the text."""
    paragraphs = [node for node in page.elements.tagged("p") if _has_prose(node)]
    last = next((node for node in reversed(paragraphs) if not is_elsewhere(node)), None)
    text = ""
    for box in islice(after(last), _FURTHER) if last is not None else ():
        links = list(islice(box.iter("a"), _MAX_LIST + 1)) if box.tag in ("ul", "ol") else []
        tags = [node_text(link) for link in links]
        if not _FEW <= len(links) <= _MAX_LIST or max(map(len, tags)) > _MAX_TAG or is_elsewhere(box):
            continue
        text = text or f" {' '.join(fold(node_text(node)) for node in paragraphs)} "
        if 2 * sum(f" {fold(tag)} " in text for tag in tags if tag) >= len(tags):
            return links
    return ()


def _has_prose(node: Node) -> bool:
    return len(node.text or "") + sum(len(child.tail or "") for child in node) > _LONG


def _tag_links(page: Page) -> Iterator[Node]:
    """Yield the links marked as tags: themselves, by their address, or by their box."""
    boxed = _in_boxes(page)
    for node in page.elements.tagged("a"):
        href = node.get("href") or ""
        if href[:1] in ("", "#"):
            continue
        if node not in boxed and node.get("rel") not in _RELATIONS and not _is_tag_address(href):
            continue
        is_in_text = any(around.tag in _IN_TEXT for around in islice(node.iterancestors(), _NEAR))
        if not is_in_text and not _is_frame(node):
            yield node


def _in_boxes(page: Page) -> Collection[Node]:
    """Return the elements that are marked as tags, and those in them."""
    level = [box for box in marked(page, "tags") if box.tag not in ("body", "main", "article")]
    found = set(level)
    for _ in range(_NEAR):
        # a box in another begins anew; without end of boxes each element is met once a level
        level = [inner for node in level for inner in node]
        found.update(level)
    return found


@lru_cache(maxsize=16_384)  # the links of a menu are on every page
def _is_tag_address(href: str) -> bool:
    return _TAG_PATH.search(href) is not None


@lru_cache(maxsize=4096)
def _is_rail(marks: str) -> bool:
    return _RAIL.search(marks.lower()) is not None


def _is_frame(node: Node) -> bool:
    """Tell whether *node* is in the page's frame; an article may have a footer of its own."""
    around = tuple(node.iterancestors())
    tags = [str(ancestor.tag) for ancestor in around]
    if "nav" in tags or "aside" in tags or any(map(_is_rail, map(marks_of, around[:_NEAR]))):
        return True
    return ("footer" in tags or "header" in tags) and "article" not in tags and "main" not in tags
