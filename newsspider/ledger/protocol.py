"""What every ledger can do, whatever it is kept in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from newsspider.ledger.refresh import Intervals
from newsspider.ledger.rows import (
    Admission,
    Completion,
    Count,
    Entry,
    Lease,
    Left,
    Limit,
    Limits,
    Outcome,
    Refresh,
    Row,
    Start,
)


class Ledger(Protocol):
    """What is known of every URL, and what is to be done.

    Work goes round in batches of plain rows: :meth:`enqueue` enters them, :meth:`lease` hands them out,
    :meth:`settle` says how they ended. Each call is one step that happens whole or not at all. Times are
    aware datetimes; every failure is a :class:`~newsspider.LedgerError`.
    """

    def begin(self, sites: Mapping[str, Intervals], refresh: Refresh, now: datetime) -> Start:
        """Begin a run over *sites*, which no other run has, and take up what a killed one left leased."""

    def enqueue(self, rows: Sequence[Row], now: datetime) -> tuple[Admission, ...]:
        """Enter *rows*, each URL once; of a URL that waits already the smaller depth and later date stay.

        A list page that an earlier run entered or read waits again, where this run has found it.
        """

    def lease(self, site: str, most: int, limits: Limits, now: datetime) -> tuple[Lease, ...]:
        """Hand out up to *most* rows of *site* inside *limits*: those that wait, then those that are due.

        What :meth:`Limits.keeping_back` names a limit for stays as it is.
        """

    def settle(self, outcomes: Sequence[Outcome], now: datetime) -> tuple[Admission, ...]:
        """Record how leased URLs ended and enter their children, whose admissions are returned."""

    def release(self, left: Sequence[Left]) -> None:
        """Give back leased URLs: this run is not handed them again, the next one is."""

    def end(self, reason: str, now: datetime) -> None:
        """End the run: what is still leased goes back."""

    def pending(self, site: str, limits: Limits) -> Mapping[Limit | None, int]:
        """Count the URLs of *site* that wait, by the limit that keeps them back; None: inside all of them."""

    def completions(self, ids: Sequence[str]) -> Mapping[str, Completion]:
        """Return what is in the output of the articles *ids*."""

    def completed(self) -> Iterator[Completion]:
        """Give what is in the output of every article: the line of its last version."""

    def resembling(self, article_id: str, sketch: bytes, now: datetime) -> str | None:
        """Return the id of an earlier article with nearly the same text; where there is none, keep *sketch*.

        Sketches are those of :func:`newsspider.ledger.sketch.sketch_of`.
        """

    def confirm(self, file: str, offset: int | None) -> None:
        """Note that the lines of the feed *file* before *offset*, in bytes, are accounted for.

        With None the file is done with, and forgotten.
        """

    def confirmed(self) -> Mapping[str, int]:
        """Return the last confirmed offset of each feed file that earlier runs over these sites left."""

    def adopt(self, completions: Sequence[Completion]) -> int:
        """Account for lines that a killed run wrote and did not live to settle; return how many were new.

        Their URLs stay to be fetched, for the links on them; the articles are then known.
        """

    def note(self, site: str, name: str) -> str | None:
        """Return the note *name* kept for *site*, such as its line counts."""

    def keep_note(self, site: str, name: str, text: str) -> None:
        """Keep *text* as the note *name* of *site*, in place of the one before."""

    def stats(self) -> tuple[Count, ...]:
        """Count all URLs by site, state and reason; the counts' sum is the number of URLs."""

    def show(self, url: str) -> Entry | None:
        """Return all that is known of *url*."""

    def due(self, now: datetime) -> Iterator[Entry]:
        """Iterate over the settled URLs whose time has come, the longest overdue first."""

    def forget(self, pattern: str) -> int:
        """Forget every URL that the shell-style *pattern* matches, and its article; return how many.

        The notes of a site of which an article is forgotten go with it.
        """

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the ledger, a line each; nothing where it is sound."""

    def close(self) -> None:
        """Close it; a run that was not ended is left as a killed one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a worker crawls a site, which all of them should do alike."""

    delay: float = 0.0
    """Seconds between two requests, which are made one at a time; 0: as many as there are."""
    digest: str = ""
    """Of the site file; workers with another one are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """What a worker is handed by a shared ledger."""

    leases: tuple[Lease, ...] = ()
    """Rows to be fetched now."""
    wait: float = 0.0
    """Seconds after which there may be more; sooner, where another worker finds some."""
    is_over: bool = False
    """Nothing waits any more, and no worker is at anything: the crawl is over."""


@runtime_checkable
class SharedLedger(Ledger, Protocol):
    """A ledger across a network, that many workers have in common: a run is theirs together.

    Each call waits for the network, so it belongs in a thread of its own, and may be made twice. A site with
    a delay is one worker's from the moment that a row of it was handed out until that worker frees it. Of one
    version of an article the line that was settled first counts, the others are raw duplicates.
    """

    worker: str
    """Who works with it; feed files and leases are a worker's."""

    def agree(self, terms: Mapping[str, Terms]) -> None:
        """Say, before the run begins, how each of its sites is crawled."""

    def hand_out(self, most: int, limits: Limits, freed: Mapping[str, float], now: datetime) -> Handout:
        """Hand out up to *most* rows of the run's sites, of one with a delay one row at a time.

        *freed* are the sites at which this worker's fetch is over, with the seconds until the next may begin.
        """

    def renew(self, urls: Sequence[str]) -> None:
        """Say that this worker lives, and is still at *urls*; due well within :attr:`lease_seconds`."""

    @property
    def lease_seconds(self) -> float:
        """How long a lease holds that is not renewed."""

    @property
    def raw_duplicates(self) -> int:
        """Lines of this worker whose article another line is named for."""

    @property
    def other_site_files(self) -> tuple[str, ...]:
        """Sites that the run began with another site file than this worker's."""

    @property
    def outages(self) -> int:
        """How often the ledger was away, and came back; what was entered just before may be lost."""
