"""What sites have in common whose documents are empty until a script has fetched what belongs in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from newsspider.demo.faces.face import Face
from newsspider.demo.story import Story

DATA = "/data"
"""Before the path of a page: the address that the page's script gets its content from."""


class Scripted(Face):
    """A site whose every page is the same shell; its folder has ``shell.html.j2`` and the scripts."""

    scripts: ClassVar[Sequence[str]]
    """Names of the files that lie under ``/assets/``."""
    addresses: ClassVar = {
        "home": "/",
        "story": "/{section}/{slug}-{number}",
        "part": "/{section}/{slug}-{number}?part={part}",
        "live": "/live/{slug}-{number}",
        "gallery": "/gallery/{slug}-{number}",
        "video": "/video/{slug}-{number}",
        "section": "/{section}",
        "section_page": "/{section}?page={page}",
        "tag": "/tag/{slug}",
        "author": "/author/{slug}",
        "login": "/login",
        "feed": "/rss.xml",
        "sitemap": "/sitemap.xml",
        "sitemap_news": "/sitemap-news.xml",
        "sitemap_part": "/sitemap-{page}.xml",
        "robots": "/robots.txt",
        "media": "/media/{slug}.png",
    }

    def data(self, template: str, values: Mapping[str, object]) -> Mapping[str, object] | None:
        """Return what the page of *template* is made of as JSON, None where its data is a piece of HTML."""
        del template, values
        return None

    def canonical(self, number: int) -> str:
        """Return the address itself."""
        return self.absolute(self.link(number))

    def modified(self, story: Story) -> str | None:
        """Return nothing: the page does not say."""

    def breadcrumbs(self, story: Story) -> tuple[str, ...]:
        """Return nothing: the page has none."""
        return ()

    def free(self, number: int) -> bool | None:
        """Return false where the page asks for a subscription; else it does not say."""
        return None if super().free(number) else False
