"""One article, one URL."""

from __future__ import annotations

import pytest

from newsspider.extraction.identity import canonical_url, normalize_url, registrable_domain
from newsspider.extraction.links.link import tidy_url
from newsspider.extraction.page import Page

ARTICLE = "https://news.test/world/2024/05/03/river-bridge-reopens"
DOMAINS = ("news.test",)


def page(url: str, canonical: str = "", og_url: str = "") -> Page:
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    head += f'<meta property="og:url" content="{og_url}">' if og_url else ""
    return Page(f"<head>{head}</head><h1>River bridge reopens</h1>".encode(), url)


@pytest.mark.parametrize(
    "url",
    [
        f"{ARTICLE}?utm_source=mail&utm_medium=x&fbclid=1",
        f"{ARTICLE}/amp/",
        f"{ARTICLE}/amp",
        f"{ARTICLE}?amp=1",
        f"{ARTICLE}?outputType=amp",
        ARTICLE.replace("https://", "https://m."),
        ARTICLE.replace("https://", "https://amp."),
        ARTICLE.replace("https://", "http://www."),
        f"{ARTICLE}/",
        f"{ARTICLE};jsessionid=0A1B",
        f"{ARTICLE}?PHPSESSID=abc",
        f"{ARTICLE}?sid=0123456789abcdef0123456789abcdef",
        f"{ARTICLE}?ref=homepage&print=1",
        f"{ARTICLE}#comments",
        ARTICLE.replace("news.test", "NEWS.test:443"),
        ARTICLE.replace("/2024", "//2024"),
    ],
)
def test_addresses_of_one_document_have_one_normal_form(url: str) -> None:
    """Tracking, AMP, mobile host, scheme, slash, session and fragment do not make another document."""
    assert normalize_url(url) == ARTICLE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://news.test/story?id=1", "https://news.test/story?id=2"),
        ("https://news.test/a.php?sid=1001", "https://news.test/a.php?sid=1002"),
        ("https://news.test/a.php?cid=1001", "https://news.test/a.php?cid=1002"),
        ("https://news.test/a.php?ref=1001", "https://news.test/a.php?ref=1002"),
        ("https://news.test/a.php?user_id=1", "https://news.test/a.php?user_id=2"),
        ("https://news.test/a?ref=rain-stops-play", "https://news.test/a?ref=bridge-is-closed"),
        ("https://news.test/camp", "https://news.test/c"),
        ("https://news.test/amplifier", "https://news.test/lifier"),
        ("https://m.test/a", "https://test/a"),
        ("https://sport.news.test/a", "https://news.test/a"),
    ],
)
def test_other_documents_stay_apart(first: str, second: str) -> None:
    """What selects the content stays in the URL."""
    assert normalize_url(first) != normalize_url(second)


@pytest.mark.parametrize("url", ["http://[", "mailto:x@y.z", "", "http://news.test:99999999/"])
def test_what_is_no_web_address_comes_back_as_it_is(url: str) -> None:
    """Nothing throws on a broken URL."""
    assert normalize_url(url) == url


def test_normalising_twice_changes_nothing() -> None:
    """The normal form is its own normal form."""
    once = normalize_url("http://www.news.test/a%20b/?b=2&a=ü&utm_id=3")
    assert normalize_url(once) == once


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("news.test", "news.test"),
        ("https://a.b.com.br/x", "b.com.br"),
        ("http://localhost:80/", "localhost"),
    ],
)
def test_registrable_domain(url: str, wanted: str) -> None:
    """The public suffix list decides where a registered domain begins."""
    assert registrable_domain(url) == wanted


def test_the_canonical_of_the_site_is_believed() -> None:
    """A canonical URL on the site's domains that looks like an article is the article's."""
    read = page("https://news.test/go?article=77", canonical=ARTICLE)
    assert canonical_url(read, DOMAINS) == (ARTICLE, None)


@pytest.mark.parametrize(
    "canonical",
    [
        "https://news.test/",
        "https://news.test/world",
        "https://news.test/world/2024",
        "https://news.test/tag/rivers-and-bridges",
    ],
)
def test_a_canonical_that_is_no_article_is_not_believed(canonical: str) -> None:
    """Home page, section and list URLs in the canonical link leave the page its own URL."""
    assert canonical_url(page(ARTICLE, canonical=canonical), DOMAINS) == (ARTICLE, None)


def test_og_url_stands_in_for_a_useless_canonical() -> None:
    """The next statement is tried where the first is no article's."""
    read = page("https://news.test/go?article=77", canonical="https://news.test/", og_url=ARTICLE)
    assert canonical_url(read, DOMAINS) == (ARTICLE, None)


def test_a_canonical_elsewhere_is_where_the_text_comes_from() -> None:
    """A canonical link to another site does not move the article; it is kept as its source."""
    origin = "https://agency.test/2024/river-bridge-reopens-after-flood"
    assert canonical_url(page(ARTICLE, canonical=origin), DOMAINS) == (ARTICLE, origin)


def test_without_a_site_the_registrable_domain_decides() -> None:
    """Subdomains of the page's own domain are the same site."""
    stated = ARTICLE.replace("news.test", "www.news.test")
    assert canonical_url(page("https://amp.news.test/go?x=77", canonical=stated), ()) == (stated, None)


def test_a_canonical_is_given_as_stated() -> None:
    """What a page states is kept, with its slash and scheme, but for marks of where the reader came from."""
    read = page(ARTICLE, canonical="http://www.news.test/2024/river-bridge-reopens/?utm_source=x&id=7#top")
    assert canonical_url(read, DOMAINS) == ("http://www.news.test/2024/river-bridge-reopens/?id=7", None)


@pytest.mark.parametrize("query", ["utm_source=x&fbclid=1", "ref=home", "print=1", "at_custom3=x", "amp"])
def test_links_and_identity_know_the_same_tracking(query: str) -> None:
    """A link loses the parameters that identity leaves out, so that one article is fetched once."""
    assert tidy_url(f"{ARTICLE}?{query}") == ARTICLE == normalize_url(f"{ARTICLE}?{query}")


@pytest.mark.parametrize(
    "url", ["http://exa\u2100mple.test/2024/rain-stops-play-here", "http://[bad/2024/rain-1"]
)
def test_a_canonical_that_is_no_url(url: str) -> None:
    """A canonical link that no host can be read from leaves the page its own URL."""
    assert canonical_url(page(ARTICLE, canonical=url), DOMAINS) == (ARTICLE, None)
