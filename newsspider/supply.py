"""Rows from a ledger that many workers share: asked for as there is room, and kept while they are fetched."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from scrapy import Request

from newsspider.ledger import Lease, Row, SharedLedger, Terms
from newsspider.ledger.flight import Flights

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_SURPLUS = 1.25
"""Rows held for each that can be fetched at once, so that none has to be waited for."""
_SHORTEST_WAIT, _LONGEST_WAIT = 0.02, 1.0


class Supply:
    """Hands the engine what a shared ledger hands this worker.

    The ledger is asked in its own thread; what comes goes to the engine as requests. A site with a delay is
    this worker's while it fetches a row of it, so that the download slot here holds the delay, and
    ``Crawl-delay``, for all workers; it is freed with the seconds that are left of it.
    """

    def __init__(self, crawler: Crawler, flights: Flights, fail: Callable[[Exception], None]) -> None:
        self.crawler = crawler
        self._flights = flights
        self._fail = fail
        self._most = max(1, int(crawler.settings.getint("CONCURRENT_REQUESTS") * _SURPLUS))
        self._starts: list[Row] = []
        self._entering: list[Row] = []
        self._held: set[str] = set()
        self._outages = 0
        self._wake = asyncio.Event()
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self.is_over = False
        """Whether no worker has anything left to do, as far as this one knows."""

    def begin(self, make: Callable[[Lease], Request]) -> None:
        """Begin to ask; *make* gives the request of a lease."""
        self._tasks = (asyncio.ensure_future(self._hand_on(make)), asyncio.ensure_future(self._renew()))

    def end(self) -> None:
        """Ask no more."""
        for task in self._tasks:
            task.cancel()

    def enter(self, row: Row) -> None:
        """Enter a row that a run starts from; once more where the ledger was away and may have lost it."""
        self._starts.append(row)
        self._entering.append(row)
        self.look_again()

    def look_again(self) -> None:
        """Note that there may be room, or more rows."""
        self.is_over = False
        self._wake.set()

    async def _hand_on(self, make: Callable[[Lease], Request]) -> None:
        try:
            while True:
                self._wake.clear()
                await self._enter()
                pause = await self._ask(make)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), pause)
        except Exception as error:  # a supply that died unseen would leave the crawl waiting for ever
            self._fail(error)

    async def _enter(self) -> None:
        outages = self._ledger.outages
        if outages > self._outages:
            self._outages, self._entering = outages, list(self._starts)
        rows, self._entering = self._entering, []
        if rows:
            await self._flights.clerk.ask(lambda: self._flights.enter(rows))

    async def _ask(self, make: Callable[[Lease], Request]) -> float:
        """Ask for as many rows as there is room for; return the seconds until it is time to ask again."""
        fetching = self._flights.fetching()
        room = self._most - fetching.total()
        freed = {site: self._wait(site) for site in self._held - fetching.keys()}
        if room <= 0 and not freed:
            return _LONGEST_WAIT
        self._held -= freed.keys()
        handout = await self._flights.be_handed(max(0, room), freed)
        for lease in self._flights.took(handout.leases):
            self._held.add(lease.row.site)
            self.crawler.engine.crawl(make(lease))
        self.is_over = handout.is_over and not self._entering and not self._flights.urls()
        if handout.leases and len(handout.leases) < room:
            return _SHORTEST_WAIT
        return min(max(handout.wait, _SHORTEST_WAIT), _LONGEST_WAIT)

    def _wait(self, site: str) -> float:
        """Return the seconds that the download slot of *site* would wait before its next request."""
        slot = self.crawler.engine.downloader.slots.get(site)
        return max(0.0, slot.lastseen + slot.download_delay() - time.monotonic()) if slot is not None else 0.0

    async def _renew(self) -> None:
        try:
            while True:
                await asyncio.sleep(self._ledger.lease_seconds / 4)
                await self._flights.clerk.ask(partial(self._ledger.renew, self._flights.urls()))
        except Exception as error:
            self._fail(error)

    @property
    def _ledger(self) -> SharedLedger:
        ledger = self._flights.ledger
        assert isinstance(ledger, SharedLedger)  # noqa: S101  # no other is supplied from
        return ledger


def terms_of(sites: Sequence[tuple[str, str]], crawler: Crawler) -> dict[str, Terms]:
    """Return how this worker crawls each of *sites*: (name, digest of its file)."""
    slots = crawler.settings.getdict("DOWNLOAD_SLOTS")
    usual = crawler.settings.getfloat("DOWNLOAD_DELAY")
    return {
        name: Terms(delay=float(slots.get(name, {}).get("delay", usual)), digest=digest)
        for name, digest in sites
    }
