"""What the elements of a page hold, and what they say of the text in them.

What an element says (its class names, an ``aside``, being hidden) counts only below the elements that hold
most of the page's prose, so that a badly named wrapper around the whole article, or an ``<aside>`` that was
never closed, says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from newsspider.extraction.body.arrays import Indices, Numbers
from newsspider.extraction.body.lexicon import Known
from newsspider.extraction.body.segment import HIDDEN, Segment, Segments

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


class Nodes(NamedTuple):
    """Per block-level element: what lies in it, and what it inherits."""

    total: Numbers
    linked: Numbers
    prose: Numbers
    pieces: Numbers
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


def weigh(found: Segments, known: Known) -> Nodes:
    """Return what each node of *found* holds and inherits."""
    total, linked, prose, pieces = _held(found)
    parents = found.parents
    whole = sum(mass for mass, parent in zip(prose, parents, strict=True) if parent < 0)
    main = max((node for node, mass in enumerate(prose) if mass and mass >= _MAIN * whole), default=0)
    # what holds no text is never asked about, and what holds most of it says nothing
    speaks = [bool(held) and mass <= _BIG * whole for held, mass in zip(pieces, prose, strict=True)]
    low, high, names, regions = _inherited(found, known, speaks)
    branch, above = _branches(found, main)
    depth, above_ = np.array(found.depths, dtype=float), np.array(above)
    return Nodes(
        np.array(total), np.array(linked), np.array(prose), np.array(pieces),
        np.array(parents, dtype=np.int64), depth, np.array(low), np.array(high), np.array(names),
        np.array(regions, dtype=np.int64), np.array(branch, dtype=np.int64),
        depth - above_, (depth[main] - above_) if parents else depth, main,
    )  # fmt: skip


def _held(found: Segments) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return what is in each node and below: sizes of all text, of links and of prose, and the pieces."""
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
        held, parent = pieces[node], parents[node]
        if held and parent >= 0:
            total[parent] += total[node]
            linked[parent] += linked[node]
            prose[parent] += prose[node]
            pieces[parent] += held
    return total, linked, prose, pieces


def _inherited(
    found: Segments, known: Known, speaks: Sequence[bool]
) -> tuple[list[float], list[float], list[float], list[int]]:
    """Return what the names of each node and of those around it say (lowest, highest, sum), and regions."""
    count = len(speaks)
    low, high, sums, regions = [0.0] * count, [0.0] * count, [0.0] * count, [0] * count
    region_of, of = _REGIONS.get, known.of
    nodes = zip(speaks, found.parents, found.tags, found.names, found.flags, strict=True)
    for node, (heard, parent, tag, named, flags) in enumerate(nodes):
        if not heard:
            continue
        least, most, sum_ = of(named)
        region = region_of(tag, 0)
        if flags & HIDDEN:
            region |= _HIDDEN_REGION
        if parent >= 0:
            least_above, most_above = low[parent], high[parent]
            least = least_above if least_above < least else least
            most = most_above if most_above > most else most
            sum_ += sums[parent]
            region |= regions[parent]
        low[node], high[node], sums[node], regions[node] = least, most, sum_, region
    return low, high, sums, regions


def _branches(found: Segments, main: int) -> tuple[list[int], list[float]]:
    """Return for each node the child of *main* or of one around it that it lies in, and that one's depth."""
    parents, depths = found.parents, found.depths
    chain = set()
    node = main if parents else -1
    while node >= 0:
        chain.add(node)
        node = parents[node]
    branch: list[int] = []
    above: list[float] = []
    for node, parent in enumerate(parents):
        if node in chain:
            branch.append(node)
            above.append(depths[node])
        elif parent < 0:
            branch.append(node)
            above.append(0.0)
        else:
            branch.append(node if parent in chain else branch[parent])
            above.append(above[parent])
    return branch, above


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


def columns_of(nodes: Nodes, place: Indices, size: Numbers) -> Numbers:
    """Return :data:`NAMES` for segments in the nodes *place*, a row each name."""
    whole = max(1.0, float(nodes.prose.max(initial=0.0)))
    parent = np.maximum(nodes.parents[place], 0)
    levels = (place, parent, np.maximum(nodes.parents[parent], 0), nodes.branch[place])
    columns: list[Numbers] = []
    for level in levels:
        total, count = nodes.total[level], nodes.pieces[level]
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
