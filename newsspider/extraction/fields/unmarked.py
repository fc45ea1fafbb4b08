"""Names that nothing marks or labels: the line between headline and text that is a name and little else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from newsspider.extraction.fields.byline import is_bare, read_byline
from newsspider.extraction.fields.byline_labels import written
from newsspider.extraction.fields.marks import is_elsewhere, marks_of
from newsspider.extraction.fields.names import is_known_name, may_hold_name
from newsspider.extraction.fields.person import is_title
from newsspider.extraction.fields.signatures import OUTSIDE, Signature, is_short_line
from newsspider.extraction.fields.stage import are_in_headline, head
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import BLOCKS, node_text, normalize

_PARTS = re.compile(r"\s*(?:[|•·∙⋅,/]|\s[–—-]\s)\s*")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_DIGIT = re.compile(r"\d")
# whom a picture is by, and of whom there is more on other pages
_OTHERS = re.compile(r"credit|caption|photo|image|tag|topic|keyword|categor|section|crumb")
_MAX_LINE = 100


def unmarked(page: Page) -> Iterator[Signature]:
    """Yield the lines between headline and text that are names, and at most dates and offices."""
    for node in (node for node in head(page) if node.tag not in _HEADINGS):
        for holder, text in ((node, node.text), (node.getparent(), node.tail)):
            if not text or len(text) > _MAX_LINE or holder is None or not may_hold_name(text):
                continue
            line = written(normalize(text))
            people = _people(line)
            if people and not are_in_headline(people, page) and not _is_others(line, holder, page):
                yield Signature(line, ", ".join(people), (), (), is_labelled=False)


def _people(line: str) -> tuple[str, ...]:
    """Return the people that *line* names, if hardly anything else is in it but dates and what they are.

    >>> _people("Jan Kos, Staff Writer · 3 May 2024"), _people("Jan Kos, Harbour, Rain"), _people("Harbour")
    (('Jan Kos',), (), ())
    """
    people: list[str] = []
    rest = 0
    for part in _PARTS.split(line):
        if not part or _DIGIT.search(part) or is_title(part):
            continue
        signers = read_byline(part)
        if signers.people and all(map(is_known_name, signers.people)) and is_bare(part):
            people.extend(signers.people)
        elif not signers.organisations:
            rest += 1 if people else 2
    # one thing more behind a name may be a place or the paper
    return tuple(people) if rest <= 1 else ()


def _is_others(line: str, holder: Node, page: Page) -> bool:
    """Tell whether *line*, a text of *holder*, says of whom or by whom something else is."""
    link = next(islice(holder.iterancestors("a"), 1), holder)
    parent = holder.getparent()
    places = (holder, link) if parent is None else (holder, link, parent)
    marks = f"{' '.join(map(marks_of, places))} {link.get('href', '')}".lower()
    around = next((node for node in chain((holder,), holder.iterancestors()) if node.tag in BLOCKS), holder)
    return (
        bool(_OTHERS.search(marks))
        or is_elsewhere(holder, OUTSIDE)
        or not is_short_line(around, page)
        or line not in written(node_text(around))
    )
