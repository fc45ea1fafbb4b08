"""The headline as readers see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, stated, strings
from newsspider.extraction.fields.headings import BRAND_WORDS, MAX_LENGTH, Heading, headings, likeliest, only
from newsspider.extraction.json_ld import types_of
from newsspider.extraction.page import Node, Page, once_a_page
from newsspider.extraction.text import fold

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/~]+\s+|\s*[|｜]\s*|：(?=[^：]{2,20}\Z)|\s+::\s+|\s+<\s+")
_MIN_SHARE = 0.5
_SHARED = "meta:og:title"
_CUT = 90
_VOTERS = ("json-ld:headline", "microdata:headline", "meta:og:title")


@once_a_page
def guess(page: Page, context: Context) -> Found[str] | None:
    """Return what two of three say: the heading, JSON-LD, Open Graph; where all differ, the first of them.

    Of texts that differ only in punctuation the metadata's is taken: there a kicker stands apart ("Kicker:
    What happened") that a heading only sets in another colour. Where a plugin, not a newsroom, writes one
    title for search engines into all metadata, its agreement does not outvote a heading.
    """
    # an unclosed <title> swallows the page, and titles are searched again at each of their separators
    stated_titles = [(text[: 2 * MAX_LENGTH], source) for text, source in _statements(page, context)]
    seen = _headings(page, stated_titles)
    likely = likeliest(seen, stated_titles)
    shown = [(heading.text, heading.source) for heading in (likely or only(seen),) if heading]
    anchors = [*shown, *(title for title in stated_titles if title[1].endswith(":headline"))]
    voters = [(_trimmed(text, anchors), source) for text, source in stated_titles if source in _VOTERS]
    if shown and not _is_of_newsroom(page) and _is_reworded(shown[0][0], voters):
        return Found(_without_tail(shown[0][0]), shown[0][1])
    ballot = [*shown, *voters] if likely else [*voters, *shown]
    # where all differ, Open Graph speaks to those who share the page: its readers see the heading
    ballot.sort(key=lambda title: title[1] == _SHARED)
    best = _agreed([title for title in ballot if not _is_cut(title[0], voters)])
    rest = [*((_trimmed(t, anchors), s) for t, s in stated_titles), *((h.text, h.source) for h in seen)]
    own = {fold(name) for name in site_names(page, context)}
    best = best or next((Found(t, s) for t, s in rest if fold(t) not in own and t), None)
    return best and Found(_without_tail(best.value), best.source)


def tidy(values: Sequence[str], context: Context) -> str | None:
    """Return the first of *values* without the site's name.

    >>> from datetime import UTC, datetime
    >>> tidy(["It rained | Example News"], Context(datetime.now(UTC), site_names=("Example News",)))
    'It rained'
    """
    return next((text for value in values if (text := _without_site(clean(value), context.site_names))), None)


def _headings(page: Page, titles: Sequence[tuple[str, str]]) -> list[Heading]:
    """Return the headings that may be the headline and are not what stands around it in *titles*."""
    around = _around_title(titles)
    known = frozenset(fold(part) for title in {text for text, _ in titles} for part in _parts(title)) - {""}
    return [heading for heading in headings(page, known) if fold(heading.text) not in around]


def _statements(page: Page, context: Context) -> Iterator[tuple[str, str]]:
    names = site_names(page, context)
    title = next((node.text or "" for node in page.elements.tagged("title") if _is_in_head(node)), "")
    for source, value in stated(page, "headline", "name"):
        yield from ((_without_site(text, names), source) for text in strings(value)[:1])
    for name in (
        "og:title",
        "twitter:title",
        "parsely-title",
        "sailthru.title",
        "dc.title",
        "cxenseparse:title",
    ):
        text = page.meta_text(name)
        if text:
            yield _without_site(clean(text), names), f"meta:{name}"
    if title.strip():
        yield _without_site(clean(title), names), "title"


def _is_in_head(title: Node) -> bool:
    # an SVG has titles too
    parent = title.getparent()
    return parent is not None and parent.tag == "head"


@once_a_page
def site_names(page: Page, context: Context) -> tuple[str, ...]:
    """Return the names that the site goes by on *page*."""
    publisher = page.news.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    found = [*context.site_names, page.meta_text("og:site_name", "application-name")]
    found.extend(strings(name)[:1] if isinstance(name, str) else [])
    found.append(_host_name(page.url))
    return tuple(dict.fromkeys(text for text in found if text))


def _host_name(url: str) -> str:
    host = url.split("/")[2] if url.count("/") > 1 else ""
    return host.removeprefix("www.").split(":")[0]


def _trimmed(title: str, anchors: Sequence[tuple[str, str]]) -> str:
    """Return the part of *title* that another source has too, else *title* without a short last part.

    >>> _trimmed("It rained - National", [("It rained", "h1")]), _trimmed("It rained all day | Acme", [])
    ('It rained', 'It rained all day')
    """
    wanted = {fold(text) for text, _ in anchors}
    if fold(title) in wanted:
        return title
    spans = [match.span() for match in _SEPARATOR.finditer(title)]
    for start, end in spans:
        for part in (title[:start], title[end:]):
            if fold(part) in wanted:
                return part
    return _without_tail(title)


def _parts(title: str) -> Iterator[str]:
    """Yield *title* and what of it may be the headline alone, without the name of a site or section.

    >>> list(_parts("It rained all day - Weather"))
    ['It rained all day - Weather', 'It rained all day']
    """
    yield title
    for match in _SEPARATOR.finditer(title):
        for part in (title[: match.start()], title[match.end() :]):
            if len(part) > len(title) / 2:
                yield part


def _without_tail(title: str) -> str:
    """Return *title* without short last parts after a bar, which name a section or the site.

    >>> _without_tail("It rained all day | Weather | Acme")
    'It rained all day'
    """
    head, bar, tail = title.rpartition("|")
    if not bar or len(tail.split()) > BRAND_WORDS or len(tail) >= len(head):
        return title
    return _without_tail(head.strip())


def _around_title(titles: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return what the document's title has before or after Open Graph's: the name of the site or section."""
    by_source = {source: title for title, source in titles}
    shared, full = fold(by_source.get(_SHARED, "")), fold(by_source.get("title", ""))
    if not shared or shared == full:
        return frozenset()
    return frozenset((full.removesuffix(shared).strip(), full.removeprefix(shared).strip())) - {full}


def _is_reworded(heading: str, voters: Sequence[tuple[str, str]]) -> bool:
    """Tell whether the metadata agree on one title and the heading is another, of as many words."""
    own = fold(heading)
    stated_titles = {fold(title) for title, _ in voters}
    if len(voters) < 2 or len(stated_titles) > 1 or len(own.split()) <= BRAND_WORDS:
        return False
    (title,) = stated_titles
    return not (own.startswith(title) or title.startswith(own) or own.endswith(title))


def _is_of_newsroom(page: Page) -> bool:
    return any(name.endswith("NewsArticle") for name in types_of(page.news))


def _is_cut(title: str, others: Sequence[tuple[str, str]]) -> bool:
    """Tell whether *title* is another one cut at the length that search engines ask for (110 characters)."""
    return len(title) > _CUT and any(len(o) > len(title) and o.startswith(title) for o, _ in others)


def _agreed(titles: Sequence[tuple[str, str]]) -> Found[str] | None:
    folded = [fold(title) for title, _ in titles]
    shared = next((fold(title) for title, source in titles if source == _SHARED), "")
    # a kicker that only some put before the headline: Open Graph says whether it belongs to it
    folded = [shared if shared and _is_kicker_before(shared, key) else key for key in folded]
    best = max(range(len(titles)), key=lambda i: (folded.count(folded[i]), -i), default=None)
    if best is None or not titles[best][0]:
        return None
    same = [title for title, key in zip(titles, folded, strict=True) if key == folded[best]]
    spellings = [text for text, _ in same]
    return Found(*max(same, key=lambda t: (spellings.count(t[0]), t[1] == _SHARED, t[1] in _VOTERS)))


def _is_kicker_before(shorter: str, longer: str) -> bool:
    return longer.endswith(f" {shorter}") and len(shorter) >= _MIN_SHARE * len(longer)


def _without_site(title: str, names: Sequence[str]) -> str:
    """Return *title* without parts at its end or start that only name the site.

    >>> _without_site("It rained - World - Example News", ["Example News"])
    'It rained - World'
    """
    cuts = [(0, 0), *(match.span() for match in _SEPARATOR.finditer(title)), (len(title), len(title))]
    parts = [(end, start) for (_, end), (start, _) in pairwise(cuts)]
    own = {_squeezed(name) for name in names} - {""}
    while len(parts) > 1 and _names_site(title[slice(*parts[-1])], own):
        parts.pop()
    while len(parts) > 1 and _names_site(title[slice(*parts[0])], own):
        parts.pop(0)
    return title[parts[0][0] : parts[-1][1]].strip()


def _names_site(part: str, own: set[str]) -> bool:
    text = _squeezed(part)
    if not text:
        return True
    # "BBC News" for the site "BBC", "rp" for "rp.pl": one begins with the other
    return any(
        text == name or (len(text) > 3 and (name.startswith(text) or text.startswith(name)))
        for name in own
        if len(name) > 2
    )


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "")
