"""The same articles in other markup: pages that no corpus has enough of, made of those it has.

What a corpus has of one kind only, trees take for a law: on pages of news a list is a menu and short lines in
many boxes are promos; in guides, manuals and comparisons of products they are the article. So each page is
shown again with its article's paragraphs put into lists, tables, cards and sections, or into other elements;
with class names as machines make them; without its metadata.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeAlias
from zlib import crc32

import numpy as np

from benchmarks.body_samples import Sample
from benchmarks.metrics import tokens
from newsspider.extraction.body.segment import DATA_ROW, Segment, Segments, weight

_ENOUGH = 4  # paragraphs side by side from which an element is rewritten
_SENTENCE_END = re.compile(r"(?<=[.!?。।])\s+")
_LINE = 60  # size below which a text that is not the article's may stand beside another page's cards
_LINES = 8  # of them are taken from each page


@dataclass(slots=True)
class Piece:
    """A segment, with what gold says of it."""

    segment: Segment
    label: float
    words: list[str]

    @property
    def is_article(self) -> bool:
        """Whether gold has it."""
        return self.label > 0.5


@dataclass(slots=True)
class Element:
    """A block-level element that can be put elsewhere."""

    tag: str
    names: str = ""
    flags: int = 0
    children: list[Element | Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Writer:
    """What a rewriting draws on."""

    chance: Random
    lines: Sequence[Piece]
    """Short lines from around the articles of other pages."""

    def name(self) -> str:
        """Return a class name that says nothing."""
        return f"x{self.chance.randrange(10**6)}"


def disguise(samples: Sequence[Sample]) -> list[Sample]:
    """Return copies of *samples*, the same ones each time, half of them bare of metadata.

    Each page is rewritten; every other one is also shown as it is, but for its class names.
    """
    lines: dict[int, list[Piece]] = defaultdict(list)
    for sample in samples:
        lines[sample.fold] += _lines_around(sample)
    copies = []
    for sample in samples:
        # lines of the same fold: trees that must not have seen a site do not see it here
        writer = Writer(Random(f"{sample.corpus}/{sample.id}"), lines[sample.fold])
        rewrites = [rewrite for rewrite, share in _REWRITES if writer.chance.random() < share]
        copies.append(_copy(sample, rewrites, writer))
    copies += [_copy(sample, [_hide_names], Writer(Random(0), ())) for sample in samples[::2]]
    return [_bare(copy) if number % 2 else copy for number, copy in enumerate(copies)]


def _bare(sample: Sample) -> Sample:
    return replace(sample, evidence=replace(sample.evidence, description="", body=""))


def _lines_around(sample: Sample) -> list[Piece]:
    own = [piece for piece in _pieces(sample) if not piece.label and piece.segment.size < _LINE]
    return Random(sample.id).sample(own, min(_LINES, len(own)))


def _copy(sample: Sample, rewrites: Sequence[Rewrite], writer: Writer) -> Sample:
    roots, elements = _tree(sample)
    for rewrite in rewrites:
        for element in elements:
            rewrite(element, writer)
    found, pieces = _page(roots)
    return replace(
        sample,
        found=found,
        labels=np.array([piece.label for piece in pieces]),
        words=[piece.words for piece in pieces],
        gold=[word for piece in pieces if piece.is_article for word in piece.words],
    )


def _pieces(sample: Sample) -> list[Piece]:
    return [Piece(*parts) for parts in zip(sample.found.items, sample.labels, sample.words, strict=True)]


def _tree(sample: Sample) -> tuple[list[Element], list[Element]]:
    """Return the roots of the page's tree, and all of its elements, in document order."""
    found = sample.found
    elements = [Element(*parts) for parts in zip(found.tags, found.names, found.flags, strict=True)]
    roots: list[Element] = []
    opened = 0

    def open_until(end: int) -> None:
        nonlocal opened
        for node in range(opened, end):
            parent = found.parents[node]
            (elements[parent].children if parent >= 0 else roots).append(elements[node])
        opened = max(opened, end)

    for piece in _pieces(sample):
        open_until(piece.segment.node + 1)
        elements[piece.segment.node].children.append(piece)
    open_until(len(elements))
    return roots, elements


def _page(roots: Sequence[Element]) -> tuple[Segments, list[Piece]]:
    """Return the segments of the tree under *roots* as a walk would find them, and their pieces."""
    found, pieces = Segments(), list[Piece]()
    around = [-1]
    up = down = 0
    # without recursion: trees may be deep
    open_: list[Iterator[Element | Piece]] = [iter(roots)]
    while open_:
        child = next(open_[-1], None)
        if child is None:
            open_.pop()
            if open_:
                found.ends[around.pop()] = len(found.tags)
                up, down = (up, down - 1) if down else (up + 1, 0)
        elif isinstance(child, Element):
            found.parents.append(around[-1])
            found.ends.append(0)
            around.append(len(found.tags))
            found.tags.append(child.tag)
            found.names.append(child.names)
            found.flags.append(child.flags)
            down += 1
            open_.append(iter(child.children))
        else:
            broken = child.segment.broken and not (up or down)
            item = child.segment._replace(node=around[-1], up=up, down=down, broken=broken)
            found.items.append(item)
            pieces.append(child)
            up = down = 0
    return found, pieces


def _paragraph_in(child: Element | Piece) -> Piece | None:
    """Return the article's paragraph that *child* is all of."""
    if isinstance(child, Element) and child.tag in ("p", "div") and len(child.children) == 1:
        (only,) = child.children
        if isinstance(only, Piece) and only.is_article:
            return only
    return None


def _is_article(child: Element | Piece) -> bool:
    return isinstance(child, Piece) and child.is_article


def _paragraphs(element: Element) -> int:
    """Return how many elements in *element* hold text of the article, not only in elements of their own."""
    inside = (child.children for child in element.children if isinstance(child, Element))
    return sum(any(map(_is_article, children)) for children in inside)


def _holds_article(run: Sequence[Element | Piece]) -> bool:
    """Return whether any text in *run*, however deep, is the article's."""
    waiting = [*run]
    while waiting:
        child = waiting.pop()
        if _is_article(child):
            return True
        if isinstance(child, Element):
            waiting += child.children
    return False


def _put_into_lists(element: Element, writer: Writer) -> None:
    """Make lists and tables of paragraphs that stand side by side, most of them of short lines."""
    if sum(_paragraph_in(child) is not None for child in element.children) < _ENOUGH:
        return
    chance = writer.chance
    rest, written = element.children[::-1], list[Element | Piece]()
    while rest:
        run: list[Element | Piece] = []
        length = chance.randint(2, 8)
        while rest and len(run) < length and _paragraph_in(rest[-1]) is not None:
            run.append(rest.pop())
        if len(run) >= 2 and chance.random() < 0.6:
            written.append(_list_of([*filter(None, map(_paragraph_in, run))], writer.chance))
        elif run:
            written += run
        else:
            written.append(rest.pop())
    element.children = written


def _list_of(run: Sequence[Piece], chance: Random) -> Element:
    kind = chance.choice(("ul", "ul", "ul", "ol", "dl", "table"))
    if chance.random() < 0.7:
        for piece in run:
            _shorten(piece, chance)
    if kind == "table":
        for piece in run:
            _divide_into_cells(piece, chance)
        return Element(kind, children=[Element("tr", flags=DATA_ROW, children=[piece]) for piece in run])
    if kind == "dl":
        return Element(
            kind, children=[Element(chance.choice(("dt", "dd")), children=[piece]) for piece in run]
        )
    if chance.random() < 0.25:
        return Element(
            kind, children=[Element("li", children=[Element("p", children=[piece])]) for piece in run]
        )
    return Element(kind, children=[Element("li", children=[piece]) for piece in run])


def _shorten(piece: Piece, chance: Random) -> None:
    """Cut the text to its first sentence, sometimes to a few words."""
    item = piece.segment
    text = _SENTENCE_END.split(item.text, maxsplit=1)[0]
    words = text.split()
    if len(words) > 3 and chance.random() < 0.4:
        text = " ".join(words[: chance.randint(2, 9)]).rstrip(",;:.")
    share = len(text) / len(item.text)
    piece.segment = item._replace(
        text=text, size=weight(text), linked=int(item.linked * share), bold=int(item.bold * share),
        links=item.links if chance.random() < share else 0,
    )  # fmt: skip
    piece.words = tokens(text)


def _divide_into_cells(piece: Piece, chance: Random) -> None:
    words = piece.segment.text.split()
    if len(words) > 3:
        at = chance.randrange(1, len(words))
        text = f"{' '.join(words[:at])} | {' '.join(words[at:])}"
        piece.segment = piece.segment._replace(text=text, size=weight(text))


def _put_into_sections(element: Element, writer: Writer) -> None:
    """Put a few children at a time into boxes of one name, or of none."""
    if _paragraphs(element) < _ENOUGH:
        return
    chance = writer.chance
    tag, name, most = chance.choice(("div", "div", "section")), writer.name(), chance.choice((1, 2, 4, 8))
    boxes = [(tag, name if chance.random() < 0.7 else "")] * chance.randint(1, 3)
    element.children = [child for run in _runs(element, most, chance) for child in _boxed(run, boxes)]


def _put_into_cards(element: Element, writer: Writer) -> None:
    """Put one to three children at a time into boxes or entries of a list, some beside a strange line."""
    if _paragraphs(element) < _ENOUGH:
        return
    chance = writer.chance
    outer, inner, beside = writer.name(), writer.name(), writer.name()
    in_list, often = chance.random() < 0.5, chance.choice((0.0, 0.3, 0.9))
    cards: list[Element | Piece] = []
    deep = chance.randint(0, 3)
    for run in _runs(element, chance.choice((1, 2, 3)), chance):
        lines: list[Element | Piece] = []
        while writer.lines and len(lines) < 3 and _holds_article(run) and chance.random() < often:
            lines.append(Element("div", beside, children=[replace(chance.choice(writer.lines))]))
        content = _boxed(run, [("div", inner)] * deep)
        content = [*lines, *content] if chance.random() < 0.3 else [*content, *lines]
        cards += _boxed(content, [("li" if in_list else "div", outer)])
    element.children = [Element("ul", children=cards)] if in_list else cards


def _runs(element: Element, most: int, chance: Random) -> Iterator[list[Element | Piece]]:
    at = 0
    while at < len(element.children):
        length = chance.randint(1, most)
        yield element.children[at : at + length]
        at += length


def _boxed(run: list[Element | Piece], boxes: Sequence[tuple[str, str]]) -> list[Element | Piece]:
    """Return *run* in an element for each of *boxes*, the innermost first; as it is if it is no article."""
    if _holds_article(run):
        for tag, names in boxes:
            run = [Element(tag, names, children=run)]
    return run


def _swap_tags(element: Element, writer: Writer) -> None:
    """Make a ``div`` of each paragraph, and the other way round."""
    if _paragraph_in(element) is not None:
        element.tag = "div" if element.tag == "p" else "p"
        if writer.chance.random() < 0.5:
            element.names = ""


def _hide_names(element: Element, writer: Writer) -> None:
    """Give class names that say nothing, equal ones for equal ones."""
    del writer
    element.names = f"x{crc32(element.names.encode())}" if element.names else ""
    for child in element.children:
        if isinstance(child, Piece):
            child.segment = child.segment._replace(names="")


Rewrite: TypeAlias = Callable[[Element, Writer], None]

_REWRITES: Sequence[tuple[Rewrite, float]] = (
    (_put_into_lists, 0.6),
    (_put_into_sections, 0.25),
    (_put_into_cards, 0.4),
    (_swap_tags, 0.3),
    (_hide_names, 0.5),
)
"""In this order, each with the share of pages that it is done to."""
