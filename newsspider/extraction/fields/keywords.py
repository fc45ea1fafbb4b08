"""Tags and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.data import words as label_words
from newsspider.extraction.fields.evidence import clean, stated, strings
from newsspider.extraction.fields.headline import site_names
from newsspider.extraction.fields.stored import stored
from newsspider.extraction.fields.tag_box import tag_box, unmarked_tag_box
from newsspider.extraction.page import Page
from newsspider.extraction.text import fold, node_text

_META = (
    "news_keywords", "keywords", "article:tag", "parsely-tags", "sailthru.tags", "cxenseparse:keywords",
    "dc.subject",
    "dcterms.subject", "og:article:tag", "vs:keywords", "bt:keywords",
)  # fmt: skip
_SPLIT = re.compile(r"\s*[,;|、，،]\s*|\s+[•·]\s+")
# taxonomy of the publishing system, not for readers
_INTERNAL = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|\A[\w.-]+:\S|\A(?:NLP|IAB|Category|Tag|Type|Page|Layer)\b.*:|\A\d{3,}\Z"
    r"|\A[a-z]+_[a-z_]+\Z|\A[a-z]+(?:[A-Z-]\w{0,30})?:\s|https?://"
)
_PREFIX = re.compile(r"\Atag:(?=\S)")
_FEW = 2
_MAX_LENGTH = 80
_MAX_KEYWORDS = 60


def guess(page: Page, context: Context) -> Found[tuple[str, ...]] | None:
    """Return the keywords that the article's own data state, else its tag links."""
    own = replace(context, site_names=site_names(page, context))
    stated_words = [
        Found(found, source)
        for source, texts in _statements(page)
        if (found := tidy(texts, own)) and not _is_headline(found, page, context)
    ]
    if not stated_words:
        return _unstated(page, context, own)
    if len(stated_words[0].value) == 1:
        links = tidy([node_text(node) for node in tag_box(page)], own)
        if links and len(links) > 1:
            return Found(links, "tags")
    repeated = _repeated(stated_words)
    if repeated and not _keys(stated_words[0]) <= _keys(repeated):
        return repeated
    # a list that another one holds whole has been cleared of the publishing system's own labels
    return min(stated_words[:2], key=lambda words: _size_within(words, stated_words), default=None)


def _unstated(page: Page, context: Context, own: Context) -> Found[tuple[str, ...]] | None:
    """Return the tags that readers see, else those that the page's front end holds."""
    links = tidy([node_text(node) for node in tag_box(page)], own) or ()
    if len(links) < _FEW:
        links = tidy([node_text(node) for node in unmarked_tag_box(page)], own) or links
    if links:
        return Found(links, "tags")
    for source, about in stated(page, "about"):
        subjects = tidy(strings(about), own)
        if subjects:
            return Found(subjects, source)
    held = tidy(stored(page, "keywords", context), own)
    return Found(held, "state") if held else None


def tidy(values: Sequence[str], context: Context) -> tuple[str, ...] | None:
    """Return *values* as single keywords, each once, in order; the site's own name is none.

    >>> from datetime import UTC, datetime
    >>> tidy(["Politik, USA, usa, wcms:12"], Context(datetime.now(UTC)))
    ('Politik', 'USA')
    """
    own = {fold(name) for name in context.site_names}
    labels = label_words("labels.tsv")
    found: dict[str, str] = {}
    for value in values:
        # a list of single keywords may have commas inside; one string of all never stands beside others
        pieces = (
            _SPLIT.split(value)
            if len(values) == 1 or value.count(",") > 1 or len(value) > _MAX_LENGTH
            else [value]
        )
        for piece in pieces:
            text = _PREFIX.sub("", clean(piece)).strip(" ,;\"'")
            key = fold(text)
            if (
                key
                and key not in own
                and key not in labels["tags"]
                and key not in labels["all tags"]
                and len(text) <= _MAX_LENGTH
                and not _INTERNAL.search(text)
            ):
                found.setdefault(key, text)
    return tuple(found.values())[:_MAX_KEYWORDS] or None


def _statements(page: Page) -> Iterator[tuple[str, list[str]]]:
    for source, value in stated(page, "keywords"):
        yield source, strings(value)
    for name in _META:
        yield f"meta:{name}", list(page.meta.get(name, ()))


def _repeated(found: Sequence[Found[tuple[str, ...]]]) -> Found[tuple[str, ...]] | None:
    """Return the first list that another source states too, in any order."""
    keys = [_keys(words) for words in found]
    return next((words for words, own in zip(found, keys, strict=True) if keys.count(own) > 1), None)


def _keys(words: Found[tuple[str, ...]]) -> set[str]:
    return {fold(word) for word in words.value}


def _size_within(words: Found[tuple[str, ...]], others: Sequence[Found[tuple[str, ...]]]) -> int:
    """Return the size of *words* where all of them stand in the first list too, else more than any size."""
    first, own = _keys(others[0]), _keys(words)
    is_pruned = own <= first and 2 * len(own) >= len(first)
    return len(own) if is_pruned or words is others[0] else len(first) + 1


def _is_headline(keywords: tuple[str, ...], page: Page, context: Context) -> bool:
    """Tell whether the keywords are the headline, whole or word by word, as some systems fill them in."""
    titles = {fold(page.meta_text("og:title", "twitter:title")), fold(context.headline or "")} - {""}
    return fold(" ".join(keywords)) in titles
