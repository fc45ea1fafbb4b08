"""What a demo site is: its host, its sections, the way it writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a site."""

    slug: str
    """In addresses: ``world``."""
    title: str
    """As readers see it: ``World``."""
    topic: str
    """The key of its words in the language data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a site's stories are written."""

    title_case: bool = False
    """Headlines And Subheadings Like This."""
    standfirst: bool = False
    """A sentence between headline and story."""
    headings: bool = False
    """Subheadings in the story."""
    images: bool = True
    """A picture with caption and credit."""
    keywords: bool = True
    """Tags on the page."""
    datelines: float = 0.0
    """Share of the stories that open with a dateline, 0 to 1."""
    ending: str | None = None
    """The rule of the line that closes a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A site's facts that never change."""

    host: str
    """``newsx.test``."""
    name: str
    """The publisher."""
    language: str
    """Of its text: the name of the language's data."""
    locale: str
    """The BCP 47 tag that its pages state, where they do."""
    offset: timedelta
    """Of the site's clock from UTC."""
    sections: tuple[Section, ...]
    """In the order of the menu."""
    style: Style
    per_page: int = 20
    """Stories on a list page."""

    @property
    def zone(self) -> timezone:
        """The site's clock."""
        return timezone(self.offset)
