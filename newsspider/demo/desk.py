"""A site's desk: which stories there are, in what order, and how they hang together.

Nothing is stored: a list page is arithmetic on story numbers, so a desk of 100,000 stories is as small as one
of ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import IntEnum
from functools import lru_cache

from newsspider.demo.beat import Beat, Section
from newsspider.demo.edition import NEWEST, NOW, STEP, Edition
from newsspider.demo.story import Outline, Story, Writer

_RELATED = (1, -1, 7, 31, 3)
"""Steps to a story's related ones; the steps forth and back make cycles."""


class Standing(IntEnum):
    """The numbers of the pages that every site has besides its ordinary stories."""

    FIVE = 11
    """An article that is linked under five addresses."""
    PARTS = 12
    """An article in three parts."""
    TEASER = 13
    """An article whose rest is for subscribers."""
    LIVE = 14
    """A live blog."""
    GALLERY = 15
    VIDEO = 16
    """A video hub."""
    MEMBERS = 17
    """An article's address that shows a log-in form."""
    CONSENT = 18
    """An article's address that asks for consent to cookies."""
    MISSING = 19
    """An article's address that answers 200 and says that there is nothing."""


_STANDING = frozenset(map(int, Standing))


class Desk:
    """The stories of one site in one edition."""

    def __init__(self, beat: Beat, edition: Edition) -> None:
        self.beat = beat
        self.edition = edition
        self.writer = Writer.hire(edition.seed, beat)
        # bounded, so that memory does not grow with the size of the edition
        self.outline = lru_cache(maxsize=1024)(self._outline)
        self.story = lru_cache(maxsize=64)(self._story)

    def __contains__(self, number: object) -> bool:
        return number in self.ordinary() or number in _STANDING

    def ordinary(self) -> range:
        """Return the numbers of the ordinary stories, newest first."""
        return range(self.edition.newest, self.edition.oldest - 1, -1)

    def section_of(self, number: int) -> Section:
        """Return the section that story *number* is filed under."""
        sections = self.beat.sections
        return sections[0] if number in _STANDING else sections[number % len(sections)]

    def section(self, slug: str) -> Section | None:
        """Return the section with this *slug*."""
        return next((section for section in self.beat.sections if section.slug == slug), None)

    def filed_under(self, section: Section) -> range:
        """Return the numbers of the ordinary stories in *section*, newest first."""
        count = len(self.beat.sections)
        residue = self.beat.sections.index(section)
        first = self.edition.newest - (self.edition.newest - residue) % count
        return range(first, self.edition.oldest - 1, -count)

    def pages(self, section: Section) -> int:
        """Return how many list pages *section* has, at least one."""
        return max(1, -(-len(self.filed_under(section)) // self.beat.per_page))

    def keywords(self) -> Iterator[str]:
        """Yield the keywords of the newest stories; one may come again."""
        for number in self._recent():
            yield from self.outline(number).keywords

    def tagged(self, keyword: str) -> list[int]:
        """Return those of the newest stories that carry *keyword*."""
        return [number for number in self._recent() if keyword in self.outline(number).keywords]

    def by(self, author: str) -> list[int]:
        """Return those of the newest stories that *author* signed."""
        return [number for number in self._recent() if author in self.outline(number).authors]

    def related(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the stories related to *number*, at most five, never itself."""
        oldest, count = self.edition.oldest, self.edition.newest - self.edition.oldest + 1
        others = (oldest + (number - oldest + step) % count for step in _RELATED)
        return tuple(dict.fromkeys(other for other in others if other != number))

    def edits(self, number: int) -> Iterator[int]:
        """Yield the revisions that changed story *number*; standing pages are never edited."""
        if number in _STANDING:
            return
        for revision in range(1, self.edition.revision + 1):
            draw = self.writer.draw(number, f"revision {revision}")
            if draw.chance(self.edition.edited):
                yield revision

    def _recent(self) -> range:
        return self.ordinary()[:200]

    def _outline(self, number: int) -> Outline:
        if number in _STANDING:
            published = NOW - timedelta(minutes=number)
        else:
            jitter = self.writer.draw(number, "clock").number(0, 10)
            published = NOW - STEP * (NEWEST - number) - timedelta(minutes=jitter)
        local = published.astimezone(self.beat.zone)
        return self.writer.outline(number, self.section_of(number), local)

    def _story(self, number: int) -> Story:
        return self.writer.story(self.outline(number), edits=sum(1 for _ in self.edits(number)))
