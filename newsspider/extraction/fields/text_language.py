"""The language that a text is written in: by its script, by its function words, else by a model.

The first two settle nearly all news at the cost of a look at its words; to load the model takes 0.4 s.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from newsspider.extraction.fields.data import words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SURE = 0.9
_FULL = 0.15  # share of a text's words that are a language's function words
_AHEAD = 1.5  # times as many as of any other language
# scripts that write one language of the news; Japanese has the characters of Chinese too, and comes before it
_SCRIPTS = {
    "ja": "\u3040-\u30ff",
    "ko": "\uac00-\ud7a3",
    "zh": "\u4e00-\u9fff",
    "th": "\u0e00-\u0e7f",
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "or": "\u0b00-\u0b7f",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "km": "\u1780-\u17ff",
}
_TELLING = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_LETTERS = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}


def language_of(samples: Iterable[str]) -> str | None:
    """Return the language of a text that *samples*, some sentences each, are taken from, as an ISO 639 code.

    The first that script or function words tell decides, else the model, by the first of all. None where
    it is not clear.

    >>> language_of(["The rain that fell in the night is the most of the year, and it was not the last."])
    'en'
    >>> language_of(["1 2 3", "夜の雨は今年いちばんの雨でした。"])
    'ja'
    """
    first = ""
    for text in samples:
        told = language_of_script(text) or _by_function_words(text)
        if told:
            return told
        first = first or text
    return _by_model(first) if first else None


def language_of_script(text: str) -> str | None:
    """Return the language of the script that more than a quarter of *text* is in, if it writes only one.

    >>> language_of_script("서울시 Seoul"), language_of_script("Москва")
    ('ko', None)
    """
    if text.isascii():
        return None
    least = len(text) // 4
    telling = "".join(_TELLING.findall(text))
    if len(telling) <= least:
        return None
    return next((name for name, letter in _LETTERS.items() if len(letter.findall(telling)) > least), None)


def _by_function_words(text: str) -> str | None:
    said = text.lower().split()
    known = _languages()
    counts = Counter(language for word in said for language in known.get(word, ()))
    (best, count), (_, next_count) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return best if count > _FULL * len(said) and count >= _AHEAD * next_count else None


def _by_model(text: str) -> str | None:
    language, probability = _identifier().classify(text)
    return str(language) if probability >= _SURE else None


@cache
def _languages() -> Mapping[str, Sequence[str]]:
    """Return function word → the languages that have it."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, members in words("function_words.tsv").items():
        for word in members:
            found[word].append(language)
    return dict(found)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - see above

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
