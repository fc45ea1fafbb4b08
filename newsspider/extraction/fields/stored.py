"""What the data that a front end embeds in its page (Next, Nuxt, Fusion) says of the article.

The names of the keys are every publisher's own; the object is known by its headline, which is the page's, and
its properties by the names that are common among publishing systems. Such data are parsed only for a field
that nothing else on the page states, and only if they have a word of the headline: they may be megabytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from newsspider.extraction.fields.context import Context
from newsspider.extraction.fields.evidence import clean
from newsspider.extraction.json_text import Json
from newsspider.extraction.page import Page, once_a_page
from newsspider.extraction.text import fold

_HEADLINES: Final = frozenset(("headline", "headlines", "title", "hed", "maintitle"))
_NAMES: Final = ("name", "text", "title", "label", "fullname", "displayname", "basic", "default")
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "author": ("authors", "author", "byline", "bylines", "credits", "by", "writers", "creators", "reporters"),
    "datePublished": (
        "datepublished", "publishedat", "publisheddatetime", "publisheddate", "publishdate",
        "publicationdate", "firstpublisheddate", "firstpublishdate", "firstpublishedat", "firstpublished",
        "displaydate", "publishedtime", "published", "pubdate", "releasedate", "firstpublicationdate",
        "dateposted", "postdate", "date",
    ),
    "dateModified": (
        "datemodified", "modifiedat", "updatedat", "lastupdateddate", "lastmodified", "lastmodifieddate",
        "updateddate", "modifieddate", "lastupdated", "modified", "updated",
    ),
    "keywords": ("keywords", "tags", "taxonomy", "topics"),
    "articleSection": ("section", "primarysection", "sectionname", "category"),
}  # fmt: skip
_SIGNS: Final = re.compile(r"[\W_]")
_PLAIN: Final = re.compile("[A-Za-z0-9]{3,}")
_MOST_VALUES: Final = 60_000
_DEPTH: Final = 4
_MOST_NAMES: Final = 60


def stored(page: Page, key: str, context: Context) -> list[str]:
    """Return the texts that the embedded article has under *key*, a property of schema.org's Article.

    Known are author, datePublished, dateModified, keywords and articleSection.
    """
    article = _article(page, context)
    for name in _KEYS[key]:
        texts = list(_texts(article.get(name), name, _DEPTH))[:_MOST_NAMES]
        if texts:
            return texts
    return []


@once_a_page
def _article(page: Page, context: Context) -> Mapping[str, Json]:
    """Return the embedded object with the page's headline that states most, its keys folded."""
    headline = context.headline or ""
    title = fold(headline)
    known = {name for names in _KEYS.values() for name in names}
    best: Mapping[str, Json] = {}
    for node in _objects(page.scripts.read(_holding(headline))) if title else ():
        if _HEADLINES.isdisjoint(map(_folded, node)):
            continue
        folded = {_folded(key): value for key, value in node.items()}
        is_own = any(
            fold(text) == title
            for name in _HEADLINES & folded.keys()
            for text in _texts(folded[name], name, 2)
        )
        if is_own and len(known & folded.keys()) > len(known & best.keys()):
            best = folded
    return best


def _holding(headline: str) -> Callable[[str], bool]:
    """Return what tells whether a text may hold *headline*: it has its longest run of plain letters.

    Most scripts have not, and data may write all other letters in several ways.
    """
    run = max(_PLAIN.findall(headline), key=len, default="")
    written = {run, run.lower(), run.upper(), run.capitalize()}
    return lambda text: any(form in text for form in written)


@lru_cache(maxsize=4096)  # thousands of objects share their keys
def _folded(key: str) -> str:
    return _SIGNS.sub("", key).lower()


def _objects(values: tuple[Json, ...]) -> Iterator[dict[str, Json]]:
    stack: list[Json] = list(reversed(values))
    seen = 0
    while stack and seen < _MOST_VALUES:
        value = stack.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)


def _texts(value: Json, name: str, depth: int) -> Iterator[str]:
    """Yield the strings in *value*: itself, those of a list, or what names an object."""
    if isinstance(value, str):
        text = clean(value)
        if text:
            yield text
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list) and depth:
        for item in value[:_MOST_NAMES]:
            yield from _texts(item, name, depth - 1)
    elif isinstance(value, dict) and depth:
        folded = {_folded(key): inner for key, inner in value.items()}
        # an object holds what it is named for, "credits" → "by", "taxonomy" → "tags", or has a name
        inner = next((k for k in (*_inner(name), *_NAMES) if folded.get(k)), None)
        if inner:
            yield from _texts(folded[inner], name, depth - 1)


def _inner(name: str) -> tuple[str, ...]:
    return next((names for names in _KEYS.values() if name in names), ())
