"""Reading a page into an article: by a template of its site, else by the best guess, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from typing import Any, TypeAlias, cast

from newsspider.extraction.addresses import host_of
from newsspider.extraction.body import BodyGuess, Decision, guess_body
from newsspider.extraction.fields import (
    access,
    agency,
    article_section,
    authors,
    breadcrumbs,
    dates,
    description,
    headline,
    images,
    keywords,
    language,
    publisher,
)
from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.date_text import Moment
from newsspider.extraction.identity import canonical_url, registrable_domain
from newsspider.extraction.layout import GENERIC
from newsspider.extraction.links import related_links
from newsspider.extraction.page import Page
from newsspider.extraction.page_type import PageType, Verdict, classify
from newsspider.extraction.site import Site
from newsspider.extraction.template import Misfit, Reading, read_template
from newsspider.items import STANDFIRST, Article, Block, article_id, body_of

Guess: TypeAlias = Callable[[Page, Context], Found[Any] | None]

GUESSES: Mapping[str, Guess] = {
    "description": description.guess,
    "authors": authors.guess,
    "date_published": dates.guess_published,
    "date_modified": dates.guess_modified,
    "images": images.guess,
    "keywords": keywords.guess,
    "article_section": article_section.guess,
    "breadcrumbs": breadcrumbs.guess,
    "in_language": language.guess,
    "publisher": publisher.guess,
    "agency": agency.guess,
    "is_accessible_for_free": access.guess,
}
"""How each field is read where no template points to it; the headline is read before them, the body after."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article, and why it was read as it was."""

    article: Article
    misfits: tuple[Misfit, ...]
    """The templates that were tried and do not fit, in order."""
    reasons: tuple[str, ...]
    """Why the page is of its page type."""
    decisions: tuple[Decision, ...]
    """Each piece of text that was kept as body or left; empty where a template named the body."""


def extract(
    body: bytes,
    url: str,
    *,
    site: Site | None = None,
    now: datetime | None = None,
    encoding: str | None = None,
) -> Article:
    """Return the article that the bytes *body*, fetched from *url*, hold.

    *site* is the site file to read them by, *now* the moment that relative dates count from, *encoding* the
    charset of the HTTP header. Raises :class:`~newsspider.ExtractionError` for bytes that are no document.
    """
    return read(Page(body, url, encoding=encoding), site, now)


def read(page: Page, site: Site | None = None, now: datetime | None = None) -> Article:
    """Return the article that *page* holds, whatever its type; see :func:`extract`."""
    return _assemble(page, site, now).article


def explain(page: Page, site: Site | None = None, now: datetime | None = None) -> Explanation:
    """Return what :func:`read` returns, with the reasons."""
    made = _assemble(page, site, now)
    decisions = made.guess.decisions if made.guess else ()
    return Explanation(made.article, made.misfits, made.verdict.reasons, tuple(decisions))


@dataclass(frozen=True, slots=True)
class _Assembly:
    article: Article
    misfits: tuple[Misfit, ...]
    verdict: Verdict
    guess: BodyGuess | None


def _assemble(page: Page, site: Site | None, now: datetime | None) -> _Assembly:
    written = Found(site.language, "site") if site and site.language else language.of_page(page)
    context = Context(
        now=now or datetime.now(UTC),
        language=written.value if written else None,
        language_source=written.source if written else "",
        timezone=site.timezone if site else None,
        site_names=(site.name,) if site else (),
        country=host_of(page.url).rpartition(".")[2],
    )
    reading, misfits = _choose(page, site, context)
    fields = _fields(page, reading, context)
    guess = None
    if reading and reading.blocks:
        blocks, body_source = reading.blocks, f"template:{reading.template.name}"
    else:
        title = fields.get("headline")
        guess = guess_body(page, title.value if title else None)
        blocks, body_source = guess.blocks, guess.source
    _describe_by_standfirst(fields, blocks, body_source)
    own = [block for block in blocks if not (guess and block.text in guess.teasers)]
    verdict = _verdict(page, reading, own)
    canonical, syndicated_from = canonical_url(page, site.domains if site else ())
    provenance = {name: found.source for name, found in fields.items()}
    article = Article(
        id=article_id(canonical),
        url=page.url,
        canonical_url=canonical,
        site=site.stem if site else registrable_domain(page.url),
        template=reading.template.name if reading else GENERIC,
        page_type=verdict.page_type.value,
        page_type_confidence=verdict.confidence,
        blocks=blocks,
        article_body=body_of(blocks),
        related_urls=tuple(link.url for link in related_links(page, site)),
        syndicated_from=syndicated_from,
        provenance=provenance | ({"article_body": body_source} if blocks else {}),
        **_attributes(fields),
    )
    return _Assembly(_mended(page, site, article), misfits, verdict, guess)


def _choose(page: Page, site: Site | None, context: Context) -> tuple[Reading | None, tuple[Misfit, ...]]:
    """Return what the first template that fits reads, and those before it that don't."""
    misfits: list[Misfit] = []
    for template in site.templates if site else ():
        reading = read_template(page, template, context)
        if isinstance(reading, Reading):
            return reading, tuple(misfits)
        misfits.append(reading)
    return None, tuple(misfits)


def _fields(page: Page, reading: Reading | None, context: Context) -> dict[str, Found[Any]]:
    fields: dict[str, Found[Any]] = dict(reading.fields) if reading else {}
    title = fields.get("headline") or headline.guess(page, context)
    if title is not None:
        fields["headline"] = title
        context = replace(context, headline=title.value)
    absent = reading.template.absent if reading else frozenset()
    for name, guess in GUESSES.items():
        found = None if name in fields or name in absent else guess(page, context)
        if found is not None:
            fields[name] = found
    byline = fields["authors"].raw if "authors" in fields else None
    if byline and "agency" not in fields.keys() | absent:
        signing = agency.signing(byline, context)
        return fields | {"agency": signing} if signing else fields
    return fields


def _describe_by_standfirst(fields: dict[str, Found[Any]], blocks: tuple[Block, ...], source: str) -> None:
    """A standfirst is what readers see; the page's own description is often a cut of it or of the body."""
    standfirst = next((block.text for block in blocks if block.role == STANDFIRST), None)
    stated = fields.get("description")
    if standfirst and not (stated and stated.source == source):
        fields["description"] = Found(standfirst, f"{source}:standfirst")


def _verdict(page: Page, reading: Reading | None, blocks: Sequence[Block]) -> Verdict:
    """Return the page's type; that of a template says more than the page if it is a special one."""
    if reading and reading.template.page != "article":
        return Verdict(PageType(reading.template.page), 1.0, (f"template {reading.template.name!r} fits",))
    return classify(page, blocks)


def _attributes(fields: Mapping[str, Found[Any]]) -> dict[str, Any]:
    """Return the article's attributes for *fields*: most are one each."""
    attributes: dict[str, Any] = {}
    for name, found in fields.items():
        if isinstance(found.value, Moment):
            attributes[name] = found.value.iso
            attributes[f"{name}_raw"] = found.raw
            attributes[f"{name}_precision"] = found.value.precision
            attributes[f"{name}_zone"] = found.value.zone
        else:
            attributes[name] = found.value
    if "authors" in fields:
        attributes["byline_raw"] = fields["authors"].raw
    return attributes


def _mended(page: Page, site: Site | None, article: Article) -> Article:
    """Return *article* as the site's own code leaves it, where its file names some."""
    if site is None or site.quirks is None:
        return article
    mend = import_module(f"newsspider.quirks.{site.quirks}").mend
    return cast("Article", mend(page, article))
