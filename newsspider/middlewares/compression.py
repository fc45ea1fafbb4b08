"""Packed responses, unpacked beside the crawl."""

from __future__ import annotations

import zlib
from functools import partial

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import (
    HttpCompressionMiddleware as ScrapyHttpCompressionMiddleware,
)
from scrapy.http import Response

from newsspider.aside import aside

_GZIP = (b"gzip", b"x-gzip")


class HttpCompressionMiddleware(ScrapyHttpCompressionMiddleware):
    """Scrapy's middleware, that unpacks in a thread: a page of 200 kB takes it as long as lxml to parse."""

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self.crawler = crawler
        self.stats = None  # they belong to the loop's thread

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the response unpacked; raises IgnoreRequest where it would be larger than is allowed."""
        if b"Content-Encoding" not in response.headers:
            return response
        unpacked: Request | Response = await aside(partial(super().process_response, request, response))
        self.crawler.stats.inc_value("httpcompression/response_bytes", len(unpacked.body))
        self.crawler.stats.inc_value("httpcompression/response_count")
        return unpacked

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in _GZIP and (whole := _gunzip(body, max_size)) is not None:
            return whole
        return ScrapyHttpCompressionMiddleware._decode(body, encoding, max_size)


def _gunzip(body: bytes, max_size: int) -> bytes | None:
    """Return *body* unpacked in one go; None where it is damaged, in several parts, or too large."""
    # in pieces, as Scrapy does it, each piece waits up to 5 ms for the interpreter's lock
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        whole = unpacking.decompress(body, max_size)
    except zlib.error:
        return None
    return whole if unpacking.eof and not unpacking.unused_data else None
