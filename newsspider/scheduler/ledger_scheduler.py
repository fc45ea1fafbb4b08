"""Scrapy's interface to the ledger."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler, Scheduler
from scrapy.exceptions import CloseSpider
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.misc import build_from_crawler, load_object

from newsspider.errors import LedgerError
from newsspider.fetching.counts import count
from newsspider.fetching.row import row_of
from newsspider.ledger import Admission, Lease, Refresh, Row, is_shared
from newsspider.ledger.flight import Flights
from newsspider.reporting import ENDED_BY
from newsspider.scheduler.ends import note_end
from newsspider.scheduler.own import OwnSupply
from newsspider.scheduler.patience import Patience
from newsspider.scheduler.run import ledger_url
from newsspider.scheduler.settling import Settling
from newsspider.scheduler.shared import SharedSupply
from newsspider.scheduler.supply import Supply

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred
    from twisted.python.failure import Failure

    from newsspider.spiders.news import NewsSpider

logger = logging.getLogger(__name__)

LEASED_KEY = "newsspider_leased"
"""In ``Request.meta``: the request was handed out, so a copy of it is a retry or a redirect."""
UNUSABLE = "ledger_unusable"
"""The finish reason of a run whose ledger can't be opened."""
FAILED = "ledger_failed"
"""The finish reason of a run whose ledger could not be written any more."""
BROKEN = "scheduler_failed"
"""The finish reason of a run whose scheduler met an exception that nobody thought of."""

_LEFT_BY = {"closespider_timeout": "time"}


class LedgerScheduler(BaseScheduler):
    """Keeps the requests of the ``news`` spider as rows of a ledger, which a killed run leaves whole.

    A row is leased when its request is handed out and settled when all that came of it is on disk; see
    :mod:`newsspider.ledger.flight`. Retries and redirects of a leased row, and requests without a row, wait
    in memory in Scrapy's own scheduler. ``LEDGER_URL`` names the ledger, by default ``ledger.sqlite`` in
    ``NEWSSPIDER_OUTPUT``.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.patience = Patience(self._resume)
        self._memory = Scheduler(
            build_from_crawler(load_object(settings["DUPEFILTER_CLASS"]), crawler),
            mqclass=load_object(settings["SCHEDULER_MEMORY_QUEUE"]),
            pqclass=load_object(settings["SCHEDULER_PRIORITY_QUEUE"]),
            stats=crawler.stats,
            crawler=crawler,
        )
        self._spider: NewsSpider | None = None
        self._supply: Supply | None = None
        self._settling: Settling | None = None
        self._has_failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the scheduler for *crawler*."""
        return cls(crawler)

    @property
    def flights(self) -> Flights | None:
        """What is in flight; None where the ledger could not be opened, or can't be written any more."""
        return None if self._supply is None or self._has_failed else self._supply.flights

    # -- what Scrapy asks for -------------------------------------------------------------------------------

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Open the ledger and begin a run; where that can't be, log one line and have the spider closed."""
        self._spider = cast("NewsSpider", spider)  # its attributes are what is needed
        self._memory.open(spider)
        try:
            self._supply = self._open_supply(self._spider)
        except Exception as error:
            _log(error)
            # raised here, the engine would begin no component and then fail to end them
            self.crawler.signals.connect(_refuse, signals.spider_opened, weak=False)
            return None
        self._settling = Settling(self.crawler, self._supply.flights, self._fail)
        return None

    def close(self, reason: str) -> Deferred[None] | None:
        """Settle what is on disk, count what is left, and end the run."""
        self.patience.end()
        self._memory.close(reason)
        return deferred_from_coro(self._close(reason))

    def has_pending_requests(self) -> bool:
        """Tell whether there is a request to be handed out, or may be."""
        if self._memory.has_pending_requests() or self.patience:
            return True
        with self._supplied() as supply:
            return supply is not None and supply.has_more()
        return False

    def enqueue_request(self, request: Request) -> bool:
        """Enter the row of *request*; False where it is known and not to be fetched now."""
        row = row_of(request)
        if row is None:
            return self._memory.enqueue_request(request)
        if self.keeps(request):
            self.patience.keep(request, row.site)
            return True
        if request.meta.get(LEASED_KEY):
            return self._memory.enqueue_request(request.replace(dont_filter=True))
        with self._supplied() as supply:
            return supply is not None and supply.enter(row)
        return False

    def next_request(self) -> Request | None:
        """Return a retry, or a lease."""
        with self._supplied() as supply:
            request = self._memory.next_request()
            if request is not None or supply is None:
                return request
            lease = supply.next_lease()
            return self._request(lease) if lease is not None else None
        return None

    # -- what the middlewares ask for -----------------------------------------------------------------------

    def keeps(self, request: Request) -> bool:
        """Tell whether *request*, scheduled again, waits here until its site may be asked."""
        row = row_of(request)
        return row is not None and LEASED_KEY in request.meta and self.patience.seconds(row.site) > 0

    async def ask(self, question: Callable[[], object]) -> None:
        """Put a question to the ledger; one that fails ends the run."""
        with self._supplied() as supply:
            if supply is not None:
                await supply.flights.clerk.ask(question)

    async def exhausted(self, url: str, children: Sequence[Row]) -> tuple[Admission, ...]:
        """Note that the callback of *url* gave all it had, and enter the rows of *children*."""
        with self._supplied() as supply:
            if supply is not None:
                admissions = await supply.flights.exhausted(url, children)
                supply.look_again()
                return admissions
        return ()

    # -------------------------------------------------------------------------------------------------------

    def _open_supply(self, spider: NewsSpider) -> Supply:
        if is_shared(ledger_url(self.crawler.settings)):
            return SharedSupply(spider, self._request, self._fail)
        return OwnSupply(spider, self.patience)

    async def _close(self, reason: str) -> None:
        if self._supply is None or self._settling is None:
            return
        self._supply.stop()
        try:
            await self._settling.flush()
            if self.flights is not None:
                await self._count_left(self.flights, reason)
        except Exception as error:
            self._fail(error)
        await self._settling.close(reason)
        self._supply.close()

    async def _count_left(self, flights: Flights, reason: str) -> None:
        """Count how many URLs of each site each limit keeps back, and how many the end of the run."""
        begun = flights.fetching()
        for site in self._spider.sites if self._spider is not None else ():
            waiting = await flights.undone(site)
            waiting[None] += begun[site]
            for limit, number in (+waiting).items():
                count(self.crawler, "left", limit or _LEFT_BY.get(reason, reason), site, number)

    def _resume(self, request: Request) -> None:
        self.crawler.engine.crawl(request)

    def _request(self, lease: Lease) -> Request:
        """Return the request of *lease*, of which it is noted how it ends."""
        assert self._spider is not None  # noqa: S101  # the engine opens the scheduler first
        request = self._spider.request(lease.row)
        request.meta[LEASED_KEY] = True
        request.errback = partial(self._ended, request.errback)
        request.dont_filter = True
        flights = self.flights
        if lease.row.role == "article" and flights is not None and flights.refresh is not Refresh.ALL:
            request.headers.update(_condition(lease.validator))
        return request

    def _ended(self, errback: Callable[[Failure], Any] | None, failure: Failure) -> Any:
        row = row_of(failure.request)  # type: ignore[attr-defined]  # Scrapy sets it
        with self._supplied() as supply:
            if supply is not None and row is not None:
                has_failed = note_end(self.crawler, supply.flights, row, failure.value)
                supply.look_again()
                if not has_failed:
                    return None
        return errback(failure) if errback is not None else None

    @contextmanager
    def _supplied(self) -> Iterator[Supply | None]:
        """Give the supply, None where there is none; what goes wrong inside ends the run.

        The engine would log it, and end as if all were done.
        """
        try:
            yield None if self._has_failed else self._supply
        except Exception as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """End a run that can't go on: nothing that is not in the ledger may count as done."""
        if self._has_failed:
            return
        self._has_failed = True
        _log(error)
        reason = FAILED if isinstance(error, LedgerError) else BROKEN
        self.crawler.stats.set_value(ENDED_BY, reason)
        if self._settling is not None:
            self._settling.abandon(reason)


def _condition(validator: str | None) -> dict[str, str]:
    """Return the header that asks for a page only if it is another one than *validator* was given for.

    >>> _condition('"a1"'), _condition("Sat, 28 Nov 2026 10:00:00 GMT"), _condition(None)
    ({'If-None-Match': '"a1"'}, {'If-Modified-Since': 'Sat, 28 Nov 2026 10:00:00 GMT'}, {})
    """
    if not validator:
        return {}
    is_tag = validator.startswith(('"', "W/"))
    return {"If-None-Match" if is_tag else "If-Modified-Since": validator}


def _log(error: Exception) -> None:
    """Say in one line what went wrong; of what nobody thought of, show where as well."""
    if isinstance(error, LedgerError):
        logger.error("%s", error)
    else:
        what = f"{type(error).__name__}: {error}"
        logger.error("The scheduler broke, and what is not settled waits: %s", what, exc_info=error)


def _refuse() -> None:
    raise CloseSpider(UNUSABLE)


def scheduler_of(crawler: Crawler) -> LedgerScheduler | None:
    """Return the scheduler of the crawl; None where it is another one."""
    engine = crawler.engine
    scheduler = engine.scheduler if engine is not None else None
    # isinstance() takes everything with a scheduler's methods for any kind of scheduler
    return cast("LedgerScheduler", scheduler) if LedgerScheduler in type(scheduler).__mro__ else None
