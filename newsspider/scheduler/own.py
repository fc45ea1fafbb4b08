"""Rows from a ledger that is this process's own: leased when the engine asks for one."""

from __future__ import annotations

from collections import Counter, deque
from time import monotonic
from typing import TYPE_CHECKING

from newsspider.ledger import Admission, Lease, Row, open_ledger
from newsspider.scheduler.patience import Patience
from newsspider.scheduler.run import begin_run, ledger_url

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from newsspider.spiders.news import NewsSpider

_BATCH = 16
_LOOK_AGAIN_SECONDS = 5.0


class OwnSupply:
    """Shares the downloader's places out among the sites: the next is the one that holds the fewest.

    Of several the one that has waited longest: where there are more sites than places, all have their turn.
    """

    def __init__(self, spider: NewsSpider, patience: Patience) -> None:
        """Open the ledger and begin a run on it."""
        self.flights = begin_run(open_ledger(ledger_url(spider.settings)), spider)
        self._crawler: Crawler = spider.crawler
        self._patience = patience
        self._most = {site: _most_places(site, spider.settings) for site in spider.sites}
        self._leases: dict[str, deque[Lease]] = {site: deque() for site in spider.sites}
        self._empty_until: dict[str, float] = {}

    def enter(self, row: Row) -> bool:
        """Enter a row that the run starts from; False where it is known and not to be fetched now."""
        (admission,) = self.flights.enter([row])
        self.look_again()
        return admission is not Admission.KNOWN

    def next_lease(self) -> Lease | None:
        """Return a row of the site that holds the fewest of the downloader's places."""
        places = self._places()
        ready = [
            site
            for site, most in self._most.items()
            if places[site] < most and not self._patience.seconds(site) and self._has_lease(site)
        ]
        if not ready:
            return None
        site = min(ready, key=places.__getitem__)
        self._most[site] = self._most.pop(site)  # to the end of the line
        return self._leases[site].popleft()

    def has_more(self) -> bool:
        """Tell whether there is a row to be handed out."""
        return any(self._has_lease(site) for site in self._leases)

    def look_again(self) -> None:
        """Ask the ledger again for sites that had no row to be fetched."""
        self._empty_until.clear()

    def stop(self) -> None:
        """Do nothing: a row is handed out only when it is asked for."""

    def close(self) -> None:
        """Do nothing: the ledger is closed, and nothing else is held."""

    def _has_lease(self, site: str) -> bool:
        leases = self._leases[site]
        if not leases and monotonic() >= self._empty_until.get(site, 0.0):
            leases.extend(self.flights.take(site, _BATCH))
            if not leases:
                self._empty_until[site] = monotonic() + _LOOK_AGAIN_SECONDS
        return bool(leases)

    def _places(self) -> Counter[str]:
        """Count by site what the downloader has, be it that it waits in a middleware or in its slot."""
        active = self._crawler.engine.downloader.active
        return Counter(request.meta.get("download_slot", "") for request in active)


def _most_places(site: str, settings: BaseSettings) -> int:
    """Return how many requests of *site* the downloader may have: what is more only keeps others out."""
    slot = settings.getdict("DOWNLOAD_SLOTS").get(site, {})
    return int(slot.get("concurrency", settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")))
