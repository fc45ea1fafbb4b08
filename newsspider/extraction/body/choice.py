"""From scores to the article's segments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.body.arrays import Numbers
from newsspider.extraction.body.completion import complete
from newsspider.extraction.body.features import NAMES
from newsspider.extraction.body.model import Opinion
from newsspider.extraction.body.nodes import PROSE
from newsspider.extraction.body.segment import Segments
from newsspider.extraction.body.vetoes import REPEATED, VETOES

_BAR: Final = 0.5
_LONG: Final = 2000  # size of what is sure from which what stands between can be parts of another kind
_ALL_LINK: Final = 0.7  # share of links from which a text only leads elsewhere
_SIZE: Final = NAMES.index("size")
_LINK_SHARE: Final = NAMES.index("link share")
_COPIES: Final = NAMES.index("copies")
_TWICE: Final = 0.2  # share of the page's text from which second copies are taken for a second article


def bar_of(scores: Numbers, sizes: NDArray[np.floating]) -> float:
    """Return the score from which a segment is the article's.

    It is the bar with the best expected F1, were each score the chance that its segment is in: on a page
    where nothing is sure a lower one pays (Lipton, Elkan and Naryanaswamy, 2014); never more than a half.
    """
    order = np.argsort(-scores, kind="stable")
    chance, size = scores[order], sizes[order].astype(np.float64)
    expected = 2 * np.cumsum(chance * size) / (np.cumsum(size) + float((chance * size).sum()) + 1e-9)
    return min(_BAR, float(chance[int(np.argmax(expected))]))


def likely(scores: Numbers, sizes: NDArray[np.floating], links: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return which segments are the article's by their *scores*, sizes and shares of links.

    A bar below a half is not for what is all link: dozens of doubtful teasers are no article.

    Between the first and the last sure segment of a long article the scores count as half as sure: trees are
    too sure of themselves where an article has parts unlike those they learned from, and what is left out
    of a news page stands after its article more often than in it.
    """
    inside = scores >= np.where(links > _ALL_LINK, _BAR, bar_of(scores, sizes))
    sure = (scores >= _BAR).nonzero()[0]
    if float(sizes[sure].sum()) >= _LONG:
        odds = np.sqrt(scores / np.maximum(1.0 - scores, 1e-9))
        doubted = odds / (1.0 + odds)
        between = slice(sure[0], sure[-1])
        inside[between] |= doubted[between] >= bar_of(doubted, sizes)
    return inside


@dataclass(frozen=True, slots=True)
class Choice:
    """Which segments were chosen, and why some with a high score were not."""

    kept: tuple[int, ...]
    vetoes: dict[int, str]
    """Index of a segment left out against its score, and the rule in words."""


def choose(found: Segments, opinion: Opinion) -> Choice:
    """Return the segments of *found* that make up the article."""
    scores = _pooled(found, opinion)
    sizes, links = opinion.matrix[:, _SIZE], opinion.matrix[:, _LINK_SHARE]
    inside: list[int] = likely(scores, sizes, links).nonzero()[0].tolist()
    candidates = complete(found, inside, opinion)
    vetoes: dict[int, str] = {}
    for rule in VETOES:
        vetoes |= rule(found, [number for number in candidates if number not in vetoes], opinion)
    return Choice(tuple(number for number in candidates if number not in vetoes), vetoes)


def _pooled(found: Segments, opinion: Opinion) -> Numbers:
    """Return the scores with one for all copies of a text, the best: a copy is no reason for doubt."""
    scores = opinion.scores
    repeated = (opinion.matrix[:, _COPIES] > 1).nonzero()[0].tolist()
    copies: dict[str, list[int]] = defaultdict(list)
    for number in repeated:
        text = found.items[number].text
        if len(text) >= REPEATED:
            copies[text].append(number)
    if copies:
        scores = scores.copy()
        for numbers in copies.values():
            scores[numbers] = scores[numbers].max()
    return scores


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
    much = again and again > _TWICE * sum(item.size for item in found.items)
    return replace(found, items=first) if much else found
