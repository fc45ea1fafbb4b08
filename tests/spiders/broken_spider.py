"""A spider whose callback breaks."""

from collections.abc import AsyncIterator
from typing import Any

from newsspider.spiders.news import NewsSpider


class BrokenSpider(NewsSpider):
    """Fails on every article."""

    name = "broken"

    async def read_article(self, response: Any, row: Any) -> AsyncIterator[Any]:
        raise RuntimeError("broken on purpose")
        yield
