"""The URL that the page gives for itself, before :mod:`newsspider.extraction.identity` weighs it."""

from __future__ import annotations

from collections.abc import Iterator

from newsspider.extraction.addresses import host_of
from newsspider.extraction.fields.context import Found
from newsspider.extraction.fields.evidence import stated
from newsspider.extraction.page import Page
from newsspider.extraction.text import normalize

_RELS = ("canonical", "CANONICAL", "Canonical")


def candidates(page: Page) -> Iterator[Found[str]]:
    """Yield every URL that the page states to be its own, the most trusted first."""
    links = (node.get("href") for node in page.elements.tagged("link") if node.get("rel") in _RELS)
    link = next((href for href in links if href is not None), "")
    texts = [(link, "link:canonical"), (page.meta_text("og:url"), "meta:og:url")]
    for source, value in stated(page, "mainEntityOfPage", "url"):
        inner = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        inner = inner[0] if isinstance(inner, list) and inner else inner
        texts.append((inner if isinstance(inner, str) else "", source))
    for text, source in texts:
        url = page.absolute(normalize(text)) if text.strip() else ""
        if url.lower().startswith(("http://", "https://")) and host_of(url):
            yield Found(url, source)
