"""What is left out against its score: rules that a model cannot know or must not break."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from newsspider.extraction.body.features import NAMES
from newsspider.extraction.body.model import Opinion
from newsspider.extraction.body.segment import Segments
from newsspider.extraction.text import fold

REPEATED: Final = 40
"""Characters from which the same text twice is a copy."""
_TITLE: Final = NAMES.index("likeness to the title")
_CAPTION: Final = re.compile(r"caption|photo-?credit|image-?credit", re.IGNORECASE)
_MARKUP: Final = re.compile(
    r"^\s{0,3}<(?:a|img|div|script|iframe|p)\s[^<>]{0,200}(?:href|src|class)=", re.IGNORECASE
)
_MUCH: Final = 0.3  # share of the article from which a kind of segment is no caption, whatever it is called


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
        if len(text) < REPEATED:
            continue
        other = best.setdefault(fold(text), number)
        if other != number:
            lonely = company[found.parents[found.items[other].node]]
            worse = other if company[found.parents[found.items[number].node]] > lonely else number
            vetoes[worse] = "the same text again"
            best[fold(text)] = other if worse == number else number
    return vetoes


VETOES: Final[Sequence[Callable[[Segments, Sequence[int], Opinion], dict[int, str]]]] = (
    _headlines,
    _captions,
    _markup,
    _copies,
)
"""Each gives the candidates that it leaves out, and its reason in words."""
