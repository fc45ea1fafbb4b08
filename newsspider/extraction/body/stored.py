"""The article in the data that a front end embeds, for pages whose tree is a skeleton.

Looked for only where the tree gives next to nothing: as a string of HTML (Next, Nuxt, React Query, flight
rows of React server components) or as a list of content elements (Fusion, and editors that store blocks).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    ("image", "img", "gallery", "video", "audio", "ad", "advertisement", "related", "interstitial_link",
     "oembed", "oembed_response", "custom_embed", "embed", "reference", "promo", "newsletter", "social",
     "link_list")
)  # fmt: skip
_KIND_KEYS: Final = ("style", "type", "nodeType", "_type", "__typename")
_TAGS: Final = (
    ("table", re.compile(r"\Atable\Z")),
    ("li", re.compile(r"list-?item|\A[uo]?li\Z")),
    ("ul", re.compile(r"list\Z|\A[uo]l\Z")),
    ("h2", re.compile(r"\Ah[2-6]\b|head(?:ing|er|line)")),
    ("blockquote", re.compile(r"quote|\Abq\Z")),
)
"""What editors call the elements of an article, by the tag that they are."""
_LEAST: Final = 200
_MOST_VALUES: Final = 60_000
_MOST_PUSHES: Final = 400
_DEPTH: Final = 6
_RENDERED: Final = frozenset(("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote"))
_FLIGHT_ROW: Final = re.compile(r"^[0-9a-f]{1,8}:(?=[\[{])", re.MULTILINE)


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
    """Yield the values that the page's scripts push to a queue, also those that come in pieces of text."""
    decoder = json.JSONDecoder(strict=False)
    left = _MOST_PUSHES
    pieces: list[str] = []
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
            pieces.extend(part for part in _list(value) if isinstance(part, str))
    rows = "".join(pieces)
    for row in _FLIGHT_ROW.finditer(rows):
        try:
            yield decoder.raw_decode(rows, row.end())[0]
        except (ValueError, RecursionError):
            continue


def _candidates(values: Sequence[Json]) -> Iterator[str]:
    stack: list[Json] = list(reversed(values))
    entities: dict[str, Json] = {}
    seen = 0
    while stack and seen < _MOST_VALUES:
        value = stack.pop()
        seen += 1
        if isinstance(value, str):
            if len(value) > _LEAST and _MARKUP.search(value):
                yield value
        elif isinstance(value, dict):
            if "ROOT_QUERY" in value:
                entities |= value
            elements = value.get("content_elements")
            if isinstance(elements, list) and len(joined := _joined(elements, entities)) > _LEAST:
                yield f"{_standfirst(value)}<div>{joined}</div>"
            stack.extend(value.values())
        elif isinstance(value, list):
            joined = _joined(value, entities)
            if len(joined) > _LEAST:
                yield joined
            stack.extend(value)


def _joined(elements: Sequence[Json], entities: Mapping[str, Json]) -> str:
    """Return a list of content elements as HTML, or nothing if it is a list of something else.

    A front end may keep the elements as *entities* and list their keys.
    """
    if _is_rendered(elements):
        return ""
    refs = (element.get("__ref") if isinstance(element, dict) else None for element in elements)
    owned = (entities.get(ref) if isinstance(ref, str) else element
             for ref, element in zip(refs, elements, strict=True))  # fmt: skip
    return "".join(map(_element, owned))


def _element(element: Json) -> str:
    if isinstance(element, list):
        return _rendered(element, _DEPTH) if _is_rendered(element) and element[1] in _RENDERED else ""
    if not isinstance(element, dict):
        return ""
    named = map(element.get, _KIND_KEYS)
    kinds = [kind.lower() for kind in named if isinstance(kind, str)]
    if not _OTHER_TYPES.isdisjoint(kinds) or "headline" in element or "url" in element:
        return ""
    tag = "li" if element.get("listItem") else _tag(kinds)
    text = _CONTENTS.get(tag, _content)(element)
    tag = tag or ("div" if _MARKUP.search(text) else "p")
    return f"<{tag}>{text}</{tag}>" if text else ""


def _tag(kinds: Sequence[str]) -> str:
    return next((tag for tag, names in _TAGS if any(map(names.search, kinds))), "")


def _content(element: Mapping[str, Json]) -> str:
    return _text(element, _DEPTH)


def _items(element: Mapping[str, Json]) -> str:
    """Return the items of a list, which editors put in different places."""
    data = element.get("data")
    owners = (element, data) if isinstance(data, dict) else (element,)
    found = (_list(owner.get(key)) for owner in owners for key in ("items", "content", "children"))
    items = next((items for items in found if items), ())
    return "".join(f"<li>{_text(item, _DEPTH)}</li>" for item in items)


def _rows(table: Mapping[str, Json]) -> str:
    rows = [table.get("header"), *_list(table.get("rows"))]
    return "".join(_row(_list(row)) for row in rows if row)


def _rendered(element: Sequence[Json], depth: int) -> str:
    """Return an element as React serialises it, ``["$", tag, key, properties]``, as HTML."""
    _, tag, _, properties = element
    text = _text(properties, depth)
    return f"<{tag}>{text}</{tag}>" if text and tag in _RENDERED else text


def _is_rendered(value: object) -> bool:
    return isinstance(value, list) and len(value) == 4 and value[0] == "$" and isinstance(value[1], str)


def _row(cells: Sequence[Json]) -> str:
    return f"<tr>{''.join(f'<td>{_text(cell, _DEPTH)}</td>' for cell in cells)}</tr>"


_CONTENTS: Final[Mapping[str, Callable[[Mapping[str, Json]], str]]] = {"table": _rows, "ul": _items}


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else ()


def _text(value: Json, depth: int) -> str:
    if isinstance(value, str):
        return value
    if depth and isinstance(value, dict):
        found = (_text(value[key], depth - 1) for key in _TEXT_KEYS if key in value)
        return next((text for text in found if text), "")
    if depth and isinstance(value, list):
        if _is_rendered(value):
            return _rendered(value, depth - 1)
        return "".join(_text(item, depth - 1) for item in value)
    return ""


def _standfirst(owner: Mapping[str, Json]) -> str:
    """Return the standfirst of the object *owner* that holds the content elements, as HTML."""
    for key in _LEADS:
        text = _text(owner.get(key), _DEPTH)
        if text:
            return f'<div><p class="standfirst">{text}</p></div>'
    return ""
