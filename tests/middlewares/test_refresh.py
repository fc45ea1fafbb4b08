"""Pages that send their readers on are followed, and only those are decoded for it."""

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from newsspider.middlewares.refresh import MetaRefreshMiddleware

_SENT_ON = '<meta charset="{0}"><META HTTP-EQUIV="Refresh" CONTENT="0; URL=/news/2">'


def _after(body: bytes, encoding: str) -> Request | HtmlResponse:
    request = Request("https://example.com/news/1")
    response = HtmlResponse(request.url, body=body, encoding=encoding)
    return MetaRefreshMiddleware.from_crawler(get_crawler()).process_response(request, response)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_a_page_that_sends_its_readers_on_is_followed(encoding):
    """The address that the element names is asked for, whatever the case and the charset of the page."""
    sent_on = _after(f"<p>{_SENT_ON.format(encoding)}".encode(encoding), encoding)
    assert isinstance(sent_on, Request)
    assert sent_on.url == "https://example.com/news/2"


def test_a_page_without_the_element_is_not_decoded():
    """A page that has nothing of the kind is handed on as it came: its text has not been asked for."""
    page = _after("<p>Шторм</p>".encode(), "utf-8")
    assert isinstance(page, HtmlResponse)
    assert page._cached_ubody is None
