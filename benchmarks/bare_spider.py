"""The least that a Scrapy spider can do with a page: what a crawl's speed is compared with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response


class BareSpider(Spider):
    """Fetches ``urls`` and yields each one's address."""

    name = "bare"

    def __init__(self, urls: list[str], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.urls = urls

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each address."""
        for url in self.urls:
            yield Request(url)

    def parse(self, response: Response, **kwargs: Any) -> Iterator[dict[str, str]]:
        """Yield the address."""
        yield {"url": response.url}
