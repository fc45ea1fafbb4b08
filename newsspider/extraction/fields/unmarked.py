"""Names that nothing marks or labels: the line between headline and text that is a name and little else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from newsspider.extraction.fields.byline import is_bare, is_title, read_byline
from newsspider.extraction.fields.byline_labels import written
from newsspider.extraction.fields.headings import title_heading
from newsspider.extraction.fields.marks import is_elsewhere, marks_of
from newsspider.extraction.fields.names import is_known_name
from newsspider.extraction.fields.signatures import OUTSIDE, Signature, is_short_line, near_headline
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import BLOCKS, UNREAD, fold, node_text, normalize

_PARTS = re.compile(r"\s*(?:[|•·∙⋅,/]|\s[–—-]\s)\s*")
_DIGIT = re.compile(r"\d")
# whom a picture is by, and of whom there is more on other pages
_OTHERS = re.compile(r"credit|caption|photo|image|tag|topic|keyword|categor|section")
_MAX_LINE = 100
_PROSE = 150
_HEAD = 60


def unmarked(page: Page) -> Iterator[Signature]:
    """Yield the lines between headline and text that are names, and at most dates and offices."""
    heading = title_heading(page)
    told = set(fold(node_text(heading)).split()) if heading is not None else set()
    for node in _head(page):
        for holder, text in ((node, node.text), (node.getparent(), node.tail)):
            line = normalize(text) if text and len(text) <= _MAX_LINE else ""
            people = _people(line) if line and holder is not None else ()
            if (
                people
                and told.isdisjoint(fold(" ".join(people)).split())
                and not _is_others(line, holder, page)
            ):
                yield Signature(line, ", ".join(people), (), (), is_labelled=False)


def _head(page: Page) -> Iterator[Node]:
    """Yield the elements behind the headline, to the second paragraph: the first may be a standfirst."""
    paragraphs = 0
    for node in islice(near_headline(page), _HEAD):
        if node.tag == "p" and len(node_text(node)) > _PROSE:
            paragraphs += 1
        if paragraphs > 1:
            break
        if node.tag not in UNREAD:
            yield node


def _people(line: str) -> tuple[str, ...]:
    """Return the people that *line* names, if all else in it is a date or says what they are.

    >>> _people("Jan Kos, Staff Writer · 3 May 2024"), _people("Jan Kos, Harbour, Rain"), _people("Harbour")
    (('Jan Kos',), (), ())
    """
    people: list[str] = []
    for part in _PARTS.split(line):
        if not part or _DIGIT.search(part) or is_title(part):
            continue
        signers = read_byline(part)
        if not is_bare(part) or not (signers.people or signers.organisations):
            return ()
        if not all(map(is_known_name, signers.people)):
            return ()
        people.extend(signers.people)
    return tuple(people)


def _is_others(line: str, holder: Node, page: Page) -> bool:
    """Tell whether *line*, a text of *holder*, says of whom or by whom something else is."""
    link = next(islice(holder.iterancestors("a"), 1), holder)
    marks = f"{marks_of(holder)} {marks_of(link)} {link.get('href', '')}".lower()
    parent = holder.getparent()
    around = holder if holder.tag in BLOCKS or parent is None else parent
    return (
        bool(_OTHERS.search(marks))
        or is_elsewhere(holder, OUTSIDE)
        or not is_short_line(around, page)
        or line not in written(node_text(around))
    )
