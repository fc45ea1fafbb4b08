"""Links to articles: on list pages, and beside an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from newsspider.extraction.links.anchors import Anchor, anchors
from newsspider.extraction.links.link import Link, as_moment, date_in, on_site, tidy_url, url_path
from newsspider.extraction.links.parts import same_article
from newsspider.extraction.links.shape import article_shape
from newsspider.extraction.page import Node, Page
from newsspider.extraction.site import Site

_ENOUGH = 3  # points of evidence
_CARD_LEVELS = 5


def section_links(page: Page, site: Site | None = None) -> tuple[Link, ...]:
    """Return the links of a list page that lead to articles, in document order, each address once.

    A site file's patterns decide where there are any. Else the shape of the address and the place of the
    link add up: cards and headlines speak for an article; menus, tags, authors and share bars against it.
    """
    found = _articles(anchors(page), page, site)
    times = _times(page)
    return tuple(Link(url, "article", anchor.text, _date(url, anchor.node, times)) for url, anchor in found)


def related_links(page: Page, site: Site | None = None) -> tuple[Link, ...]:
    """Return the links of an article page to related articles, in document order, each address once."""
    rules = site.links.related if site else ()
    boxes = (anchors(page, expression.nodes(page)) for expression in rules) if rules else (anchors(page),)
    found = next((links for box in boxes if (links := _articles(box, page, site))), [])
    return tuple(
        Link(url, "related", anchor.text) for url, anchor in found if not same_article(url, page.url)
    )


def _articles(found: Iterable[Anchor], page: Page, site: Site | None) -> list[tuple[str, Anchor]]:
    """Return the addresses of articles among *found*, each once, with the anchor that says most of it."""
    best: dict[str, tuple[int, Anchor]] = {}
    own = {_key(tidy_url(page.url)), _key(page.absolute(page.meta_text("og:url")))}
    for anchor in found:
        if _key(anchor.url) in own or not on_site(anchor.url, site):
            continue
        evidence = _evidence(anchor, site)
        # the picture of a card is a link without words; its headline is another
        if evidence > 0 and (anchor.url not in best or evidence > best[anchor.url][0]):
            best[anchor.url] = (evidence, anchor)
    return [(url, anchor) for url, (evidence, anchor) in best.items() if evidence >= _ENOUGH]


def _key(url: str) -> str:
    """Return *url* without what makes no other page of it: scheme and trailing slash."""
    return url.partition("://")[2].rstrip("/")


def _evidence(anchor: Anchor, site: Site | None) -> int:
    if site is not None and site.links.article is not None:
        return _ENOUGH if site.links.article.search(url_path(anchor.url)) else 0
    section = site.links.section if site is not None else None
    if section is not None and section.search(url_path(anchor.url)):
        return 0
    shape = article_shape(anchor.url)
    if shape <= 0:
        return 0
    around = anchor.place
    if around.in_frame:
        return 0
    words = _headline_like(anchor.text)
    place = 2 * around.in_heading + around.in_card
    # words and place without any shape are a menu of long names; a shape alone may be a picture
    return shape + words + place if words or shape >= _ENOUGH else 0


def _headline_like(text: str) -> int:
    """Return 0 to 2: letters of scripts without spaces say more each."""
    opening = text[:60]
    length = len(opening) if opening.isascii() else sum(1 if char < "\u2e80" else 3 for char in opening)
    return (length >= 25) + (length >= 45)


def _times(page: Page) -> dict[Node, list[str]]:
    """Return what the ``<time>`` elements within each element state; of more than two the first two."""
    within: dict[Node, list[str]] = {}
    for time in page.elements.tagged("time"):
        stated = time.get("datetime")
        if stated is None:
            continue
        for element in time.iterancestors():
            times = within.setdefault(element, [])
            if len(times) == 2:  # and so has all that is above
                break
            times.append(stated)
    return within


def _date(url: str, node: Node, within: Mapping[Node, Sequence[str]]) -> datetime | None:
    """Return the date beside a link: of the one ``<time>`` in its card, else in its address."""
    element: Node | None = node
    for _ in range(_CARD_LEVELS):
        if element is None or element.tag in ("body", "main"):
            break
        times = within.get(element)
        if times:
            if len(times) == 1 and (moment := as_moment(times[0])):
                return moment
            break
        element = element.getparent()
    return date_in(url_path(url))
