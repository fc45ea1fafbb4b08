"""Phrases that are no part of an article, one file a language, and the index that finds them.

A file holds a phrase a line under the ``[rule]`` that it belongs to; its first line is a comment that says
the language. How a phrase is written, and what it may take: :mod:`newsspider.cleaning.phrases.notation`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from newsspider.cleaning.phrases.index import LONGEST, Phrases, index_of, label
from newsspider.cleaning.phrases.notation import Phrase, folded, in_one_case, phrases_in, words_of

__all__ = [
    "LONGEST",
    "Phrase",
    "Phrases",
    "folded",
    "in_one_case",
    "index_of",
    "label",
    "phrases_in",
    "shipped",
    "words_of",
]


@cache
def shipped() -> Phrases:
    """Return the index of all shipped languages: what a page says of its language may be wrong."""
    names = sorted(file.name for file in files(__name__).iterdir() if file.name.endswith(".txt"))
    texts = (files(__name__).joinpath(name).read_text(encoding="utf-8").partition("\n")[2] for name in names)
    return index_of(phrases_in("\n".join(texts)))
