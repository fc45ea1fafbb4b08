"""The organisation that publishes the article."""

from __future__ import annotations

from collections.abc import Sequence

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, objects, stated, strings
from newsspider.extraction.json_ld import types_of
from newsspider.extraction.page import Page

_META = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
    "twitter:app:name:iphone",
)
_OUTLETS = {"NewsMediaOrganization", "Organization"}
_MAX_LENGTH = 80


def guess(page: Page, context: Context) -> Found[str] | None:
    """Return the publisher that the article's data name, else the site's name."""
    for source, value in stated(page, "publisher", "sourceOrganization"):
        name = tidy([text for node in objects(page, value) for text in strings(node.get("name"))], context)
        if name:
            return Found(name, source)
    for key in _META:
        name = tidy([page.meta_text(key)], context)
        if name:
            return Found(name, f"meta:{key}")
    for node in page.json_ld:
        if _OUTLETS.intersection(types_of(node)):
            name = tidy(strings(node.get("name")), context)
            if name:
                return Found(name, "json-ld:Organization")
    return Found(context.site_names[0], "site") if context.site_names else None


def tidy(values: Sequence[str], context: Context) -> str | None:
    """Return the first of *values* that is a name, not an address.

    >>> from datetime import UTC, datetime
    >>> tidy(["https://example.com", "Example News"], Context(datetime.now(UTC)))
    'Example News'
    """
    texts = map(clean, values)
    return next(
        (
            t
            for t in texts
            if t and len(t) <= _MAX_LENGTH and not t.startswith(("http:", "https:", "www.", "@"))
        ),
        None,
    )
