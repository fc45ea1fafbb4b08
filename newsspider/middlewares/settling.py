"""The links of a page, kept with the page."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from newsspider.errors import ExtractionError
from newsspider.fetching.component import Component
from newsspider.fetching.row import row_of
from newsspider.ledger import Admission, Row, State
from newsspider.scheduler import LEASED_KEY, LedgerScheduler, limits_of, scheduler_of

NO_DOCUMENT = "no_document"
"""The reason of a page that is empty or binary."""

logger = logging.getLogger(__name__)


class SettlingMiddleware(Component):
    """Spider middleware that enters a page's requests into the ledger as one batch, at its end.

    A list page is settled in the same transaction. A page that is no document has failed. With another
    scheduler, which knows no limits, it leaves out the requests that lie beyond those of the run.
    """

    def process_spider_input(self, response: Response) -> None:
        """Note the response's validator."""
        row = row_of(response.request)
        scheduler = scheduler_of(self.crawler)
        if row is not None and scheduler is not None and scheduler.flights is not None:
            header = response.headers.get("ETag") or response.headers.get("Last-Modified")
            scheduler.flights.answered(row.url, header.decode("latin-1") if header else None)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield items and requests without a row; keep the others until the page has given all."""
        row = row_of(response.request)
        if row is None:
            outputs: AsyncIterator[Any] = result
        elif (scheduler := scheduler_of(self.crawler)) is not None and scheduler.flights is not None:
            outputs = self._settled(row, result, scheduler)
        else:
            outputs = self._within_limits(result)
        try:
            async for output in outputs:
                yield output
        except ExtractionError as error:
            if row is None:
                raise
            self.count("failed", NO_DOCUMENT, row.site)
            logger.info("%s", error)

    async def _settled(
        self, row: Row, result: AsyncIterator[Any], scheduler: LedgerScheduler
    ) -> AsyncIterator[Any]:
        flights = scheduler.flights
        assert flights is not None  # noqa: S101  # the caller looked
        children: list[Row] = []
        if not flights.recurrence.knows(row.site):
            await scheduler.ask(lambda: flights.recurrence.read(row.site))
        asked_again = False
        try:
            async for output in result:
                if isinstance(output, Request):
                    child = row_of(output)
                    if child is not None and not output.meta.get(LEASED_KEY):
                        children.append(child)
                        continue
                    # the callback wants its own page in another form: only that one ends the row
                    asked_again |= child == row
                else:
                    flights.item_left(row.url)
                yield output
        except Exception as error:
            reason = NO_DOCUMENT if isinstance(error, ExtractionError) else type(error).__name__
            flights.ended(row.url, State.FAILED, reason)
            await self._enter(scheduler, row.url, children)
            raise
        if not asked_again:
            await self._enter(scheduler, row.url, children)

    async def _within_limits(self, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for output in result:
            if not (isinstance(output, Request) and self._is_kept_back(output)):
                yield output

    def _is_kept_back(self, request: Request) -> bool:
        row = row_of(request)
        arguments = getattr(self.crawler.spider, "arguments", None)
        if row is None or arguments is None:
            return False
        limit = limits_of(arguments).keeping_back(row)
        if limit is not None:
            self.count("left", limit, row.site)
        return limit is not None

    async def _enter(self, scheduler: LedgerScheduler, url: str, children: list[Row]) -> None:
        admissions = await scheduler.exhausted(url, children)
        for child, admission in zip(children, admissions, strict=False):
            if admission not in (Admission.NEW, Admission.AGAIN):
                self.count("skipped", "known", child.site)
