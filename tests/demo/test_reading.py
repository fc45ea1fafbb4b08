"""The library against the newsroom: each page, read with its site file, gives its truth to the letter."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from newsspider.cleaning import clean
from newsspider.demo import Edition, Newsroom, Truth
from newsspider.demo.newsroom import split
from newsspider.extraction.catalogue import load_site
from newsspider.extraction.identity import normalize_url
from newsspider.extraction.reader import extract
from newsspider.extraction.site import Site
from newsspider.items import Article

SITES = Path(str(resources.files("newsspider.demo").joinpath("sites")))
NEWSROOM = Newsroom(Edition(size=25, seed=7))
SAME = (
    "page_type",
    "headline",
    "description",
    "authors",
    "date_published",
    "date_modified",
    "article_body",
    "credits",
    "keywords",
    "article_section",
    "breadcrumbs",
    "in_language",
    "publisher",
    "is_accessible_for_free",
    "related_urls",
)
"""Fields that a truth and an article both have, in the same form."""


def read(truth: Truth, url: str | None = None) -> Article:
    """Return what the library makes of the page of *truth*, or of its other address *url*."""
    address = url or truth.url
    return clean(extract(NEWSROOM.respond(*split(address)).body, address, site=site(truth.site)))


def site(stem: str) -> Site:
    """Return the demo's site file of this name."""
    return load_site(SITES / f"{stem}.toml")


def differences(truth: Truth, article: Article) -> dict[str, tuple[object, object]]:
    """Return the fields in which *article* is not *truth*, each with both values."""
    pairs = {name: (getattr(truth, name), getattr(article, name)) for name in SAME}
    pairs["canonical_url"] = (normalize_url(truth.canonical_url), normalize_url(article.canonical_url))
    pairs["images"] = (
        [(image.url, image.caption, image.credit) for image in truth.images],
        [(image.url, image.caption, image.credit) for image in article.images],
    )
    pairs["dateline"] = tuple(
        line and (line.raw, line.date, line.agency, [(place.name, place.within) for place in line.places])
        for line in (truth.dateline, article.dateline)
    )
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("host", ["newsx.test", "harbour-notes.test", "meridian-wire.test", "nordblatt.test"])
def test_every_article_is_its_truth(host: str) -> None:
    """With its site file each article of a site is read and cleaned to the letter."""
    # without any metadata nothing tells a live blog from an article that has many subheadings
    untold = {"page_type"} if host == "meridian-wire.test" else set()
    wrong = {}
    for truth in NEWSROOM.truths():
        if truth.site != host or not truth.exported or truth.parts:
            continue
        found = differences(truth, read(truth))
        if found.keys() - (untold if truth.page_type == "live_blog" else set()):
            wrong[truth.url] = found
    assert wrong == {}


@pytest.mark.parametrize("host", ["newsx.test", "harbour-notes.test", "meridian-wire.test", "nordblatt.test"])
def test_five_addresses_are_one_article(host: str) -> None:
    """All addresses of the article that has five give one id."""
    truth = next(truth for truth in NEWSROOM.truths() if truth.site == host)
    assert len(truth.also_at) >= 3
    assert {read(truth, url).id for url in (truth.url, *truth.also_at)} == {read(truth).id}


def test_what_is_no_article_is_not_taken_for_one() -> None:
    """Galleries, video hubs, forms, consent walls and soft 404s are told by type or have no body."""
    for truth in NEWSROOM.truths():
        if not truth.exported:
            article = read(truth)
            assert article.page_type == truth.dropped or article.article_body == "", truth.url


def test_all_parts_together_are_the_truth() -> None:
    """The parts of each article in parts, and a one-page view where there is one, hold its whole body."""
    in_parts = [truth for truth in NEWSROOM.truths() if truth.parts]
    assert len(in_parts) == 4
    for truth in in_parts:
        bodies = [read(truth, url).article_body for url in (truth.url, *truth.parts)]
        assert "\n\n".join(bodies) == truth.article_body
        assert {read(truth, url).article_body for url in truth.also_at} <= {truth.article_body}
