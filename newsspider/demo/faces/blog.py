"""A blog on a WordPress theme: JSON-LD, dated addresses, newsletter box, share bar, comments."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from newsspider.demo.beat import Beat, Section, Style
from newsspider.demo.faces.face import Face


class Blog(Face):
    """Harbour Notes."""

    folder = "blog"
    related_shown = 3
    zipped_sitemaps = True
    beat = Beat(
        host="harbour-notes.test",
        name="Harbour Notes",
        language="en",
        locale="en-US",
        offset=timedelta(0),
        sections=(
            Section("politics", "Politics", "nation"),
            Section("culture", "Culture", "culture"),
            Section("life", "Life", "life"),
        ),
        style=Style(headings=True),
    )
    addresses: ClassVar = {
        "home": "/",
        "story": "/{day}/{slug}-{number}/",
        "bare": "/{day}/{slug}-{number}",
        "short": "/?p={number}",
        "part": "/{day}/{slug}-{number}/{part}/",
        "live": "/live/{slug}-{number}/",
        "gallery": "/gallery/{slug}-{number}/",
        "video": "/video/{slug}-{number}/",
        "section": "/category/{section}/",
        "section_page": "/category/{section}/page/{page}/",
        "tag": "/tag/{slug}/",
        "author": "/author/{slug}/",
        "login": "/wp-login.php",
        "feed": "/feed/",
        "sitemap": "/sitemap_index.xml",
        "sitemap_news": "/news-sitemap.xml",
        "sitemap_part": "/post-sitemap{page}.xml.gz",
        "robots": "/robots.txt",
        "media": "/wp-content/uploads/{slug}.png",
    }

    def five_addresses(self, number: int) -> tuple[str, ...]:
        """Return plain, tracked twice over, short, and without the trailing slash."""
        url = self.absolute(self.link(number))
        return (
            url,
            f"{url}?utm_source=newsletter&utm_campaign=daily",
            f"{url}?fbclid=IwAR0demo",
            self.absolute(self.path("short", number=number)),
            self.absolute(self.story_path("bare", number)),
        )
