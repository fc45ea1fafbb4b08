"""The names of the crawl's counts.

Every count is one Scrapy stat, ``newsspider/<measure>/<what>/<site>``, raised once for one event, at the one
place that sees the event. Totals are sums over the sites; nothing is counted twice to spare a sum.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

PREFIX = "newsspider/"
ENDED_BY = "newsspider/ended_by"
"""The stat that says what a run broke on while it was ending: Scrapy's finish reason is settled by then."""

Measure: TypeAlias = Literal["pages", "exported", "dropped", "found", "skipped", "failed", "noted", "left"]
"""What is counted:

- ``pages``: pages read, by type: ``section``, ``feed``, ``sitemap``, ``part``, an article's type, or
  ``not_modified`` for one of which the server said so;
- ``exported``: articles that reached the feeds, by page type;
- ``dropped``: pages that gave no item, by reason;
- ``found``: links found, by role, before any is left out;
- ``skipped``: links left out, by reason; ``known`` are those that the crawl had seen before;
- ``failed``: requests that gave no page, by HTTP status or reason;
- ``noted``: things worth knowing that cost nothing, such as ``undated``;
- ``left``: what a limit left undone, by limit.
"""
MEASURES: tuple[Measure, ...] = get_args(Measure)

_UNSAFE = re.compile(r"[\s/]+")


@lru_cache(maxsize=4096)  # a few names a site, asked for at every page
def stat_name(measure: Measure, what: str, site: str) -> str:
    """Return the stat's name.

    >>> stat_name("dropped", "login", "newsx.com")
    'newsspider/dropped/login/newsx.com'
    """
    return f"{PREFIX}{measure}/{_UNSAFE.sub('_', what)}/{_UNSAFE.sub('_', site) or 'unknown'}"


def one_or_all(sites: Collection[str]) -> str:
    """Return the site under which to count what concerns a whole run of *sites*: the only one, else ``all``.

    >>> one_or_all({"a.example": 1}), one_or_all(["a.example", "b.example"])
    ('a.example', 'all')
    """
    return next(iter(sites)) if len(sites) == 1 else "all"


def read_counts(stats: Mapping[str, object]) -> Iterator[tuple[str, str, str, int]]:
    """Yield (measure, what, site, count) for each of the crawl's counts among *stats*."""
    for name, value in stats.items():
        parts = name.removeprefix(PREFIX).split("/") if name.startswith(PREFIX) else ()
        if len(parts) == 3 and parts[0] in MEASURES and isinstance(value, int):
            yield parts[0], parts[1], parts[2], value
