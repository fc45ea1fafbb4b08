"""How often lines recur in the articles of a site: what the rule ``recurring`` knows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from newsspider.cleaning.phrases import folded, in_one_case

_LONGEST = 200
_OTHERS = 3
_SHARE = 0.2
_ENOUGH = 10
_WORD = re.compile(r"\w+")
_FEW = 6  # words in which numbers do not count
_ENTRIES = 2000
_WINDOW = 2000


def line_key(text: str) -> str:
    """Return the key by which a line is counted: short, and the same however the line is set.

    A long block has none (""): prose that recurs is another matter than a line that does. Numbers do not
    count in a line of few words, which may say how many comments there are; where there are more words, they
    tell one story from another.

    >>> line_key("Watch  Example TV — live!") == line_key("watch example tv live"), line_key("a" * 300)
    (True, '')
    >>> line_key("12 comments") == line_key("3 comments")
    True
    >>> line_key("The river rose 2 metres in a night") == line_key("The river rose 3 metres in a night")
    False
    """
    if len(text) > _LONGEST:
        return ""
    words = _WORD.findall(in_one_case(text))
    line = " ".join(words) if len(words) > _FEW else folded(text)
    return hashlib.blake2b(line.encode(), digest_size=8).hexdigest() if line else ""


@dataclass(slots=True)
class LineCounts:
    """In how many articles of one site each short line stood; bounded, and plain JSON on disk.

    When more than *bound* lines are known, those that were seen once go: a line worth knowing comes back.
    When *window* articles are counted, all counts are halved: what a site no longer prints fades, and a line
    that is new need not stand in a fifth of all the articles there ever were.
    """

    articles: int = 0
    """Articles counted; those of long ago count less."""
    counts: dict[str, int] = field(default_factory=dict)
    """Line key → number of articles."""
    bound: int = _ENTRIES
    """Most lines kept."""
    window: int = _WINDOW
    """Articles after which the counts are halved."""

    def add(self, lines: AbstractSet[str]) -> None:
        """Count an article whose lines have the keys *lines*, which it should be only once."""
        self.merge(LineCounts(articles=1, counts=dict.fromkeys(lines, 1)))

    def merge(self, other: LineCounts) -> None:
        """Count the articles that *other* has counted, and this one has not."""
        if self.articles >= self.window:
            self.articles //= 2
            self.counts = {key: count // 2 for key, count in self.counts.items() if count > 1}
        self.articles += other.articles
        for key, count in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count
        least = 1
        while len(self.counts) > self.bound:
            self.counts = {key: count for key, count in self.counts.items() if count > least}
            least += 1

    def recurring(self) -> frozenset[str]:
        """Return the keys of the lines that are no part of any one article.

        A line recurs if it stood in at least 3 articles besides one's own, and in a fifth of them all; of a
        site with fewer than 10 articles nothing is known.

        >>> counts = LineCounts()
        >>> for day in "abcdefghij":
        ...     counts.add({line_key("Watch us live"), line_key(f"Story {day}")})
        >>> counts.recurring() == {line_key("Watch us live")}
        True
        """
        if self.articles < _ENOUGH:
            return frozenset()
        least = max(_OTHERS + 1, self.articles * _SHARE)
        return frozenset(key for key, count in self.counts.items() if count >= least)

    def to_json(self) -> dict[str, object]:
        """Return what :meth:`from_json` reads."""
        return {"articles": self.articles, "counts": self.counts}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> LineCounts:
        """Return the counts that *data* holds; raises ValueError where it is not what ``to_json`` writes.

        >>> LineCounts.from_json(LineCounts(articles=2, counts={"ab": 1}).to_json()).articles
        2
        """
        articles, counts = data.get("articles"), data.get("counts")
        if not isinstance(articles, int) or not isinstance(counts, dict):
            raise ValueError("line counts need 'articles', a number, and 'counts', a table")
        if not all(isinstance(key, str) and isinstance(count, int) for key, count in counts.items()):
            raise ValueError("line counts map text to numbers")
        return cls(articles=articles, counts=dict(counts))
