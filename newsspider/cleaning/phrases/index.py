"""The index that finds phrases: prose must cost it little, for nearly all that it is asked about is prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from newsspider.cleaning.phrases.notation import (
    Pattern,
    Phrase,
    folded,
    in_one_case,
    is_spaced,
    is_whole_word,
    pattern_of,
    words_of,
)

_DELIMITER = re.compile(r"\s?(?:[:：|»›→➡】\]]|>+|\s[-–—]\s|[-–—]\s)")
_OPENING = "[(【［（■●▼▶►★☆※◆＞>»«<•*·\"'“”‘’-–—=_~|/✅👉➡→⬇🔴📱📢💡 "
_FIRST_WORDS = re.compile(r"[\W_]*([^\W\d_]+|\d+)(?:[\W_]*([^\W\d_]+|\d+))?")
_SENTENCES = re.compile(r"\w{3,}[.!?]\s+[\"“‘«]?[A-ZÀ-ÞА-Я]")
_STOPS = (".", "。", "।")
LONGEST = 700
"""No line longer than this many characters is taken for a phrase."""
_SHORT = 320
"""Longer lines are taken only for phrases that they begin with."""
_HEAD = 100
_SURE = 60
_LONGEST_LABEL = 70
_TITLE = 200
_SHORT_TITLE = 150
_LONG_LABELS = frozenset({"notes", "credits", "copyright", "site_lines"})
_NAMING = frozenset({"photo_credits", "timestamps"})
_NONE: frozenset[str] = frozenset()
# what folds the bytes of ASCII text in one pass, at a tenth of what a regular expression costs
_PLAIN = bytes(code | 32 if chr(code).isalpha() else 32 for code in range(128)).ljust(256)
_FOREIGN = re.compile("[^\x00-\xa9\u2000-\u2bff]")  # no ASCII, nor the signs that English is set with
_ANY = "…"
"""Stands for any second word."""
_STEM = 2
"""Scripts without spaces have no first word; their phrases are found by as many characters."""


@dataclass(slots=True)
class Phrases:
    """An index of phrases, each under the rule that it belongs to.

    Its thousands of short lists are texts, taken apart when they are asked for: the garbage collector has no
    need to walk over them.
    """

    lines: dict[str, frozenset[str]] = field(default_factory=dict)
    longest: int = 0
    """Characters of the longest of the lines."""
    labels: dict[str, frozenset[str]] = field(default_factory=dict)
    starts: dict[str, str] = field(default_factory=dict)
    """By their first two words, first word or first characters, a line a phrase: its rule and its words."""
    inner: dict[str, str] = field(default_factory=dict)
    """Phrases that may stand anywhere, by the longest word of their first part; a line a phrase."""
    plain: set[bytes] = field(default_factory=set)
    """The words among those that are ASCII."""
    unspaced: str = ""
    """The same in scripts without spaces."""
    openings: dict[str, str] = field(default_factory=dict)
    """First word → the second words that a phrase goes on with, bars around each; "" where it ends."""
    stems: set[str] = field(default_factory=set)

    def add(self, phrase: Phrase) -> None:
        """Enter *phrase*; raises ValueError where it has no words."""
        rule, words, is_label = phrase
        if "…" in words:
            self._add_pattern(phrase)
            return
        if not words:
            raise ValueError("a phrase has no words")
        first, space, rest = words.partition(" ")
        self._open(first, rest.partition(" ")[0] or (_ANY if is_label else ""))
        if is_label:
            self.labels[words] = _with(self.labels.get(words, _NONE), rule)
        if not is_label or space or not is_spaced(words):
            # a label of one word, as in "More: ...", says nothing without its colon
            self.lines[words] = _with(self.lines.get(words, _NONE), rule)
            self.longest = max(self.longest, len(words))

    def _add_pattern(self, phrase: Phrase) -> None:
        first = phrase.words.partition("…")[0].strip()
        if first:
            key = self._start_of(first)
            self.starts[key] = self.starts.get(key, "") + _written(phrase)
            return
        words = phrase.words.strip("… ").partition("…")[0]
        if not words:
            raise ValueError("a phrase has no words")
        if is_spaced(phrase.words):
            key = max(words.split(), key=len)
            self.inner[key] = self.inner.get(key, "") + _written(phrase)
            if key.isascii():
                self.plain.add(key.encode())
        else:
            self.unspaced += _written(phrase)

    def _start_of(self, first: str) -> str:
        """Return the key of a phrase whose first part is *first*, and note how it opens."""
        word, space, rest = first.partition(" ")
        if is_whole_word(first):
            second = rest.partition(" ")[0]
            self._open(word, second or _ANY)
            return f"{word} {second}" if second else word
        if space:
            self._open(word, _ANY)
            return word
        self.stems.add(first[:_STEM])
        return first[:_STEM]

    def _open(self, first: str, second: str) -> None:
        seconds = self.openings.get(first, "|")
        if f"|{second}|" not in seconds:
            self.openings[first] = f"{seconds}{second}|"

    def opens(self, text: str) -> bool:
        """Tell whether a phrase begins with the first words of *text*: a look before :meth:`rules`.

        >>> index_of([Phrase("related", "also read", is_label=True)]).opens("Also the rain")
        False
        """
        first = text[:_HEAD].partition(" ")[0]
        if first.isalpha() and first.isascii() and first.casefold() not in self.openings:
            return False  # nearly always; a regular expression takes longer to say the same
        match = _FIRST_WORDS.match(text)
        return match is not None and self.opens_with(*match.groups(""))

    def opens_with(self, first: str, second: str) -> bool:
        """Tell whether a phrase begins with the words *first* and *second*, "" where there is none."""
        first = "#" if first.isdecimal() else in_one_case(first)
        seconds = self.openings.get(first)
        if seconds is not None and (
            _ANY in seconds or f"|{'#' if second.isdecimal() else in_one_case(second)}|" in seconds
        ):
            return True
        return not first.isascii() and (first[:_STEM] in self.stems or first[:1] in self.stems)

    def rules(self, text: str) -> frozenset[str]:
        """Return the rules that take the line *text*.

        >>> from newsspider.cleaning.phrases import phrases_in
        >>> index = index_of(phrases_in("[promos]\\nSign up for … newsletter …\\n[related]\\nAlso read:"))
        >>> lines = ("Also Read: A title", "Sign up for our Newsletter!", "Also", "Sign up for the army")
        >>> [set(index.rules(line)) for line in lines]
        [{'related'}, {'promos'}, set(), set()]
        """
        return (self.opening(text) if self.opens(text) else _NONE) | self.within(text)

    def opening(self, text: str) -> frozenset[str]:
        """Return the rules that take the line *text* by how it begins; only where it :meth:`opens` so."""
        if len(text) > LONGEST:
            return _NONE
        line = head = folded(text[:_HEAD])
        if len(text) > _HEAD and len(head) <= self.longest:  # of many signs and few words
            line = folded(text) if len(text) <= _SHORT else ""
        return self.lines.get(line, _NONE) | self._labelled(text) | self._started(text, f" {head} ")

    def within(self, text: str) -> frozenset[str]:
        """Return the rules that take the line *text* by what it says anywhere."""
        if len(text) > _SHORT:
            return _NONE
        if not text.isascii() and _FOREIGN.search(text):
            return frozenset(self._anywhere(text))
        words = self.plain.intersection(text.encode("ascii", "replace").translate(_PLAIN).split())
        return frozenset(self._inside(text, map(bytes.decode, words))) if words else _NONE

    def named(self, text: str) -> frozenset[str]:
        """Return the rules of which *text* is a line or a label and nothing else.

        >>> index = index_of([Phrase("related", "also read", is_label=True)])
        >>> [set(index.named(text)) for text in ("ALSO READ:", "Also read: Hail")]
        [{'related'}, set()]
        """
        line = folded(text)
        return self.lines.get(line, _NONE) | self.labels.get(line, _NONE)

    def _labelled(self, text: str) -> set[str]:
        name = label(text)
        rules = self.labels.get(name)
        if not rules:
            return set()
        return {rule for rule in rules if _is_titled(rule, name, text)}

    def _started(self, text: str, head: str) -> set[str]:
        first, space, rest = head[1:].partition(" ")
        written = self.starts.get(first, "") + self.starts.get(first + space + rest.partition(" ")[0], "")
        if not first.isascii():
            written += "".join(self.starts.get(stem, "") for stem in {first[:1], first[:_STEM]} - {first})
        found = set()
        for pattern in _patterns(written):
            part = pattern.parts[0][:_SURE]
            # few begin so, and only for those is all of the line worth folding
            if head.startswith(part, part[0] != " ") and pattern.takes(text, f" {folded(text)} "):
                found.add(pattern.rule)
        return found

    def _anywhere(self, text: str) -> set[str]:
        words = words_of(text)
        found = self._inside(text, self.inner.keys() & words)
        if self.unspaced and not is_spaced(text):
            line = f" {' '.join(words)} "
            found.update(pattern.rule for pattern in _patterns(self.unspaced) if pattern.takes(text, line))
        return found

    def _inside(self, text: str, words: Iterable[str]) -> set[str]:
        """Return the rules of the inner phrases under *words*, which *text* has, that take it."""
        patterns = [pattern for word in words for pattern in _patterns(self.inner[word])]
        if all(len(text) > pattern.reach for pattern in patterns):  # prose that has a word in common
            return set()
        line = f" {folded(text)} "
        return {pattern.rule for pattern in patterns if pattern.takes(text, line)}


def index_of(phrases: Iterable[Phrase]) -> Phrases:
    """Return an index of *phrases*; raises ValueError where one has no words."""
    index = Phrases()
    for phrase in phrases:
        index.add(phrase)
    return index


def label(text: str) -> str:
    """Return, folded, what stands before the first colon, dash, bar or arrow of *text*.

    >>> label("[READ MORE: A title]"), label("Read more books")
    ('read more', '')
    """
    head = text.lstrip(_OPENING)[:_LONGEST_LABEL]
    match = _DELIMITER.search(head)
    return folded(head[: match.start()]) if match else ""


def _is_titled(rule: str, name: str, text: str) -> bool:
    """Tell whether *text* goes on after the label *name* as lines of *rule* do: with a title."""
    if rule in _LONG_LABELS:
        return True
    if rule in _NAMING:
        return len(text) <= _TITLE
    if " " in name or not is_spaced(name):
        return len(text) <= _TITLE
    # one word and a colon also open a sentence: "Related: the two had met before. Nobody knew."
    return len(text) <= _SHORT_TITLE and not text.endswith(_STOPS) and not _SENTENCES.search(text)


@cache  # most phrases are of one rule, and share its set
def _with(rules: frozenset[str], rule: str) -> frozenset[str]:
    return rules | {rule}


def _written(phrase: Phrase) -> str:
    return f"{phrase.rule}\t{phrase.words}\n"


def _patterns(written: str) -> Iterator[Pattern]:
    for line in written.splitlines():
        rule, _, words = line.partition("\t")
        yield pattern_of(rule, words)
