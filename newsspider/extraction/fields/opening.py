"""The name that opens a text: so sign writers who have no account in the publishing system."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from newsspider.extraction.fields.byline import is_bare, without_label
from newsspider.extraction.fields.headings import title_heading
from newsspider.extraction.fields.marks import is_elsewhere
from newsspider.extraction.fields.signatures import OUTSIDE
from newsspider.extraction.fields.stage import near_headline
from newsspider.extraction.page import Node, Page, once_a_page
from newsspider.extraction.text import node_text

_BOLD = ("strong", "b", "em")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MAX_LINE = 100
_FIRST = 3


def opening(page: Page) -> str:
    """Return the bold line among the first paragraphs, if it may be a name; '' where there is none."""
    paragraphs = [node for node in near_headline(page) if node.tag == "p"]
    if not any(map(_is_bold, paragraphs)):
        return ""
    own = (node for node in paragraphs if not is_elsewhere(node, OUTSIDE))
    lines = ((node, line) for node in own if (line := node_text(node)))
    for paragraph, line in islice(lines, _FIRST):
        if len(line) > _MAX_LINE:
            break
        if _is_bold(paragraph) and is_bare(without_label(line)) and _is_apart(line, page):
            return line
    return ""


def _is_bold(paragraph: Node) -> bool:
    only = paragraph[0] if len(paragraph) == 1 else None
    if only is None or only.tag not in _BOLD:
        return False
    return not (paragraph.text or "").strip() and not (only.tail or "").strip()


def _is_apart(line: str, page: Page) -> bool:
    """Tell whether no word of *line* stands in the headline or anywhere else in the text.

    Those of a subheading do, and so does the name of whom the text is about.
    """
    told = _words_told(page)
    own = Counter(word.casefold() for word in _WORD.findall(without_label(line)))
    return all(told[word] <= count for word, count in own.items())


@once_a_page
def _words_told(page: Page) -> Counter[str]:
    heading = title_heading(page)
    told = [heading] if heading is not None else []
    told.extend(page.elements.tagged("p"))
    return Counter(word.casefold() for node in told for word in _WORD.findall(node_text(node)))
