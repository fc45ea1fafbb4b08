"""Page objects around the library, for `web-poet <https://web-poet.readthedocs.io>`_ and scrapy-poet.

With ``SCRAPY_POET_DISCOVER = ["newsspider.poet"]`` any callback may ask for the article of its response::

    async def parse_story(self, response, article: Article):
        yield article

A subclass of :class:`ArticlePage` may set ``folders`` to add site files, or override ``to_item``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from web_poet import WebPage, handle_urls
from web_poet.testing.itemadapter import WebPoetTestItemAdapter

from newsspider.cleaning import clean
from newsspider.cleaning.policy import DEFAULT
from newsspider.extraction.catalogue import Folder, find_site
from newsspider.extraction.page import Page
from newsspider.extraction.reader import read
from newsspider.items import Article


@handle_urls("")
class ArticlePage(WebPage[Article]):
    """The article of a response, read by the site file of its URL if there is one, and cleaned."""

    folders: ClassVar[Sequence[Folder]] = ()
    """Folders of site files that come over the shipped ones."""

    async def to_item(self) -> Article:
        """Return the article. Raises :class:`~newsspider.ExtractionError` if the body is no document."""
        url = str(self.response.url)
        site = find_site(url, self.folders)
        charset = self.response.headers.declared_encoding()
        article = read(Page(bytes(self.response.body), url, encoding=charset), site)
        return clean(article, site.cleaning if site else DEFAULT)


class FixtureAdapter(WebPoetTestItemAdapter):
    """What a fixture compares: the fields with a value, but for those that change with newsspider."""

    VOLATILE: ClassVar[frozenset[str]] = frozenset(
        {
            "content_hash",
            "newsspider_version",
            "page_type_confidence",
            "provenance",
            "related_urls",
            "version",
        }
    )

    def asdict(self) -> dict[str, Any]:
        """Return the item as a dict, without empty fields: a new one breaks no fixture."""
        values = super().asdict()
        return {
            name: value
            for name, value in values.items()
            if value not in (None, "", (), [], {}) and name not in self.VOLATILE
        }
