"""The news agency that the text comes from, by its standard name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from newsspider.cleaning.agencies import spellings
from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, objects, stated, strings
from newsspider.extraction.fields.headline import site_names
from newsspider.extraction.page import Page
from newsspider.extraction.text import fold

_META = (
    "article:agency",
    "agency",
    "source",
    "dc.source",
    "news_source",
    "syndication-source-name",
    "copyright",
)
_SPLIT = re.compile(r"\s*(?:[/,;|()\[\]]|\s[–—-]\s|\b(?:and|und|et|y|e|with|mit|from|via|by)\b)\s*")


def guess(page: Page, context: Context) -> Found[str] | None:
    """Return the agency that the article's data name; for its byline there is :func:`signing`."""
    context = replace(context, site_names=site_names(page, context))
    for source, value in stated(
        page, "author", "creator", "sourceOrganization", "copyrightHolder", "provider"
    ):
        name = tidy([text for node in objects(page, value) for text in strings(node.get("name"))], context)
        if name:
            return Found(name, source)
    for key in _META:
        text = page.meta_text(key)
        name = tidy([text], context) if text else None
        if name:
            return Found(name, f"meta:{key}")
    return None


def signing(byline: str, context: Context) -> Found[str] | None:
    """Return the agency that *byline*, as the page has it, names."""
    name = tidy([byline], context)
    return Found(name, "byline") if name else None


def tidy(values: Sequence[str], context: Context) -> str | None:
    """Return the standard name of the first agency that *values* name.

    >>> from datetime import UTC, datetime
    >>> tidy(["Jo Doe and The Associated Press"], Context(datetime.now(UTC)))
    'AP'
    """
    own = {fold(name) for name in context.site_names}
    for value in values:
        text = clean(value)
        for piece in (text, *_SPLIT.split(text)):
            name = agencies().get(fold(piece))
            # an agency's own site publishes, it does not take over
            if name and fold(name) not in own:
                return name
    return None


@cache
def agencies() -> Mapping[str, str]:
    """Return folded spelling → standard name."""
    found: dict[str, str] = {}
    for spelling, name in spellings():
        found.setdefault(fold(spelling), name)
    return found
