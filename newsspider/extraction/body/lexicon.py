"""Words that tell article text from the rest of a page, with how strongly they do.

Two lists, both learned (``benchmarks/train_body.py``): words of class names, and words of short lines. A
score is a log-odds: above 0 for what stands in articles, below for what stands around them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from newsspider.extraction.body.signs import signs_of

_NAME_WORD: Final = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_LETTERS: Final = bytes(ord(char) if char.islower() else ord(" ") for char in map(chr, range(128))).ljust(256)
_NAMES_LIMIT: Final = 300  # characters of a class attribute that are looked at
_NAMES_KEPT: Final = 8192  # class names whose scores are remembered, about 3 MB
# the marks that go over, under and after letters are parts of words: without them Hindi falls into letters
_MARKS: Final = "".join(
    filter(lambda c: unicodedata.category(c) in ("Mn", "Mc"), map(chr, range(0x300, 0x1AB0)))
)
_WORD: Final = re.compile(rf"[\w{_MARKS}\u200c\u200d]+")
_ASCII_WORDS: Final = bytes(
    ord(char.lower()) if _WORD.fullmatch(char) else ord(" ") for char in map(chr, range(128))
).ljust(256)
_SIGNS: Final = "’“”–—"
"""Without these, three of four English texts that are not ASCII are: they stand in no word."""
_LOOK: Final = 240  # characters of a text whose words are looked at
_LINE: Final = 200  # size from which a text is no line
_LINE_LIMIT: Final = 24  # words of a line that are looked at
_SHORT: Final = 60  # size up to which a text may be a line that other pages have too
_VOICES_KEPT: Final = 4096  # short texts that are remembered, about 4 MB

Range = tuple[float, float, float]
"""Lowest, highest and sum."""
NOTHING: Final[Range] = (0.0, 0.0, 0.0)


class Voice(NamedTuple):
    """What a text says by itself, wherever it stands."""

    words: Sequence[str]
    """Those at its start, in lower case."""
    numbers: tuple[float, ...]
    """Its signs, as :data:`newsspider.extraction.body.signs.NAMES` has them, and if it is a line the lowest,
    highest and mean score of its words."""


def name_words(names: str) -> list[str]:
    """Return the words of class names, and letters that stand by themselves.

    >>> name_words("articleBody related-links__item"), name_words("c-1 card")
    (['article', 'body', 'related', 'links', 'item'], ['c', 'card'])
    """
    names = names[:_NAMES_LIMIT]
    if names != names.lower():
        names = " ".join(_NAME_WORD.findall(names)).lower()
    return names.encode("ascii", "replace").translate(_LETTERS).decode("ascii").split()


def words_of(text: str) -> list[str]:
    """Return the words of *text* in lower case.

    >>> words_of("हिन्दी – Deutsch")
    ['हिन्दी', 'deutsch']
    """
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
    if text.isascii():
        # one pass over bytes in place of a step a character
        return text.encode("ascii").translate(_ASCII_WORDS).decode("ascii").split()
    return _WORD.findall(text.lower())


def first_words(text: str) -> list[str]:
    """Return the words at the start of *text*: a segment is judged by these."""
    return words_of(text[:_LOOK])


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
    _heard: dict[str, Voice] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of_names(self, names: str) -> Range:
        """Return the range of the scores of the words in class names."""
        # a page repeats its names, and so do the pages of a site
        scores = self._seen.get(names)
        if scores is None:
            if len(self._seen) >= _NAMES_KEPT:
                self._seen.clear()
            known = self.names.keys() & name_words(names)
            scores = self._seen[names] = _range([*map(self.names.__getitem__, known)])
        return scores

    def voice_of(self, text: str, size: int) -> Voice:
        """Return what *text*, of that size, says by itself."""
        # the pages of a site share their menus
        voice = self._heard.get(text)
        if voice is None:
            voice = self._listen(text, size)
            if size < _SHORT:
                if len(self._heard) >= _VOICES_KEPT:
                    self._heard.clear()
                self._heard[text] = voice
        return voice

    def _listen(self, text: str, size: int) -> Voice:
        words = first_words(text)
        low, high, sum_ = NOTHING
        if size < _LINE:
            # a word that says nothing is not in the lexicon: no score is 0
            low, high, sum_ = _range([*filter(None, map(self.lines.get, line_words(words)))])
        mean = sum_ / (1 + min(_LINE_LIMIT, len(words)))
        return Voice(words, (*signs_of(text, size, words), low, high, mean))


def _range(scores: Collection[float]) -> Range:
    return (min(scores), max(scores), sum(scores)) if scores else NOTHING
