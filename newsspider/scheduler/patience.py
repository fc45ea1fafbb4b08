"""Sites that have asked to be left alone for a while, and what waits for them meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from scrapy import Request


class Patience:
    """Keeps the requests of a site that asked for patience, so that they wait in nobody's way.

    In the downloader they would take the places of other sites' requests: a few such sites would fill it.
    """

    def __init__(self, resume: Callable[[Request], None]) -> None:
        self._resume = resume
        self._until: dict[str, float] = {}
        self._kept: dict[Request, asyncio.TimerHandle] = {}

    def __len__(self) -> int:
        """Return how many requests wait."""
        return len(self._kept)

    def hold_back(self, site: str, seconds: float) -> None:
        """Leave *site* alone for *seconds*."""
        self._until[site] = max(self._until.get(site, 0.0), monotonic() + seconds)

    def seconds(self, site: str) -> float:
        """Return how long *site* is still to be left alone; 0 where it may be asked."""
        return max(0.0, self._until.get(site, 0.0) - monotonic())

    def keep(self, request: Request, site: str) -> None:
        """Keep *request* while *site* is to be left alone, then give it back."""
        loop = asyncio.get_running_loop()
        self._kept[request] = loop.call_later(self.seconds(site), self._give_back, request)

    def end(self) -> None:
        """Give nothing back any more."""
        for timer in self._kept.values():
            timer.cancel()
        self._kept.clear()

    def _give_back(self, request: Request) -> None:
        del self._kept[request]
        self._resume(request)
