"""Words that tell article text from the rest of a page, with how strongly they do.

Two lists, both learned (``benchmarks/train_body.py``): words of class names, and words of short lines. A
score is a log-odds: above 0 for what stands in articles, below for what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_NAME_WORD: Final = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_NAMES_LIMIT: Final = 300  # characters of a class attribute that are looked at
_NAMES_KEPT: Final = 8192  # class attributes whose scores are remembered
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


def line_words(words: Sequence[str]) -> Sequence[str]:
    """Return what of a line's lower-case *words* is looked up: the first of them, and the first two as one.

    >>> line_words(["read", "more", "news"])
    ['read', 'more', 'news', '^read more']
    """
    return [*words[:_LINE_LIMIT], f"^{words[0]} {words[1]}"] if len(words) >= 2 else words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What each known word says."""

    names: Mapping[str, float]
    lines: Mapping[str, float]
    _seen: dict[str, Range] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of_names(self, names: str) -> Range:
        """Return the range of the scores of the words in class names."""
        # the pages of a site share their class names
        looked_at = names[:_NAMES_LIMIT]
        known = self._seen.get(looked_at)
        if known is None:
            if len(self._seen) >= _NAMES_KEPT:
                self._seen.clear()
            known = self._seen[looked_at] = _range(self.names, name_words(looked_at))
        return known

    def of_line(self, words: Sequence[str]) -> Range:
        """Return the range of the scores of the lower-case *words* of a line."""
        return _range(self.lines, line_words(words))


def _range(scores: Mapping[str, float], words: Iterable[str]) -> Range:
    get = scores.get
    known = [score for word in words if (score := get(word)) is not None]
    return (min(known), max(known), sum(known)) if known else NOTHING


class Known:
    """The ranges of the class names of one page, each worked out once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._seen: dict[str, Range] = {"": NOTHING}

    def of(self, names: str) -> Range:
        """Return the range of the scores of the words in *names*."""
        known = self._seen.get(names)
        if known is None:
            known = self._seen[names] = self.lexicon.of_names(names)
        return known
