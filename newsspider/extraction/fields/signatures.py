"""Where a page says who signs it: elements marked as byline, and lines that begin with "By"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lxml import etree

from newsspider.extraction.fields.byline import starts_a_name
from newsspider.extraction.fields.byline_labels import is_label, label_end, written
from newsspider.extraction.fields.labels import labelled
from newsspider.extraction.fields.marks import (
    asides,
    holds_more,
    is_elsewhere,
    marked,
    marks_of,
)
from newsspider.extraction.fields.person import is_title
from newsspider.extraction.fields.stage import NEAR, above_headline, head, near_headline
from newsspider.extraction.fields.teasers import is_in_linked_teaser, is_under_linked_title
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import BLOCKS, UNREAD, fold, node_text, normalize

# a name and nothing else: "author-name", "entry-author-name", hCard's "fn"
_NAME = re.compile(r"(?:author|byline|writer|creator|contributor|autor)[\w-]*?name(?!s)|(?:^|\s)fn(?:\s|$)")
_NAME_INSIDE = re.compile(_NAME.pattern + r"|(?:^|[\s_-])name(?:\s|$)")
_AUTHOR_PAGE = re.compile(
    r"author|/(?:autor(?:en|es|i)?|auteurs?|by|people|profiles?|staff|contributors?|columnists?"
    r"|journalists?|redaktion|reporters?|writers?|penulis|yazar(?:lar)?|firmas?|signataires?)/|/@[\w.-]+[\s/?]",
    re.IGNORECASE,
)
_NOT_WRITER = re.compile(
    r"(?:author|autor|writer|contributor)[\w-]*?[-_](?:bio|desc)"
    r"|(?:photo|image|picture|caption|credit|quote|tweet|comment|reply)[\w-]*?(?:author|autor|by)"
)
# a capital or a digit behind a small letter, and two letters of a script that has no capitals
_GLUED = re.compile(
    r"(?<=[^\W\d_A-ZÀ-Þ])(?=[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]|\d)|(?<=\d)(?=[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ])"
    r"|(?<=[\u0590-\u0fff\u3040-\ud7af])(?=[\u0590-\u0fff\u3040-\ud7af])"
)
OUTSIDE = frozenset(("aside", "nav", "footer", "form", "figure", "figcaption", "blockquote"))
"""Tags of the elements in which nobody signs the article."""
_BARS = re.compile(r"\s*\|(?:\s*\|)*\s*")
_BAR = re.compile(r"[|·•]")
_SIGNS = " |/·•,–—-"
_DATE_FIRST = re.compile(r"\A.{0,30}\d.{0,30}\b(?:by|von|par|por)\s+[^\W\d_]", re.IGNORECASE)
_LEVELS = 3
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
    """Yield the texts marked as byline, outermost first, then labelled lines near the headline.

    What is marked behind the beginning of the text comes last: it may be a commenter's name.
    """
    authors = list(marked(page, "author"))
    text = _behind_head(authors, page)
    yield from _marked(authors[:text], page)
    near, above = near_headline(page), above_headline(page)
    yield from _labelled((node for node in labelled(page, "byline") if node in near or node in above), page)
    yield from _beside_date(page)
    yield from _beside_title(page)
    yield from _behind(page)
    yield from _linked(page)
    yield from _marked(authors[text:], page)


def _behind_head(nodes: Sequence[Node], page: Page) -> int:
    """Return the index of the first of *nodes* that stands behind the text's beginning."""
    near, before_text = near_headline(page), head(page)
    at = next((at for at, node in enumerate(nodes) if node in near), len(nodes))
    return next((at for at in range(at, len(nodes)) if nodes[at] not in before_text), len(nodes))


def distant(page: Page) -> Iterator[Signature]:
    """Yield the bylines of asides that tell of the article, then the labelled line away from the headline.

    The line counts only if it is the only one: teasers have them too.
    """
    yield from _aside(page)
    near, nodes = near_headline(page), labelled(page, "byline")
    known = {signature.lines for signature in _labelled((node for node in nodes if node in near), page)}
    far = _labelled((node for node in nodes if node not in near), page)
    found = {signature.lines: signature for signature in far if signature.lines not in known}
    if len(found) == 1:
        yield from found.values()


def _aside(page: Page) -> Iterator[Signature]:
    by_mark, by_label = marked(page, "author"), frozenset(labelled(page, "byline"))
    for node in chain.from_iterable(asides(page)):
        is_told = node in by_mark or node in by_label
        signature = _signature(_with_name(node), _MAX_LINE) if is_told else None
        if signature is not None and signature.is_labelled:
            yield signature


def _marked(nodes: Iterable[Node], page: Page) -> Iterator[Signature]:
    seen: set[Node] = set()
    for node in islice(nodes, _MAX_MARKED):
        parent = node.getparent()
        # a link that says rel=author is not another's because it stands in an aside
        outside = OUTSIDE - {"aside"} if node.get("rel") == "author" else OUTSIDE
        if (parent is not None and parent in seen) or node.tag == "img" or is_elsewhere(node, outside):
            seen.add(node)
            continue
        if is_large(node):
            continue
        signature = _signature(_line_of(node), _MAX_BYLINE)
        if signature is None:
            continue
        seen.add(node)
        if is_under_linked_title(node, page):
            continue
        # what somebody is, not who; and whose picture or words it is
        if signature.is_labelled or not _NOT_WRITER.search(marks_of(node).lower()):
            yield signature


def _labelled(nodes: Iterable[Node], page: Page) -> Iterator[Signature]:
    for node in nodes:
        if is_large(node) or is_elsewhere(node, OUTSIDE) or _is_teasers(node, page):
            continue
        signature = _signature(_with_name(node), _MAX_LINE) or _above(node)
        if signature is not None and signature.is_labelled and len(signature.text) <= _MAX_LINE:
            yield signature


def place(people: Sequence[str], page: Page) -> int:
    """Return after how many elements behind the headline one of *people* is named, at most 150."""
    keys = [fold(name) for name in people]
    texts = (fold(node.text or "") for node in near_headline(page))
    return next((at for at, text in enumerate(texts) if any(key in text for key in keys)), NEAR)


def _beside_date(page: Page) -> Iterator[Signature]:
    """Yield lines such as "3 May 2024 by Ada Berg"."""
    unmarked = (n for n in chain(head(page), above_headline(page)) if _DATE_FIRST.search(n.text or ""))
    for node in chain(islice(marked(page, "date"), _MAX_MARKED // 2), unmarked):
        if is_large(node) or is_elsewhere(node, OUTSIDE):
            continue
        text = node_text(node)
        if len(text) <= _MAX_LINE and _DATE_FIRST.search(text):
            yield Signature(text, text, (), (), is_labelled=True)


def _beside_title(page: Page) -> Iterator[Signature]:
    """Yield lines near the headline such as "Ada Berg | Senior Writer | 3 May 2024"."""
    for node in islice(near_headline(page), NEAR // 2):
        text = node.text
        if text and len(text) <= _MAX_LINE and _BAR.search(text) and not is_elsewhere(node, OUTSIDE):
            line = normalize(text)
            if any(is_title(part) for part in _BAR.split(line)[1:]):
                yield Signature(line, line, (), (), is_labelled=False)


def _behind(page: Page) -> Iterator[Signature]:
    """Yield what stands behind a label, not at the start of its line: "<time>3 May</time> by Ada Berg"."""
    for node in islice(near_headline(page), NEAR // 2):
        text = normalize(node.tail or "").strip(_SIGNS)
        around, following = node.getparent(), node.getnext()
        if not text or not label_end(f"{text} ") or around is None or not is_short_line(around, page):
            continue
        line = f"{text} {node_text(following)}" if is_label(text) and following is not None else text
        if starts_a_name(line[label_end(line) :]) and not line.endswith("."):
            yield Signature(line, line, (), (), is_labelled=True)


def _linked(page: Page) -> Iterator[Signature]:
    """Yield the links before the text that lead to authors' pages, those of a line together.

    Behind it such links are tags: of the people that the article tells of.
    """
    for node in head(page):
        line = node.getparent()
        if node.tag == "a" and line is not None and _leads_to_author(node) and is_short_line(line, page):
            links = [node_text(link) for link in line.iter("a") if _leads_to_author(link)]
            # not one that stands behind "Reviewed by"
            names = tuple(name for name in dict.fromkeys(links) if name and name in written(node_text(line)))
            if names:
                yield Signature(", ".join(names), ", ".join(names), (), names, is_labelled=False)


def _is_teasers(node: Node, page: Page) -> bool:
    return is_in_linked_teaser(node) or is_under_linked_title(node, page)


def is_short_line(node: Node, page: Page) -> bool:
    """Tell whether *node* is no paragraph and no teaser, so that it may be a byline."""
    return (
        not is_large(node)
        and len(node_text(node)) <= _MAX_LINE
        and not is_elsewhere(node, OUTSIDE)
        and not _is_teasers(node, page)
    )


def _with_name(node: Node) -> Node:
    """Return *node*, or what is around it where it holds the label alone."""
    parent, beside = node.getparent(), node.getnext()
    has_tail = beside is not None or bool((node.tail or "").strip())
    is_alone = has_tail and is_label(node_text(node))
    return parent if is_alone and parent is not None and not is_large(parent) else node


def _line_of(node: Node) -> Node:
    """Return the line that *node* is a part of, where that begins with a label or has more such parts."""
    own = node_text(node)
    if _is_labelled(own) or (node.tag in BLOCKS and not is_label(own)):
        return node
    for parent in islice(node.iterancestors(), _LEVELS):
        text = "" if is_large(parent) else node_text(parent)
        if not text or len(text) > _MAX_LINE:
            break
        if _is_labelled(text):
            return parent
        twins = [part for part in parent if part.tag == node.tag and marks_of(part) == marks_of(node)]
        if len(twins) > 1:
            return parent
    return node


def _is_labelled(text: str) -> bool:
    return label_end(text) > 0 and not is_label(text)


def _above(node: Node) -> Signature | None:
    """Return what the label *node* and the element after it say, where a biography follows them."""
    following = node.getnext()
    if following is None or not is_label(node_text(node)):
        return None
    line = f"{node_text(node)} {node_text(following)}"
    return Signature(line, line, (), (), is_labelled=True)


def _signature(node: Node, most: int) -> Signature | None:
    """Return what *node* says, if it has at most *most* characters and some of them are of who wrote."""
    text = node_text(node)
    lines = written(_lines(node)) if len(text) <= most else ""
    if not lines:
        return None
    opening = lines.lstrip(" |–—-•*【〔[")
    label = label_end(f"{opening} ")
    signed = opening[label:].lstrip(" |:") if label else ""
    names, links = (tuple(dict.fromkeys(t for t in found if t and t in lines)) for found in _named(node))
    if label and not names:
        # "By" and a link: whoever it leads to
        first = [node_text(link) for link in islice(node.iter("a"), 1)]
        names = tuple(name for name in first if name and signed.startswith(name))
    # "By signing up you agree": a sentence
    is_labelled = label > 0 and (not signed or starts_a_name(signed))
    return Signature(text, lines, names, links, is_labelled)


def _named(node: Node) -> tuple[list[str], list[str]]:
    """Return the texts marked as names in *node*, and those of links to authors' pages."""
    names = [node_text(n) for n in node.iterdescendants("*") if _NAME_INSIDE.search(marks_of(n).lower())]
    if not names and _NAME.search(marks_of(node).lower()):
        return [node_text(node)], []
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
    return holds_more(node, _MAX_BELOW)
