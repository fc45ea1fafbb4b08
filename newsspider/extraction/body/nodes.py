"""What the elements of a page hold, and what they say of the text in them.

What an element says (its class names, an ``aside``, being hidden) counts only below the elements that hold
most of the page's prose, so that a badly named wrapper around the whole article, or an ``<aside>`` that was
never closed, says nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

import numpy as np

from newsspider.extraction.body.arrays import Indices, Numbers, columns_from
from newsspider.extraction.body.lexicon import NOTHING, Lexicon
from newsspider.extraction.body.segment import HIDDEN, Segments

PROSE: Final = 80
"""Size from which unlinked text counts as prose."""
_BIG: Final = 0.5  # share of the page's prose from which an element's names say nothing
_MAIN: Final = 0.6  # share of the page's prose that the main element holds at least
_REGIONS: Final = {
    "aside": 1, "nav": 2, "footer": 4, "header": 8, "form": 16, "figure": 32, "figcaption": 32, "button": 64,
    "noscript": 128, "ul": 256, "ol": 256, "dl": 256, "li": 512, "blockquote": 1024, "table": 2048,
    "address": 4096, "article": 8192, "main": 16384, "details": 32768,
}  # fmt: skip
_HIDDEN_REGION: Final = 65536
_BITS: Final = np.arange(17)[:, None]

_Inherited: TypeAlias = tuple[float, float, float, int]
"""Lowest, highest and sum of the scores of the names around a node, and the regions that it lies in."""
_NOTHING_INHERITED: Final[_Inherited] = (*NOTHING, 0)


class Nodes(NamedTuple):
    """What lies in each block-level element, a column each, and how they stand to the main one."""

    held: Numbers
    """Size of all text, of links and of prose, and the number of segments: a row each."""
    parents: Indices
    """As :attr:`Segments.parents`."""
    depths: Indices
    branch: Indices
    """The child of the main element, or of one around it, that each element lies in."""
    above: Indices
    """Depth of the innermost element that is around each element and around the main one."""
    main: int
    whole: float
    """Size of the page's prose."""


def prose_of(size: Numbers, linked: Numbers) -> Numbers:
    """Return how much of each segment is prose: text that is no link, short pieces counted for a tenth."""
    plain = np.maximum(size - linked, 0.0)
    return np.where(plain >= PROSE, plain, 0.1 * plain)


def weigh(found: Segments, place: Indices, masses: Numbers) -> Nodes:
    """Return what each node of *found* holds.

    *place* is the node of each segment, *masses* has a row each for the sizes of its text, links and prose.
    """
    count = len(found.tags)
    own = [np.bincount(place, mass, count) for mass in (*np.rint(masses * 10), None)]
    # what lies in a node is one run of nodes; sums of whole numbers are exact, however they are grouped
    running = np.zeros((len(own), count + 1))
    np.cumsum(own, axis=1, out=running[:, 1:])
    held = running[:, found.ends] - running[:, :-1]
    held[:-1] /= 10
    prose, whole = held[2], float(running[2, -1]) / 10
    most = ((prose > 0) & (prose >= _MAIN * whole)).nonzero()[0]
    main = int(most[-1]) if most.size else 0
    parents = np.array(found.parents)
    # around a node are those that began before it and have not ended there
    depths = np.arange(count) - np.cumsum(np.bincount(found.ends, minlength=count + 1)[:count])
    return Nodes(held, parents, depths, *_branches(parents, depths, main), main, whole)


def _branches(parents: Indices, depths: Indices, main: int) -> tuple[Indices, Indices]:
    """Return the branch of each node, and the depth of what it branches off from."""
    around = np.zeros(len(parents), dtype=bool)
    node = main
    while node >= 0:
        around[node] = True
        node = int(parents[node])
    begins = around | (parents < 0) | around[parents]
    # in document order a node lies in the branch that was the last to begin
    branch = np.maximum.accumulate(np.where(begins, np.arange(len(parents)), 0))
    return branch, np.where(around, depths, np.maximum(depths[branch] - 1, 0))


def _inherited(found: Segments, nodes: Nodes, lexicon: Lexicon) -> list[_Inherited]:
    """Return what the names of each node and of those around it say, and in which regions it lies."""
    prose, pieces = nodes.held[2], nodes.held[3]
    # what holds no text is never asked about, and what holds most of it says nothing
    speaking = ((pieces > 0) & (prose <= _BIG * nodes.whole)).nonzero()[0].tolist()
    # one more than there are nodes: the parent of a root, -1, is the last
    result = [_NOTHING_INHERITED] * (len(prose) + 1)
    parents, tags, names, flags = found.parents, found.tags, found.names, found.flags
    for node in speaking:
        low, high, sum_ = lexicon.of_names(names[node])
        region = _REGIONS.get(tags[node], 0)
        if flags[node] & HIDDEN:
            region |= _HIDDEN_REGION
        least, most, sum_above, regions = result[parents[node]]
        result[node] = (
            low if low < least else least, high if high > most else most, sum_above + sum_, regions | region
        )  # fmt: skip
    return result


_LEVELS: Final = ("own", "parent", "grandparent", "branch")
NAMES: Final = (
    *(f"{level} element: {what}" for level in _LEVELS
      for what in ("share of prose", "link share", "prose per segment", "segments")),
    "names around, lowest", "names around, highest", "names around, sum",
    *(f"in {name}" for name in ("aside", "nav", "footer", "header", "form", "figure", "button", "noscript",
      "list", "list item", "quote", "table", "address", "article", "main", "details", "hidden")),
    "levels from the main element", "levels above the main element", "inside the main element", "depth",
    "share of its element",
)  # fmt: skip
"""What each row of :func:`columns_of` is."""


def columns_of(found: Segments, nodes: Nodes, place: Indices, size: Numbers, lexicon: Lexicon) -> Numbers:
    """Return :data:`NAMES` for the segments of *found*, which stand in the nodes *place*, a row each name."""
    total, linked, prose, pieces = nodes.held
    shares = np.stack((
        prose / max(1.0, nodes.whole), linked / np.maximum(total, 1), prose / np.maximum(pieces, 1), pieces
    ))  # fmt: skip
    parent = np.maximum(nodes.parents[place], 0)
    levels = np.stack((place, parent, np.maximum(nodes.parents[parent], 0), nodes.branch[place]))
    around = _inherited(found, nodes, lexicon)
    low, high, sum_, regions = columns_from(map(around.__getitem__, place.tolist()), len(NOTHING) + 1)
    depth, above = nodes.depths[place], nodes.above[place]
    inside = nodes.depths[nodes.main] - above
    return np.concatenate((
        shares[:, levels].transpose(1, 0, 2).reshape(-1, len(place)),
        (low, high, sum_),
        regions.astype(np.int64) >> _BITS & 1,
        (depth - above, inside, inside == 0, depth, size / np.maximum(total[place], 1)),
    ))  # fmt: skip
