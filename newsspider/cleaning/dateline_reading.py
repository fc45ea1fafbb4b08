"""What was read of a dateline, before it is put into the article's terms."""

from __future__ import annotations

from dataclasses import dataclass

from newsspider.cleaning.days import Day
from newsspider.items import Place


@dataclass(frozen=True, slots=True)
class Reading:
    """A dateline at the start of a text."""

    start: int
    """Where it begins: after a byline that is glued in front."""
    end: int
    """Where the story begins."""
    places: tuple[Place, ...]
    """In normal case."""
    day: Day | None
    """As stated."""
    agency: str | None
    """By its standard name, or as written where it is not a known one."""
    certain: bool
    """False where only a known place speaks for it."""
