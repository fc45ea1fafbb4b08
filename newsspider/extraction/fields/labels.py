"""Elements by the label that they begin with, "Filed under" or "Published on", found in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from newsspider.extraction.fields.data import words
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import fold

_MAX_LABEL = 30
_MAY_BE = ("h2", "h3", "h4", "h5", "span", "p", "strong", "b", "dt", "div", "li", "th", "td")


def labelled(page: Page, kind: str) -> tuple[Node, ...]:
    """Return the elements whose first text is a label of *kind*, in document order."""
    return tuple(page.remember(_by_kind, page).get(kind, ()))


def _by_kind(page: Page) -> Mapping[str, list[Node]]:
    kinds = _kinds()
    found: dict[str, list[Node]] = {}
    for node in page.root.iter(*_MAY_BE):
        text = node.text
        # most texts are longer than a label, or no more than the white space between elements
        if text and len(text) <= _MAX_LABEL and not text.isspace():
            kind = kinds.get(fold(text))
            if kind:
                found.setdefault(kind, []).append(node)
    return found


@cache
def _kinds() -> Mapping[str, str]:
    return {label: kind for kind, labels in words("labels.tsv").items() for label in labels}
