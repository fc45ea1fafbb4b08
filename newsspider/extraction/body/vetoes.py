"""What is left out against its score: rules that a model cannot know or must not break."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from newsspider.extraction.body.features import NAMES
from newsspider.extraction.body.lexicon import words_of
from newsspider.extraction.body.model import Opinion
from newsspider.extraction.body.nodes import PROSE
from newsspider.extraction.body.segment import Segments
from newsspider.extraction.text import fold

REPEATED: Final = 40
"""Characters from which the same text twice is a copy."""
_START: Final = 80  # characters in which the words are by which texts are first compared
_FIRST: Final = 3  # words by which they are
_TITLE: Final = NAMES.index("likeness to the title")
_STATED: Final = NAMES.index("likeness to the metadata's body")
_MOSTLY: Final = 0.75  # share of what was chosen from which the metadata's body is all of it
_WHOLLY: Final = 0.9  # likeness from which a paragraph is in the metadata's body to its end
# what is named for having a caption is none
_CAPTION: Final = re.compile(r"(?<!has)(?<!has[-_])caption|photo-?credit|image-?credit", re.IGNORECASE)
_MARKUP: Final = re.compile(
    r"^\s{0,3}<(?:a|img|div|script|iframe|p)\s[^<>]{0,200}(?:href|src|class)=", re.IGNORECASE
)
_MUCH: Final = 0.3  # share of the article from which a kind of segment is no caption, whatever it is called


def _headlines(found: Segments, candidates: Sequence[int], opinion: Opinion) -> dict[int, str]:
    likeness = opinion.matrix[:, _TITLE].tolist()
    return {number: "the headline" for number in candidates if likeness[number] >= 1.0}


def _captions(found: Segments, candidates: Sequence[int], opinion: Opinion) -> dict[int, str]:
    named = [number for number in candidates if _is_caption(found, number)]
    size = sum(found.items[number].size for number in named)
    if size > _MUCH * sum(found.items[number].size for number in candidates):
        return {}
    return dict.fromkeys(named, "a caption")


def _is_caption(found: Segments, number: int) -> bool:
    item = found.items[number]
    parent = max(found.parents[item.node], 0)
    return "figcaption" in (found.tags[item.node], found.tags[parent]) or any(
        map(_names_a_caption, (found.names[item.node], item.names, found.names[parent]))
    )


@lru_cache(maxsize=1024)
def _names_a_caption(names: str) -> bool:
    return _CAPTION.search(names) is not None


def _markup(found: Segments, candidates: Sequence[int], opinion: Opinion) -> dict[int, str]:
    return {number: "markup" for number in candidates if _MARKUP.match(found.items[number].text)}


def _copies(found: Segments, candidates: Sequence[int], opinion: Opinion) -> dict[int, str]:
    """Of the same text twice, the one among more of the article stays; the first of equals."""
    company: Counter[int] = Counter()
    for number in candidates:
        item = found.items[number]
        company[found.parents[item.node]] += item.size
    vetoes: dict[int, str] = {}
    for alike in _starting_alike(found, candidates):
        best: dict[str, int] = {}
        for number in alike:
            text = fold(found.items[number].text)
            other = best.setdefault(text, number)
            if other != number:
                lonely = company[found.parents[found.items[other].node]]
                worse = other if company[found.parents[found.items[number].node]] > lonely else number
                vetoes[worse] = "the same text again"
                best[text] = other if worse == number else number
    return vetoes


def _starting_alike(found: Segments, candidates: Sequence[int]) -> Iterator[list[int]]:
    """Yield the candidates whose texts begin alike: only these need to be compared whole."""
    starts: dict[tuple[str, ...], list[int]] = {}
    for number in candidates:
        text = found.items[number].text
        if len(text) >= REPEATED:
            words = words_of(text[:_START])
            # the last word may be cut off
            start = tuple(words[:_FIRST]) if len(words) > _FIRST else ()
            starts.setdefault(start, []).append(number)
    return (numbers for numbers in starts.values() if len(numbers) > 1)


def _not_stated(found: Segments, candidates: Sequence[int], opinion: Opinion) -> dict[int, str]:
    """Metadata that gives most of what was chosen gives the article; its headings and standfirst may lack."""
    likeness = opinion.matrix[:, _STATED].tolist()
    stated = [number for number in candidates if likeness[number] >= 0.5]
    size = sum(found.items[number].size for number in stated)
    if not stated or size < _MOSTLY * sum(found.items[number].size for number in candidates):
        return {}
    # a body that was cut at so many characters ends within a paragraph
    last = stated[-1] if likeness[stated[-1]] >= _WHOLLY else candidates[-1]
    return {
        number: "not in the metadata's body"
        for number in candidates
        if number > last
        or (stated[0] < number < last and likeness[number] < 0.1 and found.items[number].size >= PROSE)
    }


VETOES: Final[Sequence[Callable[[Segments, Sequence[int], Opinion], dict[int, str]]]] = (
    _headlines,
    _captions,
    _markup,
    _copies,
    _not_stated,
)
"""Each gives the candidates that it leaves out, and its reason in words."""
