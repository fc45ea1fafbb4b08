"""``RENDERER``: which engine a run has, and the settings that come with it."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from newsspider.errors import RenderingError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

Renderer: TypeAlias = Literal["none", "splash", "playwright"]
RENDERERS: tuple[Renderer, ...] = get_args(Renderer)

_HANDLERS: dict[Renderer, str] = {
    "splash": "newsspider.rendering.splash.SplashHandler",
    "playwright": "newsspider.rendering.browser.BrowserHandler",
}
_CHROMIUM_ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",  # of one page, in MB
)


def renderer_of(settings: BaseSettings) -> Renderer:
    """Return the engine that *settings* name; raises :class:`~newsspider.RenderingError` for what is none."""
    name = str(settings.get("RENDERER") or "none").lower()
    if name not in RENDERERS:
        raise RenderingError(f"RENDERER = {name!r}: there are {', '.join(RENDERERS)}")
    return name


def check_renderer(settings: BaseSettings) -> None:
    """Raise :class:`~newsspider.RenderingError` where the engine of *settings* can't work."""
    renderer = renderer_of(settings)
    if renderer == "splash":
        url = str(settings.get("SPLASH_URL") or "")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise RenderingError(
                f"RENDERER = 'splash' needs SPLASH_URL, such as http://127.0.0.1:8050, not {url!r}"
            )
    if renderer == "playwright" and find_spec("scrapy_playwright") is None:
        raise RenderingError(
            "RENDERER = 'playwright' needs scrapy-playwright: pip install 'newsspider[playwright]'"
        )


def install(settings: BaseSettings) -> None:
    """Add what the engine of *settings* needs to them; what the project sets itself stays."""
    renderer = renderer_of(settings)
    settings.set("NEWSSPIDER_RENDER_CONCURRENCY", 4, priority="default")
    settings.set("NEWSSPIDER_RENDER_PAGES_PER_BROWSER", 500, priority="default")
    handler = _HANDLERS.get(renderer)
    if handler is None:
        return
    handlers = dict.fromkeys(("http", "https"), handler) | settings.getdict("DOWNLOAD_HANDLERS")
    settings.set("DOWNLOAD_HANDLERS", handlers, priority="project")
    if renderer == "splash":
        settings.set("SPLASH_LOG_400", False, priority="addon")  # it is raised, and counted
    if renderer == "playwright":
        settings.set("PLAYWRIGHT_LAUNCH_OPTIONS", launch_options(), priority="addon")
        settings.set(
            "PLAYWRIGHT_BROWSER_PROVIDER", "newsspider.rendering.browser.ChromiumProvider", priority="addon"
        )


def launch_options() -> dict[str, object]:
    """Return how Chromium is started: the system's own, where there is one, else Playwright's.

    Chromium's sandbox needs an ordinary user; as root, which is how containers mostly run, it is off.
    """
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    return {
        "headless": True,
        "chromium_sandbox": os.geteuid() != 0 if hasattr(os, "geteuid") else True,
        "args": list(_CHROMIUM_ARGS),
        # Playwright lets pages open windows; one that closes them again can stall the other pages
        "ignore_default_args": ["--disable-popup-blocking"],
        **({"executable_path": executable} if executable else {}),
    }
