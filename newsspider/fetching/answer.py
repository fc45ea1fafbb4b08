"""From an answer of Scrapy's to the page that is read."""

from __future__ import annotations

from scrapy.http import Response
from w3lib.encoding import http_content_type_encoding

from newsspider.extraction.page import Page


def page_of(response: Response) -> Page:
    """Return *response* parsed; raises :class:`~newsspider.ExtractionError` for one that is no document."""
    return Page(response.body, response.url, encoding=stated_encoding(response))


def stated_encoding(response: Response) -> str | None:
    """Return the charset that the header ``Content-Type`` of *response* names.

    >>> stated_encoding(Response("http://a.example/", headers={"Content-Type": "text/html; charset=koi8-r"}))
    'koi8-r'
    """
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return http_content_type_encoding(header)
