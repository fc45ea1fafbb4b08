"""When the article was published and last changed: ``date_published``, ``date_modified``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import islice

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.date_text import Moment, parse
from newsspider.extraction.fields.evidence import stated, strings
from newsspider.extraction.fields.marks import is_elsewhere
from newsspider.extraction.fields.relative import relative
from newsspider.extraction.fields.shown_dates import (
    dates_beside,
    dates_in_year,
    dates_of_last_year,
    labelled_dates,
    shown_changes,
    shown_dates,
)
from newsspider.extraction.fields.stored import stored
from newsspider.extraction.json_ld import article_rank, types_of
from newsspider.extraction.page import Page, once_a_page

_MAX_TEXT = 120
_PATH_DATE = re.compile(
    r"(?:/t?|[_-](?=\d{8}(?!\d)))((?:19|20)\d\d)[/-]?"
    r"(0[1-9]|1[0-2]|(?<=/)[1-9](?=/)|(?<=/)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?=/))[/-]?"
    r"(0[1-9]|[12]\d|3[01]|(?<=/)[1-9](?=/))(?=[/_.-]|\d{0,9}\Z|[a-z])"
)
_DATA_DATE = re.compile("publi|pubdate|deploy-d")
_MAX_ATTRIBUTES = 20
_PUBLISHED_NAME = re.compile(
    r"(?:\A|[.:_-])(?:date[._-]?(?:published|created|issued)|pub(?:lish(?:ed)?)?[._-]?(?:date|time|at|on)"
    r"|(?:first|original)[._-]?publish\w*|(?:display|release|creation|article|story|post|news|doc)[._-]?date"
    r"|dc(?:terms)?[.:](?:date|created|issued))\Z"
)
_MODIFIED_NAME = re.compile(
    r"(?:\A|[.:_-])(?:date[._-]?(?:modified|updated)|(?:modified|updated?)[._-]?(?:date|time|at|on)"
    r"|last[._-]?(?:updated?|modified|changed?)|dc(?:terms)?[.:]modified)\Z"
)
_PROPERTIES = frozenset(("datepublished", "datecreated", "datemodified"))
_PAGES = frozenset(("WebPage", "ItemPage"))
# what some servers fill with the moment at which they send the page
_OF_SERVING = frozenset(("meta:date", "meta:dc.date", "meta:dcterms.date", "meta:last-modified-date"))


@dataclass(frozen=True)
class _Names:
    """Under which names one of the two dates stands."""

    keys: tuple[str, ...]
    meta: tuple[str, ...]
    own: re.Pattern[str]
    """What publishing systems call it that make up names of their own."""


_PUBLISHED = _Names(
    ("datePublished", "dateCreated", "uploadDate"),
    (
        "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
        "publishdate",
        "publish-date", "publish_date", "published_time", "cxenseparse:recs:publishtime", "parsely-pub-date",
        "sailthru.date", "bt:pubdate", "pubdate", "publication_date", "publicationdate",
        "content:publishdate",
        "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date.created",
        "dcterms.created", "dcterms.date", "dc.date", "dc.date.published", "datecreated", "date",
        "article.published", "article_date_original", "og:pubdate", "rnews:datepublished",
        "last-modified-date",
        "mediator_published_time", "weibo: article:create_at", "ptime", "apub:time",
        "originalpublicationdate", "pdate",
    ),
    _PUBLISHED_NAME,
)  # fmt: skip
_MODIFIED = _Names(
    ("dateModified", "dateUpdated"),
    (
        "article:modified_time", "og:updated_time", "article:updated_time", "datemodified", "lastmod",
        "lastupdate",
        "last-modified", "dcterms.modified", "dc.date.modified", "article.updated", "revision_date",
        "updated_time",
        "date.modified", "utime", "cxenseparse:modified_time",
    ),
    _MODIFIED_NAME,
)  # fmt: skip


def guess_published(page: Page, context: Context) -> Found[Moment] | None:
    """Return when the article was published: as metadata state it, as readers see it, as its URL has it.

    A statement without a time or a zone gives way to one of the same day that has them, a doubtful one to
    what readers see.
    """
    changed = next(iter(_stated_changes(page, context)), None)
    stated_moments = sorted(_stated(page, _PUBLISHED, context), key=lambda found: _is_after(found, changed))
    best = _most_exact(stated_moments)
    is_whole = best is not None and best.value.precision != "day" and best.value.zone != "unknown"
    is_doubtful = _is_doubtful(stated_moments, changed, page, context)
    if is_whole and not is_doubtful:
        return best
    seen = list(shown_dates(page, context))
    if not stated_moments and not seen:
        seen = list(labelled_dates(page, "date", context))
    believed = _as_shown(stated_moments, changed, seen) if is_doubtful and seen else []
    held = [] if is_whole else list(_stored(page, "datePublished", context))
    return (
        _most_exact([*believed, *stated_moments, *held, *seen])
        or next(_in_attributes(page, context), None)
        or _from_url(page, context)
        or next(dates_beside(page, context), None)
        or next(dates_of_last_year(page, context), None)
    )


def guess_modified(page: Page, context: Context) -> Found[Moment] | None:
    """Return when the article was last changed: as metadata state it, else as readers see it."""
    return _most_exact(
        _stated_changes(page, context)
        or [*_stored(page, "dateModified", context)]
        or [*shown_changes(page, context)]
        or [*islice(labelled_dates(page, "update", context), 1)]
    )


def tidy(values: Sequence[str], context: Context) -> Moment | None:
    """Return the first moment in *values*, texts of a date or around one; relative ones count from ``now``.

    >>> from datetime import UTC, datetime
    >>> tidy(["By Jo, May 3, 2024 5 p.m."], Context(datetime(2025, 1, 1, tzinfo=UTC)))
    Moment(iso='2024-05-03T17:00', precision='minute', zone='unknown')
    """
    for value in values:
        moment = parse(value[:_MAX_TEXT], context) or relative(value, context)
        if moment is not None:
            return moment
    return None


def _stated(page: Page, names: _Names, context: Context) -> Iterator[Found[Moment]]:
    for source, text in _statements(page, names):
        moment = parse(text, context)
        if moment is not None:
            yield Found(moment, source, text)


@once_a_page
def _stated_changes(page: Page, context: Context) -> Sequence[Found[Moment]]:
    return tuple(_stated(page, _MODIFIED, context))


def _stored(page: Page, key: str, context: Context) -> Iterator[Found[Moment]]:
    for text in stored(page, key, context)[:1]:
        moment = parse(text, context)
        if moment is not None:
            yield Found(moment, "state", text)


def _statements(page: Page, names: _Names) -> Iterator[tuple[str, str]]:
    for source, value in stated(page, *names.keys):
        yield from ((source, text) for text in strings(value)[:1])
    for name in names.meta:
        contents = page.meta.get(name, ())
        # a property of microdata with several values is that of teasers
        if contents and (name not in _PROPERTIES or len(set(contents)) == 1):
            yield f"meta:{name}", contents[0]
    own = (name for name in page.meta if _is_like(name, names.own) and name not in names.meta)
    yield from ((f"meta:{name}", page.meta[name][0]) for name in own)
    key = names.keys[0]
    if not page.news.get(key):
        # a page that is marked up as no article, or beside one without a date, still says when it was made
        others = (node for node in page.json_ld if not article_rank(node) and node.get(key))
        made = (node for node in others if not page.news or not _PAGES.isdisjoint(types_of(node)))
        yield from ((f"json-ld:{key}", text) for node in made for text in strings(node[key])[:1])


@lru_cache(maxsize=4096)  # most pages have the same names
def _is_like(name: str, pattern: re.Pattern[str]) -> bool:
    return pattern.search(name) is not None


def _most_exact(found: Sequence[Found[Moment]]) -> Found[Moment] | None:
    """Return the first of *found*, or one that says the same with more: a time or a zone."""
    best = next(iter(found), None)
    for other in found[1:]:
        if best is not None and _says_more(other.value, best.value):
            best = other
    return best


def _says_more(other: Moment, best: Moment) -> bool:
    if best.precision == "day":
        return other.precision != "day" and abs(_distance(other, best)) <= timedelta(days=1, hours=14)
    if best.zone == other.zone == "stated" and best.iso.endswith("+00:00"):
        # themes print local time as if it were UTC: the same clock with an offset is the truth
        return not other.iso.endswith("+00:00") and _distance(other, best) == timedelta(0)
    if best.zone == "unknown" and other.zone != "unknown":
        gap = abs(_distance(other, best))
        # one instant on two clocks: whole quarters of an hour apart, seconds aside
        return gap <= timedelta(hours=14) and gap.total_seconds() % 900 < 60
    return False


def _is_after(found: Found[Moment], changed: Found[Moment] | None) -> bool:
    """Tell whether *found* lies after the last change: the day on which the page was copied to its server."""
    return changed is not None and _distance(found.value, changed.value) > timedelta(days=1)


def _is_doubtful(
    moments: Sequence[Found[Moment]], changed: Found[Moment] | None, page: Page, context: Context
) -> bool:
    """Tell whether *moments* name several days, or one that other things happen on.

    That is the very moment of the last change, the day on which the page was served, or a later day than the
    address has: that on which the article was moved to another system.
    """
    if not moments:
        return False
    first = moments[0].value
    addressed = _in_url(page, context)
    return (
        any(_days(other.value, first) > 1 for other in moments[1:])
        or (changed is not None and _distance(changed.value, first) == timedelta(0))
        or (moments[0].source in _OF_SERVING and first.as_datetime().date() == context.now.date())
        or (addressed is not None and _distance(first, addressed.value) > timedelta(days=2))
    )


def _as_shown(
    moments: Sequence[Found[Moment]], changed: Found[Moment] | None, seen: Sequence[Found[Moment]]
) -> list[Found[Moment]]:
    """Return the moment to believe before doubtful *moments*, if any: the one of the day that readers see.

    That is one of *moments*, or an earlier day than all of them if the page shows no other, but not the day
    of the last change.
    """
    if changed and _days(seen[0].value, changed.value) == 0:
        return []
    as_stated = [moment for moment in moments if _days(moment.value, seen[0].value) <= 1]
    is_alone = all(_days(other.value, seen[0].value) == 0 for other in seen)
    is_earlier = all(_distance(seen[0].value, moment.value) < timedelta(0) for moment in moments)
    return as_stated[:1] or ([seen[0]] if is_alone and is_earlier else [])


def _days(a: Moment, b: Moment) -> int:
    return abs((a.as_datetime().date() - b.as_datetime().date()).days)


def _distance(a: Moment, b: Moment) -> timedelta:
    return a.as_datetime().replace(tzinfo=None) - b.as_datetime().replace(tzinfo=None)


def _in_attributes(page: Page, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments of attributes that scripts read, such as ``data-publish-date``."""
    found = (
        (node, name, value)
        for body in page.root.iter("body")
        for node in body.iterdescendants()
        for name, value in node.items()
        if name.startswith("data-") and _DATA_DATE.search(name)
    )
    for node, name, value in islice(found, _MAX_ATTRIBUTES):
        moment = parse(value, context)
        if moment is not None and not is_elsewhere(node):
            yield Found(moment, f"attribute:{name}", value)


def _in_url(page: Page, context: Context) -> Found[Moment] | None:
    match = _PATH_DATE.search(page.url.split("?")[0])
    moment = parse("-".join(match.groups()), context) if match else None
    return Found(moment, "url", match[0]) if match and moment else None


def _from_url(page: Page, context: Context) -> Found[Moment] | None:
    """Return the day in the page's address, with the time that the page may show without the year."""
    found = _in_url(page, context)
    if found is None:
        return None
    return _most_exact([found, *dates_in_year(page, found.value.as_datetime().year, context)])
