"""When the article was published and last changed: ``date_published``, ``date_modified``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.date_text import Moment, parse
from newsspider.extraction.fields.evidence import stated, strings
from newsspider.extraction.fields.labels import labelled
from newsspider.extraction.fields.marks import after, is_elsewhere, marked
from newsspider.extraction.fields.stored import stored
from newsspider.extraction.json_ld import article_rank
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import node_text

_MAX_TEXT = 120
_NOT_DATES = frozenset(("a", "time", "script", "style", "img", "button", "input"))
_RELATIVE = re.compile(
    (
        r"\d|yesterday|today|just now|gestern|heute|ayer|hoy|hier|aujourd|ieri|oggi|ontem|hoje|вчера|сегодня"
        r"|कल|昨日|어제"
    ),
    re.IGNORECASE,
)
_PATH_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|\d{0,9}\Z|[a-z])"
)
_DIGIT = re.compile(r"\d")
_UPDATE_WORDS = re.compile(
    r"updat|modif|aktualisier|actualiz|mis à jour|aggiornat|atualiz|обновл|更新|수정|zmodyf|güncel"
    r"|oppdater|uppdater",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(("aside", "nav", "footer", "form", "figure", "figcaption"))
_MAX_BELOW = 14
_MAX_LABEL = 25
_NEAR = 80
_MAX_LINE = 48
_PUBLISHED_NAME = re.compile(
    r"(?:\A|[.:_-])(?:date[._-]?(?:published|created|issued)|pub(?:lish(?:ed)?)?[._-]?(?:date|time|at|on)"
    r"|(?:first|original)[._-]?publish\w*|display[._-]?date|release[._-]?date)\Z"
)
_YEAR = re.compile(r"(?:19|20)\d\d|[./-]\d\d\b")


@dataclass(frozen=True)
class _Names:
    """Under which names one of the two dates stands."""

    keys: tuple[str, ...]
    meta: tuple[str, ...]


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
        "originalpublicationdate",
    ),
)  # fmt: skip
_MODIFIED = _Names(
    ("dateModified", "dateUpdated"),
    (
        "article:modified_time", "og:updated_time", "article:updated_time", "datemodified", "lastmod",
        "lastupdate",
        "last-modified", "dcterms.modified", "dc.date.modified", "article.updated", "revision_date",
        "updated_time",
        "date.modified", "cxenseparse:modified_time",
    ),
)  # fmt: skip


def guess_published(page: Page, context: Context) -> Found[Moment] | None:
    """Return when the article was published: as metadata state it, as readers see it, as its URL has it.

    A statement without a time or a zone gives way to one of the same day that has them.
    """
    stated_moments = list(_stated(page, _PUBLISHED, context))
    best = _most_exact(stated_moments)
    if best is not None and best.value.precision != "day" and best.value.zone != "unknown":
        return best
    seen = list(_visible(page, context))
    if not stated_moments and not seen:
        seen = list(_labelled(page, "date", context))
    held = list(_stored(page, "datePublished", context))
    return _most_exact([*stated_moments, *held, *seen]) or _from_url(page, context)


def guess_modified(page: Page, context: Context) -> Found[Moment] | None:
    """Return when the article was last changed: as metadata state it, else as a label says."""
    return _most_exact(
        [*_stated(page, _MODIFIED, context)]
        or [*_stored(page, "dateModified", context)]
        or [*islice(_labelled(page, "update", context), 1)]
    )


def tidy(values: Sequence[str], context: Context) -> Moment | None:
    """Return the first moment in *values*, texts of a date or around one; relative ones count from ``now``.

    >>> from datetime import UTC
    >>> tidy(["By Jo, May 3, 2024 5 p.m."], Context(datetime(2025, 1, 1, tzinfo=UTC)))
    Moment(iso='2024-05-03T17:00', precision='minute', zone='unknown')
    """
    for value in values:
        moment = parse(value[:_MAX_TEXT], context) or _relative(value, context)
        if moment is not None:
            return moment
    return None


def _stated(page: Page, names: _Names, context: Context) -> Iterator[Found[Moment]]:
    for source, text in _statements(page, names):
        moment = parse(text, context)
        if moment is not None:
            yield Found(moment, source, text)


def _stored(page: Page, key: str, context: Context) -> Iterator[Found[Moment]]:
    for text in stored(page, key, context)[:1]:
        moment = parse(text, context)
        if moment is not None:
            yield Found(moment, "state", text)


def _statements(page: Page, names: _Names) -> Iterator[tuple[str, str]]:
    for source, value in stated(page, *names.keys):
        yield from ((source, text) for text in strings(value)[:1])
    for name in names.meta:
        for content in page.meta.get(name, ())[:1]:
            yield f"meta:{name}", content
    if names is _PUBLISHED:
        # publishing systems make up names of their own
        own = (name for name in page.meta if _PUBLISHED_NAME.search(name) and name not in names.meta)
        yield from ((f"meta:{name}", page.meta[name][0]) for name in own)
    if not page.news:
        for node in page.json_ld:
            # a page that is marked up as no article still says when it was made
            key = names.keys[0]
            if not article_rank(node) and node.get(key):
                yield from ((f"json-ld:{key}", text) for text in strings(node[key])[:1])


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


def _distance(a: Moment, b: Moment) -> timedelta:
    return a.as_datetime().replace(tzinfo=None) - b.as_datetime().replace(tzinfo=None)


def _visible(page: Page, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments that readers see at the head of the article, the likeliest first."""
    times = [node for node in islice(page.root.iter("time"), 60) if not _is_anothers(node)]
    for node in _by_rank(times):
        for text in (node.get("datetime") or node.get("content") or "", node_text(node)[:_MAX_TEXT]):
            moment = parse(text, context) if _DIGIT.search(text) else None
            if moment is not None:
                yield Found(moment, "time", text)
                break
    yield from _dated_elements(page, context)
    yield from _near_heading(page, context)


def _near_heading(page: Page, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments of the short texts after the headline that are a date and little else."""
    heading = next(page.root.iter("h1"), None)
    if heading is None:
        return
    # a page's header often has the date above the headline
    header = list(islice(heading.iterancestors("div", "header", "section"), 2))
    above = islice(header[-1].iter(), _NEAR // 2) if header else iter(())
    for node in chain(above, islice(after(heading), _NEAR)):
        for text in (node.text, node.tail):
            short = text.strip() if text and len(text) <= _MAX_LINE * 2 else ""
            if 6 <= len(short) <= _MAX_LINE and _YEAR.search(short) and not _is_anothers(node):
                moment = parse(short, context)
                if moment is not None and not _UPDATE_WORDS.search(short):
                    yield Found(moment, "text", short)


def _dated_elements(page: Page, context: Context) -> Iterator[Found[Moment]]:
    candidates = []
    for node in islice(marked(page, "date"), 150):
        is_large = next(islice(node.iterdescendants(), _MAX_BELOW, None), None) is not None
        if is_large or node.tag in _NOT_DATES or _is_anothers(node):
            continue
        text = node_text(node)
        if len(text) <= _MAX_TEXT and _RELATIVE.search(text) and not _UPDATE_WORDS.search(text[:20]):
            candidates.append((node, text))
    for _, text in candidates[:20]:
        moment = parse(text, context)
        if moment is not None:
            yield Found(moment, "text", text)
    for _, text in candidates[:3]:
        moment = _relative(text, context)
        if moment is not None:
            yield Found(moment, "text", text)


def _by_rank(times: Iterable[Node]) -> list[Node]:
    def rank(node: Node) -> int:
        hints = f"{node.get('itemprop') or ''} {node.get('class') or ''} {node.get('pubdate') or ''}"
        if "datePublished" in hints or "publish" in hints or node.get("pubdate") is not None:
            return 0
        parent = node.getparent()
        around = node_text(parent)[:60] if parent is not None and len(parent) < 6 else ""
        return 2 if "dateModified" in hints or _UPDATE_WORDS.search(hints + around) else 1

    return sorted(times, key=rank)


def _labelled(page: Page, kind: str, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments in or after a label such as "Published", wherever it stands."""
    for node in labelled(page, kind):
        beside = node.getnext()
        after_label = node_text(beside)[:_MAX_LINE] if beside is not None else ""
        for text in (node.text or "", node.tail or "", after_label):
            moment = parse(text, context) if _DIGIT.search(text) else None
            if moment is not None:
                yield Found(moment, "text", text.strip())
                break


def _is_anothers(node: Node) -> bool:
    """Tell whether *node* is in the page's frame or in a teaser: a list item with a title."""
    item = next(islice(node.iterancestors("li"), 1), None)
    if item is not None and any(
        len(node_text(link)) > _MAX_LABEL for link in islice(item.iter("a", "h2", "h3"), 5)
    ):
        return True
    return is_elsewhere(node, _OUTSIDE)


def _from_url(page: Page, context: Context) -> Found[Moment] | None:
    match = _PATH_DATE.search(page.url.split("?")[0])
    moment = parse("-".join(match.groups()), context) if match else None
    return Found(moment, "url", match[0]) if match and moment else None


_AGO = re.compile(
    r"\b(?:ago|yesterday|today|just now)\b|\bvor \d|gestern|heute|\bhace \d|\bayer\b|\bhoy\b|il y a"
    r"|\bhier\b|\bfa\b|ieri"
    r"|\bhá \d|ontem|назад|вчера|сегодня|önce|temu|sedan|siden|geleden|yang lalu|前|전\b|पहले|منذ",
    re.IGNORECASE,
)


def _relative(text: str, context: Context) -> Moment | None:
    """Return the moment that a phrase such as "2 hours ago" means at ``now``."""
    if len(text) > 60 or not _AGO.search(text):
        return None
    import dateparser  # noqa: PLC0415  # 0.1 s to import; few pages need it

    languages = [context.language.split("-")[0]] if context.language else None
    # a zone in the phrase says nothing of a span before now, and a clock time is not taken from here
    settings = {
        "RELATIVE_BASE": context.now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    try:
        when = dateparser.parse(text, languages=languages, settings=settings)
    except (ValueError, OverflowError, KeyError):
        return None
    if when is None or when > context.now.replace(tzinfo=None) + timedelta(days=1):
        return None
    zoned: datetime = when.replace(tzinfo=context.now.tzinfo, microsecond=0)
    if re.search(
        r"minut|hour|stund|heure|hora|ora\b|ore\b|час|мин|saat|godz|tim|uur|jam|時間|분|시간",
        text,
        re.IGNORECASE,
    ):
        return Moment(zoned.isoformat(timespec="minutes"), "minute", "stated")
    return Moment(zoned.date().isoformat(), "day", "unknown")
