"""The words before names in a byline: before those of its authors, and before those of other people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from newsspider.extraction.fields.data import words
from newsspider.extraction.text import fold

_WORD = re.compile(r"(?<![\w-])[^\W_]+")
_SIGN = re.compile(r"\s?[:：／/]\s?")
# "Ein Gastbeitrag von", "Une enquête de", "Aus Port Arthur berichtet"; 記者李小明, without sign or blank
_OTHER_FORMS = re.compile(
    r"(?:eine?|une?|una?|ett?|en|an?)\s[^\W\d_]{4,20}\s(?:von|par|de|di|av|af|by)\s"
    r"|aus\s[^\d|]{2,30}\sberichte(?:t|n)\s|記者|记者|撰文",
    re.IGNORECASE,
)
_BEFORE_WORK = frozenset(("ein", "eine", "un", "une", "una", "et", "ett", "en", "a", "an", "aus"))


class _Label(NamedTuple):
    text: str
    kind: str
    """``label``, ``heading`` or ``other hand``; the list of words says what they are."""


def label_end(text: str) -> int:
    """Return how long the label is that *text*, a line, begins with; 0 where it begins with none.

    >>> label_end("Written by Ada Berg"), label_end("Text: Ada Berg"), label_end("Text messages")
    (11, 6, 0)
    """
    first = _WORD.match(text)
    for label, end in _labels_at(text, first) if first else ():
        sign = _SIGN.match(text, end)
        if label.kind != "other hand" and sign:
            return sign.end()
        if label.kind == "label" and text[end : end + 1].isspace():
            return end + 1
    found = _OTHER_FORMS.match(text) if first else None
    return found.end() if found else 0


def may_open(first: str, line: str) -> bool:
    """Tell, quickly, whether *line*, which is casefolded, may begin with a label; *first* is its first word.

    >>> may_open("written", "written by ada berg"), may_open("作者：李小明", "作者：李小明")
    (True, True)
    """
    word = first.rstrip(":*")
    if word in _openers():
        return True
    # most lines end here
    if word.isascii() and word.isalnum() and word not in _BEFORE_WORK:
        return False
    label = _WORD.match(line)
    is_opener = label is not None and (label[0] in _openers() or label[0][:2] in _openers())
    return is_opener or (word in _BEFORE_WORK and label_end(f"{line} ") > 0)


def is_label(text: str) -> bool:
    """Tell whether *text* is what stands before a name: "Written by", "Autor".

    >>> is_label("Written by"), is_label("Est. reading time")
    (True, False)
    """
    return fold(text) in _labels()


def is_other_hand(text: str) -> bool:
    """Tell whether *text*, in brackets behind a name, says that its bearer did not write.

    >>> is_other_hand("Fotos"), is_other_hand("Text")
    (True, False)
    """
    return fold(text) in _other_hands()


def written(text: str) -> str:
    """Return *text*, a byline, without what it says of those who edited, photographed or translated.

    >>> written("Written by Ada Berg, Edited by Lu Sommer"), written("Photos: Lu Sommer | Text: Ada Berg")
    ('Written by Ada Berg', 'Text: Ada Berg')
    """
    kept: list[str] = []
    start, is_written = 0, True
    for position, kind in _labels_in(text):
        if is_written:
            kept.append(text[start:position].strip(" ,;|–—-("))
        start, is_written = position, kind != "other hand"
    if not start and is_written:
        return text
    if is_written:
        kept.append(text[start:])
    return " | ".join(filter(None, kept))


def _labels_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield where the labels begin that stand anywhere in *text*, each with its kind."""
    behind = 0
    for first in _WORD.finditer(text):
        for label, end in _labels_at(text, first) if first.start() >= behind else ():
            is_end = not text[end : end + 1].isalnum()
            if _SIGN.match(text, end) or (is_end and (" " in label.text or _is_credit(label, first))):
                yield first.start(), label.kind
                behind = end
                break


def _is_credit(label: _Label, first: re.Match[str]) -> bool:
    """Tell whether *label* begins a credit such as "Photo Lu Sommer"; "Editor Lu Sommer" may have written."""
    is_thing = label.kind == "other hand" and label.text not in words("byline_words.tsv")["role"]
    return is_thing and not any(map(str.isalnum, first.string[: first.start()]))


def _labels_at(text: str, first: re.Match[str]) -> Iterator[tuple[_Label, int]]:
    """Yield the labels that *text* has where its word *first* begins, each with its end."""
    for label in _by_first_word().get(first[0].casefold(), ()):
        end = first.start() + len(label.text)
        if text[first.start() : end].casefold() == label.text:
            yield label, end


@cache
def _by_first_word() -> Mapping[str, list[_Label]]:
    known = words("byline_words.tsv")
    kinds = ("label", "heading", "other hand")
    # the longest first: "text by" before "text"
    labels = sorted(
        (_Label(text, kind) for kind in kinds for text in known[kind]), key=lambda x: -len(x.text)
    )
    found: dict[str, list[_Label]] = defaultdict(list)
    for label in labels:
        first = _WORD.match(label.text)
        found[first[0] if first else label.text].append(label)
    return found


@cache
def _openers() -> frozenset[str]:
    return frozenset(
        word
        for word, labels in _by_first_word().items()
        if any(label.kind != "other hand" for label in labels)
    )


@cache
def _labels() -> frozenset[str]:
    known = words("byline_words.tsv")
    return frozenset(map(fold, known["label"] | known["heading"]))


@cache
def _other_hands() -> frozenset[str]:
    return frozenset(map(fold, words("byline_words.tsv")["other hand"]))
