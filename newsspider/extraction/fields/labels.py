"""Elements by the label that they begin with, "Filed under", "Published on" or "By", found in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from newsspider.extraction.fields.byline_labels import line_labels, may_open
from newsspider.extraction.fields.data import words
from newsspider.extraction.page import Node, Page, once_a_page

_DIGIT = re.compile(r"\d")
_AROUND = " \t\r\n\u00a0:.…*|–—-»【〔["
_OPENING = ("date", "update")
_MAX_LINE = 120
_MAY_BE = (
    "h2", "h3", "h4", "h5", "h6", "span", "p", "strong", "b", "em", "i", "small", "font", "a", "address",
    "cite", "dt", "dd", "div", "li", "th", "td",
)  # fmt: skip


def labelled(page: Page, kind: str) -> Sequence[Node]:
    """Return the elements whose first text is a label of *kind*, in document order.

    A label of the kinds ``byline``, ``date`` and ``update`` may have the name or date behind it in its text.
    Of a byline's only the first word is looked at.
    """
    return _by_kind(page).get(kind, ())


@once_a_page
def _by_kind(page: Page) -> Mapping[str, list[Node]]:
    kinds, openings = _kinds(), _openings()
    found: defaultdict[str, list[Node]] = defaultdict(list)
    for node in page.root.iter(*_MAY_BE):
        text = node.text
        # most texts are longer than a label, or no more than the white space between elements
        if not text or len(text) > _MAX_LINE or text.isspace():
            continue
        line = text.strip(_AROUND).casefold()
        first = line.partition(" ")[0].rstrip(":*")
        if first not in openings:
            if not (first.isascii() and first.isalpha()) and may_open(line):
                found["byline"].append(node)
            continue
        kind = kinds.get(line)
        if kind:
            found[kind].append(node)
        for opened, labels in openings[first]:
            is_sure = opened == "byline" or (opened != kind and _DIGIT.search(line))
            if is_sure and line.startswith(labels):
                found[opened].append(node)
    return found


@cache
def _kinds() -> Mapping[str, str]:
    """Return the kinds of the labels that stand alone."""
    return {label: kind for kind, labels in words("labels.tsv").items() for label in labels}


@cache
def _openings() -> Mapping[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the kinds whose labels may open a line, with the labels, by the first word of any label."""
    found = {word: [("byline", labels)] for word, labels in line_labels().items() if labels}
    for kind, labels in words("labels.tsv").items():
        for first in {label.partition(" ")[0] for label in labels}:
            opened = found.setdefault(first, [])
            if kind in _OPENING:
                opened.append((kind, tuple(label for label in labels if label.partition(" ")[0] == first)))
    return found
