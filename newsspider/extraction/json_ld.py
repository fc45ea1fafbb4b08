"""The JSON-LD of a page: one flat tuple of objects, and the one among them that is the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from newsspider.extraction.json_text import Json

JsonObject = Mapping[str, Any]

# how sure each type makes it that the object is the page's article: subtypes of schema.org's CreativeWork
_ARTICLE_RANK = {
    "NewsArticle": 6,
    "ReportageNewsArticle": 6,
    "AnalysisNewsArticle": 6,
    "OpinionNewsArticle": 6,
    "BackgroundNewsArticle": 6,
    "ReviewNewsArticle": 6,
    "AskPublicNewsArticle": 6,
    "LiveBlogPosting": 6,
    "Article": 5,
    "BlogPosting": 5,
    "AdvertiserContentArticle": 5,
    "SatiricalArticle": 5,
    "ScholarlyArticle": 5,
    "TechArticle": 5,
    "MedicalScholarlyArticle": 5,
    "Report": 4,
    "DiscussionForumPosting": 4,
    "SocialMediaPosting": 4,
    "Recipe": 3,
    "Review": 2,
    "HowTo": 2,
    "ClaimReview": 2,
}
# properties under which a page hangs its main object
_FOLLOWED = {"@graph", "mainEntity", "mainEntityOfPage"}
_MAX_DEPTH = 6
_MAX_OBJECTS = 2000
_WORTH = ("headline", "datePublished", "author", "articleBody", "image", "description", "dateModified")


def types_of(node: JsonObject) -> tuple[str, ...]:
    """Return the types of *node* without their namespace.

    >>> types_of({"@type": ["https://schema.org/NewsArticle", "Thing"]})
    ('NewsArticle', 'Thing')
    """
    stated = node.get("@type", ())
    listed = stated if isinstance(stated, list) else [stated]
    return tuple(str(t).rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] for t in listed if t)


def flatten(values: Iterable[Json]) -> tuple[JsonObject, ...]:
    """Return the objects in *values*, lists, graphs and main entities opened, in document order."""
    found: list[JsonObject] = []
    stack = [(value, 0) for value in reversed(list(values))]
    while stack and len(found) < _MAX_OBJECTS:
        value, depth = stack.pop()
        if depth > _MAX_DEPTH:
            continue
        if isinstance(value, list):
            stack.extend((item, depth + 1) for item in reversed(value))
        elif isinstance(value, dict):
            if set(value) - {"@context", "@graph"}:
                found.append(value)
            inner = [value[key] for key in value if key in _FOLLOWED and isinstance(value[key], dict | list)]
            stack.extend((item, depth + 1) for item in reversed(inner))
    return tuple(found)


def article_rank(node: JsonObject) -> int:
    """Return how strongly the type of *node* says that it is an article; 0 for not at all."""
    return max((_ARTICLE_RANK.get(name, 0) for name in types_of(node)), default=0)


def choose_news(nodes: Iterable[JsonObject], urls: Iterable[str]) -> JsonObject:
    """Return the node of *nodes* that is the article at one of *urls*, or an empty mapping.

    A list of teasers marked up as articles is told from the article by its URL, else by how much it states.
    """
    own = {_key(url) for url in urls if url}
    best: tuple[tuple[int, int, int], JsonObject] = ((0, 0, 0), {})
    for node in nodes:
        rank = article_rank(node)
        if not rank:
            continue
        score = (_agreement(node, own), rank, sum(1 for key in _WORTH if node.get(key)))
        if score > best[0]:
            best = (score, node)
    return best[1]


def _agreement(node: JsonObject, own: set[str]) -> int:
    stated = [_key(url) for url in _urls(node)]
    if not stated:
        return 1
    return 2 if own.intersection(stated) else 0


def _urls(node: JsonObject) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http:", "https:", "//", "/")):
            yield value


def _key(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    return parts.path.rstrip("/").lower() or "/"
