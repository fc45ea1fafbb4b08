"""The ledger in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from newsspider.ledger.kept import seconds_of
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
from newsspider.ledger.sqlite import articles, feeds, reports
from newsspider.ledger.sqlite.database import Database
from newsspider.ledger.sqlite.locks import SiteLocks
from newsspider.ledger.sqlite.queue import Queue

_PRUNED_A_RUN = 20_000


class SqliteLedger:
    """A :class:`~newsspider.ledger.protocol.Ledger` in the file *path*, which is made where there is none."""

    def __init__(self, path: Path) -> None:
        self._db = Database(path)
        self._locks = SiteLocks(path)
        self._queue = Queue(self._db)

    def begin(self, sites: Mapping[str, Intervals], refresh: Refresh, now: datetime) -> Start:
        """Begin a run over *sites*; see the protocol."""
        self._locks.take(sites)
        with self._db.writing():
            (seen,) = self._db.execute("SELECT max(seen) FROM run").fetchone()
            at = seconds_of(now)
            number = self._db.execute("INSERT INTO run (began, seen) VALUES (?, ?)", (at, at)).lastrowid or 0
            self._queue = Queue(self._db, run=number, began=at, refresh=refresh, intervals=dict(sites))
            taken_up = waiting = 0
            for site, intervals in sites.items():
                partition = self._db.number(site)
                taken_up += self._db.execute(
                    "UPDATE urls SET lease = NULL WHERE site = ? AND lease IS NOT NULL", (partition,)
                ).rowcount
                # nothing is due later than the longest interval from now, unless the clock was ahead then
                latest = at + int(intervals.longest.total_seconds())
                self._db.execute(
                    "UPDATE urls SET due = ? WHERE site = ? AND due > ? AND lease IS NULL",
                    (latest, partition, latest),
                )
                waiting += sum(self._queue.pending(site, Limits()).values())
            articles.prune(self._db, at, _PRUNED_A_RUN)
        return Start(
            run=number, taken_up=taken_up, waiting=waiting, clock_back=max(0.0, float((seen or at) - at))
        )

    def enqueue(self, rows: Sequence[Row], now: datetime) -> tuple[Admission, ...]:
        """Enter *rows*, each URL once; see the protocol."""
        with self._db.writing():
            return self._queue.enter(rows, seconds_of(now))

    def lease(self, site: str, most: int, limits: Limits, now: datetime) -> tuple[Lease, ...]:
        """Hand out up to *most* rows of *site*; see the protocol."""
        with self._db.writing():
            return tuple(self._queue.hand_out(site, most, limits, seconds_of(now)))

    def settle(self, outcomes: Sequence[Outcome], now: datetime) -> tuple[Admission, ...]:
        """Record how leased URLs ended and enter their children; see the protocol."""
        at = seconds_of(now)
        admissions: list[Admission] = []
        with self._db.writing():
            for outcome in outcomes:
                admissions += self._queue.enter(outcome.children, at)
                self._queue.record(outcome, at)
            self._db.execute("UPDATE run SET seen = max(seen, ?) WHERE number = ?", (at, self._queue.run))
        return tuple(admissions)

    def release(self, left: Sequence[Left]) -> None:
        """Give back leased URLs, for another run; see the protocol."""
        with self._db.writing():
            self._queue.give_back(left)

    def end(self, reason: str, now: datetime) -> None:
        """End the run; see the protocol."""
        with self._db.writing():
            for site in self._queue.intervals:
                partition = self._db.number(site)
                self._db.execute(
                    "UPDATE urls SET lease = NULL WHERE site = ? AND lease IS NOT NULL", (partition,)
                )
            self._db.execute("UPDATE run SET ended = ?, seen = max(seen, ?) WHERE number = ?",
                       (reason, seconds_of(now), self._queue.run))  # fmt: skip
        self._locks.let_go()

    def pending(self, site: str, limits: Limits) -> Mapping[Limit | None, int]:
        """Count the URLs of *site* that wait, by the limit that keeps them back; see the protocol."""
        with self._db.reading():
            return self._queue.pending(site, limits)

    def completions(self, ids: Sequence[str]) -> Mapping[str, Completion]:
        """Return what is in the output of the articles *ids*."""
        found = {}
        with self._db.reading():
            for identity in ids:
                row = self._db.execute(
                    f"{articles.COMPLETION} WHERE a.id = ?", (bytes.fromhex(identity),)
                ).fetchone()
                if row is not None:
                    found[identity] = articles.completion_of(self._db, row)
        return found

    def completed(self) -> Iterator[Completion]:
        """Give what is in the output of every article: the line of its last version."""
        with self._db.reading():
            for row in self._db.execute(articles.COMPLETION):
                yield articles.completion_of(self._db, row)

    def resembling(self, article_id: str, sketch: bytes, now: datetime) -> str | None:
        """Return an earlier article with nearly the same text; see the protocol."""
        with self._db.writing():
            return articles.resembling(self._db, article_id, sketch, seconds_of(now))

    def confirm(self, file: str, offset: int | None) -> None:
        """Note that the lines of *file* before *offset* are accounted for; see the protocol."""
        with self._db.writing():
            if offset is None:
                feeds.forget(self._db, file, self._queue.intervals)
            else:
                feeds.confirm(self._db, file, offset, self._queue.intervals)

    def confirmed(self) -> Mapping[str, int]:
        """Return the offset that was confirmed last for each feed file; see the protocol."""
        with self._db.reading():
            return feeds.confirmed(self._db, self._queue.intervals)

    def adopt(self, completions: Sequence[Completion]) -> int:
        """Account for lines that a killed run did not live to settle; see the protocol."""
        with self._db.writing():
            return articles.adopt(self._db, completions, self._queue.run)

    def note(self, site: str, name: str) -> str | None:
        """Return the note *name* kept for *site*."""
        with self._db.reading():
            found = self._db.execute(
                "SELECT text FROM note WHERE site = ? AND name = ?", (self._db.known_number(site), name)
            ).fetchone()
            return found[0] if found else None

    def keep_note(self, site: str, name: str, text: str) -> None:
        """Keep *text* as the note *name* of *site*."""
        with self._db.writing():
            self._db.execute(
                "INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (self._db.number(site), name, text)
            )

    def stats(self) -> tuple[Count, ...]:
        """Count all URLs by site, state and reason."""
        with self._db.reading():
            return reports.count(self._db)

    def show(self, url: str) -> Entry | None:
        """Return all that is known of *url*."""
        with self._db.reading():
            return reports.entry(self._db, url)

    def due(self, now: datetime) -> Iterator[Entry]:
        """Iterate over the settled URLs whose time has come, the longest overdue first."""
        with self._db.reading():
            yield from reports.due(self._db, seconds_of(now))

    def forget(self, pattern: str) -> int:
        """Forget every URL that the shell-style *pattern* matches; refused while its site is crawled."""
        with self._db.reading():
            sites = reports.sites_of(self._db, pattern)
        self._locks.take(sites)
        try:
            with self._db.writing():
                return reports.forget(self._db, pattern)
        finally:
            self._locks.let_go()

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the ledger, a line each."""
        with self._db.reading():
            return tuple(reports.problems(self._db))

    def close(self) -> None:
        """Close the file; a run that was not ended is left as a killed one."""
        self._locks.let_go()
        self._db.close()

    def __enter__(self) -> SqliteLedger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
