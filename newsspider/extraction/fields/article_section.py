"""The section that the article is filed under."""

from __future__ import annotations

from collections.abc import Sequence

from newsspider.extraction.fields import breadcrumbs
from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, stated, strings
from newsspider.extraction.page import Page

_META = (
    "article:section", "og:section", "section", "parsely-section", "sailthru.section", "cxenseparse:section",
    "bt:section", "articlesection", "dc.type.section", "category",
)  # fmt: skip
_HOME = {
    "home",
    "homepage",
    "start",
    "startseite",
    "accueil",
    "inicio",
    "início",
    "página inicial",
    "главная",
    "hjem",
    "forside",
    "hem",
    "ana sayfa",
    "beranda",
    "ホーム",
    "トップ",
    "top",
    "首页",
    "首頁",
    "홈",
}
_MAX_LENGTH = 60


def guess(page: Page, context: Context) -> Found[str] | None:
    """Return the section that metadata state, else the last breadcrumb."""
    for source, value in stated(page, "articleSection"):
        section = tidy(strings(value), context)
        if section:
            return Found(section, source)
    for name in _META:
        section = tidy([page.meta_text(name)], context)
        if section:
            return Found(section, f"meta:{name}")
    trail = breadcrumbs.guess(page, context)
    section = tidy(trail.value[::-1], context) if trail else None
    return Found(section, trail.source) if trail and section else None


def tidy(values: Sequence[str], context: Context) -> str | None:
    """Return the first of *values* that names a section, not the home page.

    >>> from datetime import UTC, datetime
    >>> tidy(["Home", "World"], Context(datetime.now(UTC)))
    'World'
    """
    texts = (clean(value).strip(" »›/|>") for value in values)
    return next((t for t in texts if t and t.casefold() not in _HOME and len(t) <= _MAX_LENGTH), None)
