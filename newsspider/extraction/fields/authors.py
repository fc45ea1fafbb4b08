"""Who wrote the article: ``authors`` and ``byline_raw``.

Authors are people. Where a page names no person, the organisation that it states as the author stands in:
half of agency copy is signed so, and a reader who sees "dpa" above a story is not told of an unknown author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from newsspider.extraction.fields.byline import Signers, read_byline
from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, objects, stated, strings
from newsspider.extraction.fields.marks import after, is_elsewhere, marked
from newsspider.extraction.json_text import Json
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import fold, node_text

_META = (
    "author", "article:author", "article:author_name", "og:article:author", "parsely-author",
    "sailthru.author",
    "cxenseparse:author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "byline", "authors",
    "article.author", "citation_author", "bt:author", "twitter:data1", "mediator_author", "rnews:author",
)  # fmt: skip
_LABELLED = re.compile(
    r"(?:by|von|par|por|di|door|av|af|autore?|oleh|penulis|автор|text|texto|written by|words by)\b[:\s]",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(("aside", "nav", "footer", "form", "figure", "figcaption", "blockquote"))
_NEAR = 80
_MAX_BELOW = 40
_MANY = 8
_LINE = frozenset(("p", "span", "div", "li", "address", "h2", "h4", "h5", "h6", "a", "em", "strong", "small"))
_MAX_BYLINE = 200
_URL = re.compile(r"https?://|^/|facebook\.com|twitter\.com")


def guess(page: Page, context: Context) -> Found[tuple[str, ...]] | None:
    """Return who wrote the article; see :func:`_guess`."""
    return page.remember(_guess, page, context)


def _guess(page: Page, context: Context) -> Found[tuple[str, ...]] | None:
    """Return the people that the page's metadata or byline name, else the organisation that signs it.

    A byline that readers see and that names all people of the metadata and more is believed before them.
    """
    names = _own_names(page, context)
    organisations: Found[tuple[str, ...]] | None = None
    for source, texts in _statements(page):
        signers = sum((read_byline(text, names, certain=True) for text in texts), Signers())
        if signers.people:
            return _completed(page, names, Found(signers.people, source, ", ".join(texts)))
        if organisations is None and signers.organisations:
            organisations = Found(signers.organisations, source, ", ".join(texts))
    return _from_byline(page, names) or organisations


def tidy(values: Sequence[str], context: Context) -> tuple[str, ...] | None:
    """Return the people that *values*, pieces of a byline, name; else the organisations.

    >>> from datetime import UTC, datetime
    >>> tidy(["By Ada Berg and Lu Sommer, staff writers"], Context(datetime.now(UTC)))
    ('Ada Berg', 'Lu Sommer')
    """
    signers = sum((read_byline(value, context.site_names) for value in values), Signers())
    if not signers.people and len(values) > 1:
        signers += sum((read_byline(value, context.site_names, certain=True) for value in values), Signers())
    return signers.people or signers.organisations or None


def _statements(page: Page) -> Iterator[tuple[str, list[str]]]:
    for source, value in stated(page, "author", "creator", "contributor"):
        yield source, list(_names(page, value))
    for name in _META:
        texts = [text for text in map(clean, page.meta.get(name, ())) if text and not _URL.search(text)]
        if texts and (name != "twitter:data1" or "author" in page.meta_text("twitter:label1").lower()):
            yield f"meta:{name}", list(dict.fromkeys(texts))


def _names(page: Page, value: Json) -> Iterator[str]:
    for node in objects(page, value):
        parts = strings([node.get("givenName"), node.get("familyName")])
        for name in strings(node.get("name")) or ([" ".join(parts)] if parts else []):
            if not _URL.search(name):
                yield name


def _own_names(page: Page, context: Context) -> tuple[str, ...]:
    stated_name = page.meta_text("og:site_name")
    publisher = page.news.get("publisher")
    published = publisher.get("name") if isinstance(publisher, dict) else publisher
    return tuple({*context.site_names, stated_name, published if isinstance(published, str) else ""} - {""})


def _completed(page: Page, names: tuple[str, ...], found: Found[tuple[str, ...]]) -> Found[tuple[str, ...]]:
    """Return *found*, or the byline's people where they are more of the same."""
    seen = _from_byline(page, names)
    if (
        seen is not None
        and {fold(n) for n in found.value} < {fold(n) for n in seen.value}
        and len(seen.value) <= _MANY
        and len(seen.raw or "") <= _MAX_BYLINE // 2
    ):
        return seen
    return found


def _from_byline(page: Page, names: tuple[str, ...]) -> Found[tuple[str, ...]] | None:
    organisations: Found[tuple[str, ...]] | None = None
    for text in _bylines(page):
        signers = read_byline(text, names)
        if signers.people:
            return Found(signers.people, "byline", text)
        if organisations is None and signers.organisations and _LABELLED.match(text):
            organisations = Found(signers.organisations, "byline", text)
    return organisations


def _bylines(page: Page) -> Iterator[str]:
    """Yield the texts marked as byline, outermost first, then labelled lines under the headline."""
    seen: set[Node] = set()
    for node in islice(marked(page, "author"), 40):
        parent = node.getparent()
        # a link that says rel=author is not another's because it stands in an aside
        outside = _OUTSIDE - {"aside"} if node.get("rel") == "author" else _OUTSIDE
        if (parent is not None and parent in seen) or node.tag == "img" or is_elsewhere(node, outside):
            seen.add(node)
            continue
        if _is_large(node):
            continue
        text = node_text(node)
        if text and len(text) <= _MAX_BYLINE:
            seen.add(node)
            links = [
                node_text(a)
                for a in node.iter("a")
                if "author" in f"{a.get('rel')}{a.get('href')}{a.get('class')}"
            ]
            if len(links) > 1 and all(links):
                text = ", ".join(dict.fromkeys(links))
            yield text
    heading = next(page.root.iter("h1"), None)
    for node in islice(after(heading), _NEAR) if heading is not None else ():
        if node.tag in _LINE and _LABELLED.match((node.text or next(node.itertext(), "")).strip() + " "):
            text = "" if _is_large(node) or is_elsewhere(node, _OUTSIDE) else node_text(node)
            beside = node.getnext()
            if _LABELLED.fullmatch(f"{text} ") and beside is not None and not _is_large(beside):
                text = f"{text} {node_text(beside)}"
            if len(text) <= _MAX_BYLINE // 2 and _LABELLED.match(text):
                yield text


def _is_large(node: Node) -> bool:
    """Tell whether *node* has more below it than a byline has."""
    return next(islice(node.iterdescendants(), _MAX_BELOW, None), None) is not None
