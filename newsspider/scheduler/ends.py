"""How the fetch of a row ended that gave no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.spidermiddlewares.httperror import HttpError

from newsspider.fetching.counts import count
from newsspider.fetching.failures import failure_reason
from newsspider.fetching.refusal import NOTHING_NEW, Refusal
from newsspider.ledger import Left, Row, State
from newsspider.ledger.flight import Flights

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_FOR_LATER = (
    "host_down",
    "robots_unreachable",
    "needs_rendering",
    "render_limit",
    "render_crash",
    "renderer_down",
)
"""Reasons that say nothing of the page itself: its row waits for the next run."""


def note_end(crawler: Crawler, flights: Flights, row: Row, error: BaseException | None) -> bool:
    """Note that the fetch of *row* ended in *error*; tell whether it has failed.

    A page that has not changed, and a list page after others that had nothing new, have not.
    """
    if isinstance(error, HttpError) and error.response.status == 304:
        count(crawler, "pages", "not_modified", row.site)
        count(crawler, "dropped", "unchanged", row.site)
        flights.ended(row.url, State.EXPORTED, "unchanged")
        return False
    reason = failure_reason(error)
    if reason == NOTHING_NEW:
        count(crawler, "noted", reason, row.site)
        flights.ended(row.url, State.LISTED, reason)
        return False
    if reason in _FOR_LATER:
        flights.for_later(Left(url=row.url, reason=reason))
    else:
        flights.ended(row.url, State.DROPPED if isinstance(error, Refusal) else State.FAILED, reason)
    return True
