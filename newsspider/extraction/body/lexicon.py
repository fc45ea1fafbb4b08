"""Words that tell article text from the rest of a page, with how strongly they do.

Two lists, both learned (``benchmarks/train_body.py``): words of class names, and words of short lines. A score
is a log-odds: above 0 for what stands in articles, below for what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_NAME_WORD: Final = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_LINE_WORD: Final = re.compile(r"\w+")
_NAMES_LIMIT: Final = 300  # characters of a class attribute that are looked at
_LINE_LIMIT: Final = 24  # words of a line that are looked at

Range = tuple[float, float, float]
"""Lowest, highest and sum."""
NOTHING: Final[Range] = (0.0, 0.0, 0.0)


@lru_cache(maxsize=4096)
def name_words(names: str) -> tuple[str, ...]:
    """Return the words of class names, each once.

    >>> name_words("articleBody related-links__item c-1")
    ('article', 'body', 'related', 'links', 'item')
    """
    return tuple(dict.fromkeys(word.lower() for word in _NAME_WORD.findall(names[:_NAMES_LIMIT])))


def line_words(text: str) -> tuple[str, ...]:
    """Return the words of a line and its first two as one, each once.

    >>> line_words("Read more news")
    ('read', 'more', 'news', '^read more')
    """
    words = _LINE_WORD.findall(text[: _LINE_LIMIT * 10].lower())[:_LINE_LIMIT]
    if len(words) >= 2:
        words.append(f"^{words[0]} {words[1]}")
    return tuple(dict.fromkeys(words))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What each known word says."""

    names: Mapping[str, float]
    lines: Mapping[str, float]

    def of_names(self, names: str) -> Range:
        """Return the range of the scores of the words in class names."""
        return _range(self.names, name_words(names))

    def of_line(self, text: str) -> Range:
        """Return the range of the scores of the words of a line."""
        return _range(self.lines, line_words(text))


def _range(scores: Mapping[str, float], words: tuple[str, ...]) -> Range:
    known = [scores[word] for word in words if word in scores]
    return (min(known), max(known), sum(known)) if known else NOTHING
