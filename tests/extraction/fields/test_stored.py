"""Fields from the data that a front end embeds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from newsspider.extraction.fields import authors, dates, keywords
from newsspider.extraction.fields.context import Context
from newsspider.extraction.fields.stored import stored
from newsspider.extraction.page import Page

Make = Callable[..., Page]
HEADLINE = "It rained all day"
NEXT = '<script id="__NEXT_DATA__" type="application/json">'


def held(*objects: object) -> str:
    state = {"props": {"pageProps": {"list": list(objects)}}}
    return f"<title>It rained all day</title>{NEXT}{json.dumps(state)}</script><h1>It rained all day</h1>"


def test_a_field_that_nothing_else_states_is_read_from_the_state(page: Make, context: Context) -> None:
    """Authors, date and keywords of the embedded article stand in where the page shows none."""
    read = page(
        held(
            {"title": "It rained all day", "publishedAt": "2024-05-03T10:00:00Z", "tags": [{"name": "Rain"}],
             "authors": [{"fullName": "Ada Berg"}, {"fullName": "Lu Sommer"}]},
        )
    )  # fmt: skip
    context = replace(context, headline=HEADLINE)
    people = authors.guess(read, context)
    when = dates.guess_published(read, context)
    tags = keywords.guess(read, context)
    assert people is not None
    assert when is not None
    assert tags is not None
    assert (people.value, people.source) == (("Ada Berg", "Lu Sommer"), "state")
    assert (when.value.iso, when.source) == ("2024-05-03T10:00:00+00:00", "state")
    assert (tags.value, tags.source) == (("Rain",), "state")


def test_another_articles_state_says_nothing(page: Make, context: Context) -> None:
    """Teasers are embedded in the same form; only the object with the page's own headline counts."""
    read = page(held({"title": "It snowed", "authors": ["Ada Berg"]}, {"title": "It rained all day"}))
    assert stored(read, "author", replace(context, headline=HEADLINE)) == []


def test_what_publishing_systems_nest_is_found(page: Make, context: Context) -> None:
    """Fusion keeps names under credits.by, the headline under headlines.basic, tags under taxonomy."""
    read = page(
        held(
            {"headlines": {"basic": "It rained all day"}, "display_date": "2024-05-03T10:00:00Z",
             "credits": {"by": [{"name": "Ada Berg"}]}, "taxonomy": {"tags": [{"text": "Rain"}]}},
        )
    )  # fmt: skip
    assert stored(read, "author", replace(context, headline=HEADLINE)) == ["Ada Berg"]
    assert stored(read, "keywords", replace(context, headline=HEADLINE)) == ["Rain"]
    assert stored(read, "datePublished", replace(context, headline=HEADLINE)) == ["2024-05-03T10:00:00Z"]


def test_metadata_come_before_the_state(page: Make, context: Context) -> None:
    """What the page states to everyone is believed first."""
    state = held({"title": "It rained all day", "authors": ["Lu Sommer"], "tags": ["Rain"]})
    read = page(f'<meta name="author" content="Ada Berg"><meta name="keywords" content="a, b">{state}')
    context = replace(context, headline=HEADLINE)
    people, tags = authors.guess(read, context), keywords.guess(read, context)
    assert people is not None
    assert tags is not None
    assert (people.value, tags.value) == (("Ada Berg",), ("a", "b"))


@pytest.mark.parametrize(
    "headline", ["IT RAINED ALL DAY", "It rained all day", "La présidence", "雨が降った"]
)
def test_the_headline_is_known_however_data_write_it(headline: str, page: Make, context: Context) -> None:
    """Data may have the headline in another case, and the letters of other alphabets as numbers."""
    read = page(held({"title": headline.capitalize(), "authors": ["Ada Berg"]}))
    assert stored(read, "author", replace(context, headline=headline)) == ["Ada Berg"]
