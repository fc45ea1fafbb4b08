"""The section that the article is filed under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsspider.extraction.addresses import split
from newsspider.extraction.fields import breadcrumbs
from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, stated, strings
from newsspider.extraction.fields.marks import is_elsewhere
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import fold, node_text

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
_UNSORTED = {
    "uncategorized", "uncategorised", "allgemein", "non classé", "sin categoría", "sem categoria",
    "senza categoria", "geen categorie", "без рубрики", "未分類", "未分类", "default", "none", "null",
    "undefined",
}  # fmt: skip
_NO_SECTIONS = _HOME | _UNSORTED
_MAX_LENGTH = 60
_MAX_MENU = 30


def guess(page: Page, context: Context) -> Found[str] | None:
    """Return the section that metadata state, else the last breadcrumb, else what links call it."""
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
    return Found(section, trail.source) if trail and section else _linked(page, context)


def tidy(values: Sequence[str], context: Context) -> str | None:
    """Return the first of *values* that names a section, not the home page.

    >>> from datetime import UTC, datetime
    >>> tidy(["Home", "World"], Context(datetime.now(UTC)))
    'World'
    """
    texts = (clean(value).strip(" »›/|>") for value in values)
    return next((text for text in texts if _is_section(text)), None)


def _is_section(text: str) -> bool:
    is_name = 0 < len(text) <= _MAX_LENGTH and not text.startswith(("http:", "https:"))
    return is_name and text.casefold() not in _NO_SECTIONS


def _linked(page: Page, context: Context) -> Found[str] | None:
    """Return the category that the article's own link names, else the section by its address's first step."""
    category = tidy([node_text(node) for node in _category_links(page)], context)
    if category:
        return Found(category, "category")
    step, _, rest = split(page.url).path.strip("/").partition("/")
    if not rest or step.isdigit():
        return None
    names = (tidy([node_text(node)], context) for node in _links_to(page, step))
    return next((Found(name, "menu") for name in names if name and _is_name_of(step, name)), None)


def _is_name_of(step: str, name: str) -> bool:
    """Tell whether a link to */step/* names it: "uk-news" is UK, "sport" Sport & Games, "en" no section."""
    step, folded = fold(step), fold(name)
    return len(name) <= _MAX_MENU and (folded in step or (len(step) > 2 and step in folded))


def _category_links(page: Page) -> Iterator[Node]:
    for node in page.elements.tagged("a"):
        if "category" in (node.get("rel") or "") and not is_elsewhere(node):
            yield node


def _links_to(page: Page, step: str) -> Iterator[Node]:
    addresses = (f"/{step}", page.absolute(f"/{step}"))
    for node in page.elements.tagged("a"):
        if (node.get("href") or "").rstrip("/") in addresses:
            yield node
