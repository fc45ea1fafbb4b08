"""What a field is read in the light of, and what reading it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before a field is read."""

    now: datetime
    """The moment, with a zone: relative dates count from it, and no date lies far beyond it."""
    language: str | None = None
    """BCP 47 tag of the page or the site."""
    timezone: str | None = None
    """IANA name of the site file's zone, for dates that state none."""
    site_names: tuple[str, ...] = ()
    """What the site calls itself; such a name is no part of a headline and no person."""
    headline: str | None = None
    """The article's headline, for the fields that are read after it: a trail of breadcrumbs ends with it."""
    country: str = ""
    """The last label of the site's host: ``uk``, ``com``."""
    language_source: str = "site"
    """Where :attr:`language` comes from, as in :attr:`Found.source`."""


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A field's value and where it came from."""

    value: T_co
    source: str
    """For the article's provenance: ``json-ld:headline``, ``meta:og:title``, ``h1``."""
    raw: str | None = None
    """The text that the value was read from, where the item keeps it."""
