"""What every ledger can do, whatever it is kept in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

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
