"""What the wording of each segment says, by itself and beside what the page says of its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np

from newsspider.extraction.body import signs
from newsspider.extraction.body.arrays import Numbers, columns_from
from newsspider.extraction.body.lexicon import NOTHING, Lexicon
from newsspider.extraction.body.segment import Segment, Segments

_TAGS: Final = {
    name: number
    for number, names in enumerate(
        ("p", "div section article main center body", "li dd dt", "h1", "h2", "h3", "h4 h5 h6",
         "td th tr table", "blockquote pre", "figcaption figure caption", "button label legend fieldset form",
         "header hgroup", "aside nav footer", "details summary"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_RUN: Final = 4  # words in a row that are looked up in the metadata's body
_MENU: Final = 60  # size below which a line that is all link is not listened to: menus are made of these
_HEADINGS: Final = frozenset(("h1", "h2", "h3"))
_UNLIKE: Final = (0.0, 0.0, -1.0)
_UNHEARD: Final = (*(0.0,) * len(signs.NAMES), *NOTHING, *_UNLIKE)

NAMES: Final = (
    "size", "link share", "links", "bold share", "pictures before", "levels up", "levels down",
    "after a line break", *signs.NAMES, "tag", "own names, lowest", "own names, highest", "own names, sum",
    "line words, lowest", "line words, highest", "line words, mean", "copies", "likeness to the title",
    "likeness to the description", "likeness to the metadata's body", "inline names",
)  # fmt: skip
"""What each row of :func:`columns_of` is."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the page says of its article outside the tree's text."""

    titles: tuple[str, ...] = ()
    """Headline and titles as words with a space between them, the surest first; the others likewise."""
    description: str = ""
    body: str = ""
    """The text that the page's metadata gives as the article's."""


def columns_of(found: Segments, lexicon: Lexicon, evidence: Evidence) -> tuple[Numbers, int]:
    """Return :data:`NAMES` for the segments, a row each name, and which is the headline, -1 if none is."""
    # not zip(*items), which holds an iterator for each of them
    flat: list[Any] = [*chain.from_iterable(found.items)]
    width = len(Segment._fields)
    texts, size, nodes, linked, links, bold, media, up, down, broken, inline = (
        flat[column::width] for column in range(width)
    )
    tags = [found.tags[node] for node in nodes]
    said, headline = _said(zip(texts, size, linked, tags, strict=True), lexicon, evidence)
    signs_, line, likeness = np.split(said, (len(signs.NAMES), len(signs.NAMES) + 3))
    length = np.array([*map(len, texts)])
    of_names, copies = lexicon.of_names, Counter(texts)
    own = columns_from((of_names(found.names[node]) for node in nodes), len(NOTHING))
    columns = (
        (size, np.array(linked) / length, links, np.array(bold) / length, media, up, down, broken),
        signs_,
        ([_TAGS.get(tag, 0) for tag in tags], *own),
        line,
        ([copies[text] for text in texts],),
        likeness,
        ([sum(of_names(names)[:2]) if names else 0.0 for names in inline],),
    )
    return np.stack([np.asarray(row, dtype=float) for rows in columns for row in rows]), headline


def _said(
    segments: Iterable[tuple[str, int, int, str]], lexicon: Lexicon, evidence: Evidence
) -> tuple[Numbers, int]:
    """Return what is heard of each segment's words, in columns, and which segment is the headline.

    *segments* gives the text, its size and how much of it is linked, and the tag of each.
    """
    values: list[float] = []
    likeness, voice_of = _Likeness(evidence), lexicon.voice_of
    headline, best = -1, 0.0
    for number, (text, size, linked, tag) in enumerate(segments):
        if size < _MENU and linked >= len(text) and tag not in _HEADINGS:
            values += _UNHEARD
            continue
        voice = voice_of(text, size)
        alike = likeness.of(voice.words, size)
        values += voice.numbers
        values += alike
        title = alike[0]
        if title > 0.6 or tag == "h1":
            likely_title = title + (0.5 if tag == "h1" else 0.0)
            if (title > 0.6 and likely_title > best) or (tag == "h1" and best < 0.5):
                headline, best = number, likely_title
    return np.fromiter(values, float, len(values)).reshape(-1, len(_UNHEARD)).T, headline


class _Likeness:
    def __init__(self, evidence: Evidence) -> None:
        self._titles = {frozenset(title.split()) for title in evidence.titles if title}
        self._title_words: set[str] = set().union(*self._titles)
        self._description = evidence.description
        words = evidence.body.split()
        self._body = set(zip(*(words[at:] for at in range(_RUN)), strict=False))

    def of(self, words: Sequence[str], size: int) -> tuple[float, float, float]:
        """Return the likeness to the title, the description and the body that the metadata gives."""
        return self._title(words, size), self._lead(words, size), self._inside(words)

    def _title(self, words: Sequence[str], size: int) -> float:
        shared = self._title_words.intersection(words) if size < 400 else None
        if not shared:
            return 0.0
        count, best = len(set(words)), 0.0
        for title in self._titles:
            common = len(shared & title)
            best = max(best, common / (count + len(title) - common))
        return best

    def _lead(self, words: Sequence[str], size: int) -> float:
        if size <= 25 or not self._description or (words and words[0] not in self._description):
            return 0.0
        if " ".join(words[:8]) not in self._description:
            return 0.0
        return 1.0 if " ".join(words) in self._description else 0.5

    def _inside(self, words: Sequence[str]) -> float:
        if not self._body:
            return -1.0
        runs = [*zip(*(words[at::_RUN] for at in range(_RUN)), strict=False)]
        return sum(map(self._body.__contains__, runs)) / len(runs) if runs else -0.5
