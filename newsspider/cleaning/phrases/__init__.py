"""Phrases that are no part of an article, one file a language, and the index that finds them.

A file holds a phrase a line under the ``[rule]`` that it belongs to; the first line is a comment that says
the language. Phrases are compared folded: case, space and punctuation do not count.

- ``"Report an ad"`` is a whole line.
- ``"Also read:"`` is a whole line, or what stands before the first colon, dash, bar or arrow of a line.
- ``"Sign up for … newsletter …"``: the ellipsis stands for any text, also none.
- ``#`` stands for any number.

The more a phrase says, the longer the line that it may take (:data:`_REACH`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+|\d+")
_DELIMITER = re.compile(r"\s?(?:[:：|»›→➡】\]]|>+|\s[-–—]\s|[-–—]\s)")
_OPENING = "[(【［（■●▼▶►★☆※◆＞>»«<•*·\"'“”‘’-–—=_~|/✅👉➡→⬇🔴📱📢 "
_SECTION = re.compile(r"\[[a-z_]+\]")
# scripts from Thai on to the east are written without spaces between words, Korean apart
_UNSPACED = re.compile("[\u0e00-\u109f\u2e80-\uabff]")
_KEY = 3
_NONE: frozenset[str] = frozenset()
LONGEST = 700
"""No line longer than this many characters is taken for a phrase."""
_SHORT = 320
_HEAD = 70
_TITLE = 220
_LONG_LABELS = frozenset({"notes", "credits", "copyright"})  # the others are followed by a title
# lines around an ad say little more than their phrase; what is longer has prose glued to it
_BARE = frozenset({"ads", "continuation"})
_BARE_REACH = (45, 1)
_REACH = (40, 12)  # a line of 40 characters, and 12 more for each character of the phrase


def folded(text: str) -> str:
    """Return *text* for comparison: words only, case folded, every number as ``#``.

    >>> folded("— READ  MORE: 25 ways")
    'read more # ways'
    """
    return " ".join(["#" if word.isdecimal() else word for word in _WORD.findall(text.casefold())])


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A phrase with an ellipsis."""

    parts: tuple[str, ...]
    """What must follow one another; in scripts with spaces a part has a space where it must end a word."""
    opened: bool
    """Any text may follow the last part."""
    rule: str

    @property
    def reach(self) -> int:
        """The longest line that the phrase may take, in characters."""
        base, each = _REACH if self.rule not in _BARE else _BARE_REACH
        return base + each * sum(map(len, self.parts))

    def fits(self, line: str) -> bool:
        """Tell whether the parts follow one another in *line*, which has a space at each end."""
        at = 0
        for part in self.parts:
            found = line.find(part, at)
            if found < 0:
                return False
            at = found + len(part.rstrip())
        return self.opened or line.endswith(self.parts[-1])


@dataclass(slots=True)
class Phrases:
    """An index of phrases, each under the rule that it belongs to."""

    lines: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    starts: dict[str, list[_Pattern]] = field(default_factory=lambda: defaultdict(list))
    inner: dict[str, list[_Pattern]] = field(default_factory=lambda: defaultdict(list))
    unspaced: list[_Pattern] = field(default_factory=list)
    openings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, rule: str, phrase: str) -> None:
        """Enter *phrase* for *rule*; raises ValueError where it says nothing."""
        parts = tuple(folded(part.replace("#", "0")) for part in phrase.split("…"))
        words = tuple(part for part in parts if part)
        if not words:
            raise ValueError(f"the phrase {phrase!r} has no words")
        if parts[0]:
            self.openings[parts[0].split()[0]].add(rule)
        if len(parts) == 1:
            self._add_line(rule, words[0], is_label=phrase.rstrip().endswith((":", "：")))
            return
        pattern = _Pattern(tuple(map(_bounded, words)), not parts[-1], rule)
        if parts[0] and len(parts[0]) >= _KEY:
            self.starts[parts[0][:_KEY]].append(pattern)
        elif _is_spaced(words[0]):
            self.inner[max(words[0].split(), key=len)].append(pattern)
        else:
            self.unspaced.append(pattern)

    def _add_line(self, rule: str, words: str, *, is_label: bool) -> None:
        if is_label:
            self.labels[words].add(rule)
        if not is_label or " " in words or not _is_spaced(words):
            # a label of one word, as in "More: ...", says nothing without its colon
            self.lines[words].add(rule)

    def rules(self, text: str) -> frozenset[str]:
        """Return the rules that take the line *text*.

        >>> index = Phrases()
        >>> for phrase in ("Also read:", "Sign up for … newsletter …"):
        ...     index.add("promos", phrase)
        >>> lines = ("Also Read: A title", "Sign up for our Newsletter!", "Also")
        >>> [bool(index.rules(line)) for line in lines]
        [True, True, False]
        """
        if len(text) > LONGEST:
            return frozenset()
        short = len(text) <= _SHORT
        line = folded(text if short else text[:_HEAD])
        found: set[str] = set()
        if short:
            found |= self.lines.get(line, _NONE)
            found.update(
                rule
                for rule in self.labels.get(label(text), _NONE)
                if len(text) <= _TITLE or rule in _LONG_LABELS
            )
        patterns = [
            p
            for p in self.starts.get(line[:_KEY], ())
            if f" {line} ".startswith(p.parts[0], p.parts[0][0] != " ")
        ]
        if short:
            patterns += self._inside(line)
        if patterns:
            whole = f" {line if short else folded(text)} "
            found.update(p.rule for p in patterns if len(text) <= p.reach and p.fits(whole))
        return frozenset(found)

    def may_open(self, text: str) -> frozenset[str] | set[str]:
        """Return the rules with a phrase that has the first word of *text*: a look before :meth:`rules`."""
        match = _WORD.search(text)
        if not match:
            return _NONE
        word = match[0]
        return self.openings.get("#" if word.isdecimal() else word.casefold(), _NONE)

    def _inside(self, line: str) -> list[_Pattern]:
        found = [pattern for word in line.split() if word in self.inner for pattern in self.inner[word]]
        return found if _is_spaced(line) else found + self.unspaced


@cache
def shipped() -> Phrases:
    """Return the index of all shipped languages: what a page says of its language may be wrong."""
    index = Phrases()
    for rule, phrase in _shipped():
        index.add(rule, phrase)
    return index


def index_of(rule: str, phrases: Iterable[str]) -> Phrases:
    """Return an index of *phrases*, all for one *rule*."""
    index = Phrases()
    for phrase in phrases:
        index.add(rule, phrase)
    return index


def _shipped() -> Iterator[tuple[str, str]]:
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".txt"):
            continue
        rule = ""
        for line in file.read_text(encoding="utf-8").splitlines()[1:]:
            if _SECTION.fullmatch(line):
                rule = line.strip("[]")
            elif line:
                yield rule, line


def label(text: str) -> str:
    """Return, folded, what stands before the first colon, dash, bar or arrow of *text*.

    >>> label("[READ MORE: A title]"), label("Read more books")
    ('read more', '')
    """
    head = text.lstrip(_OPENING)[:_HEAD]
    match = _DELIMITER.search(head)
    return folded(head[: match.start()]) if match else ""


def _is_spaced(text: str) -> bool:
    return text.isascii() or not _UNSPACED.search(text)


def _bounded(part: str) -> str:
    before = " " if _is_spaced(part[0]) else ""
    after = " " if _is_spaced(part[-1]) and not "\uac00" <= part[-1] <= "\ud7af" else ""
    return f"{before}{part}{after}"
