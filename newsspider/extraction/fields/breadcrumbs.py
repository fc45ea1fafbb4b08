"""The path from the home page down to the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from lxml import etree

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, elements, strings
from newsspider.extraction.fields.marks import marked
from newsspider.extraction.json_ld import JsonObject, types_of
from newsspider.extraction.page import Page, once_a_page
from newsspider.extraction.text import fold, node_text

# in one step: to put several sets into order takes libxml2 the square of their size
_STEPS = etree.XPath(".//*[self::li or self::a or self::span[not(ancestor::li or ancestor::a)]]")
_EDGES = re.compile(r"^[\s›»>/|·•«\\-]+|[\s›»>/|·•«\\-]+$")
_MAX_STEPS = 8
_MAX_LENGTH = 80


@once_a_page
def guess(page: Page, context: Context) -> Found[tuple[str, ...]] | None:
    """Return the breadcrumbs of the data, else of the trail that readers see, without the headline."""
    for syntax, nodes in (("json-ld", page.json_ld), ("microdata", page.microdata)):
        for node in nodes:
            trail = _listed(_trail_of(node)) if node else ()
            if trail:
                return _found(trail, f"{syntax}:BreadcrumbList", context)
    for box in islice(marked(page, "breadcrumb"), 6):
        steps = list(elements(_STEPS, box))
        # a list item's text covers its links
        items = [node for node in steps if node.tag == "li"] or steps
        trail = _tidied([node_text(node) for node in items[: 2 * _MAX_STEPS]])
        if 1 <= len(trail) <= _MAX_STEPS:
            return _found(trail, "breadcrumbs", context)
    return None


def tidy(values: Sequence[str], context: Context) -> tuple[str, ...] | None:
    """Return *values* without separators, each once.

    >>> from datetime import UTC, datetime
    >>> tidy(["Home»", "World»", "Home» World»"], Context(datetime.now(UTC)))
    ('Home', 'World')
    """
    return _tidied(values) or None


def _found(trail: tuple[str, ...], source: str, context: Context) -> Found[tuple[str, ...]] | None:
    title = fold(context.headline or "")
    last = fold(trail[-1])
    if last and title and (last == title or (len(last) > 20 and title.startswith(last))):
        trail = trail[:-1]
    return Found(trail, source) if trail else None


def _trail_of(node: JsonObject) -> JsonObject:
    if "BreadcrumbList" in types_of(node):
        return node
    inner = node.get("breadcrumb")
    return inner if isinstance(inner, dict) and "itemListElement" in inner else {}


def _listed(node: JsonObject) -> tuple[str, ...]:
    elements = node.get("itemListElement")
    items = [item for item in elements if isinstance(item, dict)] if isinstance(elements, list) else []
    items.sort(key=_position)
    names: list[str] = []
    for item in items[: 2 * _MAX_STEPS]:
        inner = item.get("item")
        name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
        names.extend(strings(name)[:1])
    return _tidied(names)


def _position(item: dict[str, Any]) -> float:
    stated = strings(item.get("position"))
    try:
        return float(stated[0]) if stated else 0.0
    except ValueError:
        return 0.0


def _tidied(values: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in values:
        text = _EDGES.sub("", clean(value))
        if text and not text.isdigit() and len(text) <= _MAX_LENGTH and not re.search(r"[»›>]", text):
            found.setdefault(fold(text) or text, text)
    return tuple(found.values())[:_MAX_STEPS]
