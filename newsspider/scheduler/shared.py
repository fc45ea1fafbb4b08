"""Rows from a ledger that many workers share: asked for as there is room, and kept while they are fetched."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from scrapy import Request, signals

from newsspider.errors import LedgerError
from newsspider.fetching.counts import count
from newsspider.ledger import Lease, Row, SharedLedger, Terms, open_ledger
from newsspider.ledger.flight import utc_now
from newsspider.ledger.seat import Seat
from newsspider.reporting import one_or_all
from newsspider.scheduler.feeds import feed_slots, is_durable
from newsspider.scheduler.run import begin_run, ledger_url

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newsspider.spiders.news import NewsSpider

logger = logging.getLogger(__name__)

Make: TypeAlias = Callable[[Lease], Request]
Fail: TypeAlias = Callable[[Exception], None]

_SURPLUS = 1.25
"""Rows held for each that can be fetched at once, so that none has to be waited for."""
_SHORTEST_WAIT, _LONGEST_WAIT = 0.02, 1.0


class SharedSupply:
    """Hands the engine what a shared ledger hands this worker.

    The ledger is asked in its own thread; what comes goes to the engine as requests. A site with a delay is
    this worker's while it fetches a row of it, so that the download slot here holds the delay, and
    ``Crawl-delay``, for all workers; it is freed with the seconds that are left of it.
    """

    def __init__(self, spider: NewsSpider, make: Make, fail: Fail) -> None:
        """Join the run, as the worker whose name is free in the output folder.

        *make* gives the request of a lease; *fail* is told what went wrong.
        """
        self._spider = spider
        self._crawler: Crawler = spider.crawler
        self._make = make
        self._fail = fail
        self._seat = Seat(Path(spider.settings.get("NEWSSPIDER_OUTPUT", "output")))
        spider.worker = self._seat.name
        self._ledger = _open(spider)
        self.flights = begin_run(self._ledger, spider)
        self._most = max(1, int(spider.settings.getint("CONCURRENT_REQUESTS") * _SURPLUS))
        self._starts: list[Row] = []
        self._entering: list[Row] = []
        self._held: set[str] = set()
        self._outages = 0
        self._wake = asyncio.Event()
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self._is_over = False
        self._note_company()
        # not before the feeds are open
        self._crawler.signals.connect(self.spider_opened, signals.spider_opened)
        for ended in (signals.item_scraped, signals.item_dropped, signals.item_error):
            self._crawler.signals.connect(self.look_again, ended)

    def enter(self, row: Row) -> bool:
        """Enter a row that a run starts from; once more where the ledger was away and may have lost it."""
        self._starts.append(row)
        self._entering.append(row)
        self.look_again()
        return True

    def next_lease(self) -> None:
        """Return nothing: rows go to the engine as the ledger hands them out."""

    def has_more(self) -> bool:
        """Tell whether any worker has something left to do, as far as this one knows."""
        return not self._is_over

    def look_again(self) -> None:
        """Note that there may be room, or more rows."""
        self._is_over = False
        self._wake.set()

    def stop(self) -> None:
        """Ask no more."""
        for task in self._tasks:
            task.cancel()

    def close(self) -> None:
        """Count what only workers that share a ledger know, and let the worker's name go."""
        noted = (("raw_duplicate", self._ledger.raw_duplicates), ("ledger_away", self._ledger.outages))
        for what, number in noted:
            if number:
                count(self._crawler, "noted", what, one_or_all(self._spider.sites), number)
        self._seat.leave()

    def spider_opened(self) -> None:
        """Begin to ask, if the feeds are such that their lines can be named."""
        try:
            _check_feeds(self._crawler, self._seat.name)
        except LedgerError as error:
            self._fail(error)
            return
        work = (self._hand_on(), self._renew())
        self._tasks = tuple(asyncio.ensure_future(_until_it_fails(each, self._fail)) for each in work)

    def _note_company(self) -> None:
        for site in self._ledger.other_site_files:
            logger.warning("The run began with another site file of %s than this worker has", site)
            count(self._crawler, "noted", "other_site_file", site)
        count(self._crawler, "noted", "shared_ledger", one_or_all(self._spider.sites))

    async def _hand_on(self) -> None:
        while True:
            self._wake.clear()
            await self._enter()
            pause = await self._ask()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)

    async def _enter(self) -> None:
        outages = self._ledger.outages
        if outages > self._outages:
            self._outages, self._entering = outages, list(self._starts)
        rows, self._entering = self._entering, []
        if rows:
            await self.flights.clerk.ask(lambda: self.flights.enter(rows))

    async def _ask(self) -> float:
        """Ask for as many rows as there is room for; return the seconds until it is time to ask again."""
        fetching = self.flights.fetching()
        room = self._most - fetching.total()
        freed = {site: self._wait(site) for site in self._held - fetching.keys()}
        if room <= 0 and not freed:
            return _LONGEST_WAIT
        self._held -= freed.keys()
        handout = await self.flights.clerk.ask(
            lambda: self._ledger.hand_out(max(0, room), self.flights.limits, freed, utc_now())
        )
        for lease in self.flights.took(handout.leases):
            self._held.add(lease.row.site)
            self._crawler.engine.crawl(self._make(lease))
        self._is_over = handout.is_over and not self._entering and not self.flights.urls()
        if handout.leases and len(handout.leases) < room:
            return _SHORTEST_WAIT
        return min(max(handout.wait, _SHORTEST_WAIT), _LONGEST_WAIT)

    def _wait(self, site: str) -> float:
        """Return the seconds that the download slot of *site* would wait before its next request."""
        slot = self._crawler.engine.downloader.slots.get(site)
        return max(0.0, slot.lastseen + slot.download_delay() - time.monotonic()) if slot is not None else 0.0

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._ledger.lease_seconds / 4)
            await self.flights.clerk.ask(partial(self._ledger.renew, self.flights.urls()))


def _open(spider: NewsSpider) -> SharedLedger:
    ledger = open_ledger(ledger_url(spider.settings), spider.worker)
    assert isinstance(ledger, SharedLedger)  # noqa: S101  # its URL says so
    ledger.agree(terms_of(spider))
    return ledger


async def _until_it_fails(work: Coroutine[Any, Any, None], fail: Fail) -> None:
    """Do *work*; were it to die unseen, the crawl would wait for ever."""
    try:
        await work
    except Exception as error:
        fail(error)


def _check_feeds(crawler: Crawler, worker: str) -> None:
    """Raise :class:`~newsspider.LedgerError` for a feed of which a shared ledger can't name the lines."""
    for slot in feed_slots(crawler):
        if not is_durable(slot):
            raise LedgerError(
                f"{slot.uri}: workers that share a ledger write plain JSON Lines files with all fields; "
                "make other formats from what `scrapy feed merge` gives"
            )
        if worker not in Path(slot.storage.path).name:  # type: ignore[attr-defined]  # is_durable looked
            raise LedgerError(
                f"{slot.uri}: workers that share a ledger write a file each: put %(worker)s or %(run)s into "
                "its name"
            )


def terms_of(spider: NewsSpider) -> dict[str, Terms]:
    """Return how this worker crawls the sites of *spider*."""
    slots = spider.settings.getdict("DOWNLOAD_SLOTS")
    usual = spider.settings.getfloat("DOWNLOAD_DELAY")
    return {
        stem: Terms(delay=float(slots.get(stem, {}).get("delay", usual)), digest=site.digest)
        for stem, site in spider.sites.items()
    }
