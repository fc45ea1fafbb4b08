"""Tags and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, stated, strings
from newsspider.extraction.fields.headline import site_names
from newsspider.extraction.fields.labels import labelled
from newsspider.extraction.fields.marks import marked
from newsspider.extraction.fields.stored import stored
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import fold, node_text

_META = (
    "news_keywords", "keywords", "article:tag", "parsely-tags", "sailthru.tags", "cxenseparse:keywords",
    "dc.subject",
    "dcterms.subject", "og:article:tag", "vs:keywords", "bt:keywords",
)  # fmt: skip
_SPLIT = re.compile(r"\s*[,;|、，]\s*|\s+[•·]\s+")
# taxonomy of the publishing system, not for readers
_INTERNAL = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|\A[\w.-]+:\S|\A(?:NLP|IAB|Category|Tag|Type|Page|Layer)\b.*:|\A\d{3,}\Z"
    r"|\A[a-z]+_[a-z_]+\Z|https?://"
)
_IN_TEXT = frozenset(("p", "h1", "h2", "h3", "h4"))
_TAG_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|temas?|etiquetas?|keywords?|stichwort|schlagwort)/", re.IGNORECASE
)
_NEAR = 4
_FEW = 2
_MANY = 30
_MAX_LABEL = 30
_MAX_LENGTH = 80
_MAX_KEYWORDS = 60


def guess(page: Page, context: Context) -> Found[tuple[str, ...]] | None:
    """Return the keywords that the article's own data state, else its tag links."""
    own = replace(context, site_names=site_names(page, context))
    stated_words = [
        Found(found, source)
        for source, texts in _statements(page)
        if (found := tidy(texts, own)) and not _is_headline(found, page)
    ]
    if not stated_words or len(stated_words[0].value) == 1:
        links = tidy([node_text(node) for node in _tag_box(page, is_last_resort=not stated_words)], own)
        if links and (not stated_words or len(links) > 1):
            return Found(links, "tags")
        held = None if stated_words else tidy(stored(page, "keywords", context), own)
        if held:
            return Found(held, "state")
    # a list that another one holds whole has been cleared of the publishing system's own labels
    return min(stated_words[:2], key=lambda words: _size_within(words, stated_words), default=None)


def tidy(values: Sequence[str], context: Context) -> tuple[str, ...] | None:
    """Return *values* as single keywords, each once, in order; the site's own name is none.

    >>> from datetime import UTC, datetime
    >>> tidy(["Politik, USA, usa, wcms:12"], Context(datetime.now(UTC)))
    ('Politik', 'USA')
    """
    own = {fold(name) for name in context.site_names}
    found: dict[str, str] = {}
    for value in values:
        # a list of single keywords may have commas inside; one string of all never stands beside others
        pieces = (
            _SPLIT.split(value)
            if len(values) == 1 or value.count(",") > 1 or len(value) > _MAX_LENGTH
            else [value]
        )
        for piece in pieces:
            text = clean(piece).strip(" ,;\"'")
            key = fold(text)
            if key and key not in own and len(text) <= _MAX_LENGTH and not _INTERNAL.search(text):
                found.setdefault(key, text)
    return tuple(found.values())[:_MAX_KEYWORDS] or None


def _statements(page: Page) -> Iterator[tuple[str, list[str]]]:
    for source, value in stated(page, "keywords"):
        yield source, strings(value)
    for name in _META:
        yield f"meta:{name}", list(page.meta.get(name, ()))


def _size_within(words: Found[tuple[str, ...]], others: Sequence[Found[tuple[str, ...]]]) -> int:
    """Return the size of *words* where all of them stand in the first list too, else more than any size."""
    first = {fold(word) for word in others[0].value}
    own = {fold(word) for word in words.value}
    is_pruned = own <= first and 2 * len(own) >= len(first)
    return len(own) if is_pruned or words is others[0] else len(first) + 1


def _is_headline(keywords: tuple[str, ...], page: Page) -> bool:
    """Tell whether the keywords are the headline's words, as some systems fill them in."""
    title = fold(page.meta_text("og:title", "twitter:title"))
    return len(keywords) == 1 and bool(title) and fold(keywords[0]) in (title, "")


def _first_box(links: Sequence[Node]) -> Sequence[Node]:
    """Return those of *links* that stand in one list: the first of two or more, else the first."""
    lists: dict[Node, list[Node]] = {}
    for link in links:
        parent = link.getparent()
        box = parent.getparent() if parent is not None and parent.tag in ("li", "span") else parent
        if box is not None:
            lists.setdefault(box, []).append(link)
    marked_as_tags = [group for group in lists.values() if group[0].get("rel")]
    groups = marked_as_tags or list(lists.values())
    return next((group for group in groups if len(group) > 1), groups[0] if groups else [])


def _tag_box(page: Page, *, is_last_resort: bool) -> Sequence[Node]:
    """Return the links of the page's list of tags; one by its label only where nothing else states any."""
    box = _first_box(list(_tag_links(page)))
    return (_labelled_box(page) or box) if is_last_resort and len(box) < _FEW else box


def _labelled_box(page: Page) -> Sequence[Node]:
    """Return the links after a label such as "Filed under", where no mark tells what they are."""
    for node in islice((n for n in labelled(page, "tags") if not _is_frame(n)), _FEW * 4):
        for box in islice(node.iterancestors(), 3):
            links = list(islice(box.iter("a"), _MANY + 1))
            if links:
                short = [link for link in links if len(node_text(link)) < _MAX_LABEL * 2]
                return short if len(short) == len(links) <= _MANY else ()
    return ()


def _tag_links(page: Page) -> Iterator[Node]:
    """Yield the links marked as tags: themselves, by their address, or by their box."""
    boxes = [box for box in marked(page, "tags") if box.tag not in ("body", "main", "article")]
    tagged = {link for box in boxes for link in box.iter("a") if box in _around(link) or box is link}
    for node in page.root.iter("a"):
        href = node.get("href") or ""
        if (
            (node in tagged or _TAG_PATH.search(href) or node.get("rel") in ("tag", "category tag"))
            and href[:1] not in ("", "#")
            and not any(ancestor.tag in _IN_TEXT for ancestor in _around(node))
            and not _is_frame(node)
        ):
            yield node


def _around(node: Node) -> list[Node]:
    return list(islice(node.iterancestors(), _NEAR))


def _is_frame(node: Node) -> bool:
    """Tell whether *node* is in the page's frame; an article may have a footer of its own."""
    tags = [str(ancestor.tag) for ancestor in node.iterancestors()]
    if "nav" in tags or "aside" in tags:
        return True
    return ("footer" in tags or "header" in tags) and "article" not in tags and "main" not in tags
