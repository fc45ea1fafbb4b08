"""Scrapy's scheduler, duplicate filter and memory of earlier runs in one: the ledger."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler, Scheduler
from scrapy.exceptions import CloseSpider
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.misc import build_from_crawler, load_object

from newsspider.errors import LedgerError
from newsspider.fetching.failures import failure_reason
from newsspider.fetching.refusal import NOTHING_NEW, Refusal
from newsspider.fetching.row import row_of
from newsspider.ledger import (
    DEFAULT_INTERVALS,
    Admission,
    Intervals,
    Lease,
    Ledger,
    Left,
    Limits,
    Refresh,
    Row,
    SharedLedger,
    State,
    is_shared,
    open_ledger,
)
from newsspider.ledger.flight import Flights, utc_now
from newsspider.ledger.lines import recover
from newsspider.ledger.refresh import HOUR
from newsspider.ledger.seat import Seat
from newsspider.reporting import ENDED_BY, one_or_all, stat_name
from newsspider.settling import Settling
from newsspider.supply import Supply, terms_of

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

_FOR_LATER = (
    "host_down",
    "robots_unreachable",
    "needs_rendering",
    "render_limit",
    "render_crash",
    "renderer_down",
)
"""Reasons that say nothing of the page itself: its row waits for the next run."""
_LEFT_BY = {"closespider_timeout": "time"}
_LONGEST_DAY = 50 * HOUR
_END_OF_TIME = datetime.max.replace(tzinfo=UTC) - _LONGEST_DAY
_BATCH = 16
_LOOK_AGAIN_SECONDS = 5.0
_PLACES_IN_WAITING = 2
"""Requests of a site that wait in its download slot, so that it never stands still."""


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
        self.flights: Flights | None = None
        self._memory = Scheduler(
            build_from_crawler(load_object(settings["DUPEFILTER_CLASS"]), crawler),
            mqclass=load_object(settings["SCHEDULER_MEMORY_QUEUE"]),
            pqclass=load_object(settings["SCHEDULER_PRIORITY_QUEUE"]),
            stats=crawler.stats,
            crawler=crawler,
        )
        self._settling: Settling | None = None
        self._spider: NewsSpider | None = None
        self._leases: dict[str, deque[Lease]] = {}
        self._empty_until: dict[str, float] = {}
        self._held_until: dict[str, float] = {}
        self._most: dict[str, int] = {}
        self._supply: Supply | None = None
        self._seat: Seat | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the scheduler for *crawler*."""
        return cls(crawler)

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Open the ledger and begin a run; where that can't be, log one line and have the spider closed."""
        self._spider = spider  # type: ignore[assignment]  # its attributes are what is needed
        self._memory.open(spider)
        sites = {stem: intervals_of(site.crawl.refresh) for stem, site in self._news.sites.items()}
        self._leases = {stem: deque() for stem in sites}
        self._most = {stem: _most_places(stem, self.crawler.settings) for stem in sites}
        refresh = refresh_of(self._news.arguments, self.crawler)
        try:
            ledger = self._open_ledger(ledger_url(self.crawler.settings))
            start = ledger.begin(sites, refresh, utc_now())
            recovered = recover(ledger)
        except Exception as error:
            _log(error)
            # raised here, the engine would begin no component and then fail to end them
            self.crawler.signals.connect(_refuse, signals.spider_opened, weak=False)
            return None
        if start.clock_back:
            logger.warning("The clock stands %.0f s behind the ledger's last entry", start.clock_back)
        for what, number in (("taken_up", start.taken_up), ("lines_recovered", recovered)):
            if number:
                self._count("noted", what, one_or_all(self._leases), number)
        self.flights = Flights(ledger, start, refresh, limits_of(self._news.arguments), utc_now)
        self._settling = Settling(self.crawler, self.flights, self._fail)
        if isinstance(ledger, SharedLedger):
            self._share(ledger, self.flights)
        return None

    def close(self, reason: str) -> Deferred[None] | None:
        """Settle what is on disk, count what is left, and end the run."""
        self._memory.close(reason)
        return deferred_from_coro(self._close(reason))

    async def _close(self, reason: str) -> None:
        if self._supply is not None:
            self._supply.end()
        if self.flights is not None and self._settling is not None:
            try:
                await self._settling.flush()
                for site in self._leases:
                    for what, number in (await self._left_undone(site, reason)).items():
                        self._count("left", what, site, number)
                if isinstance(self.flights.ledger, SharedLedger):
                    self._report(self.flights.ledger)
            except Exception as error:
                self._fail(error)
            await self._settling.close(reason)
        if self._seat is not None:
            self._seat.leave()

    def has_pending_requests(self) -> bool:
        """Tell whether there is a request to be handed out, or may be: other workers may still find some."""
        with self._guarded():
            if self._memory.has_pending_requests():
                return True
            if self._supply is not None:
                return self.flights is not None and not self._supply.is_over
            return any(self._has_lease(site) for site in self._leases)
        return False

    def enqueue_request(self, request: Request) -> bool:
        """Enter the row of *request*; False where it is known and not to be fetched now."""
        row = row_of(request)
        if row is None:
            return self._memory.enqueue_request(request)
        if request.meta.get(LEASED_KEY):
            return self._memory.enqueue_request(request.replace(dont_filter=True))
        if self.flights is None:
            return False
        if self._supply is not None:
            self._supply.enter(row)
            return True
        with self._guarded():
            (admission,) = self.flights.enter([row])
            self.look_again()
            return admission is not Admission.KNOWN
        return False

    def next_request(self) -> Request | None:
        """Return a retry, or a lease of the site that holds the fewest of the downloader's places."""
        with self._guarded():
            request = self._memory.next_request()
            if request is not None or self._supply is not None:
                return request
            places = self._places()
            ready = [
                site
                for site, most in self._most.items()
                if places[site] < most and not self._is_held(site) and self._has_lease(site)
            ]
            if ready:
                return self._request(self._leases[min(ready, key=places.__getitem__)].popleft())
        return None

    async def ask(self, question: Callable[[], object]) -> None:
        """Put a question to the ledger; one that fails ends the run."""
        with self._guarded():
            if self.flights is not None:
                await self.flights.clerk.ask(question)

    async def exhausted(self, url: str, children: Sequence[Row]) -> tuple[Admission, ...]:
        """Note that the callback of *url* gave all it had, and enter the rows of *children*."""
        if self.flights is None:
            return ()
        with self._guarded():
            admissions = await self.flights.exhausted(url, children)
            self.look_again()
            return admissions
        return ()

    def look_again(self) -> None:
        """Note that rows were entered, or that a fetch is over."""
        self._empty_until.clear()
        if self._supply is not None:
            self._supply.look_again()

    def hold_back(self, site: str, seconds: float) -> None:
        """Hand out nothing of *site* for *seconds*: it would wait in the places of other sites' requests."""
        self._held_until[site] = max(self._held_until.get(site, 0.0), monotonic() + seconds)

    @property
    def _news(self) -> NewsSpider:
        assert self._spider is not None  # noqa: S101  # the engine opens the scheduler first
        return self._spider

    def _has_lease(self, site: str) -> bool:
        if self._leases[site]:
            return True
        if self.flights is None or monotonic() < self._empty_until.get(site, 0.0):
            return False
        self._leases[site].extend(self.flights.take(site, _BATCH))
        if not self._leases[site]:
            self._empty_until[site] = monotonic() + _LOOK_AGAIN_SECONDS
        return bool(self._leases[site])

    def _is_held(self, site: str) -> bool:
        return site in self._held_until and monotonic() < self._held_until[site]

    def _places(self) -> Counter[str]:
        """Count by site what the downloader has, be it that it waits in a middleware or in its slot."""
        engine = self.crawler.engine
        active = engine.downloader.active if engine is not None else ()
        return Counter(request.meta.get("download_slot", "") for request in active)

    def _request(self, lease: Lease) -> Request:
        request = self._news.request(lease.row)
        request.meta[LEASED_KEY] = True
        if lease.validator and lease.row.role == "article" and self._is_conditional():
            is_tag = lease.validator.startswith(('"', "W/"))
            request.headers["If-None-Match" if is_tag else "If-Modified-Since"] = lease.validator
        errback = request.errback

        def failed(failure: Failure) -> Any:
            is_none = self._ended(failure)
            self.look_again()
            return None if is_none else errback and errback(failure)

        request.errback, request.dont_filter = failed, True
        return request

    def _is_conditional(self) -> bool:
        return self.flights is not None and self.flights.refresh is not Refresh.ALL

    def _ended(self, failure: Failure) -> bool:
        """Note how the fetch of a leased row failed; tell whether that was no failure."""
        row = row_of(failure.request)  # type: ignore[attr-defined]  # Scrapy sets it
        if row is None or self.flights is None:
            return False
        error = failure.value
        if isinstance(error, HttpError) and error.response.status == 304:
            self._count("pages", "not_modified", row.site, 1)
            self._count("dropped", "unchanged", row.site, 1)
            self.flights.ended(row.url, State.EXPORTED, "unchanged")
            return True
        reason = failure_reason(error)
        if reason == NOTHING_NEW:
            self._count("noted", reason, row.site, 1)
            self.flights.ended(row.url, State.LISTED, reason)
            return True
        if reason in _FOR_LATER:
            self.flights.for_later(Left(url=row.url, reason=reason))
        else:
            self.flights.ended(row.url, State.DROPPED if isinstance(error, Refusal) else State.FAILED, reason)
        return False

    async def _left_undone(self, site: str, reason: str) -> Counter[str]:
        """Return how many URLs of *site* each limit keeps back, and how many the end of the run."""
        assert self.flights is not None  # noqa: S101  # the caller looked
        waiting = await self.flights.undone(site)
        waiting[None] += len(self._leases[site])
        ended_by = _LEFT_BY.get(reason, reason)
        return +Counter({limit or ended_by: number for limit, number in waiting.items()})

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """End the run on whatever goes wrong inside; the engine would log it, and end as if all were done."""
        try:
            yield
        except Exception as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """End a run that can't go on: nothing that is not in the ledger may count as done."""
        if self.flights is None:
            return
        self.flights = None
        _log(error)
        reason = FAILED if isinstance(error, LedgerError) else BROKEN
        self.crawler.stats.set_value(ENDED_BY, reason)
        if self._settling is not None:
            self._settling.abandon(reason)

    def _open_ledger(self, url: str) -> Ledger:
        """Open the ledger; where it is shared, as the worker whose name is free in the output folder."""
        if not is_shared(url):
            return open_ledger(url)
        self._seat = Seat(Path(self.crawler.settings.get("NEWSSPIDER_OUTPUT", "output")))
        self._news.worker = self._seat.name
        ledger = open_ledger(url, self._seat.name)
        assert isinstance(ledger, SharedLedger)  # noqa: S101  # its URL says so
        digests = [(stem, site.digest) for stem, site in self._news.sites.items()]
        ledger.agree(terms_of(digests, self.crawler))
        return ledger

    def _share(self, ledger: SharedLedger, flights: Flights) -> None:
        for site in ledger.other_site_files:
            logger.warning("The run began with another site file of %s than this worker has", site)
            self._count("noted", "other_site_file", site, 1)
        self._count("noted", "shared_ledger", one_or_all(self._leases), 1)
        for ended in (signals.item_scraped, signals.item_dropped, signals.item_error):
            self.crawler.signals.connect(self.look_again, ended)
        supply = self._supply = Supply(self.crawler, flights, self._fail)
        # not before the feeds are open, and their lines are watched
        self.crawler.signals.connect(lambda: supply.begin(self._request), signals.spider_opened, weak=False)

    def _report(self, ledger: SharedLedger) -> None:
        """Count what only workers that share a ledger know."""
        for what, number in (("raw_duplicate", ledger.raw_duplicates), ("ledger_away", ledger.outages)):
            if number:
                self._count("noted", what, one_or_all(self._leases), number)

    def _count(self, measure: Any, what: str, site: str, number: int) -> None:
        self.crawler.stats.inc_value(stat_name(measure, what, site), number)


def _log(error: Exception) -> None:
    """Say in one line what went wrong; of what nobody thought of, show where as well."""
    if isinstance(error, LedgerError):
        logger.error("%s", error)
    else:
        what = f"{type(error).__name__}: {error}"
        logger.error("The scheduler broke, and what is not settled waits: %s", what, exc_info=error)


def _refuse() -> None:
    raise CloseSpider(UNUSABLE)


def _most_places(site: str, settings: Any) -> int:
    """Return how many requests of *site* the downloader may have: what is more only keeps others out."""
    slot = settings.getdict("DOWNLOAD_SLOTS").get(site, {})
    at_once = int(slot.get("concurrency", settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")))
    return at_once + _PLACES_IN_WAITING


def scheduler_of(crawler: Crawler) -> LedgerScheduler | None:
    """Return the scheduler of the crawl; None where it is another one."""
    engine = crawler.engine
    scheduler = engine.scheduler if engine is not None else None
    # isinstance() takes everything with a scheduler's methods for any kind of scheduler
    return cast("LedgerScheduler", scheduler) if LedgerScheduler in type(scheduler).__mro__ else None


def ledger_url(settings: Any) -> str:
    """Return where the ledger is, by ``LEDGER_URL`` or else in ``NEWSSPIDER_OUTPUT``."""
    return str(
        settings.get("LEDGER_URL") or Path(settings.get("NEWSSPIDER_OUTPUT", "output")) / "ledger.sqlite"
    )


def intervals_of(refresh: Any) -> Intervals:
    """Return the refresh intervals of a site whose file gives *refresh*."""
    return DEFAULT_INTERVALS if refresh is None else Intervals(exported=refresh)


def limits_of(arguments: Any) -> Limits:
    """Return what a run with these arguments hands out."""
    return Limits(
        max_pages=arguments.max_pages,
        related_depth=arguments.related_depth,
        since=arguments.since,
        # the last moment of a day anywhere is 50 hours after its first
        until=arguments.until and min(arguments.until, _END_OF_TIME) + _LONGEST_DAY,
    )


def refresh_of(arguments: Any, crawler: Crawler) -> Refresh:
    """Return what is fetched again: by the argument, else everything where a feed is overwritten (``-O``)."""
    if arguments.refresh is not None:
        return Refresh(arguments.refresh)
    feeds = crawler.settings.getdict("FEEDS").values()
    return Refresh.ALL if any(options.get("overwrite") for options in feeds) else Refresh.DUE
