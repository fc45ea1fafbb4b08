"""Elements by what their class, id and itemprop say they are.

XPath's ``contains(@class, ...)`` asks every element each question anew; here a value is judged once and
remembered: most elements of a page share theirs with others, and a site's pages most of them with each other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from newsspider.extraction.page import Node, Page, once_a_page
from newsspider.extraction.text import UNREAD

_NAMING = frozenset(("class", "id", "itemprop", "data-testid", "rel"))
_MAX_DEPTH = 12
_MAX_MARK = 200
_MAX_ASIDES = 10
_MAX_IN_ASIDE = 60
_KINDS: Mapping[str, re.Pattern[str]] = {
    "author": re.compile(
        r"author|by[-_]?line(?!ar)|autor(?!iz)|auteur|auther|writer|contributor|contrib-|penulis|reporter|redakteur"
        r"|yazar|muhabir|journalist(?!ic)|szerzo|tac-?gia|writeby"
        r"|user-?name|signature|(?<![a-z])(?:firma|(?:posted|written|story|post|article|entry)[-_]?by)(?![a-z])"
    ),
    "date": re.compile(r"date(?!d-?content)|time|publish|posted|byline|meta|stamp|datum|fecha|tarih"),
    "breadcrumb": re.compile(r"breadcrumb|bread-crumb|crumbs"),
    "paywall": re.compile(r"(?:^|\s)paywall(?:\s|$)|paywall-|piano-offer|tp-container-inner|regwall"),
    "tags": re.compile(
        r"(?<![a-z])(?:tags?|topics?|keywords?|themen|temas|etiquetas|schlagw\w+)(?![a-z])|taglist"
    ),
    "caption": re.compile("caption"),
}
# one of these stands in whatever the patterns match; most values have none, and where each alternative begins
# with another letter, one look at a letter rules all of them out
_STEM = re.compile(
    r"aut|by|c(?:ontrib|rumb|aption)|d(?:ate|atum)|etiqueta|f(?:irma|echa)|journalist|keyword|m(?:eta|uhabir)"
    r"|p(?:aywall|enulis|iano-offer|osted|ublish)|re(?:dakteur|gwall|porter)|s(?:chlagw|ignature|tamp|zerzo)"
    r"|t(?:ac-?gia|ag|arih|ema|heme|ime|opic|p-container-inner)|user|writ|yazar"
)
# with a border on the left: "has-sidebar", "elementor-widget" and "no-comments" are around whole articles;
# "widget-span" and "widget-type-cell" are the grid that a publishing system lays all of a page out in
_OTHER = re.compile(
    r"(?<![\w:\[-])(?:sidebar|widget(?!-span|-type)|comments?|responses?|replies|card|latest|rail|(?:pull-?)?quote|tweet"
    r"|testimonial)(?![a-z])|(?:right|left)[-_]?rail|related|teaser|recommend|popular|carousel|most-?read|promo"
    r"|trending|recirc|outbrain|taboola|(?<![a-z])disqus|comment-?(?:list|body|author|meta)"
)
_FRAME = frozenset(("aside", "nav", "footer", "form"))
_WHOLE = frozenset(("body", "html", "main", "article"))
_DOCUMENT = frozenset(("body", "html", "head"))
# what holds no text that anybody reads; many of a page's attributes are theirs. A picture is none of them: it
# may be marked for the caption that a script is to put under it
_WORDLESS = UNREAD | {"meta", "link", "input", "source", "path", "br", "hr"}


def marked(page: Page, kind: str) -> Collection[Node]:
    """Return the elements of the body that may hold text and whose marks are of *kind*, in document order."""
    return _by_kind(page)[kind]


def is_marked(node: Node, kind: str) -> bool:
    """Tell whether the marks of *node* are of *kind*."""
    return any(kind in _kinds(value) for name, value in node.items() if name in _NAMING)


def is_elsewhere(node: Node, outside: frozenset[str] = _FRAME) -> bool:
    """Tell whether *node* is frame or lies in a teaser, a rail, a comment, or in an element *outside*."""
    if node.tag in _FRAME:
        return True
    for ancestor in islice(node.iterancestors(), _MAX_DEPTH):
        tag = str(ancestor.tag)
        if tag in outside and not (tag == "footer" and _is_of_article(ancestor)):
            return True
        if tag not in _WHOLE and _is_other(marks_of(ancestor)):
            return True
    return False


def asides(page: Page) -> Iterator[tuple[Node, ...]]:
    """Yield what is in each aside that tells of the article: that stands in it, or has author and date."""
    authors, dated = marked(page, "author"), marked(page, "date")
    for aside in islice(page.elements.tagged("aside"), _MAX_ASIDES):
        inside = tuple(islice(aside.iterdescendants("*"), _MAX_IN_ASIDE))
        # a byline counts as both; two elements tell it from a teaser's
        has_author = any(node in authors for node in inside)
        has_date = any(node.tag == "time" or (node in dated and node not in authors) for node in inside)
        is_in_article = next(aside.iterancestors("article"), None) is not None
        if len(inside) < _MAX_IN_ASIDE and (is_in_article or (has_author and has_date)):
            yield inside


def _is_of_article(footer: Node) -> bool:
    return next(footer.iterancestors("article"), None) is not None


def holds_more(node: Node, count: int) -> bool:
    """Tell whether more than *count* elements are in *node*; of a large one no more are looked at."""
    return next(islice(node.iterdescendants(), count, None), None) is not None


def after(node: Node) -> Iterator[Node]:
    """Yield the elements that begin after *node* ends, in document order."""
    at: Node | None = node
    while at is not None:
        for sibling in at.itersiblings():
            yield from sibling.iter()
        at = at.getparent()


def before(node: Node) -> Iterator[Node]:
    """Yield the elements that end before *node* begins, the nearest first."""
    at: Node | None = node
    while at is not None:
        for sibling in at.itersiblings(preceding=True):
            yield from _backwards(sibling)
        at = at.getparent()


def _backwards(node: Node) -> Iterator[Node]:
    """Yield all that is in *node*, the last first, and *node* itself."""
    stack = [(node, node.iterchildren(reversed=True))]
    while stack:
        at, children = stack[-1]
        child = next(children, None)
        if child is not None:
            stack.append((child, child.iterchildren(reversed=True)))
        else:
            yield at
            stack.pop()


@once_a_page
def _by_kind(page: Page) -> Mapping[str, Mapping[Node, None]]:
    found: dict[str, dict[Node, None]] = {kind: {} for kind in _KINDS}
    for node in page.root.iter():
        if node.tag in _WORDLESS:
            continue
        for name, value in node.items():
            for kind in _kinds(value) if name in _NAMING else ():
                if _is_in_body(node):
                    found[kind][node] = None
    return found


def _is_in_body(node: Node) -> bool:
    # where neither </head> nor <body> is written, libxml2 puts a <header> and all after it into the head
    around = node.getparent()
    return node.tag not in _DOCUMENT and (around is None or around.tag != "head")


@lru_cache(maxsize=8_192)
def _kinds(value: str) -> tuple[str, ...]:
    """Return what *value*, of an attribute, says that its element is."""
    lower = value[:_MAX_MARK].lower()
    if not _STEM.search(lower):
        return ()
    return tuple([kind for kind, pattern in _KINDS.items() if pattern.search(lower)])


def marks_of(node: Node) -> str:
    """Return what names *node*: class, id, itemprop and test id, as written."""
    get = node.get
    return f"{get('class', '')} {get('id', '')} {get('itemprop', '')} {get('data-testid', '')}"[:_MAX_MARK]


@lru_cache(maxsize=16_384)
def _is_other(marks: str) -> bool:
    return bool(_OTHER.search(marks.lower()))
