"""Which newsroom: the few numbers that everything on its sites follows from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NEWEST = 1_000_000
"""The number of the newest ordinary story of an edition with ``fresh=0``."""
STEP = timedelta(minutes=17)
"""Between one story and the next."""
NOW = datetime(2025, 5, 5, 9, 30, tzinfo=UTC)
"""The newsroom's clock when story :data:`NEWEST` is out."""
KINDS = ("plain", "scripted")
"""The sites of a newsroom: those that any client can read, or those that are empty until a script has run."""
_BOUNDS = {
    "size": (1, 500_000),
    "weight": (0, 450_000),
    "revision": (0, 1_000),
    "edited": (0, 1),
    "fresh": (0, 100_000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A newsroom at one moment.

    A story is a function of ``seed`` and its number alone: a larger ``size`` adds older ones, ``fresh`` newer
    ones, and a higher ``revision`` edits some; all others stay to the letter.
    """

    seed: int = 1
    size: int = 120
    """Ordinary stories on each site."""
    weight: int = 0
    """Bytes that a page has on average, between two thirds and four thirds of it; 0 for bare pages."""
    revision: int = 0
    """How many times an editor has gone over the stories."""
    edited: float = 0.05
    """Share of the stories that one revision changes, 0 to 1."""
    fresh: int = 0
    """Stories added after the first edition."""
    sites: str = "plain"
    """Which sites it has, one of :data:`KINDS`."""

    def __post_init__(self) -> None:
        wrong = [name for name, (low, high) in _BOUNDS.items() if not low <= getattr(self, name) <= high]
        if wrong:
            bounds = ", ".join(f"{name} from {_BOUNDS[name][0]} to {_BOUNDS[name][1]}" for name in wrong)
            raise ValueError(f"a newsroom has {bounds}")
        if self.sites not in KINDS:
            raise ValueError(f"a newsroom has sites that are {' or '.join(KINDS)}, not {self.sites!r}")

    @property
    def newest(self) -> int:
        """The number of the newest ordinary story."""
        return NEWEST + self.fresh

    @property
    def oldest(self) -> int:
        """The number of the oldest."""
        return NEWEST - self.size + 1

    @property
    def now(self) -> datetime:
        """The time on the newsroom's clock."""
        return NOW + STEP * self.fresh
