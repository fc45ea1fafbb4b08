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
_MOST = 99  # more than any anchor has
_CARD_LEVELS = 5


def section_links(page: Page, site: Site | None = None) -> tuple[Link, ...]:
    """Return the links of a list page that lead to articles, in document order, each address once.

    A site file's patterns decide where there are any. Else the shape of the address and the place of the
    link add up: cards and headlines speak for an article; menus, tags, authors and share bars against it.
    """
    found = _articles(page, site, _MOST)
    times = _times(page)
    return tuple(Link(url, "article", anchor.text, _date(url, anchor.node, times)) for url, anchor in found)


def related_links(page: Page, site: Site | None = None) -> tuple[Link, ...]:
    """Return the links of an article page to related articles, in document order, each address once.

    Their words are those of the first anchor that is evidence enough.
    """
    rules = site.links.related if site else ()
    boxes: Iterable[Iterable[Node] | None] = (rule.nodes(page) for rule in rules) if rules else (None,)
    found = next((links for box in boxes if (links := _articles(page, site, _ENOUGH, box))), [])
    return tuple(
        Link(url, "related", anchor.text) for url, anchor in found if not same_article(url, page.url)
    )


def _articles(
    page: Page, site: Site | None, enough: int, nodes: Iterable[Node] | None = None
) -> list[tuple[str, Anchor]]:
    """Return the addresses of articles on *page*, or in *nodes*, each with the anchor that says most of it.

    No further anchor of an address is looked at when one has *enough* points.
    """
    own = {_key(tidy_url(page.url)), _key(page.absolute(page.meta_text("og:url")))}
    points: dict[str, int] = {}

    def may_lead(url: str) -> bool:
        points[url] = _points(url, site)
        return points[url] > 0 and _key(url) not in own and on_site(url, site)

    best: dict[str, tuple[int, Anchor]] = {}
    for anchor in anchors(page, nodes, to=may_lead):
        before = best[anchor.url][0] if anchor.url in best else 0
        if before >= enough:
            continue
        evidence = _evidence(anchor, points[anchor.url], site)
        # the picture of a card is a link without words; its headline is another
        if evidence > before:
            best[anchor.url] = (evidence, anchor)
    return [(url, anchor) for url, (evidence, anchor) in best.items() if evidence >= _ENOUGH]


def _key(url: str) -> str:
    """Return *url* without what makes no other page of it: scheme and trailing slash."""
    return url.partition("://")[2].rstrip("/")


def _points(url: str, site: Site | None) -> int:
    """Return how much the address speaks for an article; where a site file decides, that is all there is."""
    rules = site.links if site is not None else None
    if rules is not None and rules.article is not None:
        return _ENOUGH if rules.article.search(url_path(url)) else 0
    if rules is not None and rules.section is not None and rules.section.search(url_path(url)):
        return 0
    return article_shape(url)


def _evidence(anchor: Anchor, points: int, site: Site | None) -> int:
    """Return how much *anchor*, whose address speaks for an article by *points*, does in all."""
    if site is not None and site.links.article is not None:
        return points
    # words first: most anchors are of a menu, and have few
    words = _headline_like(anchor.text)
    if not words and points < _ENOUGH:
        return 0  # a shape alone may be a picture
    around = anchor.place
    return 0 if around.in_frame else points + words + 2 * around.in_heading + around.in_card


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
