"""The item: what one article is, field by field.

Names are schema.org `NewsArticle <https://schema.org/NewsArticle>`_ terms in snake_case. The order of the
attributes is the order of the keys in every feed. Sequences are tuples, so that a copy made by
:func:`dataclasses.replace` shares nothing that can change under it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from newsspider.version import __version__

Role: TypeAlias = Literal[
    "standfirst", "paragraph", "heading", "list_item", "quote", "table_row", "preformatted"
]
Precision: TypeAlias = Literal["day", "minute", "second"]
Zone: TypeAlias = Literal["stated", "site", "unknown"]

STANDFIRST: Role = "standfirst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph-level piece of the article."""

    role: Role
    """What the piece is; only ``standfirst`` is not part of the body."""
    text: str
    """Its text in normal form: one line, never empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a story was filed."""

    name: str
    """In normal case: ``Santa Fe``."""
    within: str | None = None
    """Region or country as the dateline writes it: ``N.M.``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The line at the start of a story that says where, when and by whom it was filed."""

    raw: str
    """As it stood in the text, without surrounding space: ``NEW DELHI [India], May 4 (ANI):``."""
    normalized: str
    """In one style for all: ``NEW DELHI, May 4 (ANI)``."""
    places: tuple[Place, ...] = ()
    """In the order written."""
    date: str | None = None
    """The day, ISO 8601."""
    agency: str | None = None
    """By its standard name: ``Reuters``."""
    block: int
    """Index of the block it stood in, among the blocks that ``read`` gave."""
    start: int
    """Offset of ``raw`` in that block's text, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article."""

    url: str
    """Absolute URL."""
    caption: str | None = None
    """Without the credit."""
    credit: str | None = None
    """Photographer and agency, as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A piece of text that a cleaning rule took out."""

    rule: str
    """Name of the rule."""
    text: str
    """What was taken out, to the letter."""
    block: int
    """Index of the block it stood in, among the blocks that ``read`` gave."""
    start: int | None
    """Offset in that block's text, in characters; null where all that was left of the block went."""


@dataclass(slots=True, kw_only=True)
class Article:
    """A news article, or another kind of page read in the same terms.

    Mutable only so that a user's own Scrapy pipelines can set fields; nothing in newsspider does.
    """

    id: str = ""
    """First 32 hex digits of sha256 of ``canonical_url``."""
    version: int = 1
    """1, and one more each time a changed article is exported again; set by the crawl."""
    url: str = ""
    """The URL that was asked for."""
    canonical_url: str = ""
    """The URL that stands for the article."""
    site: str = ""
    """The site file's stem, or the registrable domain."""
    template: str = "generic"
    """The template that read the page, or ``generic``."""
    page_type: str = "article"
    """One of :class:`newsspider.PageType`'s values."""
    page_type_confidence: float = 0.0
    """0 to 1."""
    headline: str | None = None
    """As readers see it."""
    description: str | None = None
    """The standfirst, else the page's own description."""
    authors: tuple[str, ...] = ()
    """People only; where the page names none, the organisation that signs."""
    byline_raw: str | None = None
    """The byline as the page has it."""
    date_published: str | None = None
    """ISO 8601; only the day where only the day is known; an offset only where it is known."""
    date_published_raw: str | None = None
    """The text it was read from."""
    date_published_precision: Precision | None = None
    """How much of ``date_published`` the page states."""
    date_published_zone: Zone | None = None
    """Whether the offset is stated on the page, comes from the site file, or is unknown."""
    date_modified: str | None = None
    """As ``date_published``."""
    date_modified_raw: str | None = None
    """As ``date_published_raw``."""
    date_modified_precision: Precision | None = None
    """As ``date_published_precision``."""
    date_modified_zone: Zone | None = None
    """As ``date_published_zone``."""
    dateline: Dateline | None = None
    """Where, when and by whom the story was filed."""
    article_body: str = ""
    """The text of all blocks but the standfirst, joined by a blank line."""
    blocks: tuple[Block, ...] = ()
    """The article in reading order."""
    images: tuple[Image, ...] = ()
    """The article's pictures, the main one first."""
    images_files: tuple[dict[str, str], ...] = ()
    """Empty; for Scrapy's ImagesPipeline."""
    keywords: tuple[str, ...] = ()
    """Tags and keywords."""
    article_section: str | None = None
    """The section the article is filed under."""
    breadcrumbs: tuple[str, ...] = ()
    """From the home page down."""
    in_language: str | None = None
    """BCP 47 tag."""
    publisher: str | None = None
    """Name of the publishing organisation."""
    agency: str | None = None
    """News agency the text comes from, by its standard name."""
    credits: tuple[str, ...] = ()
    """Lines such as ``Reporting by ...`` or ``With inputs from agencies.``."""
    is_accessible_for_free: bool | None = None
    """Null where the page does not say."""
    related_urls: tuple[str, ...] = ()
    """Related-article links on the page, in order, followed or not."""
    removed: tuple[Removal, ...] = ()
    """What cleaning took out, in the order in which it did."""
    provenance: dict[str, str] = field(default_factory=dict)
    """Field name to where its value came from."""
    content_hash: str | None = None
    """Hex digest of the folded body; set by ``clean``."""
    found_on: str | None = None
    """URL of the page that linked here; set by the crawl."""
    fetched_at: str | None = None
    """ISO 8601, UTC; set by the crawl."""
    duplicate_of: str | None = None
    """``id`` of an earlier article with nearly the same text; set by the crawl."""
    syndicated_from: str | None = None
    """The canonical URL where it lies on another site's domain."""
    newsspider_version: str = __version__
    """The version that read the page."""


def article_id(canonical_url: str) -> str:
    """Return the ``id`` of the article at *canonical_url*.

    >>> article_id("https://example.com/a")
    '2dce0a4c50441bfccfa9caf4b58c3cba'
    """
    return hashlib.sha256(canonical_url.encode()).hexdigest()[:32]


def body_of(blocks: tuple[Block, ...]) -> str:
    r"""Return the body that *blocks* spell: all but the standfirst, joined by a blank line.

    >>> body_of((Block(role="standfirst", text="Why"), Block(role="heading", text="A"),
    ...          Block(role="paragraph", text="b")))
    'A\n\nb'
    """
    return "\n\n".join(block.text for block in blocks if block.role != STANDFIRST)
