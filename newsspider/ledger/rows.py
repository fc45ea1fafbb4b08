"""What goes into a ledger and what comes out: plain values, the same for every back end."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["section", "feed", "sitemap", "article", "part"]

ROLES: tuple[Role, ...] = ("section", "feed", "sitemap", "article", "part")
LIST_ROLES: frozenset[Role] = frozenset({"section", "feed", "sitemap"})
"""Pages that are fetched in every run, because they are where new articles show up."""

Limit: TypeAlias = Literal["max_pages", "related_depth", "since", "until"]
"""What keeps a row back, by the name of the spider's argument."""


class State(StrEnum):
    """Where a URL stands; every URL of a ledger is in exactly one of these."""

    WAITING = "waiting"
    """Discovered, or to be fetched once more; not yet handed out."""
    LEASED = "leased"
    """Handed out, and not settled yet."""
    LISTED = "listed"
    """A list page that was read, with all its links entered."""
    EXPORTED = "exported"
    """An article whose line is on disk."""
    DROPPED = "dropped"
    """Fetched, and rightly not exported; the reason says why."""
    FAILED = "failed"
    """Given up after its retries; the reason says how it failed."""


class Admission(StrEnum):
    """What :meth:`Ledger.enqueue` made of a row."""

    NEW = "new"
    """Never seen before."""
    AGAIN = "again"
    """Settled in an earlier run, and to be fetched once more in this one."""
    QUEUED = "queued"
    """Already waiting or leased, or a list page that has not been read yet because it failed."""
    KNOWN = "known"
    """Settled, and not to be fetched now."""


class Refresh(StrEnum):
    """Which settled articles a run fetches again."""

    DUE = "due"
    """Those whose time has come."""
    ALL = "all"
    """Every one that the run comes across, as if the ledger knew nothing."""
    NONE = "none"
    """None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A request as plain data: all that is needed to make it again in another process."""

    url: str
    """Absolute URL; in the ledger there is one row a URL."""
    role: Role
    """What the page is expected to be."""
    site: str
    """The site file's stem, or the registrable domain: the partition of the queue it is in."""
    depth: int = 0
    """Steps from the start: list pages before it in its section, or related links from a listed article."""
    found_on: str | None = None
    """URL of the page that linked here first."""
    date: datetime | None = None
    """The last moment that the article can be of; of a list page, the last of all that it can list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A row that was handed out, with what an earlier fetch left."""

    row: Row
    """The request."""
    validator: str | None = None
    """``ETag``, or else ``Last-Modified``, of the last fetch that was exported or read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """An article in the output: which text of it, and where its line is."""

    id: str
    """The article's ``id``."""
    version: int
    """Its ``version``."""
    content_hash: str
    """Its ``content_hash``, hex digits; a ledger keeps the first 16."""
    newsspider_version: str
    """The version that computed the hash; hashes of two versions say nothing of each other."""
    file: str = ""
    """The feed file; empty where the feed is none that a place can be named in."""
    offset: int = 0
    """Where its line starts in that file, in bytes."""
    headline: int = 0
    """:func:`headline_mark` of its headline."""
    url: str = ""
    """The URL it was last read at."""
    run: int = 0
    """The run that wrote the line; filled in by the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the fetch of a leased URL ended."""

    url: str
    """The row's URL."""
    state: Literal[State.LISTED, State.EXPORTED, State.DROPPED, State.FAILED]
    """Where it goes; an article that was exported stays so, whatever a later fetch of it gives."""
    reason: str
    """A stable word, not a sentence: ``new``, ``unchanged``, ``login``, ``http_503``."""
    children: tuple[Row, ...] = ()
    """Rows to enter in the same transaction."""
    validator: str | None = None
    """For the next fetch; none keeps the one there is."""
    completion: Completion | None = None
    """Of an article that is in the output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A leased URL that this run can't settle, through no fault of its own: it waits for another run."""

    url: str
    """The row's URL."""
    reason: str
    """A stable word: ``host_down``, ``max_articles``, ``since``."""
    date: datetime | None = None
    """The row's date (see :class:`Row`) where the page told it; none: as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a run hands out; rows outside stay where they are, for another run. None: no limit."""

    max_pages: int | None = None
    """List pages a section."""
    related_depth: int | None = None
    """Steps along related-article links."""
    since: datetime | None = None
    """First moment, for rows that have a date."""
    until: datetime | None = None
    """Last moment, for rows that have a date."""

    def keeping_back(self, row: Row) -> Limit | None:
        """Return the limit that keeps *row* back, if one does.

        >>> row = Row(url="https://a.com/x", role="article", site="a.com", depth=2)
        >>> Limits(related_depth=1).keeping_back(row)
        'related_depth'
        """
        if self.max_pages is not None and row.role == "section" and row.depth >= self.max_pages:
            return "max_pages"
        if self.related_depth is not None and row.role == "article" and row.depth > self.related_depth:
            return "related_depth"
        if row.date is not None and self.since is not None and row.date < self.since:
            return "since"
        if row.date is not None and self.until is not None and row.date > self.until:
            return "until"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All that a ledger knows of a URL, for people."""

    row: Row
    """The request."""
    state: State
    """Where it stands."""
    reason: str
    """Why."""
    at: datetime
    """When it got there; for a leased one, when the lease runs out."""
    due: datetime | None = None
    """When it is to be fetched again; none: never, or it is still to be fetched the first time."""
    validator: str | None = None
    """As in :class:`Lease`."""
    completion: Completion | None = None
    """Of the article it led to, if it is in the output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many URLs of a site are in a state for a reason."""

    site: str
    state: State
    reason: str
    urls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a run found when it began."""

    run: int
    """The run's number."""
    taken_up: int = 0
    """URLs that an earlier run of these sites left leased: it was killed."""
    waiting: int = 0
    """URLs that wait, those taken up included."""
    clock_back: float = 0.0
    """Seconds by which the clock stands behind the time that the ledger saw last."""


def headline_mark(headline: str | None) -> int:
    """Return 32 bits by which a headline is compared with an earlier one.

    >>> headline_mark("Storm hits coast")
    3606343539
    """
    return zlib.crc32((headline or "").encode())
