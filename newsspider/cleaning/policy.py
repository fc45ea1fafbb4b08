"""What a site or a user may change about cleaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class CleaningPolicy:
    """How an article is cleaned; immutable, and the same for every article of a site."""

    dateline: Literal["extract", "keep"] = "extract"
    """``extract`` takes the dateline out of the body, ``keep`` fills the field and leaves the text alone."""
    lines: tuple[str, ...] = ()
    """Further whole lines to remove, compared folded (case, space, edge punctuation)."""
    patterns: tuple[re.Pattern[str], ...] = ()
    """Further lines to remove: a block goes where one of these matches all of it."""
    off: frozenset[str] = frozenset()
    """Names of rules switched off."""


DEFAULT = CleaningPolicy()
