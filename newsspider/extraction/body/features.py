"""What the body model sees of each segment: one row of numbers, all computed in passes linear in the page.

No feature names a language or a site. What an ancestor says (its class names, an ``aside``, being hidden)
counts only below the elements that hold most of the page's prose, so that a badly named wrapper around the
whole article, or an ``<aside>`` that was never closed, says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.body.lexicon import NOTHING, Lexicon
from newsspider.extraction.body.segment import HIDDEN, Segment, Segments
from newsspider.extraction.text import fold

Matrix = NDArray[np.float32]
Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_RUN: Final = 4  # words in a row that are looked up in the metadata's body
PROSE: Final = 80
"""Size from which unlinked text counts as prose."""
_BIG: Final = 0.5  # share of the page's prose from which an element's names say nothing
_MAIN: Final = 0.6  # share of the page's prose that the main element holds at least

_TAGS: Final = {
    name: number
    for number, names in enumerate(
        ("p", "div section article main center body", "li dd dt", "h1", "h2", "h3", "h4 h5 h6", "td th tr table",
         "blockquote pre", "figcaption figure caption", "button label legend fieldset form", "header hgroup",
         "aside nav footer", "details summary"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_REGIONS: Final = {
    "aside": 1, "nav": 2, "footer": 4, "header": 8, "form": 16, "figure": 32, "figcaption": 32, "button": 64,
    "noscript": 128, "ul": 256, "ol": 256, "dl": 256, "li": 512, "blockquote": 1024, "table": 2048, "address": 4096,
    "article": 8192, "main": 16384, "details": 32768,
}  # fmt: skip
_HIDDEN_REGION: Final = 65536
_DIGITS: Final = re.compile(r"\d")
_ENDS: Final = tuple(".!?。！？।؟…”»\"'’）)")
_STOPS: Final = re.compile(r"[.!?。！？।؟]+(?=\s|$|[”»\"’])|[。！？।]")
_ODD: Final = re.compile(r"[|©@»›▶→•]|https?:")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the page says of its article outside the tree's text."""

    titles: tuple[str, ...] = ()
    """Headline and titles, folded, the surest first."""
    description: str = ""
    """Folded."""
    body: str = ""
    """The text that the page's metadata gives as the article's, folded."""


class Nodes(NamedTuple):
    """Per block-level element: what lies in it, and what it inherits."""

    total: Numbers
    linked: Numbers
    prose: Numbers
    count: Numbers
    parents: Indices
    depth: Numbers
    low: Numbers
    high: Numbers
    names: Numbers
    regions: Indices
    branch: Indices
    off: Numbers
    above: Numbers
    main: int


def prose_of(item: Segment) -> float:
    """Return how much of *item* is prose: text that is no link, short pieces counted for little."""
    plain = max(0, item.size - item.linked)
    return float(plain) if plain >= PROSE else 0.1 * plain


def weigh(found: Segments, lexicon: Lexicon) -> Nodes:
    """Return what each node of *found* holds and inherits."""
    count = len(found.tags)
    total, linked, prose, pieces = ([0.0] * count for _ in range(4))
    for item in found.items:
        node = item.node
        total[node] += item.size
        linked[node] += item.linked
        prose[node] += prose_of(item)
        pieces[node] += 1
    parents = found.parents
    for node in range(count - 1, 0, -1):
        parent = parents[node]
        if parent >= 0 and pieces[node]:
            total[parent] += total[node]
            linked[parent] += linked[node]
            prose[parent] += prose[node]
            pieces[parent] += pieces[node]
    return _inherit(found, lexicon, (total, linked, prose, pieces))


def _inherit(found: Segments, lexicon: Lexicon, sums: tuple[list[float], ...]) -> Nodes:
    total, linked, prose, pieces = sums
    count = len(found.tags)
    parents, depths = found.parents, found.depths
    whole = sum(prose[node] for node in range(count) if parents[node] < 0)
    big = _BIG * whole
    main = max((node for node in range(count) if prose[node] >= _MAIN * whole and prose[node]), default=0)
    chain = set()
    node = main
    while node >= 0:
        chain.add(node)
        node = parents[node] if count else -1
    low, high, names = [0.0] * count, [0.0] * count, [0.0] * count
    regions, branch, above = [0] * count, list(range(count)), [0.0] * count
    seen: dict[str, tuple[float, float, float]] = {}
    for node in range(count):
        if not pieces[node]:
            continue
        parent = parents[node]
        if node in chain:
            above[node] = depths[node]
        elif parent >= 0:
            above[node] = above[parent]
            if parent not in chain:
                branch[node] = branch[parent]
        if prose[node] > big:
            continue
        key = found.names[node]
        own = NOTHING
        if len(key) > 3:
            if key not in seen:
                seen[key] = lexicon.of_names(key)
            own = seen[key]
        region = _REGIONS.get(found.tags[node], 0)
        if found.flags[node] & HIDDEN:
            region |= _HIDDEN_REGION
        if parent >= 0:
            low[node] = min(low[parent], own[0])
            high[node] = max(high[parent], own[1])
            names[node] = names[parent] + own[2]
            regions[node] = regions[parent] | region
        else:
            low[node], high[node], names[node] = own
            regions[node] = region
    depth = np.array(depths, dtype=float)
    above_ = np.array(above)
    return Nodes(
        np.array(total), np.array(linked), np.array(prose), np.array(pieces),
        np.array(parents, dtype=np.int64), depth, np.array(low), np.array(high), np.array(names),
        np.array(regions, dtype=np.int64), np.array(branch, dtype=np.int64),
        depth - above_, (depth[main] - above_) if count else depth, main,
    )  # fmt: skip


_TEXT_NAMES: Final = (
    "size", "link share", "links", "bold share", "pictures before", "levels up", "levels down", "after a line break",
    "ends a sentence", "sentences", "commas", "digits", "capitals", "first letter", "ends with a colon",
    "odd characters", "tag", "own names, lowest", "own names, highest", "own names, sum", "line words, lowest",
    "line words, highest", "line words, mean", "copies", "likeness to the title", "likeness to the description",
    "likeness to the metadata's body", "inline names",
)  # fmt: skip


def _text_rows(found: Segments, lexicon: Lexicon, evidence: Evidence) -> tuple[list[list[float]], int]:
    rows: list[list[float]] = []
    copies: dict[str, int] = {}
    for item in found.items:
        copies[item.text] = copies.get(item.text, 0) + 1
    likeness = _Likeness(evidence)
    headline, best = -1, 0.0
    seen: dict[str, tuple[float, float, float]] = {}
    for number, item in enumerate(found.items):
        text, size = item.text, item.size
        length = len(text)
        head = text[:300]
        tag = found.tags[item.node]
        names = found.names[item.node]
        if names not in seen:
            seen[names] = lexicon.of_names(names)
        own = seen[names]
        line = lexicon.of_line(text) if size < 200 else NOTHING
        title, description, body = likeness.of(text, size)
        likely_title = title + (0.5 if tag == "h1" else 0.0)
        if title > 0.6 and likely_title > best or tag == "h1" and best < 0.5:
            headline, best = number, likely_title
        rows.append([
            size, item.linked / length, item.links, item.bold / length, item.media, item.up, item.down, item.broken,
            text.endswith(_ENDS), len(_STOPS.findall(text)) if size > 30 else text.endswith(_ENDS), text.count(","),
            len(_DIGITS.findall(head)) / len(head), text.isupper() + 0.5 * text.istitle(), _first(text),
            text.endswith((":", "：")), len(_ODD.findall(head)), _TAGS.get(tag, 0), *own, line[0], line[1],
            line[2] / (1 + min(24, text.count(" "))), copies[text], title, description, body,
            sum(lexicon.of_names(item.names)[:2]) if item.names else 0.0,
        ])  # fmt: skip
    return rows, headline


def _first(text: str) -> float:
    first = text[0]
    if first.isupper():
        return 1.0
    if first.islower():
        return 2.0
    if first.isdigit():
        return 3.0
    return 4.0 if first.isalpha() else 5.0


class _Likeness:
    def __init__(self, evidence: Evidence) -> None:
        self._titles = [set(title.split()) for title in evidence.titles if title]
        self._whole = set(evidence.titles)
        self._description = evidence.description
        words = evidence.body.split()
        self._body = {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}

    def of(self, text: str, size: int) -> tuple[float, float, float]:
        """Return the likeness to the title, the description and the body that the metadata gives."""
        if size > 600 and not self._body:
            return 0.0, 0.0, -1.0
        folded = fold(text[:600])
        return self._title(folded, size), self._lead(folded, size), self._inside(folded)

    def _title(self, folded: str, size: int) -> float:
        if size >= 400:
            return 0.0
        if folded in self._whole:
            return 1.0
        words = set(folded.split())
        return max((0.9 * len(words & other) / len(words | other) for other in self._titles), default=0.0)

    def _lead(self, folded: str, size: int) -> float:
        start = folded[:60]
        if size <= 25 or not start or not self._description:
            return 0.0
        if start not in self._description:
            return 0.0
        return 1.0 if folded in self._description else 0.5

    def _inside(self, folded: str) -> float:
        if not self._body:
            return -1.0
        words = folded.split()
        runs = [tuple(words[at : at + _RUN]) for at in range(0, len(words) - _RUN + 1, _RUN)]
        return sum(run in self._body for run in runs) / len(runs) if runs else -0.5


class Described(NamedTuple):
    """A page's segments as the model sees them."""

    matrix: Matrix
    """One row a segment; the columns are :data:`NAMES`."""
    groups: tuple[Indices, ...]
    """For each way to group segments, each segment's group: kind, kind and parent's, parent, branch."""


def describe(found: Segments, lexicon: Lexicon, evidence: Evidence) -> Described:
    """Return what the model sees of *found*, which has at least one segment."""
    nodes = weigh(found, lexicon)
    rows, headline = _text_rows(found, lexicon, evidence)
    text = np.array(rows, dtype=float)
    place = np.array([item.node for item in found.items], dtype=np.int64)
    prose = np.array([prose_of(item) for item in found.items])
    kinds = _kinds(found)
    columns = (
        text.T,
        _node_columns(nodes, place, text[:, 0]),
        _group_columns(kinds, text, prose),
        _flow_columns(text, prose, headline),
    )
    matrix = np.ascontiguousarray(np.concatenate(columns).T, dtype=np.float32)
    return Described(matrix, (*kinds, np.maximum(nodes.parents[place], 0), nodes.branch[place]))


_LEVELS: Final = ("own", "parent", "grandparent", "branch")
_NODE_NAMES: Final = (
    *(f"{level} element: {what}" for level in _LEVELS
      for what in ("share of prose", "link share", "prose per segment", "segments")),
    "names around, lowest", "names around, highest", "names around, sum",
    *(f"in {name}" for name in ("aside", "nav", "footer", "header", "form", "figure", "button", "noscript", "list",
      "list item", "quote", "table", "address", "article", "main", "details", "hidden")),
    "levels from the main element", "levels above the main element", "inside the main element", "depth",
    "share of its element",
)  # fmt: skip


def _node_columns(nodes: Nodes, place: Indices, size: Numbers) -> Numbers:
    whole = max(1.0, float(nodes.prose.max(initial=0.0)))
    parent = np.maximum(nodes.parents[place], 0)
    levels = (place, parent, np.maximum(nodes.parents[parent], 0), nodes.branch[place])
    columns: list[Numbers] = []
    for level in levels:
        total, count = nodes.total[level], nodes.count[level]
        columns += [
            nodes.prose[level] / whole,
            nodes.linked[level] / np.maximum(total, 1),
            nodes.prose[level] / np.maximum(count, 1),
            count,
        ]
    columns += [nodes.low[place], nodes.high[place], nodes.names[place]]
    regions = nodes.regions[place]
    columns += [(regions >> bit & 1).astype(float) for bit in range(17)]
    columns += [
        nodes.off[place], nodes.above[place], (nodes.above[place] == 0).astype(float), nodes.depth[place],
        size / np.maximum(nodes.total[place], 1),
    ]  # fmt: skip
    return np.array(columns)


_GROUP_NAMES: Final = (
    "its kind: segments", "its kind: mean size", "its kind: link share", "its kind: share of prose",
    "its kind and parent's: mean size", "its kind and parent's: link share", "its kind and parent's: share of prose",
)  # fmt: skip


def _kinds(found: Segments) -> tuple[Indices, Indices]:
    """Number the kinds of segment: by tag and names of its element, and by those and its parent's."""
    own: dict[tuple[str, str], int] = {}
    pair: dict[tuple[int, str, str], int] = {}
    first, second = [], []
    for item in found.items:
        node = item.node
        kind = own.setdefault((found.tags[node], found.names[node]), len(own))
        parent = max(found.parents[node], 0)
        first.append(kind)
        second.append(pair.setdefault((kind, found.tags[parent], found.names[parent]), len(pair)))
    return np.array(first, dtype=np.int64), np.array(second, dtype=np.int64)


def _group_columns(kinds: tuple[Indices, Indices], text: Numbers, prose: Numbers) -> Numbers:
    """Segments of one kind share their fate."""
    size = text[:, 0]
    linked = text[:, 1] * size
    whole = max(1.0, float(prose.sum()))
    columns = [np.bincount(kinds[0])[kinds[0]].astype(float)]
    for ids in kinds:
        sums = np.bincount(ids, weights=size)
        columns.append((sums / np.bincount(ids))[ids])
        columns.append((np.bincount(ids, weights=linked) / np.maximum(sums, 1))[ids])
        columns.append((np.bincount(ids, weights=prose) / whole)[ids])
    return np.array(columns)


_SHIFTED: Final = ("size", "link share", "ends a sentence", "tag", "own names, lowest", "line words, lowest")
_SHIFTS: Final = (-2, -1, 1, 2)
_FLOW_NAMES: Final = (
    *(f"{name} of {'next' if shift > 0 else 'previous'} {abs(shift)}" for shift in _SHIFTS for name in _SHIFTED),
    "prose around", "prose around, wide", "share of prose before", "share of prose after", "place on the page",
    "after the headline", "prose since the headline", "segments since prose", "segments until prose",
    "size of the prose before", "size of the prose after", "segments since a heading", "links around",
)  # fmt: skip


def _flow_columns(text: Numbers, prose: Numbers, headline: int) -> Numbers:
    count = len(text)
    numbers = np.arange(count)
    columns: list[Numbers] = []
    for shift in _SHIFTS:
        for name in _SHIFTED:
            columns.append(_shifted(text[:, _TEXT_NAMES.index(name)], shift))
    running = np.concatenate(([0.0], np.cumsum(prose)))
    whole = max(1.0, running[-1])
    for reach in (3, 8):
        columns.append(running[np.minimum(numbers + reach + 1, count)] - running[np.maximum(numbers - reach, 0)])
    columns += [running[:-1] / whole, (running[-1] - running[1:]) / whole, numbers / count]
    since = numbers - headline if headline >= 0 else np.full(count, -99)
    columns.append(np.clip(since, -50, 200).astype(float))
    columns.append((running[:-1] - running[max(headline, 0)]) if headline >= 0 else np.full(count, -1.0))
    long = prose >= PROSE
    before = np.maximum.accumulate(np.where(long, numbers, -1))
    last = np.concatenate(([-1], before[:-1]))
    after = np.minimum.accumulate(np.where(long, numbers, count)[::-1])[::-1]
    following = np.concatenate((after[1:], [count]))
    padded = np.append(text[:, 0], 0.0)
    columns += [
        np.minimum(numbers - last, 30.0), np.minimum(following - numbers, 30.0),
        np.where(last >= 0, padded[last], 0.0), padded[following],
    ]  # fmt: skip
    tag = text[:, _TEXT_NAMES.index("tag")]
    heading = np.maximum.accumulate(np.where((tag >= 4) & (tag <= 7), numbers, -30))
    columns.append(np.minimum(numbers - heading, 30.0))
    links = np.concatenate(([0.0], np.cumsum(text[:, 1])))
    low, high = np.maximum(numbers - 4, 0), np.minimum(numbers + 5, count)
    columns.append((links[high] - links[low]) / (high - low))
    return np.array(columns)


def _shifted(column: Numbers, shift: int) -> Numbers:
    result = np.full(len(column), -1.0)
    if shift < 0:
        result[-shift:] = column[:shift]
    else:
        result[:-shift] = column[shift:]
    return result


NAMES: Final[Sequence[str]] = (*_TEXT_NAMES, *_NODE_NAMES, *_GROUP_NAMES, *_FLOW_NAMES)
"""What each column of :func:`describe` is, in words for people."""
