"""Packed responses are unpacked as Scrapy does it, and counted."""

import asyncio
import gzip

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from newsspider.middlewares.compression import HttpCompressionMiddleware

BODY = b"<p>It rained.</p>" * 100


def _after(response, **settings):
    crawler = get_crawler(settings_dict=settings)
    middleware = HttpCompressionMiddleware.from_crawler(crawler)
    request = Request(response.url)
    result = asyncio.run(middleware.process_response(request, response))
    return result, crawler.stats.get_stats()


def _packed(body=None):
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    return Response("https://example.com/", headers=headers, body=body or gzip.compress(BODY))


def test_a_packed_page_is_unpacked_and_counted():
    """The page has its own type and body, and no encoding any more; its size is in the stats."""
    page, stats = _after(_packed())
    assert type(page) is HtmlResponse
    assert page.body == BODY
    assert "Content-Encoding" not in page.headers
    assert stats == {"httpcompression/response_bytes": len(BODY), "httpcompression/response_count": 1}


@pytest.mark.parametrize(
    ("packed", "expected"),
    [
        (gzip.compress(BODY[:600]) + gzip.compress(BODY[600:]), BODY),
        (gzip.compress(BODY)[:-8], BODY),
        (gzip.compress(BODY) + b"\0" * 16, BODY),
    ],
    ids=["in two parts", "its checksum is missing", "padded"],
)
def test_an_odd_gzip_answer_gives_what_it_holds(packed, expected):
    """What cannot be unpacked in one go is unpacked as Scrapy does it, as far as it goes."""
    page, _ = _after(_packed(packed))
    assert page.body == expected


def test_a_page_that_unpacks_to_too_much_is_refused():
    """A small answer that would fill the memory is not unpacked to its end."""
    with pytest.raises(IgnoreRequest, match="DOWNLOAD_MAXSIZE"):
        _after(_packed(), DOWNLOAD_MAXSIZE=1000)


def test_a_page_that_is_not_packed_is_handed_on():
    """What came plain is the same object afterwards, and no thread was asked."""
    plain = HtmlResponse("https://example.com/", body=BODY)
    page, stats = _after(plain)
    assert page is plain
    assert stats == {}
