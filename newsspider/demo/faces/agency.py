"""An agency's site of the table era: windows-1252, datelines, no metadata, a canonical link that is wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from newsspider.demo.beat import Beat, Section, Style
from newsspider.demo.faces.face import Face
from newsspider.demo.story import Story


class Agency(Face):
    """Meridian Wire."""

    folder = "agency"
    related_shown = 3
    encoding = "cp1252"
    media = "text/html"
    beat = Beat(
        host="meridian-wire.test",
        name="Meridian Wire",
        language="en",
        locale="en",
        offset=timedelta(0),
        sections=(
            Section("world", "World News", "world"),
            Section("business", "Business", "business"),
            Section("sport", "Sport", "sport"),
        ),
        style=Style(datelines=1.0, ending="desk", images=False, keywords=False),
    )
    addresses: ClassVar = {
        "home": "/",
        "story": "/story.php?id={number}",
        "part": "/story.php?id={number}&pg={part}",
        "live": "/live.php?id={number}",
        "gallery": "/photos.php?id={number}",
        "video": "/video.php?id={number}",
        "section": "/news.php?cat={section}",
        "section_page": "/news.php?cat={section}&pg={page}",
        "tag": "/topic.php?t={slug}",
        "author": "/staff.php?n={slug}",
        "login": "/login.php",
        "feed": "/rss.php",
        "sitemap": "/sitemap.xml",
        "sitemap_news": "/sitemap_news.xml",
        "sitemap_part": "/sitemap{page}.xml",
        "robots": "/robots.txt",
        "media": "/img/{slug}.png",
    }

    def canonical(self, number: int) -> str:
        """Return the home page: a mistake in the site's one template, and so on every page."""
        return self.absolute("/")

    def true_canonical(self, number: int) -> str:
        """Return the address itself."""
        return self.absolute(self.link(number))

    def description(self, story: Story) -> None:
        """Return nothing: there is no standfirst and no metadata."""

    def published(self, story: Story) -> str:
        """Return the time to the minute."""
        return story.outline.published.isoformat(timespec="minutes")

    def modified(self, story: Story) -> None:
        """Return nothing: the page does not say."""

    def free(self, number: int) -> bool | None:
        """Return false where the page asks for a subscription; else it does not say."""
        return None if super().free(number) else False
