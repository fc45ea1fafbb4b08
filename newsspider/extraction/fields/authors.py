"""Who wrote the article: ``authors`` and ``byline_raw``.

Authors are people. Where a page names no person, the organisation or desk that it states as the author
stands in: half of agency copy is signed so, and a reader who sees "dpa" above a story is not told of an
unknown author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from newsspider.extraction.fields.byline import Signers, is_joined, is_of_site, read_byline
from newsspider.extraction.fields.byline_labels import is_label
from newsspider.extraction.fields.closing import closing
from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.datelined import datelined
from newsspider.extraction.fields.evidence import clean, objects, stated, strings
from newsspider.extraction.fields.opening import opening
from newsspider.extraction.fields.person import stands_in
from newsspider.extraction.fields.signatures import Signature, distant, place, signatures
from newsspider.extraction.fields.stored import stored
from newsspider.extraction.fields.unmarked import unmarked
from newsspider.extraction.json_text import Json
from newsspider.extraction.page import Page, once_a_page
from newsspider.extraction.text import fold

_META = (
    "author", "article:author", "article:author_name", "og:article:author", "parsely-author",
    "sailthru.author",
    "cxenseparse:author", "dc.creator", "dcterms.creator", "dc.contributor", "byl", "byline", "authors",
    "articleauthor", "article.author", "citation_author", "bt:author", "mediator_author", "rnews:author",
)  # fmt: skip
_CITATIONS = ("citation_author", "dc.creator.personalname")
_MANY = 8
_MAX_MORE = 100
_URL = re.compile(r"https?://|^/|facebook\.com|twitter\.com")


@once_a_page
def guess(page: Page, context: Context) -> Found[tuple[str, ...]] | None:
    """Return the people that the page's metadata or byline name, else the organisation that signs it.

    A byline that readers see and that names all people of the metadata and more is believed before them, and
    a name that opens the text before all. The site itself has signed only what no agency or person has.
    """
    names = _own_names(page, context)
    line = opening(page)
    people = read_byline(line, names).people
    if people:
        return Found(people, "byline", line)
    organisations: Found[tuple[str, ...]] | None = None
    for source, texts in _statements(page):
        signers = _signed(texts, names)
        if signers.people:
            return _completed(page, names, Found(signers.people, source, ", ".join(texts)))
        others = signers.organisations
        if others and (organisations is None or _is_for(others, organisations.value, names)):
            organisations = Found(signers.organisations, source, ", ".join(texts))
    seen = _from_byline(page, names, organisations.value if organisations else ())
    if not (seen and seen.people):
        texts = stored(page, "author", context)
        signers = _signed(texts, names)
        if signers.people:
            return Found(signers.people, "state", ", ".join(texts))
    if not (seen and seen.people) and (organisations is None or _is_own(organisations.value, names)):
        # where the site is stated, labels away from the headline are those of other stories
        far = chain(distant(page), datelined(page)) if organisations is None else ()
        seen = _from_afar(chain(unmarked(page), far, closing(page)), names, seen)
    if seen and (
        seen.people or organisations is None or _is_for(seen.organisations, organisations.value, names)
    ):
        return Found(seen.people or seen.organisations, "byline", seen.text)
    return organisations


def tidy(values: Sequence[str], context: Context) -> tuple[str, ...] | None:
    """Return the people that *values*, pieces of a byline, name; else the organisations.

    >>> from datetime import UTC, datetime
    >>> tidy(["By Ada Berg and Lu Sommer, staff writers"], Context(datetime.now(UTC)))
    ('Ada Berg', 'Lu Sommer')
    """
    signers = sum((read_byline(value, context.site_names) for value in values), Signers())
    if not signers.people and len(values) > 1:
        signers += sum((read_byline(value, context.site_names, certain=True) for value in values), Signers())
    return signers.people or signers.organisations or None


def _statements(page: Page) -> Iterator[tuple[str, list[str]]]:
    for source, value in stated(page, "author", "creator", "contributor"):
        yield source, list(_names(page, value))
    for name in _META:
        texts = [_in_order(name, text) for text in map(clean, page.meta.get(name, ()))]
        texts = [text for text in texts if text and not _URL.search(text)]
        if texts:
            yield f"meta:{name}", list(dict.fromkeys(texts))
    for number in (1, 2):
        # plugins' cards for sharing: a label and what stands under it
        if is_label(page.meta_text(f"twitter:label{number}")):
            yield f"meta:twitter:data{number}", [clean(page.meta_text(f"twitter:data{number}"))]


def _signed(texts: Iterable[str], names: tuple[str, ...]) -> Signers:
    return sum((read_byline(text, names, certain=True) for text in texts), Signers())


def _in_order(name: str, text: str) -> str:
    """Return "Given Surname" for "Surname, Given", which is the order of citations."""
    family, _, given = text.partition(", ")
    return f"{given} {family}" if given and name in _CITATIONS and "," not in given else text


def _names(page: Page, value: Json) -> Iterator[str]:
    for node in objects(page, value):
        parts = strings([node.get("givenName"), node.get("familyName")])
        for name in strings(node.get("name")) or ([" ".join(parts)] if parts else []):
            if not _URL.search(name):
                yield name


def _own_names(page: Page, context: Context) -> tuple[str, ...]:
    stated_name = page.meta_text("og:site_name")
    publisher = page.news.get("publisher")
    published = publisher.get("name") if isinstance(publisher, dict) else publisher
    return tuple({*context.site_names, stated_name, published if isinstance(published, str) else ""} - {""})


def _completed(page: Page, names: tuple[str, ...], found: Found[tuple[str, ...]]) -> Found[tuple[str, ...]]:
    """Return *found*, or the byline's people where they are more of the same, or others than the uploader."""
    seen = _from_byline(page, names)
    if seen is None or not seen.people or len(seen.people) > _MANY or len(seen.text) > _MAX_MORE:
        return found
    stated_keys, seen_keys = ({fold(name) for name in people} for people in (found.value, seen.people))
    is_whole = stated_keys < seen_keys
    # the name of whoever put the page into the system, where readers first see "By" somebody else
    is_another = (
        not _words_of(stated_keys) & _words_of(seen_keys)
        and (seen.is_labelled or all(" " not in name for name in found.value))
        and any(" " in name for name in seen.people) >= any(" " in name for name in found.value)
        and place(seen.people, page) <= place(found.value, page)
    )
    return Found(seen.people, "byline", seen.text) if is_whole or is_another else found


def _is_for(others: Iterable[str], stated_ones: Iterable[str], names: Sequence[str]) -> bool:
    """Tell whether *others* sign in place of *stated_ones*: an agency where those are the site itself."""
    return _is_own(stated_ones, names) and not _is_own(others, names)


def _is_own(organisations: Iterable[str], names: Sequence[str]) -> bool:
    return all(is_of_site(name, names) for name in organisations)


def _words_of(keys: Iterable[str]) -> set[str]:
    return {word for key in keys for word in key.split()}


@dataclass(frozen=True, slots=True)
class _Seen:
    text: str
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    is_labelled: bool


def _from_byline(page: Page, names: tuple[str, ...], stated: Sequence[str] = ()) -> _Seen | None:
    """Return the first byline that names people, else the first one that an organisation signs.

    People named after the organisation that the page states as its author have signed other stories.
    """
    office: _Seen | None = None
    authors = {fold(name) for name in stated}
    for signature in signatures(page):
        seen = _read(signature, names)
        if seen and (seen.people or authors.issuperset(map(fold, seen.organisations))):
            return seen
        office = office or seen
    return office


def _from_afar(far: Iterable[Signature], names: tuple[str, ...], near: _Seen | None) -> _Seen | None:
    """Return who signs *far* from the headline, if it is a person or nobody signs near it; else *near*."""
    readings = (_read(signature, names) for signature in far)
    return next((seen for seen in readings if seen and (seen.people or near is None)), near)


def _read(signature: Signature, own: tuple[str, ...]) -> _Seen | None:
    signers = _signers(signature, own)
    is_certain = signature.is_labelled or signature.names or signature.links
    organisations = tuple(name for name in signers.organisations if is_certain or stands_in(name))
    if not signers.people and not organisations:
        return None
    return _Seen(signature.text, signers.people, organisations, signature.is_labelled)


def _signers(signature: Signature, own: tuple[str, ...]) -> Signers:
    """Return who signs: the names that the markup sets apart and those joined to them, else all."""
    whole = read_byline(signature.lines, own)
    apart = sum((read_byline(name, own, certain=True) for name in signature.names), Signers())
    apart += sum((read_byline(name, own) for name in signature.links), Signers())
    if not apart.people:
        return whole + apart
    people = list(apart.people)
    for name in whole.people:
        is_known = any(fold(known) in fold(name) for known in people)
        if not is_known and is_joined(name, signature.lines, people):
            people.append(name)
    people.sort(key=lambda name: signature.lines.casefold().find(name.casefold()))
    return Signers(tuple(people), whole.organisations)
