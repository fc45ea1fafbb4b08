"""What the body model sees of each segment: one row of numbers, all computed in passes linear in the page.

No feature names a language or a site; the words that do are in the lexicon.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from newsspider.extraction.body import nodes as elements
from newsspider.extraction.body import wording
from newsspider.extraction.body.arrays import Indices, Matrix, Numbers, Stretches, neighbours
from newsspider.extraction.body.lexicon import Lexicon
from newsspider.extraction.body.segment import Segments
from newsspider.extraction.body.wording import Evidence


class Described(NamedTuple):
    """A page's segments as the model sees them."""

    matrix: Matrix
    """One row a segment; the columns are :data:`NAMES`."""
    groups: tuple[Indices, ...]
    """For each way to group segments, each segment's group: kind, kind and parent's, parent, branch."""


def describe(found: Segments, lexicon: Lexicon, evidence: Evidence) -> Described:
    """Return what the model sees of *found*, which has at least one segment."""
    text, headline = wording.columns_of(found, lexicon, evidence)
    place = np.array([item.node for item in found.items])
    size, linked = text[0], np.array([item.linked for item in found.items], dtype=float)
    prose = elements.prose_of(size, linked)
    nodes = elements.weigh(found, place, np.stack((size, linked, prose)))
    kinds = _kinds(found)
    columns = (
        text,
        elements.columns_of(found, nodes, place, size, lexicon),
        _group_columns(kinds, text, prose),
        _flow_columns(text, prose, headline),
    )
    matrix = np.concatenate(columns, dtype=np.float32, casting="same_kind").T
    return Described(matrix, (*kinds, np.maximum(nodes.parents[place], 0), nodes.branch[place]))


_GROUP_NAMES: Final = (
    "its kind: segments", "its kind: mean size", "its kind: link share", "its kind: share of prose",
    "its kind and parent's: mean size", "its kind and parent's: link share",
    "its kind and parent's: share of prose",
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
    size, linked = text[0], text[0] * text[1]
    whole = max(1.0, float(prose.sum()))
    columns = [np.bincount(kinds[0])[kinds[0]].astype(float)]
    for ids in kinds:
        sums = np.bincount(ids, weights=size)
        columns.append((sums / np.bincount(ids))[ids])
        columns.append((np.bincount(ids, weights=linked) / np.maximum(sums, 1))[ids])
        columns.append((np.bincount(ids, weights=prose) / whole)[ids])
    return np.array(columns)


_SHIFTED: Final = ("size", "link share", "ends a sentence", "tag", "own names, lowest", "line words, lowest")
_SHIFTED_ROWS: Final = [wording.NAMES.index(name) for name in _SHIFTED]
_SHIFTS: Final = (-2, -1, 1, 2)
_TAG: Final = wording.NAMES.index("tag")
_FLOW_NAMES: Final = (
    *(f"{name} of {'next' if shift > 0 else 'previous'} {abs(shift)}"
      for shift in _SHIFTS for name in _SHIFTED),
    "prose around", "prose around, wide", "share of prose before", "share of prose after",
    "place on the page", "after the headline", "prose since the headline", "segments since prose",
    "segments until prose", "size of the prose before", "size of the prose after",
    "segments since a heading", "links around",
)  # fmt: skip


def _flow_columns(text: Numbers, prose: Numbers, headline: int) -> Numbers:
    return np.concatenate((*neighbours(text[_SHIFTED_ROWS], _SHIFTS, -1.0), _places(text, prose, headline)))


def _places(text: Numbers, prose: Numbers, headline: int) -> Numbers:
    """Return where each segment stands among the prose, the headline and the headings of the page."""
    size, share, tag = text[0], text[1], text[_TAG]
    count = len(prose)
    numbers = np.arange(count)
    near, links, beside = Stretches(prose, 8), Stretches(share, 4), Stretches(np.ones(count), 4)
    before, until = near.up_to(0), near.up_to(1)
    whole = max(1.0, until[-1])
    if headline >= 0:
        after_it, prose_since = np.clip(numbers - headline, -50, 200), before - before[headline]
    else:
        after_it, prose_since = np.full(count, -50), np.full(count, -1.0)
    long = prose >= elements.PROSE
    last = np.concatenate(([-1], np.maximum.accumulate(np.where(long, numbers, -1))[:-1]))
    following = np.minimum.accumulate(np.where(long, numbers, count)[::-1])[::-1]
    following = np.concatenate((following[1:], [count]))
    padded = np.append(size, 0.0)
    heading = np.maximum.accumulate(np.where((tag >= 4) & (tag <= 7), numbers, -30))
    return np.array((
        near.sums(-3, 4), near.sums(-8, 9), before / whole, (until[-1] - until) / whole,
        numbers / count, after_it, prose_since,
        np.minimum(numbers - last, 30.0), np.minimum(following - numbers, 30.0),
        padded[last], padded[following],
        np.minimum(numbers - heading, 30.0), links.sums(-4, 5) / beside.sums(-4, 5),
    ))  # fmt: skip


NAMES: Final[Sequence[str]] = (*wording.NAMES, *elements.NAMES, *_GROUP_NAMES, *_FLOW_NAMES)
"""What each column of :func:`describe` is, in words for people."""
