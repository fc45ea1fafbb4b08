"""What belongs to the segments that were chosen, though its own score is low."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from newsspider.extraction.body.blocks import names_a_lead
from newsspider.extraction.body.features import NAMES
from newsspider.extraction.body.model import Opinion
from newsspider.extraction.body.nodes import PROSE
from newsspider.extraction.body.segment import Segments

_BETWEEN_BAR: Final = 0.2
_LIST_PARTS: Final = frozenset(
    ("li", "dd", "dt", "tr", "td", "th", "blockquote", "ul", "ol", "dl", "table", "tbody", "thead")
)
_LEAD_BAR: Final = 0.03
_LEAD_REACH: Final = 12  # segments after the headline among which a standfirst is looked for
_BODY_REACH: Final = 40  # segments before the body, likewise: bylines, dates and buttons may stand between
_DESCRIPTION: Final = NAMES.index("likeness to the description")
_SINCE_HEADLINE: Final = NAMES.index("after the headline")
_TITLE: Final = NAMES.index("likeness to the title")


def complete(found: Segments, candidates: Sequence[int], opinion: Opinion) -> list[int]:
    """Return *candidates* with the lists, tables, quotes and the standfirst that belong to them, in order."""
    return sorted({*candidates, *_between(found, candidates, opinion), *_lead(found, candidates, opinion)})


def _between(found: Segments, candidates: Sequence[int], opinion: Opinion) -> list[int]:
    """Return the list items, rows and quotes that belong to what was chosen.

    They are short and look like menus; but an article that goes on after them in the same element holds them,
    and so does a list or table of which two other entries were chosen.
    """
    parts = [
        number
        for number in (opinion.scores >= _BETWEEN_BAR).nonzero()[0].tolist()
        if _is_list_part(found, found.items[number].node)
    ]
    if not parts:
        return []
    spans: dict[int, tuple[int, int]] = {}
    chosen: Counter[int] = Counter()
    for number in candidates:
        around, holder = _around(found, number)
        chosen[around] += 1
        spans[holder] = (spans.get(holder, (number, number))[0], number)
    inside = []
    for number in parts:
        item = found.items[number]
        around, holder = _around(found, number)
        start, end = spans.get(holder, (number, number))
        if (chosen[around] >= 2 or start < number < end) and item.linked <= 0.3 * len(item.text):
            inside.append(number)
    return inside


def _is_list_part(found: Segments, node: int) -> bool:
    parent = found.parents[node]
    return found.tags[node] in _LIST_PARTS or (parent >= 0 and found.tags[parent] in _LIST_PARTS)


def _lead(found: Segments, candidates: Sequence[int], opinion: Opinion) -> list[int]:
    """Return what stands before the body and is named a standfirst or says what the description says."""
    start = candidates[0] if candidates else 0
    lead = []
    for number in range(max(0, start - _BODY_REACH), start):
        item = found.items[number]
        prose = item.size >= PROSE / 2 and item.linked <= 0.3 * len(item.text)
        if not prose or opinion.scores[number] < _LEAD_BAR:
            continue
        row = opinion.matrix[number]
        near = 0 < row[_SINCE_HEADLINE] <= _LEAD_REACH and row[_TITLE] < 0.8
        around = (item.node, max(found.parents[item.node], 0))
        if near and (row[_DESCRIPTION] >= 0.5 or any(names_a_lead(found.names[node]) for node in around)):
            lead.append(number)
    return lead


def _around(found: Segments, number: int) -> tuple[int, int]:
    """Return the outermost list, table or quote around a segment, or its element, and what holds that."""
    node = found.items[number].node
    parent = found.parents[node]
    while parent >= 0 and found.tags[parent] in _LIST_PARTS:
        node, parent = parent, found.parents[parent]
    return node, parent
