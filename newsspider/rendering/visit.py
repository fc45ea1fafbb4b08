"""What is done on a page once it is open: wait until it is there, make a list grow."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import JSHandle, Page
from playwright.async_api import Request as PageRequest

from newsspider.rendering.order import RenderOrder
from newsspider.rendering.patience import CALM_SECONDS, LOOK_SECONDS, PATIENCE_SECONDS
from newsspider.rendering.script import page_script

_NOTHING: Mapping[str, Any] = {"there": False, "size": 0, "links": 0, "clicked": False, "failed": False}
_MOVED_ON = ("Execution context was destroyed", "Cannot find context", "JSHandle is disposed")
_CONSENT_FRAMES = ("consent", "privacy", "cmp", "sp_message", "cookie")


class Visit:
    """One page's visit by one order."""

    def __init__(self, order: RenderOrder) -> None:
        self._order = order
        self._loading: set[PageRequest] = set()
        self._script: JSHandle | None = None
        self.page: Page | None = None
        """The page, once there is one."""
        self.could_grow = False
        """Whether its list could have been made to grow further."""

    def begin(self, page: Page) -> None:
        """Note from now on what *page* has under way."""

        def begins(request: PageRequest) -> None:
            self._loading.add(request)

        def ends(request: PageRequest) -> None:
            self._loading.discard(request)

        self.page, self._script = page, None
        self._loading.clear()
        page.on("request", begins)
        page.on("requestfinished", ends)
        page.on("requestfailed", ends)

    async def pay(self) -> None:
        """Wait until the page is there, and make a list grow."""
        assert self.page is not None  # noqa: S101  # it was begun
        links = await self._settle(self.page)
        self.could_grow = links is not None and await self._grow(self.page, links)

    async def _settle(self, page: Page) -> int | None:
        """Wait until the page is there, or calm; return the number of its links, None for an error's page."""
        end = monotonic() + PATIENCE_SECONDS
        size, since = -1, monotonic()
        while True:
            seen = await self._look(page)
            if seen["failed"]:
                return None
            if seen["size"] != size or seen["clicked"]:
                size, since = seen["size"], monotonic()
            elif seen["there"] or self._is_calm(since):
                return int(seen["links"])
            if monotonic() > end:
                return int(seen["links"])
            await asyncio.sleep(LOOK_SECONDS)

    async def _grow(self, page: Page, links: int) -> bool:
        """Make the list longer, as often as is ordered; return whether it could have been more often."""
        done = ""
        for _ in range(self._order.steps):
            done = await self._call(page, "grow", self._order.more)
            grown = await self._grown(page, links) if done else None
            if grown is None:
                return False
            links = grown
        return done == "scrolled" or bool(done and await self._call(page, "hasMore", self._order.more))

    async def _grown(self, page: Page, links: int) -> int | None:
        """Wait until the page has more than *links*; None where it stays calm instead."""
        end = monotonic() + PATIENCE_SECONDS
        size, since = -1, monotonic()
        while monotonic() < end:
            await asyncio.sleep(LOOK_SECONDS)
            seen = await self._look(page)
            if seen["size"] != size:
                size, since = seen["size"], monotonic()
            elif seen["links"] > links:
                return int(seen["links"])
            elif self._is_calm(since):
                return None
        return None

    def _is_calm(self, since: float) -> bool:
        return not self._loading and monotonic() - since >= CALM_SECONDS

    async def _look(self, page: Page) -> dict[str, Any]:
        seen: dict[str, Any] = await self._call(page, "look", self._order.ready) or dict(_NOTHING)
        for frame in page.frames[1:]:
            if any(word in f"{frame.name} {frame.url}".lower() for word in _CONSENT_FRAMES):
                # the frame goes when its button is pressed
                with suppress(PlaywrightError):
                    inside = await frame.evaluate(f"{page_script()}.look([]).clicked")
                    seen["clicked"] = seen["clicked"] or inside
        return seen

    async def _call(self, page: Page, name: str, argument: tuple[str, ...]) -> Any:
        """Return what the function *name* of our script gives; a page that moves on is asked again."""
        for _ in range(3):
            try:
                if self._script is None:
                    self._script = await page.evaluate_handle(page_script())
                return await self._script.evaluate(f"(own, given) => own.{name}(given)", list(argument))
            except PlaywrightError as error:
                if not any(sign in str(error) for sign in _MOVED_ON):
                    raise
                self._script = None
                await page.wait_for_load_state("domcontentloaded")
        return None
