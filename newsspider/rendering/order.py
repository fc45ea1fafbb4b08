"""What a browser is told to do with one page: plain data, the same for both engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cssselect import SelectorError
from parsel.csstranslator import HTMLTranslator
from scrapy import Request

from newsspider.extraction.select import Alternatives
from newsspider.extraction.site import CrawlRules
from newsspider.fetching.row import row_of

if TYPE_CHECKING:
    from newsspider.spiders.news import NewsSpider

RENDER_KEY = "newsspider_render"
"""In ``Request.meta``: the page is to be fetched by a browser."""
MORE_FLAG = "more"
"""In ``Response.flags``: the list could have been made to grow further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOrder:
    """How one page is rendered."""

    timeout: float
    """Seconds that it may take in all."""
    ready: tuple[str, ...] = ()
    """XPaths: where one of these finds something, the page is there; none: when it has calmed down."""
    more: tuple[str, ...] = ()
    """XPaths of what makes a list grow; none: a button that says so, else scrolling."""
    steps: int = 0
    """How many times a list may be made to grow."""
    private: bool = False
    """Whether the page may load from private addresses."""
    hosts: tuple[str, ...] = ()
    """The site's own, which it may load from wherever they are."""


def order_of(request: Request, spider: NewsSpider) -> RenderOrder:
    """Return the order for *request*, a row's request with the mark :data:`RENDER_KEY`."""
    row = row_of(request)
    site = spider.sites.get(row.site) if row is not None else None
    if row is None or site is None:
        return RenderOrder(timeout=CrawlRules().render_timeout)
    is_list = row.role == "section"
    grows = is_list and bool(site.links.more or not site.links.next)
    return RenderOrder(
        timeout=site.crawl.render_timeout,
        ready=() if is_list else tuple(xpath for t in site.templates for xpath in xpaths_of(t.match)),
        more=xpaths_of(site.links.more) if is_list else (),
        steps=max(0, spider.arguments.max_pages - 1 - row.depth) if grows else 0,
        private=site.crawl.private_addresses,
        hosts=site.domains,
    )


def xpaths_of(expressions: Alternatives) -> tuple[str, ...]:
    """Return *expressions* as XPaths, which every browser understands; other kinds are left out.

    >>> from newsspider.extraction.select import compile_expression
    >>> xpaths_of([compile_expression("text:More"), compile_expression("xpath://main")])
    ('//main',)
    """
    found = (_xpath(expression.text) for expression in expressions)
    return tuple(xpath for xpath in found if xpath)


def _xpath(text: str) -> str | None:
    prefix, colon, rest = text.partition(":")
    if colon and prefix.strip() in ("json", "text"):
        return None
    if colon and prefix.strip() == "xpath":
        return rest.strip()
    try:
        return HTMLTranslator().css_to_xpath(text)
    except SelectorError:  # the prefix of a kind that is not known here
        return None
