"""What the shape of a URL says: an article's address differs from that of a list, a tag or a log-in form."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from newsspider.extraction.links.link import date_in, path_and_query
from newsspider.extraction.path_words import NO_ARTICLE

NEVER = -99
"""The evidence of an address that is certainly no article's."""

_FILES = "jpg jpeg png gif webp svg pdf mp3 mp4 m3u8 zip css js xml rss json ics doc docx xls xlsx"
_FILE_ENDINGS = frozenset(_FILES.split())
_PAGE_ENDINGS = frozenset(("html", "htm", "shtml", "php", "cms", "ece", "aspx"))
_SHELVES = "article articles story stories news artikel artigo articulo noticia noticias nachricht a"
_SHELF_STEPS = frozenset(_SHELVES.split())
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LONG_NUMBER = re.compile(r"\d{5,}")
_QUERY_ID = re.compile(r"(?:^|&)(?:p|id|story|article|artid|newsid|aid|sid|nid)=\d{2,}", re.I)


@lru_cache(maxsize=4096)
def article_shape(url: str) -> int:
    """Return how much the address looks like an article's: 3 is plenty, 0 is nothing, :data:`NEVER` is no.

    >>> article_shape("https://a.example/world/2024/05/03/rain-stops-play-in-leeds-12345.html") >= 3
    True
    >>> article_shape("https://a.example/world/"), article_shape("https://a.example/tag/rain") == NEVER
    (0, True)
    """
    raw_path, query = path_and_query(url)
    path = (unquote(raw_path) if "%" in raw_path else raw_path).casefold()
    segments = [segment for segment in path.split("/") if segment]
    if not segments:
        return 1 if _QUERY_ID.search(query) else NEVER
    last = segments[-1]
    _, dot, ending = last.rpartition(".")
    if (dot and ending in _FILE_ENDINGS and path.endswith(ending)) or not NO_ARTICLE.isdisjoint(segments):
        return NEVER
    slug = max(segments[-2:], key=len)
    words = 1 if slug.isalpha() else len(_WORDS.findall(slug))
    evidence = 2 if words >= 4 else 1 if words == 3 else 0
    evidence += 2 if not slug.isascii() and len(slug) >= 12 else 0
    evidence += 2 if date_in(raw_path) else 0
    evidence += 2 if _LONG_NUMBER.search(last) else 1 if _QUERY_ID.search(query) else 0
    evidence += not _SHELF_STEPS.isdisjoint(segments[:-1])
    evidence += bool(dot) and ending in _PAGE_ENDINGS
    return evidence
