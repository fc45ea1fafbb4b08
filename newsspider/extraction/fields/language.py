"""The language of the article: ``in_language``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import select
from newsspider.extraction.fields.text_language import language_of, language_of_script
from newsspider.extraction.page import Page
from newsspider.extraction.text import node_text, normalize

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?![A-Za-z])")
# codes that sites use in the place of a language's own
_ALIASES = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "cn": "zh",
    "jp": "ja",
    "gr": "el",
    "ua": "uk",
    "cz": "cs",
    "kr": "ko",
    "dk": "da",
}
_NAMES = {
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "italian": "it",
    "italiano": "it",
    "portuguese": "pt",
    "português": "pt",
    "dutch": "nl",
    "russian": "ru",
    "русский": "ru",
    "japanese": "ja",
    "日本語": "ja",
    "korean": "ko",
    "한국어": "ko",
    "chinese": "zh",
    "中文": "zh",
    "arabic": "ar",
    "العربية": "ar",
    "hindi": "hi",
    "turkish": "tr",
    "türkçe": "tr",
    "polish": "pl",
    "polski": "pl",
    "indonesian": "id",
}
_META = ("content-language", "inlanguage", "language", "dc.language", "dcterms.language", "og:locale")
# from the root, not from each <body>: a page may have thousands, one in another; and in one step: to put
# several sets into order takes libxml2 the square of their size
_PARAGRAPHS = etree.XPath("//*[self::p[string-length() > 60] or self::h1]")
_LONG_TEXTS = etree.XPath(
    "//text()[string-length() > 60][not(parent::title or parent::script or parent::style or parent::noscript"
    " or parent::option or parent::a)]",
    smart_strings=False,
)
_SAMPLE = 3000  # characters that a language is told by
_SHORT = 500
_ENOUGH = 80
# what themes ship with, whatever they are then written in
_SHIPPED = ("en", "de", "fr", "es")


def guess(page: Page, context: Context) -> Found[str] | None:
    """Return the language that *page* states, else the one that it is read in."""
    stated = _stated(page)
    if stated is not None or context.language is None:
        return stated
    return Found(context.language, context.language_source)


def of_page(page: Page) -> Found[str] | None:
    """Return the language that *page* states, else the one its text is in."""
    return _stated(page) or _detected(page)


def _stated(page: Page) -> Found[str] | None:
    news = page.news.get("inLanguage")
    if isinstance(news, dict):
        news = news.get("alternateName") or news.get("name")
    candidates = [(news if isinstance(news, str) else "", "json-ld:inLanguage")]
    candidates.append((page.root.get("lang") or page.root.get("xml:lang") or "", "html:lang"))
    candidates.extend((page.meta_text(name), f"meta:{name}") for name in _META)
    found = [Found(tag, source) for text, source in candidates if (tag := _tag(text))]
    if not found:
        return None
    best = found[0]
    # the same language with a region says more
    longer = next((f for f in found if f.value.startswith(best.value + "-")), best)
    return _checked(page, longer)


def _checked(page: Page, stated: Found[str]) -> Found[str] | None:
    """Drop a stated language that the script of the headline rules out: themes ship with ``lang="en"``."""
    title = page.meta_text("og:title") or next(
        (node.text or "" for node in page.elements.tagged("title")), ""
    )
    script = language_of_script(title)
    primary = stated.value.split("-")[0]
    return Found(script, "text") if script and primary in _SHIPPED else stated


def _tag(text: str) -> str | None:
    text = text.strip()
    name = _NAMES.get(text.lower())
    if name:
        return name
    match = _TAG.match(text)
    if not match or text[match.end() :].startswith(("-", "_")) or len(text) > 35:
        return None
    primary = match[1].lower()
    primary = _ALIASES.get(primary, primary)
    parts = [primary, match[2].title() if match[2] else "", match[3].upper() if match[3] else ""]
    return "-".join(part for part in parts if part)


def _detected(page: Page) -> Found[str] | None:
    language = language_of(_samples(page))
    return Found(language, "text") if language else None


def _samples(page: Page) -> Iterator[str]:
    """Yield pieces of the page's running text that a language can be told by, the likeliest first."""
    paragraphs = _beginning(map(node_text, select(_PARAGRAPHS, page)))
    if len(paragraphs) >= _SHORT:
        yield paragraphs
    # older pages set their text in cells of tables, with line breaks, and their menu in a paragraph
    long = _beginning(map(normalize, cast("list[str]", _LONG_TEXTS(page.root))))
    sample = max(paragraphs, long, key=len)
    if len(sample) >= _ENOUGH:
        yield sample
    if len(sample) < _SHORT:
        # a page that its scripts fill has its text in the metadata alone, and at most a notice besides
        stated = f"{page.meta_text('og:title')} {page.meta_text('og:description', 'description')}"
        if len(stated) >= _ENOUGH:
            yield stated


def _beginning(texts: Iterator[str]) -> str:
    """Return the first of *texts*, as many as are needed."""
    pieces: list[str] = []
    length = 0
    for text in texts:
        pieces.append(text)
        length += len(text)
        if length > _SAMPLE:
            break
    return " ".join(pieces)[:_SAMPLE]
