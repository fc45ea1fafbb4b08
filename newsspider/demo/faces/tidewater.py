"""A town paper of 2012: its articles come by XMLHttpRequest, written in the JavaScript of its time."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from newsspider.demo.beat import Beat, Section, Style
from newsspider.demo.faces.scripted import Scripted


class Tidewater(Scripted):
    """Tidewater Times. More stories come by a click."""

    folder = "tidewater"
    scripts = ("site.js",)
    related_shown = 3
    beat = Beat(
        host="tidewater.test",
        name="Tidewater Times",
        language="en",
        locale="en",
        offset=timedelta(0),
        sections=(
            Section("world", "World", "world"),
            Section("business", "Business", "business"),
        ),
        style=Style(standfirst=True, datelines=0.5),
        per_page=5,
    )
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
