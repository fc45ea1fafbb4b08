"""Whether the article is open to everyone: ``is_accessible_for_free``."""

from __future__ import annotations

from itertools import islice

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import objects, stated
from newsspider.extraction.fields.marks import marked
from newsspider.extraction.json_text import Json
from newsspider.extraction.page import Page
from newsspider.extraction.text import node_text

_WORDS = {
    **dict.fromkeys(
        ("true", "yes", "1", "free", "https://schema.org/true", "http://schema.org/true", "none"), True
    ),
    **dict.fromkeys(("false", "no", "0", "https://schema.org/false", "http://schema.org/false"), False),
    **dict.fromkeys(("locked", "metered", "hard", "subscription", "premium", "paid", "premium-only"), False),
}
_META = ("article:content_tier", "content_tier", "og:content_tier", "article.access", "accessible", "lp:type")
_MIN_OFFER = 20
_MAX_BOXES = 20


def guess(page: Page, context: Context) -> Found[bool] | None:
    """Return what the page states of its article, else False where a paywall stands in it, else None."""
    for source, value in stated(page, "isAccessibleForFree", "isAccessibleForFee"):
        free = _truth(value)
        if free is not None:
            return Found(free if source.endswith("Free") else not free, source)
    parts = [
        free
        for _, value in stated(page, "hasPart")
        for part in objects(page, value)
        if (free := _truth(part.get("isAccessibleForFree"))) is not None
    ]
    if parts:
        return Found(all(parts), "json-ld:hasPart")
    for node in page.json_ld:
        free = _truth(node.get("isAccessibleForFree"))
        if free is not None:
            return Found(free, "json-ld:isAccessibleForFree")
    for name in _META:
        free = _truth(page.meta_text(name))
        if free is not None:
            return Found(free, f"meta:{name}")
    # where the text itself ends at an offer to pay
    walls = (
        node_text(node)
        for node in islice(marked(page, "paywall"), _MAX_BOXES)
        if node.tag not in ("body", "script", "style")
    )
    return Found(False, "paywall") if any(len(text) > _MIN_OFFER for text in walls) else None


def _truth(value: Json) -> bool | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool):
        return value
    return _WORDS.get(str(value).strip().lower()) if isinstance(value, str | int) else None
