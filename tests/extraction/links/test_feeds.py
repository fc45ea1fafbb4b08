# ruff: noqa: E501 - markup and long names are easier to read on one line
"""Links of feeds and sitemaps."""

from __future__ import annotations

import gzip
from pathlib import Path

from newsspider.extraction.links import feed_links, sitemap_links

URL = "https://a.example/feed"
NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/rain</loc>
 <news:news><news:publication><news:name>A</news:name></news:publication>
 <news:publication_date>2026-03-04T05:06:07+01:00</news:publication_date><news:title>Rain</news:title>
 </news:news></url></urlset>"""


def test_rss() -> None:
    """An RSS item is an article link with its title and its date in UTC."""
    body = b"""<rss version="2.0"><channel><title>A</title><item><title>Rain</title>
      <link>https://a.example/rain?utm_source=rss</link><pubDate>Wed, 04 Mar 2026 05:06:07 +0100</pubDate>
      </item></channel></rss>"""
    (link,) = feed_links(body, URL)
    assert (link.url, link.role, link.text) == ("https://a.example/rain", "article", "Rain")
    assert link.date is not None
    assert link.date.isoformat() == "2026-03-04T04:06:07+00:00"


def test_atom() -> None:
    """Relative links of an Atom entry count from the feed's address."""
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Rain</title><link href="/rain"/></entry></feed>"""
    assert [link.url for link in feed_links(body, URL)] == ["https://a.example/rain"]


def test_feeds_of_a_page() -> None:
    """An HTML page gives the feeds that it names, but not those of comments."""
    body = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/rss">
      <link rel="alternate" type="application/rss+xml" href="/comments/rss"></head></html>"""
    assert [(link.url, link.role) for link in feed_links(body, URL)] == [("https://a.example/rss", "feed")]


def test_broken_feed() -> None:
    """Bytes that are no feed give no links."""
    assert feed_links(b"\x00\xff not a feed", URL) == ()


def test_a_feed_is_not_opened_as_a_file(tmp_path: Path) -> None:
    """A body that is the name of a file on this machine is read as a body."""
    (tmp_path / "feed").write_bytes(
        b"<rss><channel><item><link>https://a.example/x</link></item></channel></rss>"
    )
    assert feed_links(str(tmp_path / "feed").encode(), URL) == ()


def test_one_bad_address_in_a_sitemap() -> None:
    """An entry that is no URL is left out, and the others are read."""
    body = b"<urlset><url><loc>http://[bad</loc></url><url><loc>/rain</loc></url></urlset>"
    assert [link.url for link in sitemap_links(body, URL)] == ["https://a.example/rain"]


def test_one_bad_line_in_robots_txt() -> None:
    """A ``Sitemap:`` line that names no URL does not cost the others."""
    body = b"Sitemap: http://[bad\nSitemap: https://a.example/news.xml"
    assert [link.url for link in sitemap_links(body, URL)] == ["https://a.example/news.xml"]


def test_news_sitemap() -> None:
    """A news sitemap's own title and date are read."""
    (link,) = sitemap_links(NEWS.encode(), URL)
    assert (link.url, link.text) == ("https://a.example/rain", "Rain")
    assert link.date is not None
    assert link.date.isoformat() == "2026-03-04T05:06:07+01:00"


def test_sitemap_index_gzipped() -> None:
    """An index, gzipped, gives sitemaps."""
    body = b"<sitemapindex><sitemap><loc>/one.xml</loc></sitemap></sitemapindex>"
    assert [
        (link.url, link.role) for link in sitemap_links(gzip.compress(body), "https://a.example/s.xml.gz")
    ] == [("https://a.example/one.xml", "sitemap")]


def test_truncated_gzip_sitemap() -> None:
    """Of a truncated gzip file the readable start is used."""
    urls = "".join(f"<url><loc>https://a.example/{n:x}{hash(str(n)):x}</loc></url>" for n in range(3000))
    packed = gzip.compress(f"<urlset>{urls}</urlset>".encode())
    found = sitemap_links(packed[: len(packed) // 2], URL)
    assert 0 < len(found) < 3000


def test_robots_names_sitemaps() -> None:
    """robots.txt gives the sitemaps that it names."""
    links = sitemap_links(
        b"User-agent: *\nSitemap: /s.xml\nsitemap: https://a.example/t.xml\n", "https://a.example/robots.txt"
    )
    assert [link.url for link in links] == ["https://a.example/s.xml", "https://a.example/t.xml"]


def test_entities_are_not_expanded() -> None:
    """A sitemap that defines entities within entities costs nothing and gives no links."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
    assert sitemap_links(bomb, URL) == ()
