"""Where a page says who signs it: elements marked as byline, and lines that begin with "By"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lxml import etree

from newsspider.extraction.fields.byline import is_title, starts_a_name
from newsspider.extraction.fields.headings import title_heading
from newsspider.extraction.fields.labels import labelled
from newsspider.extraction.fields.marks import (
    after,
    asides,
    is_elsewhere,
    is_in_linked_teaser,
    marked,
    marks_of,
)
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import BLOCKS, UNREAD, fold, node_text, normalize

LABEL = re.compile(
    r"(?:by|von|par|por|di|door|av|af|autor(?:e|in(?:/autor)?|es)?|author|oleh|penulis|автор|text|texto"
    r"|contributors?|(?:written|authored|words|posted|story|report) by|verfasst von|escrito por|écrit par"
    r"|geschreven door|skrevet a[vf]|skriven av|yazan|muhabir|作者|文)"
    r"\b\s?[:：\s]",
    re.IGNORECASE,
)
"""Matches the label that a byline begins with, before a name or the end of its element and a blank."""

# a name and nothing else: "author-name", "entry-author-name", hCard's "fn"
_NAME = re.compile(r"(?:author|byline|writer|creator|contributor|autor)[\w-]*?name(?!s)|(?:^|\s)fn(?:\s|$)")
_NAME_INSIDE = re.compile(_NAME.pattern + r"|(?:^|[\s_-])name(?:\s|$)")
_AUTHOR_PAGE = re.compile(
    r"author|/(?:autor(?:en|es)?|auteurs?|by|people|profiles?|staff|contributors?|columnists?|journalists?"
    r"|redaktion|reporters?|writers?|penulis|yazar(?:lar)?)/",
    re.IGNORECASE,
)
# whoever is named after this did not write it
_OTHER_HANDS = re.compile(
    r"(?<=\S\s)\W{0,3}\b(?:(?:medically|expert|legally|clinically|scientifically)\s+)?"
    r"(?:(?:review|edit|check|fact[- ]check|updat|test|photograph|illustrat|translat|approv)ed"
    r"|(?:data\s+analysis|research|photos?|photography|photographs|graphics?|illustrations?|art|video))"
    r"\s+by\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT = re.compile(r"(?:author|autor|writer|contributor)[\w-]*?[-_](?:bio|desc)")
_GLUED = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ]|\d)(?=[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ])")
OUTSIDE = frozenset(("aside", "nav", "footer", "form", "figure", "figcaption", "blockquote"))
"""Tags of the elements in which nobody signs the article."""
_BARS = re.compile(r"\s*\|(?:\s*\|)*\s*")
_BAR = re.compile(r"[|·•]")
_SIGNS = " |/·•,–—-"
_DATE_FIRST = re.compile(r"\A.{0,30}\d.{0,30}\b(?:by|von|par|por)\s+[^\W\d_]", re.IGNORECASE)
_NEAR = 150
_MAX_MARKED = 40
_MAX_BELOW = 40
_MAX_BYLINE = 200
_MAX_LINE = 100


@dataclass(frozen=True, slots=True)
class Signature:
    """A text that is a byline."""

    text: str
    """As readers see it."""
    lines: str
    """The same with a bar between what stands in lines of its own, or is only set apart by its style."""
    names: tuple[str, ...]
    """Texts of the elements in it that are marked as a name."""
    links: tuple[str, ...]
    """Texts of the links in it that lead to an author's page."""
    is_labelled: bool
    """Whether it begins with "By" or the like."""


def signatures(page: Page) -> Iterator[Signature]:
    """Yield the texts marked as byline, outermost first, then labelled lines near the headline."""
    yield from _marked(page)
    near = near_headline(page)
    yield from (signature for node, signature in _labelled(page) if node in near)
    yield from _beside_date(page)
    yield from _beside_title(page)
    yield from _behind(page)
    yield from _linked(page)


def distant(page: Page) -> Iterator[Signature]:
    """Yield the bylines of asides that tell of the article, then the labelled line away from the headline.

    The line counts only if it is the only one: teasers have them too.
    """
    yield from _aside(page)
    near = near_headline(page)
    labelled_lines = list(_labelled(page))
    known = {signature.lines for node, signature in labelled_lines if node in near}
    found = {signature.lines: signature for _, signature in labelled_lines if signature.lines not in known}
    if len(found) == 1:
        yield from found.values()


def _aside(page: Page) -> Iterator[Signature]:
    by_mark, by_label = marked(page, "author"), frozenset(labelled(page, "byline"))
    for node in chain.from_iterable(asides(page)):
        signature = _signature(_with_name(node)) if node in by_mark or node in by_label else None
        if signature is not None and signature.is_labelled and len(signature.text) <= _MAX_LINE:
            yield signature


def _marked(page: Page) -> Iterator[Signature]:
    seen: set[Node] = set()
    for node in islice(marked(page, "author"), _MAX_MARKED):
        parent = node.getparent()
        # a link that says rel=author is not another's because it stands in an aside
        outside = OUTSIDE - {"aside"} if node.get("rel") == "author" else OUTSIDE
        if (parent is not None and parent in seen) or node.tag == "img" or is_elsewhere(node, outside):
            seen.add(node)
            continue
        if is_large(node):
            continue
        signature = _signature(node)
        if signature is None or len(signature.text) > _MAX_BYLINE:
            continue
        seen.add(node)
        # what somebody is, not who
        if signature.is_labelled or not _ABOUT.search(marks_of(node).lower()):
            yield signature


def _labelled(page: Page) -> Iterator[tuple[Node, Signature]]:
    for node in labelled(page, "byline"):
        if is_large(node) or is_elsewhere(node, OUTSIDE) or is_in_linked_teaser(node):
            continue
        signature = _signature(_with_name(node))
        if signature is not None and len(signature.text) > _MAX_LINE:
            signature = _above(node)
        if signature is not None and signature.is_labelled and len(signature.text) <= _MAX_LINE:
            yield node, signature


def place(people: Sequence[str], page: Page) -> int:
    """Return after how many elements behind the headline one of *people* is named, at most 150."""
    keys = [fold(name) for name in people]
    texts = (fold(node.text or "") for node in near_headline(page))
    return next((at for at, text in enumerate(texts) if any(key in text for key in keys)), _NEAR)


def near_headline(page: Page) -> Mapping[Node, None]:
    """Return the elements that follow the headline, in order."""
    return page.remember(_after_headline, page)


def _after_headline(page: Page) -> Mapping[Node, None]:
    heading = title_heading(page)
    return dict.fromkeys(islice(after(heading), _NEAR)) if heading is not None else {}


def _beside_date(page: Page) -> Iterator[Signature]:
    """Yield lines such as "3 May 2024 by Ada Berg"."""
    for node in islice(marked(page, "date"), _MAX_MARKED // 2):
        if is_large(node) or is_elsewhere(node, OUTSIDE):
            continue
        text = node_text(node)
        if len(text) <= _MAX_LINE and _DATE_FIRST.search(text):
            yield Signature(text, text, (), (), is_labelled=True)


def _beside_title(page: Page) -> Iterator[Signature]:
    """Yield lines near the headline such as "Ada Berg | Senior Writer | 3 May 2024"."""
    for node in islice(near_headline(page), _NEAR // 2):
        text = node.text
        if text and len(text) <= _MAX_LINE and _BAR.search(text) and not is_elsewhere(node, OUTSIDE):
            line = normalize(text)
            if any(is_title(part) for part in _BAR.split(line)[1:]):
                yield Signature(line, line, (), (), is_labelled=False)


def _behind(page: Page) -> Iterator[Signature]:
    """Yield what stands behind a label, not at the start of its line: "<time>3 May</time> by Ada Berg"."""
    for node in islice(near_headline(page), _NEAR // 2):
        text = normalize(node.tail or "").strip(_SIGNS)
        if not LABEL.match(f"{text} ") or not _is_in_short_line(node):
            continue
        following = node.getnext()
        is_alone = LABEL.fullmatch(f"{text} ") is not None
        line = f"{text} {node_text(following)}" if is_alone and following is not None else text
        if starts_a_name(LABEL.sub("", line)) and not line.endswith("."):
            yield Signature(line, line, (), (), is_labelled=True)


def _linked(page: Page) -> Iterator[Signature]:
    """Yield the links near the headline that lead to an author's page and stand in no paragraph."""
    for node in islice(near_headline(page), _NEAR // 2):
        if node.tag == "a" and _leads_to_author(node) and _is_in_short_line(node):
            text = node_text(node)
            parent = node.getparent()
            # "Reviewed by" and a link
            if parent is not None and text in _OTHER_HANDS.sub("", f"| {node_text(parent)}"):
                yield Signature(text, text, (), (text,), is_labelled=False)


def _is_in_short_line(node: Node) -> bool:
    parent = node.getparent()
    return (
        parent is not None
        and not is_large(parent)
        and len(node_text(parent)) <= _MAX_LINE
        and not is_elsewhere(node, OUTSIDE)
        and not is_in_linked_teaser(node)
    )


def _with_name(node: Node) -> Node:
    """Return *node*, or what is around it where it holds the label alone."""
    parent, beside = node.getparent(), node.getnext()
    is_alone = LABEL.fullmatch(f"{node_text(node).rstrip(' :')} ") is not None
    has_tail = beside is not None or bool((node.tail or "").strip())
    return parent if is_alone and has_tail and parent is not None and not is_large(parent) else node


def _above(node: Node) -> Signature | None:
    """Return what the label *node* and the element after it say, where a biography follows them."""
    following = node.getnext()
    if following is None or not LABEL.fullmatch(f"{node_text(node).rstrip(' :')} "):
        return None
    line = f"{node_text(node)} {node_text(following)}"
    return Signature(line, line, (), (), is_labelled=True)


def _signature(node: Node) -> Signature | None:
    lines = _OTHER_HANDS.sub("", _lines(node))
    if not lines:
        return None
    opening = lines.lstrip(" |–—-•*")
    label = LABEL.match(opening)
    signed = opening[label.end() :].lstrip(" |:") if label else ""
    names, links = (tuple(dict.fromkeys(t for t in found if t and t in lines)) for found in _named(node))
    if label and not names:
        # "By" and a link: whoever it leads to
        first = [node_text(link) for link in islice(node.iter("a"), 1)]
        names = tuple(name for name in first if name and signed.startswith(name))
    # "By signing up you agree": a sentence
    is_labelled = label is not None and (not signed or starts_a_name(signed))
    return Signature(node_text(node), lines, names, links, is_labelled)


def _named(node: Node) -> tuple[list[str], list[str]]:
    """Return the texts marked as names in *node*, and those of links to authors' pages."""
    if _NAME.search(marks_of(node).lower()):
        return [node_text(node)], []
    names = [node_text(n) for n in node.iterdescendants("*") if _NAME_INSIDE.search(marks_of(n).lower())]
    return names, [node_text(link) for link in node.iter("a") if _leads_to_author(link)]


def _leads_to_author(link: Node) -> bool:
    return bool(_AUTHOR_PAGE.search(f"{link.get('rel')} {link.get('href')} {link.get('class')}"))


def _lines(node: Node) -> str:
    pieces: list[str] = []
    for event, element in etree.iterwalk(node, events=("start", "end")):
        if element.tag in BLOCKS:
            pieces.append(" | ")
        if event == "start":
            text = "" if element.tag in UNREAD else element.text
        else:
            text = "" if element is node else element.tail
        if text:
            # "Meg James" and "Staff Writer" in two spans read as one word; readers see two colours
            is_glued = pieces and _GLUED.search(pieces[-1][-1:] + text[:2])
            pieces.append(f" | {text}" if is_glued else text)
    return _BARS.sub(" | ", normalize("".join(pieces))).strip(" |")


def is_large(node: Node) -> bool:
    """Tell whether *node* has more below it than a byline has."""
    return next(islice(node.iterdescendants(), _MAX_BELOW, None), None) is not None
