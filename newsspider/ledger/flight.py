"""What is in flight: URLs that were handed out, until all that they led to is safe.

A URL is settled only when its callback is exhausted, every item that came of it has met its end, and the
lines of those items are on disk. Nothing here knows Scrapy; the scheduler reports what happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from newsspider.ledger.clerk import Clerk
from newsspider.ledger.entered import Entered
from newsspider.ledger.protocol import Ledger, SharedLedger
from newsspider.ledger.recurrence import Recurrence
from newsspider.ledger.rows import (
    LIST_ROLES,
    Admission,
    Completion,
    Lease,
    Left,
    Limit,
    Limits,
    Outcome,
    Refresh,
    Row,
    Start,
    State,
)
from newsspider.ledger.trail import Trail

# of several items of a page the best one tells how the page ended
_BEST = (State.EXPORTED, State.LISTED, State.FAILED, State.DROPPED)


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@dataclass(slots=True)
class _Flight:
    """One URL that was handed out."""

    lease: Lease
    validator: str | None = None
    """What the response of this fetch gave."""
    items: int = 0
    """Items that have not met their end."""
    exhausted: bool = False
    left: Left | None = None
    """Why this run can't settle it."""
    ends: list[tuple[State, str]] = field(default_factory=list)
    completion: Completion | None = None


class Flights:
    """The URLs that a run has handed out and not settled.

    What is called for a URL that is not in flight has no effect: a lease may have run out, and its URL may
    have been settled by the fetch that came second.
    """

    def __init__(
        self, ledger: Ledger, start: Start, refresh: Refresh, limits: Limits, clock: Callable[[], datetime]
    ) -> None:
        self.ledger = ledger
        self.clerk = Clerk(ledger)
        self.start = start
        self.refresh = refresh
        self.limits = limits
        self.recurrence = Recurrence(ledger)
        self.trail = Trail()
        self._entered = Entered()
        self._is_shared = isinstance(ledger, SharedLedger)
        self._clock = clock
        self._flights: dict[str, _Flight] = {}
        self._ready: dict[str, Outcome] = {}
        self._left: list[Left] = []
        self._sent_back: Counter[tuple[str, Limit | None]] = Counter()

    def __len__(self) -> int:
        return len(self._flights)

    def enter(self, rows: Sequence[Row]) -> tuple[Admission, ...]:
        """Enter *rows* into the ledger."""
        if not rows:
            return ()
        admissions = self.ledger.enqueue(rows, self._clock())
        self._entered.add(rows)
        return admissions

    def has_entered(self, row: Row) -> bool:
        """Tell whether to enter *row* would change nothing, for this run has entered it just now.

        Never where workers share the ledger: it may lose what it was told last.
        """
        return not self._is_shared and row in self._entered

    def take(self, site: str, most: int) -> list[Lease]:
        """Take up to *most* leases of *site*; one whose first fetch is still under way is not taken again."""
        return self.took(self.ledger.lease(site, most, self.limits, self._clock()))

    def took(self, leases: Iterable[Lease]) -> list[Lease]:
        """Note that *leases* are in flight; return those that were not."""
        taken = [lease for lease in leases if lease.row.url not in self._flights]
        self._flights.update({lease.row.url: _Flight(lease) for lease in taken})
        return taken

    def urls(self) -> list[str]:
        """Return the URLs that this run holds: those in flight, and those that wait to be settled."""
        return [*self._flights, *self._ready]

    def fetching(self) -> Counter[str]:
        """Count by site the URLs that are being fetched, or whose callback or pipelines may still fetch."""
        return Counter(flight.lease.row.site for flight in self._flights.values())

    def answered(self, url: str, validator: str | None) -> None:
        """Note the validator of the response to *url*."""
        if url in self._flights:
            self._flights[url].validator = validator

    def item_left(self, url: str) -> None:
        """Note that the callback of *url* gave an item, whose end is to be waited for."""
        if url in self._flights:
            self._flights[url].items += 1

    def item_ended(self, url: str, state: State, reason: str, completion: Completion | None = None) -> None:
        """Note how an item of *url* ended; *completion* where it went to the output."""
        flight = self._flights.get(url)
        if flight is None:
            return
        flight.items -= 1
        flight.ends.append((state, reason))
        flight.completion = completion or flight.completion
        self._close(url, flight)

    def item_for_later(self, left: Left) -> None:
        """Note that a limit of this run kept the item of a URL out: the URL goes back and waits."""
        flight = self._flights.get(left.url)
        if flight is not None:
            flight.items -= 1
            flight.left = left
            self._close(left.url, flight)

    async def exhausted(self, url: str, children: Sequence[Row]) -> tuple[Admission, ...]:
        """Note that the callback of *url* gave all it had, *children* among it; return their admissions.

        A list page is settled at once, with its children in one transaction. The children of an article are
        entered now, before the article can be settled: a kill between the two fetches it again, and no more.
        """
        flight = self._flights.get(url)
        if flight is None or flight.lease.row.role not in LIST_ROLES or flight.ends:
            admissions = await self.clerk.ask(lambda: self.enter(children))
            if flight is not None:
                flight.exhausted = True
                self._close(url, flight)
            return admissions
        outcome = Outcome(
            url=url,
            state=State.LISTED,
            reason="read",
            children=tuple(children),
            validator=flight.validator,
        )
        admissions = await self.clerk.ask(lambda: self.ledger.settle([outcome], self._clock()))
        self._entered.add(children)
        self.trail.read(flight.lease.row, children, admissions)
        self._flights.pop(url, None)
        return admissions

    def ended(self, url: str, state: State, reason: str) -> None:
        """Note that the fetch of *url* ended in *state* and *reason*, its callback not called or broken."""
        flight = self._flights.get(url)
        if flight is not None:
            flight.ends.append((state, reason))
            flight.exhausted = True
            self._close(url, flight)

    def for_later(self, left: Left) -> None:
        """Note that a URL can't be fetched in this run, through no fault of its own: it waits."""
        flight = self._flights.get(left.url)
        if flight is not None:
            flight.left, flight.exhausted = left, True
            self._close(left.url, flight)

    async def undone(self, site: str) -> Counter[Limit | None]:
        """Count the URLs of *site* that wait, by the limit that keeps them back, but for what went back."""
        pending = await self.clerk.ask(lambda: self.ledger.pending(site, self.limits))
        waiting: Counter[Limit | None] = Counter(pending)
        for limit in waiting:
            waiting[limit] -= self._sent_back[site, limit]
        return waiting

    def oldest_lines(self) -> dict[str, int]:
        """Return for each feed file the offset of the first line whose URL is not settled."""
        oldest: dict[str, int] = {}
        waiting = [flight.completion for flight in self._flights.values()]
        for completion in (*waiting, *(outcome.completion for outcome in self._ready.values())):
            if completion is not None:
                known = oldest.get(completion.file, completion.offset)
                oldest[completion.file] = min(known, completion.offset)
        return oldest

    def ready(self) -> list[Outcome]:
        """Return the outcomes that wait to be settled: once the lines written until now are on disk."""
        return list(self._ready.values())

    async def settle(self, ready: Sequence[Outcome]) -> None:
        """Settle *ready*, whose lines are on disk, but for what was settled since."""
        outcomes = [outcome for outcome in ready if self._ready.get(outcome.url) is outcome]
        if outcomes:
            ids = [outcome.completion.id for outcome in outcomes if outcome.completion is not None]
            known = await self.clerk.ask(lambda: self._settle(outcomes, ids))
            for outcome in outcomes:
                self._ready.pop(outcome.url, None)
            self.recurrence.settled(ids, known)
        left, self._left = self._left, []
        if left:
            await self.clerk.ask(lambda: self.ledger.release(left))

    async def end(self, reason: str) -> None:
        """End the run; what is in flight goes back to the queue."""
        self._flights.clear()
        await self.clerk.ask(self.recurrence.keep)
        await self.clerk.ask(lambda: self.ledger.end(reason, self._clock()))

    def _settle(self, outcomes: Sequence[Outcome], ids: Sequence[str]) -> Mapping[str, Completion]:
        """Settle *outcomes*; return what was known before of the articles *ids*."""
        known = self.ledger.completions(ids)
        self.ledger.settle(outcomes, self._clock())
        return known

    def _close(self, url: str, flight: _Flight) -> None:
        if not flight.exhausted or flight.items:
            return
        del self._flights[url]
        if flight.left is not None and flight.completion is None:
            self._left.append(flight.left)
            row = flight.lease.row
            kept = self.limits.keeping_back(replace(row, date=flight.left.date or row.date))
            self._sent_back[row.site, kept] += 1
            return
        state, reason = min(flight.ends or [(State.DROPPED, "no_item")], key=lambda end: _BEST.index(end[0]))
        self._ready[url] = Outcome(
            url=url,
            state=state,  # type: ignore[arg-type]  # one of _BEST
            reason=reason,
            validator=flight.validator if state is State.EXPORTED else None,
            completion=flight.completion,
        )
