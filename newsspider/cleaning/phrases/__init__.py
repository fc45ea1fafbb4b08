"""Phrases that are no part of an article, one file a language, and the index that finds them.

A file holds a phrase a line under the ``[rule]`` that it belongs to; the first line is a comment that says the
language. Phrases are compared folded: case, space and punctuation do not count.

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

_WORD = re.compile(r"[^\W_]+|#")
_NUMBER = re.compile(r"\d+")
_DELIMITER = re.compile(r"\s?(?:[:：|»›→➡】\]]|>+|\s[-–—]\s|[-–—]\s)")
_OPENING = "[(【［（■●▼▶►★☆※◆＞>»«<•*·\"'“”‘’-–—=_~|/✅👉➡→⬇🔴📱📢 "
_KEY = 3
LONGEST = 700
"""No line longer than this many characters is taken for a phrase."""
_SHORT = 320
_HEAD = 70
_REACH = (40, 12)  # a line of 40 characters, and 12 more for each character of the phrase


def folded(text: str) -> str:
    """Return *text* for comparison: words only, case folded, every number as ``#``.

    >>> folded("— READ  MORE: 25 ways")
    'read more # ways'
    """
    return _NUMBER.sub("#", " ".join(_WORD.findall(text.casefold())))


@dataclass(slots=True)
class Phrases:
    """An index of phrases, each under the rule that it belongs to."""

    lines: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    starts: dict[str, list[tuple[tuple[str, ...], bool, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    inner: list[tuple[tuple[str, ...], bool, str]] = field(default_factory=list)

    def add(self, rule: str, phrase: str) -> None:
        """Enter *phrase* for *rule*; raises ValueError where it says nothing."""
        parts = tuple(folded(part) for part in phrase.split("…"))
        words = tuple(part for part in parts if part)
        if not words:
            raise ValueError(f"the phrase {phrase!r} has no words")
        if len(parts) == 1:
            self.lines[words[0]].add(rule)
            if phrase.rstrip().endswith((":", "：")):
                self.labels[words[0]].add(rule)
        elif parts[0] and len(parts[0]) >= _KEY:
            self.starts[parts[0][:_KEY]].append((words, not parts[-1], rule))
        else:
            self.inner.append((words, not parts[-1], rule))

    def rules(self, text: str) -> frozenset[str]:
        """Return the rules that take the line *text*.

        >>> index = Phrases()
        >>> for phrase in ("Also read:", "Sign up for … newsletter …"):
        ...     index.add("promos", phrase)
        >>> [bool(index.rules(line)) for line in ("Also Read: A title", "Sign up for our Newsletter!", "Also")]
        [True, True, False]
        """
        if len(text) > LONGEST:
            return frozenset()
        short = len(text) <= _SHORT
        line = folded(text if short else text[:_HEAD])
        found: set[str] = set()
        if short:
            found |= self.lines.get(line, set())
            found |= self.labels.get(_label(text), set())
            found.update(rule for words, opened, rule in self.inner if _holds(line, words, opened))
        whole = line if short else ""
        for words, opened, rule in self.starts.get(line[:_KEY], ()):
            if _begins(line, words[0]) and len(text) <= _reach(words):
                whole = whole or folded(text)
                if _follows(whole, words, opened):
                    found.add(rule)
        return frozenset(found)


@cache
def shipped() -> Phrases:
    """Return the index of all shipped languages: a page's own language may be wrong, a whole line seldom is."""
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
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                rule = line.strip("[]")
            elif line and not line.startswith("# "):
                yield rule, line


def _reach(words: tuple[str, ...]) -> int:
    base, each = _REACH
    return base + each * sum(map(len, words))


def _label(text: str) -> str:
    head = text.lstrip(_OPENING)[:_HEAD]
    match = _DELIMITER.search(head)
    return folded(head[: match.start()]) if match else ""


def _begins(line: str, words: str) -> bool:
    if not line.startswith(words):
        return False
    # scripts without capitals are mostly written without spaces too: any next character will do
    return len(line) == len(words) or line[len(words)] == " " or words[-1].lower() == words[-1].upper()


def _follows(line: str, words: tuple[str, ...], opened: bool) -> bool:
    at = len(words[0])
    for part in words[1:]:
        found = line.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return opened or line.endswith(words[-1])


def _holds(line: str, words: tuple[str, ...], opened: bool) -> bool:
    if not opened and not line.endswith(words[-1]):
        return False
    if len(words) == 1:
        return words[0] in line
    at = 0
    for part in words:
        found = line.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True
