"""The name that opens a text: so sign writers who have no account in the publishing system."""

from __future__ import annotations

import re
from itertools import islice

from newsspider.extraction.fields.marks import is_elsewhere
from newsspider.extraction.fields.signatures import LABEL, OUTSIDE, near_headline
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import node_text

_BOLD = ("strong", "b", "em")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_A-ZÀ-Þ]\w{2,}")
_MAX_LINE = 100
_FIRST = 3


def opening(page: Page) -> str:
    """Return the bold line among the first paragraphs, if it may be a name; '' where there is none."""
    paragraphs = (
        node
        for node in near_headline(page)
        if node.tag == "p" and node_text(node) and not is_elsewhere(node, OUTSIDE)
    )
    for paragraph in islice(paragraphs, _FIRST):
        line = node_text(paragraph)
        if len(line) > _MAX_LINE:
            break
        if _is_bold(paragraph) and _is_proper(line, page):
            return line
    return ""


def _is_bold(paragraph: Node) -> bool:
    only = paragraph[0] if len(paragraph) == 1 else None
    if only is None or only.tag not in _BOLD:
        return False
    return not (paragraph.text or "").strip() and not (only.tail or "").strip()


def _is_proper(line: str, page: Page) -> bool:
    """Tell whether no word of *line* stands in the page's text in lower case, as those of a name never do."""
    common = page.remember(_lower_words, page)
    return not any(word.casefold() in common for word in _WORD.findall(LABEL.sub("", line)))


def _lower_words(page: Page) -> frozenset[str]:
    return frozenset(word for node in page.elements.tagged("p") for word in _LOWER.findall(node_text(node)))
