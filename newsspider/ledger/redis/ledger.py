"""The ledger in a Redis server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType

from newsspider.ledger.kept import REMEMBERED_DAYS
from newsspider.ledger.protocol import Handout, Terms
from newsspider.ledger.redis import reports
from newsspider.ledger.redis.connection import Argument, Connection
from newsspider.ledger.redis.values import (
    completion_arguments,
    completion_of,
    intervals_text,
    key_of,
    lease_of,
    limit_arguments,
    outcome_arguments,
    row_arguments,
    seconds,
)
from newsspider.ledger.refresh import DEFAULT_INTERVALS, Intervals
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
from newsspider.ledger.sketch import ALIKE, bands_of

FORMAT = 1
"""Of what is kept in the database; that of a later newsspider is refused."""

_DAY = 86_400
_SITES_A_CALL = 500
_USUAL = intervals_text(DEFAULT_INTERVALS)


class RedisLedger:
    """A :class:`~newsspider.ledger.protocol.SharedLedger` in one database of a Redis server.

    *url* may say, after a question mark, how long a ``lease`` is and how much ``patience`` there is with a
    server that is away, both in seconds. *worker* is who works with it: a name that no other living worker
    has, and that the same worker has again after it was killed.
    """

    def __init__(self, url: str, worker: str = "") -> None:
        self._redis = Connection(url)
        self._redis.returned = self._return
        self.worker = worker
        self.raw_duplicates = 0
        self.other_site_files: tuple[str, ...] = ()
        self._sites: dict[str, Intervals] = {}
        self._terms: Mapping[str, Terms] = {}
        self._refresh = Refresh.DUE
        self._run = 0
        self._began = 0
        self._lease_ms = int(self._redis.address.lease * 1000)
        reports.claim(self._redis, FORMAT)

    # -- a run ------------------------------------------------------------------------------------------

    def begin(self, sites: Mapping[str, Intervals], refresh: Refresh, now: datetime) -> Start:
        """Begin a run over *sites*, or join the one that living workers are at; see the protocol."""
        self._sites, self._refresh, self._began = dict(sites), refresh, seconds(now)
        self._run = int(self._redis.command("INCR", "run"))
        runs: list[int] = []
        other: list[str] = []
        taken_up = waiting = seen = 0
        for run, voided, waits, last, differing in self._join(is_new=True):
            runs.append(run)
            taken_up, waiting, seen = taken_up + voided, waiting + waits, max(seen, last)
            other += [site.decode() for site in differing]
        self._run = max(runs, default=self._run)
        self.other_site_files = tuple(other)
        back = max(0.0, float(seen - seconds(now)))
        return Start(run=self._run, taken_up=taken_up, waiting=waiting, clock_back=back)

    def agree(self, terms: Mapping[str, Terms]) -> None:
        """Say, before the run begins, how each site is crawled; see the protocol."""
        self._terms = dict(terms)

    def end(self, reason: str, now: datetime) -> None:
        """End this worker's part of the run; see the protocol."""
        self._redis.run("end", self.worker)
        self._sites = {}

    def renew(self, urls: Sequence[str]) -> None:
        """Say that this worker lives and still works at *urls*; see the protocol."""
        self._redis.run("renew", self.worker, self._lease_ms, len(urls), *map(key_of, urls))

    # -- the queue --------------------------------------------------------------------------------------

    def enqueue(self, rows: Sequence[Row], now: datetime) -> tuple[Admission, ...]:
        """Enter *rows*, each URL once; see the protocol."""
        arguments = [argument for row in rows for argument in row_arguments(row)]
        reply = self._redis.run("enqueue", self._refresh, seconds(now), len(rows), *arguments)
        return _admissions(reply)

    def lease(self, site: str, most: int, limits: Limits, now: datetime) -> tuple[Lease, ...]:
        """Hand out up to *most* rows of *site*, whatever its delay; see the protocol."""
        reply = self._redis.run("lease", *self._taker(now), site, most, *limit_arguments(limits))
        return tuple(map(lease_of, reply))

    def hand_out(self, most: int, limits: Limits, freed: Mapping[str, float], now: datetime) -> Handout:
        """Hand out up to *most* rows of any sites that may be asked now; see the protocol."""
        free: list[Argument] = [
            part for site, wait in freed.items() for part in (site, max(0, int(wait * 1000)))
        ]
        leases, wait_ms, is_over = self._redis.run(
            "hand_out", *self._taker(now), most, *limit_arguments(limits), len(freed), *free
        )
        return Handout(leases=tuple(map(lease_of, leases)), wait=wait_ms / 1000, is_over=bool(is_over))

    def settle(self, outcomes: Sequence[Outcome], now: datetime) -> tuple[Admission, ...]:
        """Record how leased URLs ended and enter their children; see the protocol."""
        arguments = [argument for outcome in outcomes for argument in outcome_arguments(outcome)]
        admissions, duplicates = self._redis.run(
            "settle", self.worker, self._refresh, seconds(now), _USUAL, len(outcomes), *arguments
        )
        self.raw_duplicates += duplicates
        return _admissions(admissions)

    def release(self, left: Sequence[Left]) -> None:
        """Give back leased URLs, for another run; see the protocol."""
        arguments = [part for row in left for part in (key_of(row.url), row.reason, seconds(row.date))]
        self._redis.run("release", len(left), *arguments)

    def pending(self, site: str, limits: Limits) -> Mapping[Limit | None, int]:
        """Count the URLs of *site* that wait, by the limit that keeps them back; see the protocol."""
        reply = iter(self._redis.run("pending", site, *limit_arguments(limits)))
        return {(limit.decode() or None): number for limit, number in zip(reply, reply, strict=True)}

    # -- the output -------------------------------------------------------------------------------------

    def completions(self, ids: Sequence[str]) -> Mapping[str, Completion]:
        """Return what is in the output of the articles *ids*."""
        reply = self._redis.run("completions", *map(bytes.fromhex, ids)) if ids else []
        return {found.id: found for found in map(completion_of, reply)}

    def completed(self) -> Iterator[Completion]:
        """Give what is in the output of every article, its last version; see the protocol."""
        return reports.completed(self._redis)

    def resembling(self, article_id: str, sketch: bytes, now: datetime) -> str | None:
        """Return an earlier article with nearly the same text; see the protocol."""
        day, bands = seconds(now) // _DAY, bands_of(sketch)
        found = self._redis.run(
            "resembling", bytes.fromhex(article_id), sketch, day, day - REMEMBERED_DAYS, str(ALIKE),
            len(bands), *bands,
        )  # fmt: skip
        return found.hex() if found else None

    def confirm(self, file: str, offset: int | None) -> None:
        """Note that the lines of *file* before *offset* are accounted for; see the protocol."""
        if offset is None:
            self._redis.command("HDEL", f"feed:{self.worker}", file)
        else:
            self._redis.command("HSET", f"feed:{self.worker}", file, offset)

    def confirmed(self) -> Mapping[str, int]:
        """Return the offset that was confirmed last for each feed file of this worker; see the protocol."""
        reply = iter(self._redis.command("HGETALL", f"feed:{self.worker}").items())
        return {file.decode(): int(offset) for file, offset in reply}

    def adopt(self, completions: Sequence[Completion]) -> int:
        """Account for lines that this worker's last life did not settle; see the protocol."""
        arguments: list[Argument] = []
        for completion in completions:
            arguments += (key_of(completion.url), *completion_arguments(completion))
        return int(self._redis.run("adopt", len(completions), *arguments)) if completions else 0

    def note(self, site: str, name: str) -> str | None:
        """Return the note *name* kept for *site*."""
        found = self._redis.command("HGET", f"note:{site}", name)
        return found.decode() if found is not None else None

    def keep_note(self, site: str, name: str, text: str) -> None:
        """Keep *text* as the note *name* of *site*."""
        self._redis.command("HSET", f"note:{site}", name, text)

    # -- for people -------------------------------------------------------------------------------------

    def stats(self) -> tuple[Count, ...]:
        """Count all URLs by site, state and reason."""
        return reports.count(self._redis)

    def show(self, url: str) -> Entry | None:
        """Return all that is known of *url*."""
        return next(reports.entries(self._redis, [key_of(url)]), None)

    def due(self, now: datetime) -> Iterator[Entry]:
        """Iterate over the settled URLs whose time has come, the longest overdue first."""
        return reports.due(self._redis, seconds(now))

    def forget(self, pattern: str) -> int:
        """Forget every URL that the shell-style *pattern* matches; refused while its site is crawled."""
        return reports.forget(self._redis, pattern)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the ledger, a line each."""
        return tuple(reports.problems(self._redis))

    @property
    def lease_seconds(self) -> float:
        """How long a lease holds that is not renewed."""
        return self._redis.address.lease

    @property
    def outages(self) -> int:
        """How often the server was away, and came back."""
        return self._redis.outages

    def close(self) -> None:
        """Close the connection; a run that was not ended is left as a killed one."""
        self._redis.close()

    def __enter__(self) -> RedisLedger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _taker(self, now: datetime) -> tuple[Argument, ...]:
        return self.worker, self._lease_ms, self._refresh, seconds(now)

    def _return(self) -> None:
        """Say again what a server that was away may have forgotten: that this worker is there."""
        reports.claim(self._redis, FORMAT)
        list(self._join(is_new=False))

    def _join(self, *, is_new: bool) -> Iterator[tuple[int, int, int, int, list[bytes]]]:
        names = list(self._sites)
        for first in range(0, len(names), _SITES_A_CALL):
            some = names[first : first + _SITES_A_CALL]
            yield self._redis.run(
                "begin", self.worker, self._lease_ms, self._began, int(is_new), self._run, len(some),
                *(argument for site in some for argument in self._site_arguments(site)),
            )  # fmt: skip

    def _site_arguments(self, site: str) -> Iterable[Argument]:
        intervals = self._sites[site]
        text = "" if intervals == DEFAULT_INTERVALS else intervals_text(intervals)
        terms = self._terms.get(site, Terms())
        return site, text, int(intervals.longest.total_seconds()), int(terms.delay * 1000), terms.digest


def _admissions(reply: Sequence[bytes]) -> tuple[Admission, ...]:
    return tuple(Admission(word.decode()) for word in reply)
