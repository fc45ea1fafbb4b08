# ruff: noqa: E501 - markup and long names are easier to read on one line
"""Which links of a page lead to articles."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from newsspider.extraction.layout import LinkRules
from newsspider.extraction.links import related_links, section_links
from newsspider.extraction.links.shape import NEVER, article_shape
from newsspider.extraction.page import Page
from newsspider.extraction.select import compile_expression
from newsspider.extraction.site import Site

URL = "https://www.paper.example/world/"
SITE = Site(stem="paper.example", name="Paper", domains=("paper.example",))
STORY = "/world/2026/03/04/harbour-council-paints-boats-again-12345.html"


def page(body: str, url: str = URL) -> Page:
    return Page(f"<html><body>{body}</body></html>".encode(), url)


def urls(body: str, site: Site | None = SITE) -> list[str]:
    return [link.url for link in section_links(page(body), site)]


def test_card_is_one_link() -> None:
    """The picture and the headline of a card are one link, and its text is the headline."""
    body = f"""<article class="card"><a href="{STORY}"><img src="x.jpg"></a>
      <h3><a href="{STORY}?utm_source=front">Harbour council paints its boats again</a></h3></article>"""
    (link,) = section_links(page(body), SITE)
    assert link.url == f"https://www.paper.example{STORY}"
    assert link.text == "Harbour council paints its boats again"
    assert link.role == "article"


@pytest.mark.parametrize(
    "anchor",
    [
        '<nav><h3><a href="/world/harbour-council-paints-boats-again-12345.html">A long headline in a menu bar</a></h3></nav>',
        '<h3><a href="/tag/harbour-council-paints-boats-12345">Harbour council and all its painted boats</a></h3>',
        '<h3><a href="/author/jane-doe-the-writer-12345">Jane Doe, who writes about boats and councils</a></h3>',
        '<h3><a href="/photos/2026/03/04/ten-pictures-of-painted-boats-12345">Ten pictures of painted boats here</a></h3>',
        '<h3><a href="/login?next=/2026/03/04/x">Log in to read all about the painted boats today</a></h3>',
        '<div class="share"><a href="/2026/03/04/harbour-council-paints-boats-12345">Share this story with your friends</a></div>',
        '<h3><a href="https://else.example/2026/03/04/harbour-council-paints-boats-12345">A headline of another site</a></h3>',
        '<h3><a href="/world/">The world, and everything else that is in it</a></h3>',
        '<h3><a href="mailto:desk@paper.example">Write to the desk about the painted boats</a></h3>',
        '<h3><a href="/files/2026/03/04/report-on-the-painted-boats-12345.pdf">The full report on the boats</a></h3>',
    ],
)  # fmt: skip
def test_no_article(anchor: str) -> None:
    """Menus, tags, authors, galleries, log-in, share bars, other sites, sections, mail and files are no articles."""
    assert urls(anchor) == []


def test_class_names_of_the_whole_page() -> None:
    """What the classes of the body and of an article say, such as a story's tags, makes no frame of them."""
    card = f'<article class="post tag-rain"><h3><a href="{STORY}">Harbour council paints its boats</a></h3></article>'
    whole = Page(f'<html class="has-nav"><body class="with-menu">{card}</body></html>'.encode(), URL)
    assert len(section_links(whole, SITE)) == 1


@pytest.mark.parametrize(
    ("levels", "earlier", "is_article"), [(12, "", False), (13, "", True), (13, STORY, True)]
)
def test_menu_counts_for_what_is_near(levels: int, earlier: str, is_article: bool) -> None:
    """A menu counts for the links up to twelve levels below it; an earlier link does not carry it further."""
    inner = levels - 3  # between the menu and the headline
    story = "/world/2026/03/03/town-hall-roof-leaks-again-12344.html"
    body = f'{"<div>" * inner}<h3><a href="{story}">Town hall roof leaks again</a></h3>{"</div>" * inner}'
    found = urls(
        f'<div class="has-menu"><a href="{earlier}">Harbour council paints its boats again</a>{body}</div>'
    )
    assert found == [f"https://www.paper.example{story}"] * is_article


def test_site_pattern_decides() -> None:
    """Where a site file has an article pattern, only links that match it are articles, wherever they stand."""
    site = replace(SITE, links=LinkRules(article=re.compile(r"^/a\d+$")))
    body = f'<nav><a href="/a7">Seven</a></nav><h3><a href="{STORY}">Harbour council paints its boats again</a></h3>'
    assert urls(body, site) == ["https://www.paper.example/a7"]


def test_scripts_without_spaces() -> None:
    """A headline in Japanese is long enough to be one."""
    body = '<h2><a href="/articles/20260304-00012">港の議会が船の塗装を再び決定した</a></h2>'
    assert len(urls(body)) == 1


def test_date_beside_a_link() -> None:
    """The date of a card's time element is the link's; without one the address may name a day."""
    body = f"""<article><time datetime="2026-03-04T10:00:00+01:00"></time>
      <h3><a href="/w/harbour-council-paints-boats-again">Harbour council paints its boats again</a></h3></article>
      <h3><a href="{STORY}">Harbour council paints its boats again</a></h3>"""
    first, second = section_links(page(body), SITE)
    assert first.date is not None
    assert first.date.isoformat() == "2026-03-04T10:00:00+01:00"
    assert second.date is not None
    assert second.date.isoformat() == "2026-03-04T23:59:59-12:00"


def test_related_leaves_out_the_article_itself() -> None:
    """An article's own address, its parts and its share links are not related to it."""
    rail = f"""<h3><a href="{STORY}">Harbour council paints its boats again</a></h3>
      <a href="{STORY}?page=2">Harbour council paints its boats again, page two</a>
      <h3><a href="/world/2026/03/03/town-hall-roof-leaks-again-12344.html">Town hall roof leaks again</a></h3>"""
    links = related_links(page(rail, f"https://www.paper.example{STORY}"), SITE)
    assert [link.url.rpartition("-")[2] for link in links] == ["12344.html"]
    assert links[0].role == "related"


def test_related_link_by_its_headline() -> None:
    """An address that says little is related where one of its anchors, here the second, is a headline."""
    story = "/world/roof-leaks"
    rail = f"""<a href="{story}"><img src="x.jpg"></a>
      <h3><a href="{story}.html">Town hall roof leaks again, says the mayor</a></h3>
      <a href="{story}.html">Read on</a>"""
    (link,) = related_links(page(rail, f"https://www.paper.example{STORY}"), SITE)
    assert (link.url, link.text[:9]) == (f"https://www.paper.example{story}.html", "Town hall")


def test_related_by_site_file() -> None:
    """A site file's expression names the only places where related links are looked for."""
    other = "/world/2026/03/03/town-hall-roof-leaks-again-12344.html"
    rules = LinkRules(related=(compile_expression("aside.more"),))
    body = f'<aside class="more"><a href="{other}">Town hall roof leaks again, says the mayor</a></aside>' + (
        '<h3><a href="/world/2026/03/02/bridge-opens-late-again-12343.html">Bridge opens late again</a></h3>'
    )
    links = related_links(page(body, f"https://www.paper.example{STORY}"), replace(SITE, links=rules))
    assert [link.url for link in links] == [f"https://www.paper.example{other}"]


@pytest.mark.parametrize(
    ("url", "plenty"),
    [
        ("https://a.example/2026/03/04/rain-stops-play-in-leeds", True),
        ("https://a.example/articleshow/112233445.cms", True),
        ("https://a.example/nachrichten/regen-verhindert-spiel-in-leeds-a-1234567.html", True),
        ("https://a.example/world/europe", False),
        ("https://a.example/world/europe/page/2", False),
    ],
)
def test_shape(url: str, plenty: bool) -> None:
    """Dates, long slugs and long numbers make an article's address; short words do not."""
    assert (article_shape(url) >= 3) is plenty


def test_shape_of_the_home_page() -> None:
    """The home page is never an article."""
    assert article_shape("https://a.example/") == NEVER
