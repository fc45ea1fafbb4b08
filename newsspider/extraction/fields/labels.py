"""Elements by the label that they begin with, "Filed under", "Published on" or "By", found in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from newsspider.extraction.fields.data import words
from newsspider.extraction.page import Node, Page

_AROUND = " \t\r\n\u00a0:.…*|–—-»"
_MAX_LINE = 120
_MAY_BE = (
    "h2", "h3", "h4", "h5", "h6", "span", "p", "strong", "b", "em", "i", "small", "a", "address", "dt",
    "div", "li", "th", "td",
)  # fmt: skip


def labelled(page: Page, kind: str) -> tuple[Node, ...]:
    """Return the elements whose first text is a label of *kind*, in document order.

    A label of the kind ``byline`` may have the name behind it in the same text.
    """
    return tuple(page.remember(_by_kind, page).get(kind, ()))


def _by_kind(page: Page) -> Mapping[str, list[Node]]:
    kinds, openings = _kinds(), words("labels.tsv")["byline"]
    found: dict[str, list[Node]] = {}
    for node in page.root.iter(*_MAY_BE):
        text = node.text
        # most texts are longer than a label, or no more than the white space between elements
        if not text or len(text) > _MAX_LINE or text.isspace():
            continue
        line = text.strip(_AROUND).casefold()
        kind = kinds.get(line)
        if kind:
            found.setdefault(kind, []).append(node)
        if line.partition(" ")[0].rstrip(":*") in openings:
            found.setdefault("byline", []).append(node)
    return found


@cache
def _kinds() -> Mapping[str, str]:
    return {
        label: kind for kind, labels in words("labels.tsv").items() for label in labels if kind != "byline"
    }
