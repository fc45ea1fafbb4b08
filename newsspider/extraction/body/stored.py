"""The article in the data that a front end embeds, for pages whose tree is a skeleton.

Looked for only where the tree gives next to nothing: as a string of HTML (Next, Nuxt, React Query, flight
rows of React server components) or as a list of content elements (Fusion, and editors that store blocks).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import lxml.html
from lxml import etree

from newsspider.extraction.body.segment import weight
from newsspider.extraction.json_text import Json
from newsspider.extraction.page import Node, Page

_PUSH: Final = re.compile(r"\.push\(\s{0,3}(?=[\[{])")
_SCRIPTS: Final = etree.XPath("//script[not(@src)]")
_MARKUP: Final = re.compile(r"<(?:p|br|div|h[2-4])\b", re.IGNORECASE)
_TEXT_KEYS: Final = (
    "content", "text", "html", "value", "body", "paragraph", "basic", "children", "data", "items", "nodes",
    "content_elements",
)  # fmt: skip
_LEADS: Final = ("standfirst", "subheadlines", "subheadline", "subtitle", "dek", "lead")
_OTHER_TYPES: Final = frozenset(
    ("image", "gallery", "video", "audio", "ad", "advertisement", "related", "interstitial_link", "oembed",
     "oembed_response", "custom_embed", "embed", "reference", "promo", "newsletter", "social", "link_list")
)  # fmt: skip
_ROLES: Final = dict.fromkeys(
    ("header", "heading", "subheading", "subheadline", "h2", "h3"), "h2"
) | dict.fromkeys(("quote", "blockquote", "pullquote"), "blockquote")
_TABLES: Final = frozenset(("table",))
_LISTS: Final = frozenset(("list", "ul", "ol"))
_LEAST: Final = 200
_MOST_VALUES: Final = 60_000
_MOST_PUSHES: Final = 400
_DEPTH: Final = 6


def stored_body(page: Page) -> Node | None:
    """Return the longest article text that *page* holds as data, as a tree of its own; None if none."""
    best, best_size = "", _LEAST
    for markup in _candidates([*page.state, *_pushed(page)]):
        if len(markup) > best_size:
            size = weight(re.sub(r"<[^<>]{0,2000}>", "", markup))
            if size > best_size:
                best, best_size = markup, size
    if not best:
        return None
    return lxml.html.document_fromstring(f"<html><body>{best}</body></html>")


def _pushed(page: Page) -> Iterator[Json]:
    """Yield the values that the page's scripts push to a queue."""
    decoder = json.JSONDecoder(strict=False)
    left = _MOST_PUSHES
    scripts = _SCRIPTS(page.root)
    for script in scripts if isinstance(scripts, list) else ():
        text = script.text if isinstance(script, etree._Element) else None
        at = 0
        while text and left and (match := _PUSH.search(text, at)):
            left -= 1
            at = match.end()
            try:
                value, at = decoder.raw_decode(text, at)
            except (ValueError, RecursionError):
                continue
            yield value


def _candidates(values: Sequence[Json]) -> Iterator[str]:
    stack: list[Json] = list(reversed(values))
    seen = 0
    while stack and seen < _MOST_VALUES:
        value = stack.pop()
        seen += 1
        if isinstance(value, str):
            if len(value) > _LEAST and _MARKUP.search(value):
                yield value
        elif isinstance(value, dict):
            elements = value.get("content_elements")
            if isinstance(elements, list) and len(joined := _joined(elements)) > _LEAST:
                yield f"{_standfirst(value)}<div>{joined}</div>"
            stack.extend(value.values())
        elif isinstance(value, list):
            joined = _joined(value)
            if len(joined) > _LEAST:
                yield joined
            stack.extend(value)


def _joined(elements: Sequence[Json]) -> str:
    """Return a list of content elements as HTML, or nothing if it is a list of something else."""
    return "".join(_element(element) for element in elements if isinstance(element, dict))


def _element(element: Mapping[str, Json]) -> str:
    kind = str(element.get("type") or element.get("__typename") or "").lower()
    if kind in _OTHER_TYPES or "headline" in element or "url" in element:
        return ""
    if kind in _TABLES:
        rows = [element.get("header"), *_list(element.get("rows"))]
        return f"<table>{''.join(_row(_list(row)) for row in rows if row)}</table>"
    if kind in _LISTS:
        return (
            f"<ul>{''.join(f'<li>{_text(item, _DEPTH)}</li>' for item in _list(element.get('items')))}</ul>"
        )
    text = _text(element, _DEPTH)
    if not text:
        return ""
    tag = _ROLES.get(kind) or ("div" if _MARKUP.search(text) else "p")
    return f"<{tag}>{text}</{tag}>"


def _row(cells: Sequence[Json]) -> str:
    return f"<tr>{''.join(f'<td>{_text(cell, _DEPTH)}</td>' for cell in cells)}</tr>"


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else ()


def _text(value: Json, depth: int) -> str:
    if isinstance(value, str):
        return value
    if depth and isinstance(value, dict):
        found = (_text(value[key], depth - 1) for key in _TEXT_KEYS if key in value)
        return next((text for text in found if text), "")
    if depth and isinstance(value, list):
        return "".join(_text(item, depth - 1) for item in value)
    return ""


def _standfirst(owner: Mapping[str, Json]) -> str:
    """Return the standfirst of the object *owner* that holds the content elements, as HTML."""
    for key in _LEADS:
        text = _text(owner.get(key), _DEPTH)
        if text:
            return f'<div><p class="standfirst">{text}</p></div>'
    return ""
