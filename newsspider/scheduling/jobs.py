"""A job: what is run, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from newsspider.scheduling.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One spider with its arguments, run again and again."""

    name: str
    """Unique; it begins the ids of the job's runs."""
    timing: Timing
    """When it is due."""
    jitter: timedelta = timedelta(0)
    """It starts up to so much later than due."""
    sites: frozenset[str]
    """The sites that it crawls: while it runs, no other job runs for any of them."""
    has_shared_ledger: bool = False
    """Whether its ledger is one that all nodes share, so that any of them may run it."""
    spider: str = "news"
    """Name of the spider."""
    args: Mapping[str, str] = field(default_factory=dict)
    """Spider arguments."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Scrapy settings of its runs."""
