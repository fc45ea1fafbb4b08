"""One crawl a site: a lock that the operating system takes back when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from newsspider.errors import LedgerError


class SiteLocks:
    """The locks that this process holds on sites of one ledger.

    Each is a file in a folder beside the ledger, held with ``flock``: a crawl that was killed leaves the
    file but not the lock.
    """

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._folder = ledger.with_name(f"{ledger.name}-locks")
        self._held: dict[str, int] = {}

    def take(self, sites: Iterable[str]) -> None:
        """Lock *sites*, all or none; a :class:`~newsspider.LedgerError` names the one that another has."""
        taken: list[str] = []
        try:
            for site in sorted(set(sites) - set(self._held)):
                self._take(site)
                taken.append(site)
        except LedgerError:
            self._let_go(taken)
            raise

    def let_go(self) -> None:
        """Unlock all."""
        self._let_go(list(self._held))

    def _take(self, site: str) -> None:
        path = self._folder / f"{quote(site, safe='')}.lock"
        try:
            self._folder.mkdir(exist_ok=True)
            held = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise LedgerError(
                f"{self._ledger}: cannot lock the site {site}: {path}: {error.strerror}"
            ) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(held, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(held)
            raise LedgerError(
                f"{self._ledger}: another crawl of {site} is running on this ledger (process {holder}); "
                "wait for it, or give this one a ledger of its own with LEDGER_URL"
            ) from error
        os.ftruncate(held, 0)
        os.pwrite(held, str(os.getpid()).encode(), 0)
        self._held[site] = held

    def _let_go(self, sites: Iterable[str]) -> None:
        for site in sites:
            os.close(self._held.pop(site))
