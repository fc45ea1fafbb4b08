"""From scores to the article's segments: the model's opinion, and what it cannot know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.body.arrays import Numbers
from newsspider.extraction.body.features import NAMES
from newsspider.extraction.body.model import Opinion
from newsspider.extraction.body.nodes import PROSE
from newsspider.extraction.body.segment import Segments
from newsspider.extraction.text import fold

_BAR: Final = 0.5
_BETWEEN_BAR: Final = 0.2
_LIST_PARTS: Final = frozenset(
    ("li", "dd", "dt", "tr", "td", "th", "blockquote", "ul", "ol", "dl", "table", "tbody", "thead")
)
_REPEATED: Final = 40  # characters from which the same text twice is a copy
_TITLE: Final = NAMES.index("likeness to the title")
_CAPTION: Final = re.compile(r"caption|photo-?credit|image-?credit", re.IGNORECASE)
_MARKUP: Final = re.compile(
    r"^\s{0,3}<(?:a|img|div|script|iframe|p)\s[^<>]{0,200}(?:href|src|class)=", re.IGNORECASE
)
_TWICE: Final = 0.2  # share of the page's text from which second copies are taken for a second article
_MUCH: Final = 0.3  # share of the article from which a kind of segment is no caption, whatever it is called


def bar_of(scores: Numbers, sizes: NDArray[np.floating]) -> float:
    """Return the score from which a segment is the article's.

    It is the bar with the best expected F1, were each score the chance that its segment is in: on a page
    where nothing is sure a lower one pays (Lipton, Elkan and Naryanaswamy, 2014); never more than a half.
    """
    order = np.argsort(-scores, kind="stable")
    chance, size = scores[order], sizes[order].astype(np.float64)
    expected = 2 * np.cumsum(chance * size) / (np.cumsum(size) + float((chance * size).sum()) + 1e-9)
    return min(_BAR, float(chance[int(np.argmax(expected))]))


@dataclass(frozen=True, slots=True)
class Choice:
    """Which segments were chosen, and why some with a high score were not."""

    kept: tuple[int, ...]
    vetoes: dict[int, str]
    """Index of a segment left out against its score, and the rule in words."""


def choose(found: Segments, opinion: Opinion) -> Choice:
    """Return the segments of *found* that make up the article."""
    scores = _pooled(found, opinion.scores)
    bar = bar_of(scores, opinion.matrix[:, 0])
    candidates = [int(number) for number in (scores >= bar).nonzero()[0]]
    candidates = sorted({*candidates, *_between(found, candidates, scores)})
    vetoes: dict[int, str] = {}
    for rule in (_headlines, _captions, _markup, _copies):
        vetoes |= rule(found, [number for number in candidates if number not in vetoes], opinion)
    return Choice(tuple(number for number in candidates if number not in vetoes), vetoes)


def _between(found: Segments, candidates: Sequence[int], scores: Numbers) -> list[int]:
    """Return the list items, rows and quotes that belong to what was chosen.

    They are short and look like menus; but an article that goes on after them in the same element holds them,
    and so does a list or table of which two other entries were chosen.
    """
    spans: dict[int, tuple[int, int]] = {}
    chosen: Counter[int] = Counter()
    for number in candidates:
        around, holder = _around(found, number)
        chosen[around] += 1
        spans[holder] = (spans.get(holder, (number, number))[0], number)
    inside = []
    for number in (scores >= _BETWEEN_BAR).nonzero()[0].tolist():
        item = found.items[number]
        around, holder = _around(found, number)
        if around == item.node and found.tags[around] not in _LIST_PARTS:
            continue
        start, end = spans.get(holder, (number, number))
        if (chosen[around] >= 2 or start < number < end) and item.linked <= 0.3 * len(item.text):
            inside.append(number)
    return inside


def _around(found: Segments, number: int) -> tuple[int, int]:
    """Return the outermost list, table or quote around a segment, or its element, and what holds that."""
    node = found.items[number].node
    parent = found.parents[node]
    while parent >= 0 and found.tags[parent] in _LIST_PARTS:
        node, parent = parent, found.parents[parent]
    return node, parent


def without_second_copy(found: Segments) -> Segments:
    """Return *found* without later copies of long texts, if they make up much of the page.

    A page that holds its article twice, for two widths of screen, makes each copy look less like the article.
    """
    seen: set[str] = set()
    first, again = [], 0
    for item in found.items:
        if item.size >= PROSE and not item.linked:
            if item.text in seen:
                again += item.size
                continue
            seen.add(item.text)
        first.append(item)
    much = again > _TWICE * sum(item.size for item in found.items)
    return replace(found, items=first) if much else found


def _pooled(found: Segments, scores: Numbers) -> Numbers:
    """Return *scores* with one score for all copies of a text, the best: a copy is no reason for doubt."""
    best: dict[str, float] = {}
    own = list(zip((item.text for item in found.items), scores.tolist(), strict=True))
    for text, score in own:
        if len(text) >= _REPEATED:
            best[text] = max(score, best.get(text, 0.0))
    return np.array([best.get(text, score) for text, score in own])


def _headlines(found: Segments, candidates: Sequence[int], opinion: Opinion) -> dict[int, str]:
    return {number: "the headline" for number in candidates if opinion.matrix[number, _TITLE] >= 1.0}


def _captions(found: Segments, candidates: Sequence[int], opinion: Opinion) -> dict[int, str]:
    named = [number for number in candidates if _is_caption(found, number)]
    size = sum(found.items[number].size for number in named)
    if size > _MUCH * sum(found.items[number].size for number in candidates):
        return {}
    return dict.fromkeys(named, "a caption")


def _is_caption(found: Segments, number: int) -> bool:
    item = found.items[number]
    parent = max(found.parents[item.node], 0)
    return (
        "figcaption" in (found.tags[item.node], found.tags[parent])
        or _CAPTION.search(found.names[item.node]) is not None
        or _CAPTION.search(item.names) is not None
        or _CAPTION.search(found.names[parent]) is not None
    )


def _markup(found: Segments, candidates: Sequence[int], opinion: Opinion) -> dict[int, str]:
    return {number: "markup" for number in candidates if _MARKUP.match(found.items[number].text)}


def _copies(found: Segments, candidates: Sequence[int], opinion: Opinion) -> dict[int, str]:
    """Of the same text twice, the one among more of the article stays; the first of equals."""
    company: Counter[int] = Counter()
    for number in candidates:
        item = found.items[number]
        company[found.parents[item.node]] += item.size
    best: dict[str, int] = {}
    vetoes: dict[int, str] = {}
    for number in candidates:
        text = found.items[number].text
        if len(text) < _REPEATED:
            continue
        other = best.setdefault(fold(text), number)
        if other != number:
            lonely = company[found.parents[found.items[other].node]]
            worse = other if company[found.parents[found.items[number].node]] > lonely else number
            vetoes[worse] = "the same text again"
            best[fold(text)] = other if worse == number else number
    return vetoes
