"""Articles, and the pages that must not become articles."""

from __future__ import annotations

import pytest

from newsspider.extraction.page import Page
from newsspider.extraction.page_type import PageType, classify
from newsspider.extraction.reader import extract
from newsspider.items import Block

PARAGRAPH = (
    "The council met on Tuesday and agreed to repair the old bridge before the winter begins in earnest."
)
BODY = tuple(Block(role="paragraph", text=PARAGRAPH) for _ in range(8))
CARDS = "".join(
    f'<article><h2><a href="/world/story-number-{n}">Story number {n}</a></h2></article>' for n in range(12)
)
ARTICLE_DATA = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A", "author": "Jo Doe"}'
    "</script>"
)


def kind(html: str, path: str = "/world/river-bridge-reopens", blocks: tuple[Block, ...] = ()) -> PageType:
    return classify(Page(html.encode(), f"https://news.test{path}"), blocks).page_type


@pytest.mark.parametrize(
    ("html", "path", "wanted"),
    [
        ("<title>Page not found</title><h1>404</h1><p>Sorry.</p>", "/a/b", PageType.ERROR),
        ("<title>News</title><h1>Seite nicht gefunden</h1>", "/a/b", PageType.ERROR),
        ("<h1>ページが見つかりません</h1>", "/a/b", PageType.ERROR),
        ("<title>오류</title><h2>존재하지 않는 기사입니다</h2>", "/a/b", PageType.ERROR),
        ("<title>Erreur 404 - Le Phare</title><h1>Oups !</h1>", "/a/b", PageType.ERROR),
        ("<title>Please prove that you are human</title>", "/a/b", PageType.ERROR),
        ("<h1>Sign in</h1><form><input type=email><input type=password></form>", "/account", PageType.LOGIN),
        (
            "<title>Sign in</title><form><input type=email></form><button>Go on with Mole ID</button>",
            "/authorize?client=herald",
            PageType.LOGIN,
        ),
        (
            "<h1>Willkommen</h1><h2>Mit Werbung weiterlesen</h2><iframe src='https://consent.news.test/x'></iframe>",
            "/world/river-bridge-reopens",
            PageType.CONSENT,
        ),
        (
            "<h1>Wir brauchen Ihre Zustimmung</h1><iframe src='https://cdn.privacy-mgmt.com/x'></iframe>",
            "/",
            PageType.CONSENT,
        ),
        (CARDS, "/", PageType.SECTION),
        (CARDS, "/world", PageType.SECTION),
        (CARDS, "/category/world", PageType.SECTION),
        (CARDS, "/tag/rivers", PageType.TAG),
        (CARDS, "/author/jo-doe", PageType.AUTHOR),
        (f'<meta property="og:type" content="profile">{CARDS}', "/our-people/jo-doe", PageType.AUTHOR),
        (CARDS, "/world/europe/page/3/", PageType.SECTION),
        (CARDS, "/?s=rivers", PageType.SECTION),
        (
            '<script type="application/ld+json">{"@type": "ImageGallery"}</script><h1>Floods</h1>',
            "/p/1",
            PageType.GALLERY,
        ),
        (
            '<meta property="og:type" content="video.other"><h1>Floods</h1>',
            "/video/floods-12",
            PageType.VIDEO,
        ),
    ],
)
def test_pages_that_are_no_articles(html: str, path: str, wanted: PageType) -> None:
    """Each other kind of page is told by evidence of its own."""
    assert kind(html, path) is wanted


def test_a_paged_list_with_long_excerpts_is_a_section() -> None:
    """Teasers and a link to the next page make a list, however long the excerpts are."""
    assert kind(f"<link rel=next href=/world/2>{CARDS}", "/world", BODY) is PageType.SECTION
    assert kind(f"{ARTICLE_DATA}<link rel=next href=/world/2>{CARDS}", "/world", BODY) is PageType.ARTICLE


TEASERS = "".join(
    f'<div class="item"><h2><a href="/2026/{n}">The bridge at Oldhaven, part {n}</a></h2>'
    f"<p>{PARAGRAPH} {n}</p></div>"
    for n in range(12)
)


@pytest.mark.parametrize(
    ("html", "path", "wanted"),
    [
        (f"<h1>Business</h1>{TEASERS}", "/business/", PageType.SECTION),
        (f"<h1>Rivers</h1><p>{PARAGRAPH}</p>{TEASERS}", "/tag/rivers", PageType.TAG),
        (f"<h1>Jo Doe</h1><p>Jo Doe writes on rivers.</p>{TEASERS}", "/by/jo-doe", PageType.AUTHOR),
        (f"<h1>12 results</h1>{TEASERS}", "/find?query=bridge", PageType.SECTION),
        (f"<title>Page not found</title><h1>Oops!</h1>{TEASERS}", "/world/gone", PageType.ERROR),
        (
            f"<div><h1>River bridge</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH[::2]}</p></div><div>{TEASERS}</div>",
            "/world/2026/04/16/river-bridge-reopens-to-lorries",
            PageType.ARTICLE,
        ),
    ],
)
def test_what_teasers_say_makes_no_article(html: str, path: str, wanted: PageType) -> None:
    """Text under the linked titles of other articles is not a page's own, however much there is."""
    made = f"<html><body><nav><a href=/>Home</a></nav>{html}</body></html>".encode()
    assert extract(made, f"https://news.test{path}").page_type == wanted.value


def test_live_blog() -> None:
    """A live blog is told by its data, with whatever text."""
    html = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "A"}</script>'
    assert kind(html, blocks=BODY) is PageType.LIVE_BLOG


@pytest.mark.parametrize(
    ("html", "path"),
    [
        ("<h1>Page not found: how a library lost its books</h1>", "/world/page-not-found-library"),
        ("<h1>River bridge</h1><form><input type=password></form>", "/world/a"),
        (f"<h1>River bridge</h1>{CARDS}", "/world/river-bridge"),
        ("<h1>Cookie law passed</h1>", "/world/cookie-law"),
        ("<h1>Tag</h1>", "/tag/rivers/a-story-on-rivers"),
        ('<meta property="og:type" content="video"><h1>A</h1>', "/video/a"),
    ],
)
def test_a_page_with_an_articles_text_is_an_article(html: str, path: str) -> None:
    """No word, form, rail or folder makes a page with an article's text anything else."""
    assert kind(html, path, BODY) is PageType.ARTICLE


def test_a_teaser_behind_a_paywall_is_an_article() -> None:
    """Little text and a log-in form do not make a log-in page of a page with an article's data."""
    html = f"{ARTICLE_DATA}<h1>River bridge</h1><form>Log in<input type=password></form>"
    assert kind(html, blocks=BODY[:1]) is PageType.ARTICLE


def test_confidence_grows_with_the_evidence() -> None:
    """Data and text together are surer than an address alone, and the reasons say so."""
    bare = classify(Page(b"<h1>A</h1>", "https://news.test/world/a-b-c"), ())
    full = classify(Page(f"{ARTICLE_DATA}<h1>A</h1>".encode(), "https://news.test/world/a-b-c"), BODY)
    assert bare.confidence < full.confidence <= 1
    assert "json-ld: an article" in full.reasons
