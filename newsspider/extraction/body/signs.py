"""What the characters of a text say of it: sentences, capitals, odd signs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_ODD: Final = tuple("|©@»→•")
_ENDS: Final = frozenset(".!?。！？।؟…”»\"'’）)")
_COLONS: Final = frozenset(":：")
_LINE: Final = 50  # size below which a text is one sentence at most

NAMES: Final = (
    "ends a sentence", "sentences", "commas", "digits", "capitals", "first letter", "ends with a colon",
    "odd characters",
)  # fmt: skip
"""What each number of :func:`signs_of` is."""


def signs_of(text: str, size: int, words: Sequence[str]) -> tuple[float, ...]:
    """Return :data:`NAMES` for *text*, not empty, of that size, that starts with *words*."""
    last = text[-1]
    ends = last in _ENDS
    return (
        ends, ends + _sentences(text) if size >= _LINE else ends, text.count(","),
        sum(map(str.isdigit, words)) / (1 + len(words)), text.isupper() + 0.5 * text.istitle(),
        _first(text[0]), last in _COLONS, _odd(text),
    )  # fmt: skip


def _sentences(text: str) -> int:
    # that a text lacks a sign is seen at once, while to count two characters takes long
    count = text.count(". ")
    if "?" in text:
        count += text.count("? ")
    if "!" in text:
        count += text.count("! ")
    if not text.isascii():
        count += text.count("。")
        if "।" in text:
            count += text.count("। ")
    return count


def _odd(text: str) -> int:
    """Return how many of the odd characters *text* has, each counted once."""
    if text.isascii():
        return ("|" in text) + ("@" in text)
    return sum(map(text.__contains__, _ODD))


@lru_cache(maxsize=1024)
def _first(first: str) -> float:
    if first.isupper():
        return 1.0
    if first.islower():
        return 2.0
    if first.isdigit():
        return 3.0
    return 4.0 if first.isalpha() else 5.0
