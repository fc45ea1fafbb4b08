"""The next page of a list, and the parts of an article."""

from __future__ import annotations

import pytest

from newsspider.extraction.links import next_page, one_page_view, part_links
from newsspider.extraction.page import Page


def page(body: str, url: str) -> Page:
    return Page(f"<html><body>{body}</body></html>".encode(), url)


@pytest.mark.parametrize(
    ("body", "url", "expected"),
    [
        ('<a rel="next" href="/news/page/2/">Older</a>', "/news/", "/news/page/2/"),
        ('<a href="?page=3">Next page »</a>', "/news?page=2", "/news?page=3"),
        ('<a href="/news/page/2">Load more</a>', "/news", "/news/page/2"),
        ('<a href="/nachrichten/2">Nächste Seite</a>', "/nachrichten", "/nachrichten/2"),
        ('<a href="/actu?p=2">Articles plus anciens</a>', "/actu", "/actu?p=2"),
        ('<a href="/news?page=2">次へ</a>', "/news", "/news?page=2"),
        ('<span class="current">2</span><a href="/n?p=1">1</a><a href="/n?p=3">3</a>', "/n?p=2", "/n?p=3"),
        ('<a href="/n/2">2</a><a href="/n/3">3</a>', "/n", "/n/2"),
        (
            '<a href="/n?from=0">1</a><a href="/n?from=40">3</a><a href="/n?from=60">4</a>',
            "/n?from=20",
            "/n?from=40",
        ),
        ('<button data-next-url="/news/more/2">More</button>', "/news", "/news/more/2"),
        ('<a class="next" href="/news/2"><svg></svg></a>', "/news", "/news/2"),
    ],
)
def test_next_page(body: str, url: str, expected: str) -> None:
    """rel=next, numbers, words in many languages and real addresses on buttons lead to the next page."""
    link = next_page(page(body, f"https://a.example{url}"))
    assert link is not None
    assert link.url == f"https://a.example{expected}"
    assert link.role == "section"


@pytest.mark.parametrize(
    "body",
    [
        '<a class="next" href="#">Next</a>',
        '<a class="next" href="javascript:more()">Load more</a>',
        '<a class="prev" href="/news/1">« Previous</a>',
        '<a rel="next" href="/">Next</a>',
        '<a href="/sport/">See more</a>',
        '<div class="carousel"><a class="next" href="/news/slide-2">Next</a></div>',
        '<a rel="next" href="https://else.example/news/2">Next</a>',
        "<p>No links at all.</p>",
    ],
)
def test_no_next_page(body: str) -> None:
    """Scripts, previous pages, other sections, carousels and other hosts are no next page."""
    assert next_page(page(body, "https://a.example/news")) is None


HEAD = "https://a.example/story/rain-in-leeds-12/"


@pytest.mark.parametrize("form", ["{head}2/", "{head}?page=2", "{head}?seite=2", "{head}page/2/"])
def test_parts(form: str) -> None:
    """Parts are the article's own address with a page number, though that ends in a number itself."""
    second = form.format(head=HEAD)
    third = second.replace("2", "3") if "12" not in second else second[:-2] + second[-2:].replace("2", "3")
    found = part_links(page(f'<a href="{second}">2</a><a href="{third}">3</a><a href="{HEAD}">1</a>', HEAD))
    assert [link.url for link in found] == [second, third]
    assert {link.role for link in found} == {"part"}


def test_siblings_are_no_parts() -> None:
    """Another article whose address differs in a number is no part."""
    assert part_links(page('<a href="/story/rain-in-leeds-13/">Rain again</a>', HEAD)) == ()


def test_parts_from_a_later_part() -> None:
    """A later part tells of parts that the head does not list."""
    found = part_links(page(f'<a href="{HEAD}3/">Next</a>', f"{HEAD}2/"), head=HEAD)
    assert [link.url for link in found] == [f"{HEAD}3/"]


@pytest.mark.parametrize("view", ["?view=all", "?page=all", "?singlepage=true", "all/"])
def test_one_page_view(view: str) -> None:
    """The view that has all parts on one page is found by its address."""
    link = one_page_view(page(f'<a href="{HEAD}2/">2</a><a href="{HEAD}{view}">View all</a>', HEAD))
    assert link is not None
    assert link.url == HEAD + view
