"""A broadcaster's site: settings dialog, standfirst, rails with each title twice, AMP and mobile pages."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from newsspider.demo.beat import Beat, Section, Style
from newsspider.demo.desk import Standing
from newsspider.demo.faces.face import Face


class NewsX(Face):
    """Made after the looks of a real broadcaster's page; every word is invented."""

    folder = "newsx"
    beat = Beat(
        host="newsx.test",
        name="NewsX Demo",
        language="en",
        locale="en-IN",
        offset=timedelta(hours=5, minutes=30),
        sections=(
            Section("world", "World", "world"),
            Section("india", "India", "nation"),
            Section("business", "Business", "business"),
            Section("sports", "Sports", "sport"),
            Section("entertainment", "Entertainment", "culture"),
            Section("lifestyle", "Lifestyle", "life"),
        ),
        style=Style(title_case=True, standfirst=True, headings=True, ending="inputs"),
    )
    addresses: ClassVar = {
        "home": "/",
        "story": "/{section}/{slug}-{number}/",
        "bare": "/{section}/{slug}-{number}",
        "amp": "/{section}/{slug}-{number}/amp/",
        "part": "/{section}/{slug}-{number}/{part}/",
        "whole": "/{section}/{slug}-{number}/?view=all",
        "live": "/live/{slug}-{number}/",
        "gallery": "/photos/{slug}-{number}/",
        "video": "/videos/{slug}-{number}/",
        "section": "/{section}/",
        "section_page": "/{section}/page/{page}/",
        "tag": "/tag/{slug}/",
        "author": "/author/{slug}/",
        "login": "/account/login/",
        "feed": "/feed/",
        "sitemap": "/sitemap.xml",
        "sitemap_news": "/sitemap-news.xml",
        "sitemap_part": "/sitemap-articles-{page}.xml",
        "robots": "/robots.txt",
        "media": "/media/{slug}.png",
    }

    @property
    def hosts(self) -> tuple[str, ...]:
        """The desktop host and the mobile one."""
        return (self.beat.host, f"m.{self.beat.host}")

    def canonical(self, number: int) -> str:
        """Return the secure address, whatever the page was asked for by."""
        return f"https://{self.beat.host}{self.link(number)}"

    def also_at(self, number: int) -> tuple[str, ...]:
        """Return also the one-page view of the article in parts."""
        if number == Standing.PARTS:
            return (self.absolute(self.story_path("whole", number)),)
        return super().also_at(number)

    def five_addresses(self, number: int) -> tuple[str, ...]:
        """Return plain, tracked, AMP, mobile, and without the trailing slash."""
        path = self.link(number)
        return (
            self.absolute(path),
            self.absolute(f"{path}?utm_source=push&utm_medium=web"),
            self.absolute(self.story_path("amp", number)),
            f"http://m.{self.beat.host}{path}",
            self.absolute(self.story_path("bare", number)),
        )
