"""The places on a page where the dates of its article may stand, near the headline and elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice, takewhile
from typing import Literal, TypeAlias

from newsspider.extraction.fields.context import Context
from newsspider.extraction.fields.date_lines import says_changed, says_published
from newsspider.extraction.fields.date_text import parse
from newsspider.extraction.fields.headings import title_heading
from newsspider.extraction.fields.marks import (
    before,
    holds_more,
    is_elsewhere,
    marked,
    marks_of,
)
from newsspider.extraction.fields.relative import is_relative
from newsspider.extraction.fields.stage import near_headline
from newsspider.extraction.fields.teasers import is_beside_linked_title, is_in_linked_teaser
from newsspider.extraction.page import Node, Page, once_a_page
from newsspider.extraction.text import UNREAD, node_text, normalize

# besides HTML's own, elements that scripts bring
TIMES = ("time", "relative-time", "time-ago", "local-time", "amp-timeago", "bsp-timestamp")
"""The tags of the elements that are made for dates."""
_NOT_DATES = frozenset(("meta", "script", "style", "img", "button", "input"))
_ATTRIBUTE = re.compile(
    r"datetime|content|title|aria-label|data-(?!.*(?:modif|updat)).*(?:date|time|stamp|publi|utc).*"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_OUTSIDE = frozenset(("aside", "nav", "footer", "form", "figure", "figcaption"))
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d\d")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|[./-]\d\d\b")
_SEPARATOR = re.compile(r"[|•·]")
_OF_OTHERS = re.compile(r"©|copyright|joined\b(?<!\wjoined)|since\b(?<!\wsince)|born\b(?<!\wborn)|expires?\b")
_MASTHEAD = re.compile(
    r"masthead|(?<![a-z-])(?:top-?bar|today|clock|weather|site-?header|header-?date|current-?(?:date|time))"
)
_MAX_TEXT = 120
_MAX_LINE = 48
_MAX_LABEL = 25
_MAX_BELOW = 14
_MOST = 150
_MOST_TIMES = 60
_NEAR = 80
_ABOVE = 25
_FAR = 1_000
_FEW = 3

_Says: TypeAlias = Literal["published", "changed", "changed?", ""]


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the page, and what may be a date there."""

    node: Node
    texts: tuple[str, ...]
    """What scripts read there, then what readers do."""
    is_marked: bool = True
    """Whether the place is one for dates, so that "yesterday" is one."""
    says: _Says = ""
    """Which date it is by its label and marks; some themes mark the only one that they show as a change."""


@once_a_page
def date_places(page: Page, context: Context) -> tuple[Place, ...]:
    """Return the places where the article's dates may stand, the likeliest first."""
    heading = title_heading(page)
    around = dict.fromkeys(_around(heading, page)) if heading is not None else {}
    near = {node: rank for rank, node in enumerate(around)}
    found = (_marked(node, context) for node in islice(marked(page, "date"), _MOST))
    by_mark = sorted(filter(None, found), key=lambda place: near.get(place.node, _FAR))
    times = sorted(_times(page), key=lambda place: (place.says != "published", near.get(place.node, _FAR)))
    places = [
        *times,
        *(place for place in by_mark if place.node in near),
        *_unmarked(near),
        *(place for place in by_mark if place.node not in near),
    ]
    own = [place for place in places if not is_beside_linked_title(place.node, page)]
    return _settled(own if heading is None else _below_masthead(page, own, near, context))


def has_number(text: str) -> bool:
    """Tell whether there is a number in *text*, be it in Chinese numerals."""
    return "月" in text or _DIGIT.search(text) is not None


def spaced_text(node: Node) -> str:
    """Return the text of *node* with its parts apart, ``<b>Mar</b><b>7</b>``; '' if it is large."""
    if not len(node):
        return node_text(node)
    if _is_large(node):
        return ""
    parts = [node.text or ""]
    for inner in node.iterdescendants():
        parts.extend((("" if inner.tag in UNREAD else inner.text or ""), inner.tail or ""))
    return normalize(" ".join(parts))


def _is_large(node: Node) -> bool:
    return holds_more(node, _MAX_BELOW)


def _settled(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return *places* with those last that are marked as of a change: they are, if there are others."""
    clear = [place for place in places if place.says != "changed?"]
    others = {place.node for place in clear if place.is_marked or place.says == "published"}
    others.difference_update(place.node for place in clear if place.says == "changed")
    doubtful = (place for place in places if place.says == "changed?")
    # a byline around such a date is no other
    return (
        *clear,
        *(replace(p, says="changed" if others.difference(p.node.iterancestors()) else "") for p in doubtful),
    )


def _times(page: Page) -> Iterator[Place]:
    # one tag at a time: the elements are at hand by each
    for node in islice(chain.from_iterable(map(page.elements.tagged, TIMES)), _MOST_TIMES):
        if not _is_anothers(node):
            yield Place(node, (*_attributes(node), spaced_text(node)[:_MAX_TEXT]), says=_says(node))


def _marked(node: Node, context: Context) -> Place | None:
    """Return *node*, which is marked as a date, if it is small and may be the article's."""
    if node.tag == "a" or node.tag in _NOT_DATES or node.tag in TIMES or _is_large(node):
        return None
    texts = (*_attributes(node), spaced_text(node))
    if len(texts[-1]) > _MAX_TEXT or _OF_OTHERS.search(texts[-1][:_MAX_LABEL].lower()):
        return None
    may_be = any(has_number(text) or is_relative(text, context) for text in texts)
    return Place(node, texts, says=_says(node)) if may_be and not _is_anothers(node) else None


def _unmarked(nodes: Iterable[Node]) -> Iterator[Place]:
    """Yield what may be a date and little else in the attributes and short texts of *nodes*."""
    for node in nodes:
        stated = node.get("datetime") or (node.get("property") and node.get("content")) or node.get("title")
        text, tail = node.text, node.tail
        own = (stated and _short(stated)) or (text and _short(text))
        # what links to the article itself has its date alone
        most = _MAX_LABEL if node.tag == "a" else _MAX_TEXT
        if own and len(own) <= most and node.tag not in _NOT_DATES and not _is_anothers(node):
            says = _says(node) or ("published" if says_published(own) and not says_changed(own) else "")
            yield Place(node, (own, _text_around(node)), is_marked=False, says=says)
        behind = tail and _short(tail)
        if behind and not _is_anothers(node):
            is_labelled = says_changed(spaced_text(node)[-_MAX_LABEL:])
            yield Place(node, (behind,), is_marked=False, says="changed" if is_labelled else "")


def _short(text: str) -> str:
    """Return *text* in normal form if it has a date and little else, such as label and author, else ''."""
    # most texts are paragraphs, or no more than the white space between elements
    if not 6 <= len(text) <= 4 * _MAX_LINE or not _DIGITS.search(text) or not _YEAR.search(text):
        return ""
    line = normalize(text)
    is_made_up = _SEPARATOR.search(line) or says_published(line)
    is_long = len(line) > (2 * _MAX_LINE if is_made_up else _MAX_LINE)
    return "" if is_long or _OF_OTHERS.search(line.lower()) else line


def _text_around(node: Node) -> str:
    """Return the text of what is around *node*, if that is a line too: it may have the time to the day."""
    around = node.getparent()
    if around is None or not 1 < len(around) <= _FEW:
        return ""
    text = spaced_text(around)
    return text if len(text) <= 2 * _MAX_LINE else ""


def _attributes(node: Node) -> Iterator[str]:
    """Yield what the attributes of *node*, which shows a date, may state of it."""
    for name, value in node.items():
        if _is_telling(name) and len(value) <= _MAX_TEXT and has_number(value):
            yield value


@lru_cache(maxsize=512)  # pages have few names of attributes
def _is_telling(name: str) -> bool:
    return _ATTRIBUTE.fullmatch(name) is not None


def _says(node: Node) -> _Says:
    """Tell which date stands in *node*, by the label before it and by its marks."""
    label = _label_before(node)
    if label and says_published(label):
        return "published"
    if label and says_changed(label):
        return "changed"
    by_marks = _marks_say(f"{node.get('property') or ''} {marks_of(node)}")
    return "published" if node.get("pubdate") is not None else by_marks


@lru_cache(maxsize=4096)
def _marks_say(marks: str) -> _Says:
    if says_published(marks):
        return "published"
    if "dateModified" in marks:
        return "changed"
    return "changed?" if says_changed(marks) else ""


def _label_before(node: Node) -> str:
    """Return the words right before *node*, since the last number."""
    for at in (node, *islice(node.iterancestors(), 1)):
        previous, around = at.getprevious(), at.getparent()
        if previous is None:
            text = (around.text or "") if around is not None else ""
        else:
            text = previous.tail or ""
            if not text.strip() and previous.tag not in _HEADINGS:
                text = spaced_text(previous)
        if text.strip():
            return _DIGIT.split(text)[-1][-_MAX_LABEL:]
    return ""


def _around(heading: Node, page: Page) -> Iterator[Node]:
    """Yield the elements around the headline: a page's header often has the date above it."""
    header = list(islice(heading.iterancestors("div", "header", "section"), 2))
    yield from islice((header[-1] if header else heading).iter(), _NEAR // 2)
    yield from islice(near_headline(page), _NEAR)
    yield from islice(before(heading), _ABOVE)


def _below_masthead(
    page: Page, places: Sequence[Place], near: Collection[Node], context: Context
) -> list[Place]:
    """Return *places* without the day of today that is above all; near the headline it is the last choice."""
    heading = title_heading(page)
    in_masthead = {place.node for place in places if _is_in_masthead(place.node)}
    suspects = in_masthead | {place.node for place in places if _is_of_today(place, context)}
    if not suspects:
        return list(places)
    above = suspects.intersection(takewhile(lambda node: node is not heading, page.root.iter()))
    kept = [place for place in places if place.node not in above]
    last = (p for p in places if p.node in above and p.node in near and p.node not in in_masthead)
    return [*kept, *last]


def _is_in_masthead(node: Node) -> bool:
    """Tell whether *node* is in the header of the whole site, or in a part named for the day of today."""
    header = next(node.iterancestors("header", "article", "main"), None)
    if header is not None and header.tag == "header" and _is_of_site(header):
        return True
    around = (node, *islice(node.iterancestors(), _FEW))
    return any(_names_masthead(marks_of(at)) for at in around)


@lru_cache(maxsize=4096)
def _names_masthead(marks: str) -> bool:
    return _MASTHEAD.search(marks.lower()) is not None


def _is_of_site(header: Node) -> bool:
    """Tell whether *header* has the site's links, and neither a headline nor an article around it."""
    has_links = next(islice(header.iter("a"), _FEW, None), None) is not None
    return (
        has_links
        and next(chain(header.iter("h1", "h2"), header.iterancestors("article", "main")), None) is None
    )


def _is_of_today(place: Place, context: Context) -> bool:
    text = place.texts[-1]
    moment = parse(text, context) if str(context.now.year) in text else None
    return moment is not None and moment.as_datetime().date() == context.now.date()


def _is_anothers(node: Node) -> bool:
    """Tell whether *node* is in the page's frame or in a teaser: a list item or a link with a title."""
    item = next(islice(node.iterancestors("li"), 1), None)
    if item is not None and any(
        len(node_text(link)) > _MAX_LABEL for link in islice(item.iter("a", "h2", "h3"), 5)
    ):
        return True
    return is_in_linked_teaser(node) or is_elsewhere(node, _OUTSIDE)
