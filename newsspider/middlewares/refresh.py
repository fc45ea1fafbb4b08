"""Pages that send their readers on, by ``<meta http-equiv="refresh">``."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware as ScrapyMetaRefreshMiddleware
from scrapy.http import Response

_HEAD = 4 * 4096
"""Bytes, at most, of the 4,096 characters that Scrapy looks at."""


class MetaRefreshMiddleware(ScrapyMetaRefreshMiddleware):
    """Scrapy's middleware, that decodes only a page that may have such an element: nearly none has."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return a request for the page that *response* sends its readers to, else the response."""
        if b"refresh" not in response.body[:_HEAD].lower():
            return response
        result: Request | Response = super().process_response(request, response)
        return result
