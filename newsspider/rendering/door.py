"""The one way by which a browser's requests leave it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as PlaywrightError

from newsspider.extraction.site import CrawlRules
from newsspider.rendering.blocking import Gate, Stop
from newsspider.rendering.order import RenderOrder

if TYPE_CHECKING:
    from playwright.async_api import Browser, CDPSession, Page

_SAID = {Stop.UNWANTED: "BlockedByClient", Stop.PRIVATE: "AccessDenied"}
STOPPED = {"net::ERR_BLOCKED_BY_CLIENT": Stop.UNWANTED, "net::ERR_ACCESS_DENIED": Stop.PRIVATE}
"""In Chromium's words, what becomes of a page that is stopped itself; networks fail in other ways."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A page that is open, as the door knows it."""

    order: RenderOrder
    proxied: bool
    """Whether a proxy fetches what it asks for."""


_STRANGER = Visitor(RenderOrder(timeout=CrawlRules().render_timeout), proxied=False)


class Door:
    """Stops what the pages of one browser may not load, at every address of a chain of redirects.

    Playwright shows a page's route handlers the first address only. This listens at the browser itself, by
    Chromium's ``Fetch`` domain, where the requests of frames and workers pass too. What is not of a page's
    main frame can't be told to be of that page; it may go only where all open pages may.
    """

    def __init__(self, session: CDPSession, refused: Callable[[], None]) -> None:
        self._session = session
        self._refused = refused
        self._gate = Gate()
        self._visitors: dict[str, Visitor] = {}
        self._asked: set[asyncio.Task[None]] = set()

    @classmethod
    async def of(cls, browser: Browser, refused: Callable[[], None]) -> Door:
        """Return the door of *browser*, closed to begin with; *refused* is called for what it stops."""
        door = cls(await browser.new_browser_cdp_session(), refused)
        # its types know the events of pages only
        door._session.on("Fetch.requestPaused", door._listen)
        await door._session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})
        return door

    async def expect(self, page: Page, visitor: Visitor) -> None:
        """Let *page* load what *visitor* may, until it is closed."""
        session = await page.context.new_cdp_session(page)
        found = await session.send("Target.getTargetInfo")
        await session.detach()
        frame = found["targetInfo"]["targetId"]  # Chromium names a page as it does its main frame
        self._visitors[frame] = visitor

        def leave(_: Page) -> None:
            self._visitors.pop(frame, None)

        page.on("close", leave)

    def _listen(self, paused: dict[str, Any]) -> None:
        task = asyncio.ensure_future(self._answer(paused))
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)

    async def _answer(self, paused: dict[str, Any]) -> None:
        given = {"requestId": paused["requestId"]}
        try:
            stop = await self._stop(paused["request"]["url"], self._who(paused.get("frameId", "")))
            if stop is None:
                await self._session.send("Fetch.continueRequest", given)
            else:
                self._refused()
                await self._session.send("Fetch.failRequest", given | {"errorReason": _SAID[stop]})
        except PlaywrightError:
            pass  # the page is gone, or the browser

    def _who(self, frame: str) -> Iterable[Visitor]:
        known = self._visitors.get(frame)
        return (known,) if known is not None else set(self._visitors.values()) or (_STRANGER,)

    async def _stop(self, url: str, visitors: Iterable[Visitor]) -> Stop | None:
        for visitor in visitors:
            stop = await self._gate.stop(url, visitor.order, proxied=visitor.proxied)
            if stop is not None:
                return stop
        return None
