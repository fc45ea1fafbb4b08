"""How a site marks its pages up: templates and link rules, compiled and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from re import Pattern
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from newsspider.extraction.select import Alternatives

GENERIC = "generic"
"""What an article has for its template if none of its site's fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One layout of one type of page on a site."""

    name: str
    """Unique in its site."""
    page: Literal["article", "live_blog"] = "article"
    """The type of the pages it reads; an article may still turn out to be another."""
    match: Alternatives = ()
    """One of these is on every page of this layout; none: the fields alone decide."""
    render: bool = False
    """Whether the page needs a browser before it can be read."""
    fields: Mapping[str, Alternatives] = field(default_factory=dict)
    """Field name to where its value is; a field left out is guessed, one without expressions is not there."""
    drop: Alternatives = ()
    """Elements inside the body that are not part of it, by any of these."""
    stop: Alternatives = ()
    """The body ends where the first of these begins."""

    @property
    def absent(self) -> frozenset[str]:
        """The fields that pages of this layout don't have."""
        return frozenset(name for name, expressions in self.fields.items() if not expressions)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRules:
    """Which links of a site mean what."""

    article: Pattern[str] | None = None
    """Searched in the URL path: an article."""
    section: Pattern[str] | None = None
    """Searched in the URL path: a section page."""
    related: Alternatives = ()
    """Links to related articles on an article page, or boxes of such links."""
    next: Alternatives = ()
    """The link to the next page of a section."""
    more: Alternatives = ()
    """What a browser brings into view and clicks to make a section page longer."""
