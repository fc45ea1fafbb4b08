"""Entering, handing out and settling URLs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from newsspider.ledger.kept import STATES
from newsspider.ledger.refresh import DEFAULT_INTERVALS, Intervals
from newsspider.ledger.rows import (
    LIST_ROLES,
    ROLES,
    Admission,
    Lease,
    Left,
    Limit,
    Limits,
    Outcome,
    Refresh,
    Row,
)
from newsspider.ledger.sqlite.articles import put_completion
from newsspider.ledger.sqlite.database import Database
from newsspider.ledger.sqlite.schema import (
    EXPORTED,
    FAILED,
    LISTED,
    WAITING,
    from_column,
    to_column,
    url_hash,
)

LEASE = timedelta(minutes=15)
"""A URL that was handed out and not settled for so long is handed out again."""

_NEWS = frozenset({"new", "changed"})
"""Reasons after which an article's refresh intervals start anew."""
_SELECT = """
    SELECT u.key, u.url, u.role, u.depth, u.date, u.validator, parent.url
    FROM urls u LEFT JOIN urls parent ON parent.key = u.found_on
"""
# what Limits.keeping_back says; a comparison with NULL, where there is no limit or no date, does not hold
_LIMIT = f"""
    CASE WHEN u.role = {ROLES.index("section")} AND u.depth >= ? THEN 'max_pages'
    WHEN u.role = {ROLES.index("article")} AND u.depth > ? THEN 'related_depth'
    WHEN u.date < ? THEN 'since' WHEN u.date > ? THEN 'until' END
"""


class _Known(NamedTuple):
    """What :meth:`Queue.enter` needs of a URL that the ledger has."""

    key: int
    role: int
    depth: int
    date: int | None
    state: int
    run: int
    due: int | None
    lease: int | None


class _Found(NamedTuple):
    """A row that may be handed out."""

    key: int
    url: str
    role: int
    depth: int
    date: int | None
    validator: str | None
    found_on: str | None


@dataclass(slots=True)
class Queue:
    """The URLs of a run; methods run inside a transaction of the caller's, times are seconds since 1970."""

    db: Database
    run: int = 0
    began: int = 0
    """When the run began; what becomes due while it is under way waits for the next."""
    refresh: Refresh = Refresh.DUE
    intervals: dict[str, Intervals] = field(default_factory=dict)
    """By site."""
    _passed: dict[str, int] = field(default_factory=dict)
    """Site to the key up to which waiting rows were handed out or lie outside the limits."""

    def enter(self, rows: Sequence[Row], now: int) -> tuple[Admission, ...]:
        """Enter *rows*, each URL once."""
        parents: dict[str | None, int | None] = {}
        admissions = []
        for row in rows:
            mark = url_hash(row.url)
            found = self.db.execute(
                "SELECT key, role, depth, date, state, run, due, lease FROM urls WHERE hash = ? AND url = ?",
                (mark, row.url),
            ).fetchone()
            if found is not None:
                admissions.append(self._enter_known(row, _Known(*found)))
                continue
            if row.found_on not in parents:
                parents[row.found_on] = None if row.found_on is None else self.db.key(row.found_on)
            self.db.execute(
                "INSERT INTO urls (hash, url, site, role, depth, found_on, date, state, run, at, step)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                (
                    mark, row.url, self.db.number(row.site), ROLES.index(row.role), row.depth,
                    parents[row.found_on], to_column(row.date), WAITING, self.run, now,
                ),
            )  # fmt: skip
            admissions.append(Admission.NEW)
        return tuple(admissions)

    def hand_out(self, site: str, most: int, limits: Limits, now: int) -> list[Lease]:
        """Lease up to *most* rows of *site*: what waits, in the order of discovery, then what is due."""
        number = self.db.known_number(site)
        if number is None:
            return []
        taken = self._waiting(site, number, most, limits)
        if len(taken) < most and self._void(site, number, now):
            taken += self._waiting(site, number, most - len(taken), limits)
        if len(taken) < most and self.refresh is not Refresh.NONE:
            rest = self.db.execute(
                # what this run settled waits for the next one, else a slow run would never end
                f"{_SELECT} WHERE u.site = ? AND u.due <= ? AND u.lease IS NULL AND u.run < ?"
                f" AND {_LIMIT} IS NULL ORDER BY u.due LIMIT ?",
                (number, self.began, self.run, *_bounds(limits), most - len(taken)),
            )
            taken += [_Found(*found) for found in rest.fetchall()]
        until = now + int(LEASE.total_seconds())
        self.db.executemany(
            "UPDATE urls SET lease = ? WHERE key = ?", [(until, found.key) for found in taken]
        )
        return [_lease(site, found) for found in taken]

    def record(self, outcome: Outcome, now: int) -> None:
        """Settle the URL of *outcome*; one that the ledger does not have leaves only its completion."""
        found = self.db.execute(
            "SELECT key, state, step, site FROM urls WHERE hash = ? AND url = ?",
            (url_hash(outcome.url), outcome.url),
        ).fetchone()
        if outcome.completion is not None:
            put_completion(self.db, outcome.completion, self.run, found[0] if found else None)
        if found is None:
            return
        key, before, step, site = found
        state = STATES.index(outcome.state)
        if before == EXPORTED and state != LISTED:
            state = EXPORTED  # its line is in the output, whatever the page has become
        step = step + 1 if state == before and outcome.reason not in _NEWS else 0
        wait = self.intervals.get(self.db.text(site), DEFAULT_INTERVALS).after(STATES[state], step)
        self.db.execute(
            "UPDATE urls SET state = ?, reason = ?, run = ?, at = ?, step = ?, due = ?, lease = NULL,"
            " validator = coalesce(?, validator) WHERE key = ?",
            (
                state, self.db.number(outcome.reason), self.run, now, step,
                now + int(wait.total_seconds()) if wait is not None else None, outcome.validator, key,
            ),
        )  # fmt: skip

    def give_back(self, left: Sequence[Left]) -> None:
        """Void leases, for another run: this one is told by ``run`` that it has passed the rows by."""
        self.db.executemany(
            "UPDATE urls SET lease = NULL, run = ?, date = coalesce(?, date),"
            " reason = CASE state WHEN 0 THEN ? ELSE reason END WHERE hash = ? AND url = ?",
            [
                (self.run, to_column(row.date), self.db.number(row.reason), url_hash(row.url), row.url)
                for row in left
            ],
        )

    def pending(self, site: str, limits: Limits) -> dict[Limit | None, int]:
        """Count the URLs of *site* that wait, by the limit that keeps them back."""
        return dict(
            self.db.execute(
                f"SELECT {_LIMIT} AS kept, count(*) FROM urls u"  # noqa: S608 (a text of ours)
                " WHERE u.site = ? AND u.state = 0 AND u.lease IS NULL GROUP BY kept",
                (*_bounds(limits), self.db.known_number(site)),
            ).fetchall()
        )

    def _enter_known(self, row: Row, known: _Known) -> Admission:
        if known.lease is None and row.role in LIST_ROLES and known.run < self.run:
            return self._enter_list(row, known)
        depth, date = min(row.depth, known.depth), _later(row, known.date)
        if (depth, date) != (known.depth, known.date):
            self.db.execute("UPDATE urls SET depth = ?, date = ? WHERE key = ?", (depth, date, known.key))
        if known.lease is not None:
            return Admission.QUEUED
        if known.state == WAITING:
            if (depth, date) != (known.depth, known.date):
                self._look_again(row.site, known.key)
            return Admission.QUEUED
        return self._enter_article(known)

    def _enter_list(self, row: Row, known: _Known) -> Admission:
        """Have a page that is a list now, whatever it was taken for before, wait where it was found."""
        self.db.execute(
            "UPDATE urls SET state = ?, role = ?, depth = ?, date = ?, run = ?, due = NULL, reason = NULL"
            " WHERE key = ?",
            (WAITING, ROLES.index(row.role), row.depth, to_column(row.date), self.run, known.key),
        )
        self._look_again(row.site, known.key)
        return Admission.QUEUED if known.state in (WAITING, FAILED) else Admission.AGAIN

    def _enter_article(self, known: _Known) -> Admission:
        is_due = known.due is not None and known.due <= self.began
        if self.refresh is Refresh.DUE and is_due:
            return Admission.AGAIN
        if self.refresh is Refresh.ALL and known.run < self.run and ROLES[known.role] not in LIST_ROLES:
            if not is_due:
                self.db.execute("UPDATE urls SET due = ? WHERE key = ?", (self.began, known.key))
            return Admission.AGAIN
        return Admission.KNOWN

    def _waiting(self, site: str, number: int, most: int, limits: Limits) -> list[_Found]:
        """Return up to *most* waiting rows inside *limits*, and remember how far it looked."""
        rows = self.db.execute(
            f"{_SELECT} WHERE u.site = ? AND u.state = 0 AND u.lease IS NULL AND u.key > ?"
            f" AND {_LIMIT} IS NULL AND (u.reason IS NULL OR u.run < ?) ORDER BY u.key LIMIT ?",
            (number, self._passed.get(site, 0), *_bounds(limits), self.run, most),
        ).fetchall()
        (last,) = self.db.execute("SELECT max(key) FROM urls").fetchone()
        self._passed[site] = rows[-1][0] if len(rows) == most else last
        return [_Found(*found) for found in rows]

    def _void(self, site: str, number: int, now: int) -> bool:
        """Void the leases that ran out; tell whether there were any.

        One that lies too far ahead was given by a clock that has been set back since.
        """
        latest = now + int(LEASE.total_seconds())
        (first,) = self.db.execute(
            "SELECT min(key) FROM urls WHERE site = ? AND lease IS NOT NULL AND (lease <= ? OR lease > ?)",
            (number, now, latest),
        ).fetchone()
        if first is None:
            return False
        self.db.execute(
            "UPDATE urls SET lease = NULL WHERE site = ? AND lease IS NOT NULL AND (lease <= ? OR lease > ?)",
            (number, now, latest),
        )
        self._look_again(site, first)
        return True

    def _look_again(self, site: str, key: int) -> None:
        """Note that the row *key* waits (again): the next lease must not pass it by."""
        self._passed[site] = min(self._passed.get(site, 0), key - 1)


def _bounds(limits: Limits) -> tuple[int | None, ...]:
    return (
        limits.max_pages,
        limits.related_depth,
        to_column(limits.since),
        to_column(limits.until),
    )


def _later(row: Row, known: int | None) -> int | None:
    """Return the later of the row's date and the *known* one; a list page without one may list anything."""
    date = to_column(row.date)
    if date is None or known is None:
        return None if row.role in LIST_ROLES else known if date is None else date
    return max(date, known)


def _lease(site: str, found: _Found) -> Lease:
    row = Row(
        url=found.url,
        role=ROLES[found.role],
        site=site,
        depth=found.depth,
        found_on=found.found_on,
        date=from_column(found.date),
    )
    return Lease(row=row, validator=found.validator)
