"""The systems that are measured, each behind the same call: bytes and URL in, :class:`Reading` out.

Peers run with their documented defaults for articles: no comments, all fields that they have. Those that
want text get the page decoded by w3lib's rules, as newsspider decodes it, so that none loses by a charset.
Each adapter imports its system when it is first made, so that a run needs only what it measures.
"""

# ruff: noqa: PLC0415 - for that reason

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

import lxml.html
from w3lib.encoding import html_to_unicode

if TYPE_CHECKING:
    from newsspider import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a system read from a page.

    A field that it does not have at all is None and is not scored; one that it has and found nothing for
    is empty and is wrong.
    """

    body: str
    standfirst: str | None = None
    """Only of a system that keeps the standfirst apart from the body."""
    headline: str | None = None
    authors: tuple[str, ...] | None = None
    date_published: str | None = None
    """ISO 8601."""
    keywords: tuple[str, ...] | None = None


System: TypeAlias = Callable[[bytes, str, datetime | None], Reading]
"""Page's bytes, its URL, the moment it was fetched (None: unknown) → what was read."""


def make(name: str) -> System:
    """Return the system called *name*; ValueError names those there are."""
    if name not in SYSTEMS:
        raise ValueError(f"no system {name!r}; there are {', '.join(SYSTEMS)}")
    warnings.filterwarnings("ignore", module="newspaper")
    for noisy in ("trafilatura", "newspaper", "readability", "newsplease", "htmldate"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    return SYSTEMS[name]()


def newsspider(find: Callable[[str], Site | None], *, cleaned: bool = True) -> System:
    """Return newsspider with the site files that *find* gives for a URL."""
    from newsspider import CleaningPolicy, clean, extract

    def read(body: bytes, url: str, now: datetime | None) -> Reading:
        site = find(url)
        article = extract(body, url, site=site, now=now)
        if cleaned:
            article = clean(article, site.cleaning if site else CleaningPolicy())
        dateline = article.dateline.raw + " " if cleaned and article.dateline else ""
        standfirst = "\n\n".join(block.text for block in article.blocks if block.role == "standfirst")
        return Reading(
            body=dateline + article.article_body,
            standfirst=standfirst,
            headline=article.headline or "",
            authors=article.authors,
            date_published=article.date_published or "",
            keywords=article.keywords,
        )

    return read


def _no_site(url: str) -> None:
    del url


def _shipped_site(url: str) -> Site | None:
    from newsspider import find_site

    return find_site(url)


def _trafilatura() -> System:
    from trafilatura import bare_extraction

    def read(body: bytes, url: str, now: datetime | None) -> Reading:
        found = bare_extraction(_text(body), url=url, include_comments=False, with_metadata=True)
        if found is None:
            return Reading(body="", headline="", authors=(), date_published="", keywords=())
        return Reading(
            body=found.text or "",
            headline=found.title or "",
            authors=_split(found.author),
            date_published=found.date or "",
            keywords=tuple(found.tags or ()),
        )

    return read


def _newspaper4k() -> System:
    from newspaper import Article

    def read(body: bytes, url: str, now: datetime | None) -> Reading:
        found = Article(url, fetch_images=False)
        found.download(input_html=_text(body))
        found.parse()
        return Reading(
            body=found.text,
            headline=found.title or "",
            authors=tuple(found.authors),
            date_published=_iso(found.publish_date),
            keywords=tuple(sorted(found.tags or ())),
        )

    return read


def _readability() -> System:
    from readability import Document

    def read(body: bytes, url: str, now: datetime | None) -> Reading:
        found = Document(_text(body), url=url)
        return Reading(body=_lines(found.summary(html_partial=True)), headline=found.short_title())

    return read


def _resiliparse() -> System:
    from resiliparse.extract.html2text import extract_plain_text

    def read(body: bytes, url: str, now: datetime | None) -> Reading:
        text = extract_plain_text(_text(body), main_content=True, alt_texts=False, list_bullets=False)
        return Reading(body=text)

    return read


def _news_please() -> System:
    from newsplease import NewsPlease

    def read(body: bytes, url: str, now: datetime | None) -> Reading:
        found = NewsPlease.from_html(_text(body), url=url, fetch_images=False)
        return Reading(
            body=found.maintext or "",
            headline=found.title or "",
            authors=tuple(found.authors or ()),
            date_published=_iso(found.date_publish),
        )

    return read


def _bare_parse() -> System:
    def read(body: bytes, url: str, now: datetime | None) -> Reading:
        lxml.html.document_fromstring(body)
        return Reading(body="")

    return read


SYSTEMS: Mapping[str, Callable[[], System]] = {
    "newsspider": lambda: newsspider(_no_site),
    "newsspider-raw": lambda: newsspider(_no_site, cleaned=False),
    "newsspider+sites": lambda: newsspider(_shipped_site),
    "newsspider+sites-raw": lambda: newsspider(_shipped_site, cleaned=False),
    "trafilatura": _trafilatura,
    "newspaper4k": _newspaper4k,
    "readability": _readability,
    "resiliparse": _resiliparse,
    "news-please": _news_please,
    "lxml": _bare_parse,
}
"""Name → what makes the system. ``-raw`` is ``extract`` alone, the others are ``clean(extract)``; ``+sites``
looks up the site file; ``lxml`` only parses and is the floor of every speed."""


def _text(body: bytes) -> str:
    return html_to_unicode(None, body)[1]


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(";") if name.strip()) if names else ()


def _iso(moment: object) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat()
    return str(moment) if moment else ""


_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|tr|blockquote|pre|figcaption|section)>|<br\s*/?>", re.I)


def _lines(fragment: str) -> str:
    if not fragment.strip():
        return ""
    return str(lxml.html.fromstring(_BLOCK_END.sub(r"\g<0>" + "\n", fragment)).text_content())
