"""From scores to the article's segments: the model's opinion, and what it cannot know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newsspider.extraction.body.features import NAMES, Evidence, Matrix, Numbers
from newsspider.extraction.body.segment import Segments
from newsspider.extraction.text import fold

BAR: Final = 0.5
"""Score from which a segment is the article's."""
_LOW_BAR: Final = 0.2  # where nothing reaches the bar
_REPEATED: Final = 40  # characters from which the same text twice is a copy
_TITLE: Final = NAMES.index("likeness to the title")
_COPIES: Final = NAMES.index("copies")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which segments were chosen, and why some with a high score were not."""

    kept: tuple[int, ...]
    vetoes: dict[int, str]
    """Index of a segment left out against its score, and the rule in words."""


def choose(found: Segments, scores: Numbers, matrix: Matrix, evidence: Evidence) -> Choice:
    """Return the segments of *found* that make up the article."""
    bar = BAR if (scores >= BAR).any() else _LOW_BAR
    candidates = [int(number) for number in (scores >= bar).nonzero()[0]]
    vetoes = _headlines(candidates, matrix)
    vetoes |= _copies(found, [number for number in candidates if number not in vetoes], scores)
    return Choice(tuple(number for number in candidates if number not in vetoes), vetoes)


def _headlines(candidates: Sequence[int], matrix: Matrix) -> dict[int, str]:
    return {number: "the headline" for number in candidates if matrix[number, _TITLE] >= 1.0}


def _copies(found: Segments, candidates: Sequence[int], scores: Numbers) -> dict[int, str]:
    """Of the same text twice, the surer one stays; the first of equals."""
    best: dict[str, int] = {}
    vetoes: dict[int, str] = {}
    for number in candidates:
        text = found.items[number].text
        if len(text) < _REPEATED:
            continue
        key = fold(text)
        other = best.setdefault(key, number)
        if other != number:
            worse = other if scores[number] > scores[other] + 0.2 else number
            vetoes[worse] = "the same text again"
            best[key] = other if worse == number else number
    return vetoes
