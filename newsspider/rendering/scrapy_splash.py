"""scrapy-splash 0.11 as it works with Scrapy 2.19.

It imports a function that Scrapy no longer has, and asks the downloader for a slot by a name that is gone.
Both are mended here, and only here; its middlewares are called by :mod:`newsspider.rendering.splash` with all
the arguments that they want.
"""

from __future__ import annotations

import scrapy.utils.url
from scrapy import Request
from w3lib.url import canonicalize_url

# scrapy.utils.url had it until 2.16; scrapy-splash takes it from there while it is imported
_lent = not hasattr(scrapy.utils.url, "canonicalize_url")
if _lent:
    scrapy.utils.url.canonicalize_url = canonicalize_url  # type: ignore[attr-defined]
try:
    from scrapy_splash import SplashCookiesMiddleware as SplashCookies
    from scrapy_splash import SplashJsonResponse
    from scrapy_splash import SplashMiddleware as _SplashMiddleware
finally:
    if _lent:
        del scrapy.utils.url.canonicalize_url  # type: ignore[attr-defined]

__all__ = ["Splash", "SplashCookies", "SplashJsonResponse"]


class Splash(_SplashMiddleware):  # type: ignore[misc]  # has no types
    """Turns a request into a call of Splash, and the call's answer into a response."""

    def _get_slot_key(self, request: Request) -> str:
        return str(self.crawler.engine.downloader.get_slot_key(request))
