"""How a phrase is written, and what it may take.

- ``"Report an ad"`` is a whole line.
- ``"Also read:"`` is a whole line, or what stands before the first colon, bar or arrow of a line.
- ``"Sign up for … newsletter …"``: the ellipsis stands for any text, also none.
- ``#`` stands for any number.

Phrases and lines are compared folded: case, space and punctuation do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+|\d+")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")
# all that is no word, but for the single spaces that are most of it
_NOTHING = re.compile(r"[^\w…\n ][^\w…\n]*| [^\w…\n]+")
_EDGES = re.compile(" \n ?|\n ")
_SECTION = re.compile(r"\[[a-z_]+\]")
_COLONS = (":", "：")
# scripts from Thai on to the east are written without spaces between words, Korean apart
_UNSPACED = re.compile("[\u0e00-\u109f\u2e80-\uabff]")

_BARE = frozenset({"ads", "continuation"})
"""Lines around an ad say little more than their phrase; what is longer has prose glued to it."""
_NAMING = frozenset({"credits", "copyright", "notes", "site_lines"})
"""End matter goes on with names and terms; the lines of a site file are for that site to answer for."""
_WEAK = 14
"""A phrase of fewer characters may well begin a sentence; in scripts without spaces each counts thrice."""
_DENSE = 3


def folded(text: str) -> str:
    """Return *text* for comparison: words only, case folded, every number as ``#``.

    >>> folded("— READ  MORE: 25 ways")
    'read more # ways'
    """
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """Return the words of *text*, folded; see :func:`folded`."""
    words = _WORD.findall(in_one_case(text))
    if _DIGIT.search(text):
        return ["#" if word.isdecimal() else word for word in words]
    return words


def in_one_case(text: str) -> str:
    """Return *text* case folded; the four letters i of Turkish are one, so that capitals match.

    >>> in_one_case("İLGİLİ") == in_one_case("ilgili"), in_one_case("AYRICA") == in_one_case("ayrıca")
    (True, True)
    """
    folded = text.casefold()
    return folded if text.isascii() else folded.replace("i\u0307", "i").replace("ı", "i")


def is_spaced(text: str) -> bool:
    """Tell whether *text* is in a script that parts words by spaces.

    >>> is_spaced("广告"), is_spaced("реклама")
    (False, True)
    """
    return text.isascii() or not _UNSPACED.search(text)


def is_whole_word(text: str) -> bool:
    """Tell whether what ends as *text* does ends a word: not where Korean may add a particle.

    >>> is_whole_word("newsletter"), is_whole_word("구독"), is_whole_word("广告")
    (True, False, False)
    """
    return text.isascii() or not (_UNSPACED.match(text[-1]) or "\uac00" <= text[-1] <= "\ud7af")


class Phrase(NamedTuple):
    """One phrase of a file, folded."""

    rule: str
    words: str
    """Folded, with its ellipses."""
    is_label: bool
    """It ends with a colon."""


def phrases_in(text: str, rule: str = "") -> Iterator[Phrase]:
    """Yield the phrases of *text*, one a line: each under the ``[rule]`` before it, else under *rule*.

    The text is folded at once, since a phrase by itself costs as much again to start on.

    >>> [(one.rule, one.words, one.is_label) for one in phrases_in("[ads]\\nAd #\\n[related]\\nAlso read:")]
    [('ads', 'ad #', False), ('related', 'also read', True)]
    """
    numbered = _NUMBER.sub(" 0 ", in_one_case(text.replace("#", "0").replace("_", " ")))
    folds = _EDGES.sub("\n", _NOTHING.sub(" ", numbered).replace("0", "#"))
    for written, words in zip(text.split("\n"), folds.strip(" ").split("\n"), strict=True):
        if written[:1] == "[" and _SECTION.fullmatch(written):
            rule = written[1:-1]
        elif written:
            yield Phrase(rule, words, written.endswith(_COLONS))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase with an ellipsis, ready to be looked for."""

    rule: str
    parts: tuple[str, ...]
    """What must follow one another; in scripts with spaces a part has a space where it must end a word."""
    opened: bool
    """Any text may follow the last part."""
    reach: int
    """The longest line that it may take, in characters: the more it says, the longer."""
    is_weak: bool
    """It says so little that a line that ends as a sentence does is rather one."""

    def takes(self, text: str, line: str) -> bool:
        """Tell whether it takes *text*, which is *line* when folded and with a space at each end."""
        if len(text) > self.reach or (self.is_weak and text.endswith((".", "。", "।", ".)", ".”", '."'))):
            return False
        at = 0
        for part in self.parts:
            found = line.find(part, at)
            if found < 0:
                return False
            at = found + len(part.rstrip())
        return self.opened or line.endswith(self.parts[-1])


@cache
def pattern_of(rule: str, words: str) -> Pattern:
    """Return the pattern that the folded *words* with their ellipses spell.

    >>> pattern_of("promos", "sign up for … newsletter …").takes("Sign up for our newsletter!",
    ...                                                         " sign up for our newsletter ")
    True
    """
    said = [part.strip() for part in words.split("…")]
    parts = [part for part in said if part]
    size = sum(map(len, parts)) * (1 if is_spaced(words) else _DENSE)
    return Pattern(
        rule=rule,
        parts=tuple(map(_bounded, parts)),
        opened=not said[-1],
        reach=_reach(rule, size, dense=not is_spaced(words)),
        is_weak=size < _WEAK and rule not in _NAMING,
    )


def _reach(rule: str, size: int, *, dense: bool) -> int:
    if rule in _BARE:
        reach = 45 + size
    elif rule in _NAMING:
        reach = 40 + 12 * size
    else:
        reach = 24 + 6 * size
    return reach // 2 if dense else reach


def _bounded(part: str) -> str:
    before = " " if is_spaced(part[0]) else ""
    after = " " if is_whole_word(part) else ""
    return f"{before}{part}{after}"
