"""The dates that readers see on a page: of publication, and of the last change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.date_lines import of_change, of_publication, says_changed
from newsspider.extraction.fields.date_places import TIMES, Place, date_places, has_number, spaced_text
from newsspider.extraction.fields.date_text import Moment, parse
from newsspider.extraction.fields.labels import labelled
from newsspider.extraction.fields.marks import asides, marked
from newsspider.extraction.fields.relative import in_last_year, relative, without_year
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import node_text

_MAX_TEXT = 120
_MAX_LINE = 48
_FEW = 3


def shown_dates(page: Page, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments of publication that readers see, the likeliest first."""
    places = (place for place in date_places(page, context) if place.says != "changed")
    return _moments(
        [(place, text, of_publication(text)) for place in places for text in place.texts], context
    )


def shown_changes(page: Page, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments of change that readers see at the head of the article, the likeliest first."""
    return _moments(
        [
            (place, text, of_change(text) or (text if place.says == "changed" else ""))
            for place in date_places(page, context)
            for text in place.texts
        ],
        context,
    )


def _moments(parts: Sequence[tuple[Place, str, str]], context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments in *parts* of the texts at places; one that counts from now if there is no other."""
    has_day = False
    for place, text, part in parts:
        moment = parse(part, context) if has_number(part) else None
        if moment is not None:
            has_day = True
            yield Found(moment, "time" if place.node.tag in TIMES else "text", text)
    for place, text, part in () if has_day else parts:
        moment = relative(part, context) if place.is_marked else None
        if moment is not None:
            yield Found(moment, "text", text)


def dates_in_year(page: Page, year: int, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments that readers see without their year, which is *year*."""
    for text, part in _marked_texts(page, context):
        moment = without_year(part, year, context)
        if moment is not None:
            yield Found(moment, "text", text)


def dates_of_last_year(page: Page, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments that readers see with a weekday in place of the year."""
    for text, part in _marked_texts(page, context):
        moment = in_last_year(part, context)
        if moment is not None:
            yield Found(moment, "text", text)


def _marked_texts(page: Page, context: Context) -> Iterator[tuple[str, str]]:
    for place in date_places(page, context):
        if place.is_marked and place.says != "changed":
            yield from ((text, of_publication(text)) for text in place.texts)


def labelled_dates(page: Page, kind: str, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments in or after a label such as "Published", wherever it stands."""
    part = of_change if kind == "update" else of_publication
    for node in labelled(page, kind):
        for text in (part(spaced_text(node)[:_MAX_TEXT]), node.tail or "", _text_behind(node)):
            moment = parse(text, context) if has_number(text) else None
            if moment is not None:
                yield Found(moment, "text", text.strip())
                break


def dates_beside(page: Page, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments of the asides that tell of the article."""
    dated = marked(page, "date")
    for aside in asides(page):
        for node in aside:
            text = node_text(node) if node.tag == "time" or node in dated else ""
            moment = parse(text, context) if len(text) <= _MAX_LINE else None
            if moment is not None and not says_changed(text):
                yield Found(moment, "text", text)


def _text_behind(label: Node) -> str:
    """Return what stands in the elements right behind *label*, up to the next label."""
    behind = " ".join(spaced_text(node)[:_MAX_LINE] for node in islice(label.itersiblings(), _FEW))
    return of_publication(behind)[:_MAX_TEXT]
