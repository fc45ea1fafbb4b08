"""Which pages are sent to a browser, and what it is told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.settings import Settings

from newsspider.errors import RenderingError
from newsspider.extraction.layout import LinkRules, Template
from newsspider.extraction.page import Page
from newsspider.extraction.select import compile_expression
from newsspider.extraction.site import CrawlRules, Site
from newsspider.extraction.skeleton import is_skeleton
from newsspider.fetching.row import row_meta
from newsspider.ledger.rows import Row
from newsspider.rendering.blocking import Gate, Stop
from newsspider.rendering.engine import check_renderer, install
from newsspider.rendering.need import Need
from newsspider.rendering.order import RenderOrder, order_of

SITE = Site(stem="a", name="A", domains=("a.example",))
SHELL = b'<html><body><div id="root"></div><script src="/app.js"></script></body></html>'
PROSE = b"<p>" + b"The council met again and agreed on the paint of its boats. " * 8 + b"</p>"


def row(role: str = "article", number: int = 1) -> Row:
    return Row(url=f"https://a.example/{number}", role=role, site="a")  # type: ignore[arg-type]


def page(body: bytes) -> Page:
    return Page(body, "https://a.example/1")


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        (SHELL, True),
        (SHELL.replace(b'id="root"', b'id="page"') + b"<noscript>Please enable JavaScript</noscript>", True),
        (SHELL.replace(b"</div>", PROSE + b"</div>"), False),
        (b"<html><body><h1>Gone</h1><p>There is no such page.</p></body></html>", False),
        (SHELL.replace(b"</div>", b"<form><input type=password></form></div>"), False),
    ],
)
def test_skeletons(body: bytes, empty: bool) -> None:
    """A page is a skeleton if it has scripts, no prose, and a sign that the one was to bring the other."""
    assert is_skeleton(page(body)) is empty


def test_text_in_links_and_frame_does_not_count() -> None:
    """A shell with a menu, a header and a list of links is as empty as without them."""
    frame = b"<header>" + PROSE + b"</header><a href=/x>" + PROSE.replace(b"p>", b"b>") + b"</a>"
    assert is_skeleton(page(SHELL.replace(b"<div", frame + b"<div")))


def test_nested_mounts() -> None:
    """An empty mount counts however deep it lies in elements of the same name that have text."""
    nested = b'<div id="root">Loading the news of this very day, all of it, for you and yours' * 50
    assert not is_skeleton(page(SHELL.replace(b'<div id="root">', nested)))
    assert is_skeleton(page(SHELL.replace(b'<div id="root">', nested[:80] + b'<div id="root">')))


def test_all_templates_ask() -> None:
    """Where every template of a site says ``render = true``, its articles are known to need a browser."""
    asking, plain = Template(name="x", render=True), Template(name="y")
    assert Need({"a": replace(SITE, templates=(asking,))}).is_known(row())
    assert not Need({"a": replace(SITE, templates=(asking, plain))}).is_known(row())
    assert not Need({"a": replace(SITE, templates=(asking,))}).is_known(row("section"))
    assert not Need({"a": replace(SITE, templates=(asking,))}).is_known(row("feed"))


def test_one_template_asks() -> None:
    """Where some templates ask, a page needs a browser if the ``match`` of one of them is on it."""
    asking = Template(name="x", render=True, match=(compile_expression(".app"),))
    need = Need({"a": replace(SITE, templates=(asking, Template(name="y")))})
    assert need.article_needs(page(b"<div class=app></div>"), row(), "generic")
    assert not need.article_needs(page(b"<div class=old></div>"), row(), "y")


def test_lists_with_a_button() -> None:
    """A site file's ``[links] more`` sends section pages to the browser."""
    need = Need({"a": replace(SITE, links=LinkRules(more=(compile_expression("button"),)))})
    assert need.is_known(row("section"))
    assert not need.is_known(row())


def test_what_is_learned() -> None:
    """After three skeletons in a row pages go to the browser, but for one in twenty, which may undo it."""
    need = Need({"a": SITE})
    for number in range(3):
        assert not need.is_known(row(number=number))
        assert need.is_empty(page(SHELL), row(), found=False)
    assert [need.is_known(row()) for _ in range(20)] == [True] * 19 + [False]
    assert not need.is_known(row("section"))
    assert not need.is_empty(page(SHELL.replace(b"</div>", PROSE)), row(), found=True)
    assert not need.is_known(row())


def test_orders() -> None:
    """The order for a list has its steps, that for an article what shows that it is there."""
    site = replace(
        SITE,
        crawl=CrawlRules(render_timeout=7.0),
        links=LinkRules(more=(compile_expression("xpath://button"),)),
        templates=(Template(name="x", match=(compile_expression("xpath://main"),)),),
    )
    spider = SimpleNamespace(sites={"a": site}, arguments=SimpleNamespace(max_pages=5))
    of_list = order_of(Request("https://a.example/", meta=row_meta(row("section"))), spider)  # type: ignore[arg-type]
    of_article = order_of(Request("https://a.example/1", meta=row_meta(row())), spider)  # type: ignore[arg-type]
    assert (of_list.steps, of_list.more, of_list.ready) == (4, ("//button",), ())
    assert (of_article.steps, of_article.more, of_article.ready) == (0, (), ("//main",))
    assert of_article.timeout == 7.0


@pytest.mark.parametrize(
    ("url", "stop"),
    [
        ("https://cdn.example/app.js", None),
        ("data:text/css,x", None),
        ("file:///etc/passwd", Stop.UNWANTED),
        ("ftp://a.example/", Stop.UNWANTED),
        ("http://127.0.0.1/", Stop.PRIVATE),
        ("http://169.254.169.254/latest", Stop.PRIVATE),
        ("http://[::1]/", Stop.PRIVATE),
        ("http://localhost:8050/", Stop.PRIVATE),
        ("http://10.0.0.1/own", None),
        ("https://ad.doubleclick.net/x.js", Stop.UNWANTED),
    ],
)
def test_gate(url: str, stop: Stop | None) -> None:
    """A page loads from public hosts and its own, from no private address, no ad server, no other scheme."""
    order = RenderOrder(timeout=1, hosts=("10.0.0.1",))
    assert asyncio.run(Gate().stop(url, order, proxied=True)) is stop


def test_gate_looks_names_up() -> None:
    """A name that leads to a private address is refused, where no proxy fetches for us."""

    async def ask() -> Stop | None:
        loop = asyncio.get_running_loop()
        loop.getaddrinfo = lambda *_, **__: _address("192.168.1.7")  # type: ignore[method-assign]
        return await Gate().stop("http://inside.example/", RenderOrder(timeout=1), proxied=False)

    assert asyncio.run(ask()) is Stop.PRIVATE


async def _address(address: str) -> list[tuple[object, ...]]:
    return [(2, 1, 6, "", (address, 0))]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"RENDERER": "chrome"}, "there are none, splash, playwright"),
        ({"RENDERER": "splash"}, "needs SPLASH_URL"),
        ({"RENDERER": "splash", "SPLASH_URL": "localhost:8050"}, "needs SPLASH_URL"),
    ],
)
def test_wrong_settings(settings: dict[str, str], words: str) -> None:
    """A renderer that there is not, or Splash without its address, is refused in one line."""
    with pytest.raises(RenderingError, match=words):
        check_renderer(Settings(settings))


def test_no_renderer_changes_nothing() -> None:
    """Without a renderer Scrapy's download handlers stay as they are; a project's own stay with one."""
    plain = Settings()
    own = Settings({"RENDERER": "playwright", "DOWNLOAD_HANDLERS": {"http": "mine.Handler"}})
    install(plain)
    install(own)
    assert plain.getdict("DOWNLOAD_HANDLERS") == {}
    assert own.getdict("DOWNLOAD_HANDLERS") == {
        "http": "mine.Handler",
        "https": "newsspider.rendering.browser.BrowserHandler",
    }
