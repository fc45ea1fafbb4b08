"""What a perfect reader would get from each page: the record, and its JSON Lines form."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import IO, Literal

TruthRole = Literal["standfirst", "paragraph", "heading", "list_item", "quote", "table_row"]


@dataclass(frozen=True, slots=True)
class TrueBlock:
    """A piece of the text, without dateline, credits and placeholders."""

    role: TruthRole
    text: str


@dataclass(frozen=True, slots=True)
class TruePlace:
    """A place of a dateline."""

    name: str
    within: str | None


@dataclass(frozen=True, slots=True)
class TrueDateline:
    """A dateline's parts."""

    raw: str
    places: tuple[TruePlace, ...]
    date: str | None
    agency: str


@dataclass(frozen=True, slots=True)
class TrueImage:
    """A picture."""

    url: str
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One page of the newsroom, and what must come of it. Empty where the page does not say."""

    site: str
    """The site file's stem."""
    url: str
    """The address that section pages link to."""
    canonical_url: str
    """The address that stands for the article, as its page writes it; compare it in normal form."""
    exported: bool
    """Whether the page gives an item."""
    dropped: str | None = None
    """Why not: the page type."""
    page_type: str = "article"
    headline: str
    description: str | None = None
    authors: tuple[str, ...] = ()
    date_published: str | None = None
    """ISO 8601 with offset."""
    date_modified: str | None = None
    dateline: TrueDateline | None = None
    blocks: tuple[TrueBlock, ...] = ()
    """The standfirst, where the page shows one, and the body."""
    credits: tuple[str, ...] = ()
    """Lines on who wrote, edited or contributed, without the brackets around them."""
    keywords: tuple[str, ...] = ()
    article_section: str | None = None
    breadcrumbs: tuple[str, ...] = ()
    images: tuple[TrueImage, ...] = ()
    in_language: str | None = None
    publisher: str | None = None
    is_accessible_for_free: bool | None = None
    related_urls: tuple[str, ...] = ()
    also_at: tuple[str, ...] = ()
    """Further addresses of the same article that pages link to: AMP, mobile, tracking, all on one page."""
    parts: tuple[str, ...] = ()
    """The further pages of an article in parts, in order."""

    @property
    def article_body(self) -> str:
        """The text of all blocks but the standfirst, joined by a blank line."""
        return "\n\n".join(block.text for block in self.blocks if block.role != "standfirst")


def write_truths(truths: Iterable[Truth], file: IO[str]) -> int:
    """Write *truths* to *file* as JSON Lines, one at a time; return how many."""
    count = 0
    for count, truth in enumerate(truths, start=1):  # noqa: B007 - the last count is what is returned
        file.write(json.dumps(asdict(truth), ensure_ascii=False) + "\n")
    return count
