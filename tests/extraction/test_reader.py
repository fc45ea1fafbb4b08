"""Pages become articles: by template where one fits, by guess where none does."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from newsspider.errors import ExtractionError
from newsspider.extraction import reader
from newsspider.extraction.catalogue import load_site
from newsspider.extraction.page import Page
from newsspider.extraction.reader import explain, extract, read
from newsspider.extraction.select import compile_expression
from newsspider.items import article_id, body_of

NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)
URL = "https://www.paper.example/world/storm-hits-the-coast-of-marvania"
TEXT = [
    "The storm reached the harbour shortly after midnight and tore the roof from the old auction hall.",
    "Fishing crews had moved their boats inland on Sunday, the harbour master said, and nobody was hurt.",
    "The ferry to the islands will not run before Thursday, when the wind is expected to turn north.",
]
PAGE = f"""<html lang="en"><head><title>Storm hits the coast - The Paper</title>
<meta property="og:description" content="A storm."><link rel="canonical" href="{URL}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Storm hits the coast",
"datePublished": "2026-05-04T10:00:00Z", "author": {{"@type": "Person", "name": "Ann Lee"}}}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Storm hits the coast</h1>
<h2 class="lead">Roofs went, boats stayed.</h2>
<div class="text">{"".join(f"<p>{line}</p>" for line in TEXT)}</div></article></body></html>""".encode()

SITE = """
format = 1
name = "The Paper"
domains = ["paper.example"]
[[template]]
name = "other"
match = 'main.other'
[[template]]
name = "story"
fields.headline = 'h1'
fields.description = 'h2.lead'
fields.body = '.text'
"""


@pytest.fixture
def site(tmp_path):
    path = tmp_path / "paper.example.toml"
    path.write_text(SITE, encoding="utf-8")
    return load_site(path)


def test_the_first_template_that_fits_reads_the_page(site):
    """What the template points to comes from it, the rest from the page's data; provenance says which."""
    article = extract(PAGE, URL, site=site, now=NOW)
    assert (article.site, article.template, article.page_type) == ("paper.example", "story", "article")
    assert [block.text for block in article.blocks] == ["Roofs went, boats stayed.", *TEXT]
    assert article.blocks[0].role == "standfirst"
    assert article.article_body == "\n\n".join(TEXT) == body_of(article.blocks)
    assert article.description == "Roofs went, boats stayed."
    assert (article.authors, article.date_published) == (("Ann Lee",), "2026-05-04T10:00:00+00:00")
    assert article.date_published_precision == "second"
    assert article.provenance["headline"] == article.provenance["article_body"] == "template:story"
    assert article.provenance["authors"].startswith("json-ld")


def test_an_agency_is_read_from_the_byline_that_the_article_has(site):
    """The agency that signs is found in the template's byline, else in the one that the page marks."""
    signed = PAGE.replace(b"<div class=", b"<p class=byline>By Ann Lee and Reuters</p><div class=").replace(
        b'"author"', b'"editor"'
    )
    byline = compile_expression("h2.lead + p")
    template = replace(site.templates[1], fields={**site.templates[1].fields, "authors": (byline,)})
    for reading in (site, replace(site, templates=(template,))):
        article = extract(signed, URL, site=reading, now=NOW)
        assert (article.authors, article.agency) == (("Ann Lee",), "Reuters")
        assert article.provenance["agency"] == "byline"


def test_a_field_that_a_layout_does_not_have_is_not_guessed(site):
    """An empty list of expressions says that there is nothing to be found, whatever the page's data say."""
    template = replace(site.templates[1], fields={**site.templates[1].fields, "authors": ()})
    article = extract(PAGE, URL, site=replace(site, templates=(template,)), now=NOW)
    assert (article.authors, article.byline_raw, article.agency) == ((), None, None)
    assert article.date_published is not None


def test_without_a_template_that_fits_the_page_is_guessed(site):
    """A site whose templates do not fit is read like one without a file, but keeps its name."""
    site = replace(site, templates=site.templates[:1])
    article = extract(PAGE, URL, site=site, now=NOW)
    assert (article.site, article.template) == ("paper.example", "generic")
    assert article.headline == "Storm hits the coast"
    assert all(line in article.article_body for line in TEXT)


def test_a_page_without_a_site_is_named_by_its_domain():
    """Without a site file the registrable domain is the site."""
    assert extract(PAGE, "https://www.paper.co.uk/world/storm", now=NOW).site == "paper.co.uk"


def test_an_article_is_identified_by_its_canonical_url(site):
    """The id is the hash of the canonical URL, and the URL that was asked for is kept."""
    article = extract(PAGE, URL + "?utm_source=feed", site=site, now=NOW)
    assert article.url == URL + "?utm_source=feed"
    assert article.id == article_id(article.canonical_url) == extract(PAGE, URL, now=NOW).id


def test_the_same_bytes_give_the_same_article(site):
    """Nothing but the bytes, the URL, the site and the moment has a say."""
    assert extract(PAGE, URL, site=site, now=NOW) == extract(PAGE, URL, site=site, now=NOW)
    page = Page(PAGE, URL)
    assert read(page, site, NOW) == read(page, site, NOW) == explain(page, site, NOW).article


def test_explain_tells_which_templates_did_not_fit_and_what_was_left_out(site):
    """The reasons are a misfit for each template tried in vain, and a decision for each piece of text."""
    tried = explain(Page(PAGE, URL), site, NOW)
    assert [(misfit.template.name, misfit.reason) for misfit in tried.misfits] == [
        ("other", "no 'match' on the page")
    ]
    assert tried.decisions == ()
    guessed = explain(Page(PAGE, URL), None, NOW)
    assert {decision.kept for decision in guessed.decisions if decision.text in TEXT} == {True}


def test_a_sites_own_code_has_the_last_word(site, monkeypatch):
    """The module that a file names as quirks gets the page and the article, and returns the article."""
    module = SimpleNamespace(mend=lambda page, article: replace(article, headline=page.url))
    monkeypatch.setattr(reader, "import_module", {"newsspider.quirks.paper": module}.__getitem__)
    assert extract(PAGE, URL, site=replace(site, quirks="paper"), now=NOW).headline == URL


@pytest.mark.parametrize("body", [b"", b"  \n", b"%PDF-1.7\x00\x01\x02"])
def test_bytes_that_are_no_document_are_refused(body):
    """Empty and binary bytes raise ExtractionError."""
    with pytest.raises(ExtractionError):
        extract(body, URL)


def test_a_page_with_nothing_on_it_is_still_an_article_item():
    """Whatever parses gives an item, with a page type and empty fields."""
    article = extract(b"<html><body></body></html>", URL, now=NOW)
    assert (article.article_body, article.blocks, article.headline) == ("", (), None)
    assert "article_body" not in article.provenance
