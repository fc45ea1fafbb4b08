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
_BAR = re.compile(r"\s?\|\s?")
# "Aus Port Arthur berichtet Ada Berg"; 記者李小明, without sign or blank
_OTHER_FORMS = re.compile(r"aus\s[^\d|]{2,30}\sberichte(?:t|n)\s|記者|记者|撰文", re.IGNORECASE)


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


@cache
def line_labels() -> Mapping[str, tuple[str, ...]]:
    """Return what lines with a byline begin with, casefolded, by its first word."""
    return {
        word: tuple(label.text for label in labels if label.kind != "other hand")
        for word, labels in _by_first_word().items()
    } | {"aus": ("aus ",)}


def may_open(line: str) -> bool:
    """Tell, quickly, whether *line*, which is casefolded, may begin with a label, whatever stands behind it.

    >>> may_open("作者：李小明"), may_open("記者李小明"), may_open("autor:ada"), may_open("rain:")
    (True, True, True, False)
    """
    first = _WORD.match(line)
    labels = line_labels()
    return first is not None and bool(labels.get(first[0]) or labels.get(first[0][:2]))


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
    # a list of labels, each in a line of its own, with the names below them
    is_list = is_label(text.partition("|")[0])
    for first in _WORD.finditer(text):
        for label, end in _labels_at(text, first) if first.start() >= behind else ():
            is_end = not text[end : end + 1].isalnum()
            is_sure = " " in label.text or label.text.endswith(".") or _is_credit(label, first)
            if _SIGN.match(text, end) or (is_end and is_sure) or (is_list and _BAR.match(text, end)):
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
def _labels() -> frozenset[str]:
    known = words("byline_words.tsv")
    return frozenset(map(fold, known["label"] | known["heading"]))


@cache
def _other_hands() -> frozenset[str]:
    return frozenset(map(fold, words("byline_words.tsv")["other hand"]))
