"""Pages from bytes of every kind, and what they state of themselves."""

from __future__ import annotations

import gc
import gzip
import weakref

import pytest

from newsspider.errors import ExtractionError
from newsspider.extraction.fields.marks import marked
from newsspider.extraction.page import Page, once_a_page
from newsspider.extraction.text import node_text

URL = "https://example.com/world/a-long-story-1"


def page(html: str | bytes, encoding: str | None = None) -> Page:
    return Page(html if isinstance(html, bytes) else html.encode(), URL, encoding=encoding)


def heading(read: Page) -> str:
    return node_text(read.root.find(".//h1"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n\t ",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        gzip.compress(b"<p>One</p>", mtime=0),  # the bytes are the test's name: the same in every worker
        gzip.compress(b"<p>One</p>" * 50, mtime=0)[:40],
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 100,
    ],
)
def test_bytes_that_are_no_document_are_refused(body: bytes) -> None:
    """Empty and binary bytes raise the one error that says so, with the URL."""
    with pytest.raises(ExtractionError, match=r"example\.com"):
        Page(body, URL)


@pytest.mark.parametrize(
    ("body", "hint", "wanted"),
    [
        ("<h1>Café</h1>".encode(), None, "Café"),
        ("<h1>Café</h1>".encode(), "iso-8859-1", "Café"),
        ("<meta charset=latin-1><h1>Café</h1>".encode(), None, "Café"),
        ("<h1>Café – 5 €</h1>".encode("cp1252"), None, "Café – 5 €"),
        ("<meta charset=utf-8><h1>Café</h1>".encode("latin-1"), None, "Café"),
        ("<h1>速報</h1>".encode("shift_jis"), "shift_jis", "速報"),
        ("<meta charset=euc-kr><h1>속보</h1>".encode("euc-kr"), None, "속보"),
        ("<h1>速報</h1>".encode("iso2022_jp"), "iso-2022-jp", "速報"),
        ("<h1>Café</h1>".encode("utf-16"), None, "Café"),
        ("<h1>Новости</h1>".encode("cp1251"), "windows-1251", "Новости"),
        ("<h1>Café</h1>".encode("utf-8-sig"), None, "Café"),
        ("<h1>Café</h1>".encode(), "no-such-charset", "Café"),
    ],
)
def test_charset(body: bytes, hint: str | None, wanted: str) -> None:
    """Missing, wrong and right declarations all give the text that was written."""
    assert heading(page(body, hint)) == wanted


def test_a_character_cut_off_at_the_end_is_no_sign_of_another_charset() -> None:
    """A download that stopped inside a character keeps its charset."""
    body = "<h1>Größe</h1><p>Straße ü".encode()[:-1]
    read = page(body)
    assert read.encoding == "utf-8"
    assert heading(read) == "Größe"


def test_one_wrong_byte_in_utf_8_costs_one_character() -> None:
    """Where the rest is UTF-8 a damaged byte is replaced and nothing else."""
    read = page("<meta charset=utf-8><h1>Größe ü</h1>".encode().replace(b"\xc3\xbc", b"\xc3"))
    assert heading(read).startswith("Größe")


def test_lone_surrogates_and_nul_do_not_end_the_document() -> None:
    """An entity for half a character, and a NUL byte, leave the text after them."""
    read = page(b"<p>&#xD800; a\x00b</p><h1>Here</h1>")
    assert heading(read) == "Here"
    node_text(read.root).encode("utf-8")


def test_a_hundred_thousand_nested_tags_are_read() -> None:
    """Depth is no recursion: the document is parsed and its text is there."""
    read = page("<h1>Top</h1>" + "<div>" * 100_000 + "deep" + "</div>" * 100_000)
    assert heading(read) == "Top"
    assert read.meta == {}
    assert "Top" in node_text(read.root)


def test_thirty_megabytes_are_read() -> None:
    """A page of 30 MB is read like another."""
    read = page("<h1>Top</h1>" + "<p>One more line of text.</p>" * 1_100_000)
    assert heading(read) == "Top"


def test_broken_json_ld_is_mended_and_a_broken_block_hides_no_other() -> None:
    """Trailing commas, comments, raw line breaks and entities are mended; what cannot be is left out."""
    read = page(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A\nb",}</script>'
        '<script type="application/ld+json">{"@type": </script>'
        '<script type="application/ld+json"><!-- {"@type": "Organization"} --></script>'
        '<script type="application/ld+json">{&quot;@type&quot;: &quot;Person&quot;}</script>'
    )
    assert [node["@type"] for node in read.json_ld] == ["NewsArticle", "Organization", "Person"]


def test_deeply_nested_json_ld_is_survived() -> None:
    """A block of brackets alone breaks neither the reader nor the page."""
    read = page('<script type="application/ld+json">' + "[" * 200_000 + "</script><h1>Here</h1>")
    assert read.json_ld == ()


def test_hostile_json_takes_no_more_than_its_length() -> None:
    """White space, names and brackets without end are read once, and hide nothing."""
    read = page(
        f'<script type="application/ld+json">{{"a": {" " * 300_000}</script>'
        f"<script>{'window.__A_B__={' * 20_000}</script>"
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": '
        f'{"[" * 400}{"]" * 400}, "isAccessibleForFree": {"[" * 400}{"]" * 400}}}</script>'
    )
    assert read.state == ()
    assert read.news["@type"] == "NewsArticle"


def test_graphs_and_main_entities_are_opened() -> None:
    """Objects in a graph or under mainEntity are found in document order."""
    read = page(
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "WebPage",'
        ' "mainEntity": {"@type": "NewsArticle", "headline": "A"}}]}</script>'
    )
    assert [node["@type"] for node in read.json_ld] == ["WebSite", "WebPage", "NewsArticle"]
    assert read.news["headline"] == "A"


def test_the_article_is_told_from_teasers_by_its_url() -> None:
    """Of several objects that are articles the one with the page's address is the page's."""
    read = page(
        '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Other", "author": "X",'
        ' "datePublished": "2024-01-01", "url": "https://example.com/other"},'
        f' {{"@type": "NewsArticle", "headline": "Own", "url": "{URL}"}}]</script>'
    )
    assert read.news["headline"] == "Own"


def test_microdata_has_the_shape_of_json_ld() -> None:
    """Nested items become values of their owner's properties."""
    read = page(
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">A b</h1>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Jo Doe'
        "</b></span>"
        '<time itemprop="datePublished" datetime="2024-05-03">3 May</time></div>'
    )
    assert read.news_item["headline"] == ["A b"]
    assert read.news_item["author"][0]["name"] == ["Jo Doe"]
    assert read.news_item["datePublished"] == ["2024-05-03"]


@pytest.mark.parametrize(
    "script",
    [
        (
            '<script id="__NEXT_DATA__" type="application/json">{"props": {"title": "A headline of some'
            ' length"}}</script>'
        ),
        '<script>window.__INITIAL_STATE__ = {"props": {"title": "A headline of some length"}};</script>',
        "<script>window.__NUXT__={props:{title:'A headline of some length'}}</script>",
        '<script>Fusion.globalContent={"props":{"title":"A headline of some length"}};Fusion.x=1</script>',
        r'<script>var __DATA__=JSON.parse("{\"props\":{\"title\":\"A headline of some length\"}}")</script>',
    ],
)
def test_embedded_state_is_read(script: str) -> None:
    """The state of common front ends is found, as JSON, as a JavaScript object and as a string."""
    assert page(script + "<h1>A</h1>").state == ({"props": {"title": "A headline of some length"}},)


def test_base_url_is_that_of_the_base_element() -> None:
    """Links are relative to <base>, itself relative to the page; a broken link is an empty string."""
    read = page('<base href="/b/"><p>x')
    links = ["c", " /d?e ", "//f.test/g", "http://h.test/i/../j", "/k/../l", "?m", "http://["]
    assert [read.absolute(link) for link in links] == [
        "https://example.com/b/c",
        "https://example.com/d?e",
        "https://f.test/g",
        "http://h.test/i/../j",
        "https://example.com/l",
        "https://example.com/b/?m",
        "",
    ]


def test_a_function_of_a_page_is_called_once_for_its_arguments() -> None:
    """What it gives, be it nothing, is kept for each page, each function and each further argument."""
    calls: list[tuple[str, str]] = []

    @once_a_page
    def told(read: Page, word: str) -> None:
        calls.append((heading(read), word))

    @once_a_page
    def told_too(read: Page, word: str) -> None:
        calls.append((heading(read), f"{word} too"))

    first, second = page("<h1>A</h1>"), page("<h1>B</h1>")
    for read in (first, first, second):
        told(read, "rain")
    told(first, "snow")
    told_too(first, "rain")
    assert calls == [("A", "rain"), ("B", "rain"), ("A", "snow"), ("A", "rain too")]


def test_a_page_goes_with_its_last_holder() -> None:
    """What a page remembers does not hold it: its tree is freed at once, not when the collector comes by."""
    read = page("<h1>A</h1><p class=byline>By Ada Berg")
    assert marked(read, "author")
    assert read.elements.with_class("byline")
    gone = weakref.ref(read)
    gc.disable()
    try:
        del read
        assert gone() is None
    finally:
        gc.enable()


def test_of_several_microdata_articles_one_has_the_pages_title() -> None:
    """Teasers are marked up as articles too, with more than the article has."""
    item = "<div itemscope itemtype='https://schema.org/Article'><h2 itemprop=headline>{}</h2>{}</div>"
    html = (
        "<title>It rained all day | News Test</title>"
        + item.format("It rained all day", "")
        + item.format("Harbour opens", "<b itemprop=author>Ada Berg</b><time itemprop=datePublished>")
    )
    assert Page(html.encode(), "https://news.test/rain").news_item["headline"] == ["It rained all day"]
