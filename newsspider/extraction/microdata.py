"""HTML microdata, read into the shape of JSON-LD so that fields read both with the same code.

extruct's reader copies and serialises the subtree of every property; this one looks at each node once.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from lxml import etree

from newsspider.extraction.addresses import join
from newsspider.extraction.json_ld import JsonObject
from newsspider.extraction.text import fold, node_text

# most pages have none, which takes libxml2 a sixth of the time to see that it takes to find both
_HAS_ITEMS = etree.XPath("boolean(descendant-or-self::*/@itemscope)")
_NODES = etree.XPath("descendant-or-self::*[@itemscope or @itemprop]", smart_strings=False)
_MAX_NODES = 5000
_MAX_DEPTH = 200
# the body is read from the tree, with its structure
_LEFT_OUT = {"articleBody", "reviewBody", "text"}
_LINKING = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "source": "src",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "video": "src",
    "object": "data",
}


def read_microdata(root: etree._Element, base_url: str) -> tuple[JsonObject, ...]:
    """Return the items of the document that are no other item's property, in document order."""
    if not _HAS_ITEMS(root):
        return ()
    items: dict[etree._Element, dict[str, Any]] = {}
    top: list[JsonObject] = []
    nodes = _NODES(root)
    for node in islice(nodes if isinstance(nodes, list) else (), _MAX_NODES):
        if not isinstance(node, etree._Element):
            continue
        names = [name for name in (node.get("itemprop") or "").split() if name not in _LEFT_OUT]
        is_item = node.get("itemscope") is not None
        owner = _owner(node, items) if names or is_item else None
        value: Any = None
        if is_item:
            value = items[node] = {"@type": (node.get("itemtype") or "").split()}
            if not (names and owner is not None):
                top.append(value)
        if names and owner is not None:
            value = _value(node, base_url) if value is None else value
            for name in names:
                owner.setdefault(name, []).append(value)
    return tuple(top)


def is_titled(item: JsonObject, title: str) -> bool:
    """Tell whether a headline or name of *item* stands in *title*, which is folded.

    >>> is_titled({"headline": ["It rained!"]}, "it rained weather example news")
    True
    """
    stated = item.get("headline") or item.get("name") or ()
    keys = [fold(text) for text in stated if isinstance(text, str)]
    return any(key in title for key in keys if key)


def _owner(node: etree._Element, items: dict[etree._Element, dict[str, Any]]) -> dict[str, Any] | None:
    for ancestor in islice(node.iterancestors(), _MAX_DEPTH):
        if ancestor in items:
            return items[ancestor]
    return None


def _value(node: etree._Element, base_url: str) -> str:
    tag = str(node.tag)
    stated = node.get("content")
    if stated is None and tag == "time":
        stated = node.get("datetime")
    if stated is not None:
        return stated.strip()
    if tag in _LINKING and tag != "a":
        return join(base_url, node.get(_LINKING[tag]) or "")
    text = node_text(node)
    return text or (join(base_url, node.get("href") or "") if tag == "a" else "")
