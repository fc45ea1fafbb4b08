"""The standfirst, else the page's own description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, stated, strings
from newsspider.extraction.page import Page
from newsspider.extraction.text import fold

_META = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "sailthru.description",
)
_MIN_BYTES = 15


def guess(page: Page, context: Context) -> Found[str] | None:
    """Return the description that the page states: JSON-LD before Open Graph before search engines' own."""
    titles = (fold(page.meta_text("og:title")), fold(context.headline or ""))
    for source, text in _statements(page):
        # a Chinese word is two or three bytes' worth of Latin ones
        if len(text.encode()) >= _MIN_BYTES and fold(text) not in titles:
            return Found(text, source)
    return None


def tidy(values: Sequence[str], context: Context) -> str | None:
    """Return *values*, the paragraphs of a standfirst, as one text.

    >>> from datetime import UTC, datetime
    >>> tidy(["It rained.", "", "Then it stopped."], Context(datetime.now(UTC)))
    'It rained. Then it stopped.'
    """
    return " ".join(filter(None, map(clean, values))) or None


def _statements(page: Page) -> Iterator[tuple[str, str]]:
    for source, value in stated(page, "description", "abstract"):
        yield from ((source, text) for text in strings(value)[:1])
    for name in _META:
        yield f"meta:{name}", clean(page.meta_text(name))
