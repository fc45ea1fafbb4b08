"""Scrapy's scheduler, duplicate filter and memory of earlier runs in one: the ledger.

:class:`LedgerScheduler` has Scrapy's methods, a :class:`~newsspider.scheduler.supply.Supply` the rows of the
ledger, :class:`~newsspider.scheduler.settling.Settling` what becomes of them.
"""

from newsspider.scheduler.ledger_scheduler import LEASED_KEY, LedgerScheduler, scheduler_of
from newsspider.scheduler.run import ledger_url, limits_of

__all__ = ["LEASED_KEY", "LedgerScheduler", "ledger_url", "limits_of", "scheduler_of"]
