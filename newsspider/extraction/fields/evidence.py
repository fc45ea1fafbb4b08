"""What the page's structured data states, as plain strings with their source."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from newsspider.extraction.json_ld import JsonObject
from newsspider.extraction.json_text import Json, read_json
from newsspider.extraction.page import Node, Page, once_a_page
from newsspider.extraction.text import normalize

_TAG = re.compile(r"<[^<>]{1,400}>")
_MAX_VALUES = 400
_PARSELY = {
    "title": "headline",
    "pub_date": "datePublished",
    "author": "author",
    "authors": "author",
    "section": "articleSection",
    "tags": "keywords",
    "image_url": "image",
}


def articles(page: Page) -> Iterator[tuple[str, JsonObject]]:
    """Yield the objects that are the page's article, the most trusted first, each with its syntax."""
    if page.news:
        yield "json-ld", page.news
    if page.news_item:
        yield "microdata", page.news_item
    if "parsely-page" in page.meta:
        yield "parsely", _parsely(page)


@once_a_page
def _parsely(page: Page) -> JsonObject:
    """Return what an analytics service of about 2013 reads of the article, under schema.org's names."""
    values = read_json(page.meta["parsely-page"][0])
    found = next((value for value in values if isinstance(value, dict)), {})
    return {name: found[key] for key, name in _PARSELY.items() if key in found}


def stated(page: Page, *keys: str) -> Iterator[tuple[str, Json]]:
    """Yield the values of *keys* in the objects that are the page's article, each with its source."""
    for syntax, node in articles(page):
        for key in keys:
            value = node.get(key)
            if value not in (None, "", [], {}):
                yield f"{syntax}:{key}", value


def strings(value: Json) -> list[str]:
    """Return the strings in *value*, entities and tags resolved, in normal form.

    >>> strings(["A &amp; B", {"@value": "<b>C</b>"}, 3, None])
    ['A & B', 'C', '3']
    """
    found: list[str] = []
    stack = [value]
    while stack and len(found) < _MAX_VALUES:
        item = stack.pop()
        if isinstance(item, str):
            text = clean(item)
            if text:
                found.append(text)
        elif isinstance(item, list):
            stack.extend(reversed(item[:_MAX_VALUES]))
        elif isinstance(item, dict):
            stack.append(item.get("@value") or item.get("name") or item.get("headline"))
        elif isinstance(item, int | float) and not isinstance(item, bool):
            found.append(str(item))
    return found


def clean(text: str) -> str:
    """Return *text*, which came from a data block, as a reader would see it."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    return normalize(text)


def objects(page: Page, value: Json) -> Iterator[JsonObject]:
    """Yield the objects that *value* holds or points to; a bare string becomes an object with a name."""
    # a stack, not recursion: lists may be nested as deep as JSON allows
    stack = [value]
    left = _MAX_VALUES
    while stack and left:
        left -= 1
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item[:_MAX_VALUES]))
        elif isinstance(item, str):
            yield {"name": item}
        elif isinstance(item, dict):
            key = item.get("@id")
            known = page.linked.get(key) if isinstance(key, str) and len(item) <= 2 else None
            yield known or item


def select(query: etree.XPath, page: Page, limit: int = 200) -> Iterator[Node]:
    """Yield the elements that *query* finds on the page, at most *limit*."""
    yield from islice(elements(query, page.root), limit)


def elements(query: etree.XPath, node: Node) -> Iterator[Node]:
    """Yield the elements that *query* finds at *node*."""
    nodes = query(node)
    if isinstance(nodes, list):
        yield from (found for found in nodes if isinstance(found, etree._Element))
