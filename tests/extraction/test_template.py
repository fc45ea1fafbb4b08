"""A template fits or says why not, and reads what it points to."""

from datetime import UTC, datetime

import pytest

from newsspider.extraction.fields.context import Context
from newsspider.extraction.layout import Template
from newsspider.extraction.page import Page
from newsspider.extraction.select import compile_expression
from newsspider.extraction.site_tables import FieldsTable
from newsspider.extraction.template import TIDY, Misfit, Reading, read_template

CONTEXT = Context(datetime(2026, 5, 5, tzinfo=UTC), "en", "Europe/London")
HTML = """<html><head><script type="application/ld+json">
{"@type": "NewsArticle", "articleBody": "First line.\\n\\nSecond line."}</script>
<script id="__NEXT_DATA__" type="application/json">
{"story": {"html": "<p>From <b>state</b>.</p><p>More.</p>"}}</script>
</head><body><h1>Storm hits the coast</h1><p class="lead">Waves as high as houses.</p>
<span class="by">By Ann Lee</span>
<time datetime="2026-05-04T10:00:00">Monday</time>
<div class="text"><p class="lead">Waves as high as houses.</p><p>The storm came at night.</p>
<div class="box">Buy an umbrella</div>
<section class="text"><p>It went by day.</p></section>
<h3>Also Read</h3><p>Other storms</p></div><h3>Also Read</h3></body></html>"""


@pytest.fixture
def page():
    return Page(HTML.encode(), "https://paper.example/storm", encoding="utf-8")


def template(match=None, drop=None, stop=None, **fields) -> Template:
    def compiled(text):
        return (compile_expression(text),) if text else ()

    alternatives = {
        name: tuple(map(compile_expression, [texts] if isinstance(texts, str) else texts))
        for name, texts in fields.items()
    }
    return Template(
        name="story", match=compiled(match), fields=alternatives, drop=compiled(drop), stop=compiled(stop)
    )


def lines(page, **keys) -> list[tuple[str, str]]:
    reading = read_template(page, template(**keys), CONTEXT)
    assert isinstance(reading, Reading)
    return [(block.role, block.text) for block in reading.blocks]


def test_every_field_of_a_site_file_can_be_tidied():
    """Each key of [template.fields] but the body has its way from texts to a value."""
    assert {*TIDY, "body"} == set(FieldsTable.model_fields)


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"match": "main", "headline": "h1"}, "no 'match' on the page"),
        ({"headline": "h2.title"}, "no headline"),
        ({"headline": "h1", "body": ".story"}, "no body"),
        ({"headline": "h1", "body": "time + *"}, "no body"),
    ],
)
def test_a_template_that_does_not_fit_says_why(page, keys, reason):
    """Without its match, its headline or its body on the page a template is a misfit."""
    if keys.get("body") == "time + *":
        keys = keys | {"drop": ".text p, .text h3, .box"}
    reading = read_template(page, template(**keys), CONTEXT)
    assert isinstance(reading, Misfit)
    assert reading.reason == reason


def test_a_template_without_headline_and_body_fits_by_its_match(page):
    """What a template leaves out is guessed later, so it can't make the template unfit."""
    assert isinstance(read_template(page, template(match="h1"), CONTEXT), Reading)


def test_fields_are_tidied_and_say_where_they_come_from(page):
    """A byline becomes people, a time an instant in the site's zone; the raw text is kept."""
    reading = read_template(page, template(authors=".by", date_published="time::attr(datetime)"), CONTEXT)
    assert isinstance(reading, Reading)
    authors, date = reading.fields["authors"], reading.fields["date_published"]
    assert (authors.value, authors.raw, authors.source) == (("Ann Lee",), "By Ann Lee", "template:story")
    assert (date.value.iso, date.value.zone) == ("2026-05-04T10:00:00+01:00", "site")


def test_the_first_alternative_with_a_value_wins(page):
    """Expressions in a list are tried in order; one that gives nothing is passed over."""
    reading = read_template(page, template(headline=["h2", "h1", ".lead"]), CONTEXT)
    assert isinstance(reading, Reading)
    assert reading.fields["headline"].value == "Storm hits the coast"


def test_the_body_is_read_without_what_is_dropped_and_up_to_the_stop(page):
    """Dropped elements are left out, a container inside another is read once, and the stop ends the body."""
    body = lines(page, body=".text", drop=".box", stop="text:Also Read")
    assert [text for _, text in body] == [
        "Waves as high as houses.",
        "The storm came at night.",
        "It went by day.",
    ]


def test_a_stop_outside_the_body_does_not_end_it(page):
    """Only the part of a stop that lies in the body counts."""
    assert "It went by day." in [text for _, text in lines(page, body="section.text", stop="text:Also Read")]


def test_the_standfirst_is_there_once_with_its_role(page):
    """The element that is the description leads the blocks as standfirst, wherever it stands."""
    body = lines(page, body=".text", description=".lead", drop=".box", stop="text:Also Read")
    assert body == [
        ("standfirst", "Waves as high as houses."),
        ("paragraph", "The storm came at night."),
        ("paragraph", "It went by day."),
    ]


def test_a_body_in_json_is_a_line_a_paragraph(page):
    """Text that the page holds in JSON is split at its line breaks."""
    assert lines(page, body="json:articleBody") == [
        ("paragraph", "First line."),
        ("paragraph", "Second line."),
    ]


def test_html_in_json_is_read_as_html(page):
    """Markup inside a JSON text is parsed, not shown."""
    assert lines(page, body="json:story.html") == [("paragraph", "From state."), ("paragraph", "More.")]
