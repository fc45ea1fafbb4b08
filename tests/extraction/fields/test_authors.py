"""Authors are people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsspider.extraction.fields import authors
from newsspider.extraction.fields.byline import read_byline
from newsspider.extraction.fields.context import Context
from newsspider.extraction.page import Page

LISTS = Path(__file__).parents[4] / "shared" / "lists"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("By Ada Berg and Lu Sommer", ("Ada Berg", "Lu Sommer")),
        ("ADA BERG, Staff Writer", ("Ada Berg",)),
        ("By Ada BergStaff Writer", ("Ada Berg",)),
        ("By Ada BergFOXBusiness", ("Ada Berg",)),
        ("By Ada McDonald", ("Ada McDonald",)),
        ("Ada Berg@adaberg", ("Ada Berg",)),
        ("By Ada Berg ada@news.test(509) 459-5382", ("Ada Berg",)),
        ("By Ada Berg, CNN", ("Ada Berg",)),
        ("Von Ada Berg, Jan Kos und Lu Sommer, NDR", ("Ada Berg", "Jan Kos", "Lu Sommer")),
        ("par Ada Berg, le 15 septembre 2009", ("Ada Berg",)),
        ("Por: Redacción / Crítica - Martes 26 de abril de 2022", ()),
        ("By admin - 2018-09-16", ()),
        ("Monday November 18, 2019 7:45 am PST by Ada Berg", ("Ada Berg",)),
        ("By Ada Berg Updated Nov 13, 2019, 10:28am EST", ("Ada Berg",)),
        ("Ada Berg Ada Berg", ("Ada Berg",)),
        ("By Ada Berg For The Sunday Paper", ("Ada Berg",)),
        ("Ada Berg is a reporter for NBC News.", ("Ada Berg",)),
        ("Ada Berg (Medizinredakteurin. M.A.)", ("Ada Berg",)),
        ("| BY: Ada Berg, MS, RDN", ("Ada Berg",)),
        ("José Ortega y Gasset", ("José Ortega y Gasset",)),
        ("山田 太郎 記者", ("山田 太郎",)),
        ("구현모 기자", ("구현모",)),
        ("作者：李小明", ("李小明",)),
        ("By Ada Berg on May 3, 2024 9:41 AM", ("Ada Berg",)),
        ("Posted by Ada Berg on Friday, 3 May", ("Ada Berg",)),
        ("Foto: Ada Berg/Reuters", ()),
        ("ada.berg@news.test", ()),
        ("@adaberg", ()),
        ("", ()),
    ],
)
def test_people_of_a_byline(text: str, wanted: tuple[str, ...]) -> None:
    """Labels, roles, degrees, dates, addresses and organisations are no part of a name."""
    assert read_byline(text).people == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ada Berg News Test", ("Ada Berg",)),
        ("Ada Berg, Berlin", ("Ada Berg",)),
        ("Ada Berg - İstanbul", ("Ada Berg",)),
        ("Ada Berg und Lu Sommer, Berlin", ("Ada Berg", "Lu Sommer")),
        ("Ada Berg in Berlin und Lu Sommer in Paris", ("Ada Berg", "Lu Sommer")),
        ("Ada Berg, Associate Professor of Bridges, Port College", ("Ada Berg",)),
        ("Ada Berg, correspondant à Port", ("Ada Berg",)),
        ("Ada Berg avec AFP", ("Ada Berg",)),
        ("AFP/Ada Berg", ("Ada Berg",)),
        ("Ada BERG/İSTANBUL (AA)", ("Ada BERG",)),
        ("Text: Ada Berg; Fotos: Lu Sommer", ("Ada Berg",)),
        ("Ada Berg (Text), Lu Sommer (Foto)", ("Ada Berg",)),
        ("Ada Berg, Jr. and Lu Sommer III", ("Ada Berg Jr", "Lu Sommer III")),
        ("Ada Berg, Lu Sommer, and Jan Kos", ("Ada Berg", "Lu Sommer", "Jan Kos")),
        ("Ада Берг и Лу Зоммер", ("Ада Берг", "Лу Зоммер")),
        ("राम कुमार और श्याम वर्मा", ("राम कुमार", "श्याम वर्मा")),
        ("新华社记者 李小明", ("李小明",)),
        ("記者李小明、王華／台北報導", ("李小明", "王華")),
        ("이순신 선임기자, 김유신 기자", ("이순신", "김유신")),
        ("山田太郎＝東京", ("山田太郎",)),
        ("Siân ap Rhys", ("Siân ap Rhys",)),
        ("Di Webster", ("Di Webster",)),
        ("Ada Court", ("Ada Court",)),
        ("Sunday Ade", ("Sunday Ade",)),
        ("Mirabel", ("Mirabel",)),
    ],
)
def test_people_that_data_state(text: str, wanted: tuple[str, ...]) -> None:
    """Of a text that is known to name the authors, places, offices and other hands are left out."""
    assert read_byline(text, ("News Test",), certain=True).people == wanted


@pytest.mark.skipif(not LISTS.exists(), reason="needs ../shared/lists")
def test_bylines_as_published() -> None:
    """No byline of the list gives a name with a digit, an address, a date word or a bare role in it."""
    for line in (LISTS / "bylines.tsv").read_text("utf-8").splitlines():
        for name in read_byline(line.split("\t")[0]).people:
            assert not any(c.isdigit() or c in "@|/:()" for c in name), line
            assert not {"writer", "editor", "staff", "redaktion", "updated", "by", "von"} & set(
                name.lower().split()
            ), line
            assert 2 <= len(name.split()) <= 5, line


def test_organisations_are_kept_apart() -> None:
    """An agency beside people is no author."""
    signers = read_byline("By Ada Berg and The Associated Press")
    assert (signers.people, signers.organisations) == (("Ada Berg",), ("The Associated Press",))


def test_metadata_name_the_authors(page: Callable[..., Page], context: Context) -> None:
    """People of the JSON-LD are authors; roles after a slash and the agency are not."""
    html = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"@type": "Person", "name":'
        ' "Ada Berg / Journalist"}, {"@type": "Person", "name": "Reuters"}, {"name": "kos"}]}</script>'
    )
    found = authors.guess(page(html), context)
    assert found is not None
    assert (found.value, found.source) == (("Ada Berg", "kos"), "json-ld:author")


def test_a_reference_is_resolved(page: Callable[..., Page], context: Context) -> None:
    """An author that is only an @id is looked up in the graph."""
    html = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#a"}},'
        ' {"@type": "Person", "@id": "#a", "name": "Ada Berg"}]}</script>'
    )
    found = authors.guess(page(html), context)
    assert found is not None
    assert found.value == ("Ada Berg",)


def test_a_byline_that_names_more_people_is_believed(page: Callable[..., Page], context: Context) -> None:
    """Where metadata name one of two people, readers' byline wins."""
    html = '<meta name="author" content="Ada Berg"><h1>A</h1><p class="byline">By Ada Berg and Lu Sommer</p>'
    found = authors.guess(page(html), context)
    assert found is not None
    assert (found.value, found.source) == (("Ada Berg", "Lu Sommer"), "byline")


def test_an_unmarked_line_under_the_headline_is_a_byline(page: Callable[..., Page], context: Context) -> None:
    """A short labelled line near the headline is read where nothing is marked up."""
    found = authors.guess(
        page("<h1>A</h1><div><p>By Ada Berg</p><p>By the river they sat down.</p></div>"), context
    )
    assert found is not None
    assert found.value == ("Ada Berg",)


def test_names_in_other_teasers_are_not_authors(page: Callable[..., Page], context: Context) -> None:
    """Bylines in rails, comments and captions belong to others."""
    html = (
        '<h1>A</h1><aside><p class="byline">By Ada Berg</p></aside>'
        '<div class="related"><b class="author">Lu Sommer</b></div>'
    )
    assert authors.guess(page(html), context) is None


def test_an_organisation_signs_where_no_person_does(page: Callable[..., Page], context: Context) -> None:
    """A story that only an agency signs has the agency as its author."""
    html = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Reuters"}}</script>'
    )
    found = authors.guess(page(html), context)
    assert found is not None
    assert found.value == ("Reuters",)


@pytest.mark.parametrize(
    ("line", "wanted"), [("Von Redaktion", ("Redaktion",)), ("By Newsdesk", ("Newsdesk",)), ("By admin", ())]
)
def test_a_desk_signs_where_no_person_does(
    line: str, wanted: tuple[str, ...], page: Callable[..., Page], context: Context
) -> None:
    """A desk stands in as an agency does; the name of an account is nobody's."""
    found = authors.guess(page(f"<h1>A</h1><p>{line}</p>"), context)
    assert (found.value if found else ()) == wanted


def test_tidy_reads_single_names_from_a_template(context: Context) -> None:
    """What a template's expressions give is read as a byline."""
    assert authors.tidy(["By Ada Berg", "Lu Sommer, Staff Writer"], context) == ("Ada Berg", "Lu Sommer")
    assert authors.tidy([""], context) is None


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<div class="byline"><a class="author-name">Ada</a> <span>Chief Economist</span></div>', ("Ada",)),
        (
            '<p class="author">By <a href="/author/ada">Ada Berg</a> THE DAILY SHORE</p>',
            ("Ada Berg",),
        ),
        (
            '<p class="author">By <a href="/author/ada">Ada Berg</a> and Lu Sommer</p>',
            ("Ada Berg", "Lu Sommer"),
        ),
        ('<p class="byline"><span>Ada Berg</span><span>Staff Writer</span></p>', ("Ada Berg",)),
        ('<div class="author"><p>3 May 2024</p><p>Ada Berg</p></div>', ("Ada Berg",)),
        ('<p class="author">Ada Berg | Edited by Lu Sommer</p>', ("Ada Berg",)),
        ("<p>Ada Berg | Senior Political Writer | 3 May 2024</p>", ("Ada Berg",)),
        ('<p class="meta">3 May 2024 by Ada Berg</p>', ("Ada Berg",)),
        ("<div><b>Written by</b> <i>Ada Berg</i></div>", ("Ada Berg",)),
        ('<p>by <a href="/ada">Ada</a> · 3 May 2024</p>', ("Ada",)),
        ('<p class="author-name">Harbour Team</p>', ("Harbour Team",)),
        ('<article><footer><p class="author">Ada Berg</p></footer></article>', ("Ada Berg",)),
        ('<div class="author">By Ada Berg <i>Data Analysis By</i> <b>Lu Sommer</b></div>', ("Ada Berg",)),
        ("<div><strong>Contributors:</strong> Ada Berg</div>", ("Ada Berg",)),
        ("<p>Authored by: Dr. Ada Berg</p>", ("Ada Berg",)),
        ('<p class="who author"><a href="/author/harbour">Harbour Team</a></p>', ("Harbour Team",)),
        ("<div>3 May 2024 <b>·</b> 5 min <b>·</b> By Ada Berg</div>", ("Ada Berg",)),
        ("<div><time>3 May 2024</time> by Ada Berg, Harbour Council</div>", ("Ada Berg",)),
        ('<div class="x1"><a href="/authors/ada-berg">Ada Berg</a></div>', ("Ada Berg",)),
        ('<div class="x1">Reviewed by <a href="/authors/ada-berg">Ada Berg</a></div>', ()),
        (f'<p>{"It rained. " * 20}<a href="/people/ada-berg">Ada Berg</a></p>', ()),
        ("<dl><dt>Details</dt><dd>Written by: <b>Ada Berg</b></dd></dl>", ("Ada Berg",)),
        ('<div class="submitted">3 May 2024 — <span class="username">Ada Berg</span></div>', ("Ada Berg",)),
        (
            '<div class="firma"><p>ADA BERG</p><span>Porto</span> <span>03 MAY 2024</span></div>',
            ("Ada Berg",),
        ),
        ('<p class="x1">Yazan: Ada Berg</p>', ("Ada Berg",)),
        ('<p class="posted">By <b>Ada Berg</b> on <b>May 3, 2024 9:41 AM</b></p>', ("Ada Berg",)),
        (f"<div><b>Written by</b><h4>Ada Berg</h4><p>{'She likes rain. ' * 9}</p></div>", ("Ada Berg",)),
        ('<p class="author-bio">Licensed Bridge Inspector, Port College</p>', ()),
        ('<p>By signing up you agree to our <a href="/terms">Terms of Use</a></p>', ()),
        (
            '<a href="/b"><h3>Harbour opens after a long winter</h3><h6>By Lu Sommer</h6></a>',
            (),
        ),
    ],
)
def test_people_of_a_marked_byline(
    html: str, wanted: tuple[str, ...], page: Callable[..., Page], context: Context
) -> None:
    """Markup parts names from what stands beside them: roles, dates, outlets and other people's work."""
    found = authors.guess(page(f"<h1>It rained</h1>{html}"), context)
    assert (found.value if found else ()) == wanted


def test_readers_see_who_wrote_it(page: Callable[..., Page], context: Context) -> None:
    """A labelled byline of somebody else is believed before whoever put the page into the system."""
    uploader = '<meta name="author" content="Kim Sole"><h1>A</h1>'
    found = [
        authors.guess(page(uploader + line), context) for line in ("<p>By Ada Berg</p>", "<p>Ada Berg</p>")
    ]
    assert [f.value if f else () for f in found] == [("Ada Berg",), ("Kim Sole",)]


def test_a_byline_far_from_the_headline_counts_if_it_is_the_only_one(
    page: Callable[..., Page], context: Context
) -> None:
    """One labelled line at the end of a page names its author, two are other articles' teasers."""
    text = "<h1>A</h1>" + "<p>Rain.</p>" * 200
    found = [
        authors.guess(page(text + end), context)
        for end in ("<h3>Written by Ada Berg</h3>", "<p>By Ada Berg</p><p>By Lu Sommer</p>")
    ]
    assert [f.value if f else () for f in found] == [("Ada Berg",), ()]


def test_citations_have_the_surname_first(page: Callable[..., Page], context: Context) -> None:
    """The names of citation_author are put in the order in which they are spoken."""
    html = (
        '<meta name="citation_author" content="Berg, Ada"><meta name="citation_author" content="Lu Sommer">'
    )
    found = authors.guess(page(html), context)
    assert found is not None
    assert found.value == ("Ada Berg", "Lu Sommer")


def test_a_card_for_sharing_names_the_author(page: Callable[..., Page], context: Context) -> None:
    """Plugins state the author under a label, in the site's language, beside other labels."""
    html = (
        '<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="2 min">'
        '<meta name="twitter:label2" content="Verfasst von"><meta name="twitter:data2" content="Ada Berg">'
    )
    found = authors.guess(page(html), context)
    assert found is not None
    assert found.value == ("Ada Berg",)


def test_people_after_the_stated_organisation_sign_other_stories(
    page: Callable[..., Page], context: Context
) -> None:
    """Where the byline is the organisation that metadata name, a person in a later byline is another's."""
    html = (
        '<meta name="author" content="Harbour News"><h1>A</h1><p class="author">By Harbour News</p>'
        '<p>Rain.</p><p class="author">By Ada Berg</p>'
    )
    found = authors.guess(page(html), context)
    assert found is not None
    assert found.value == ("Harbour News",)


def test_a_person_at_the_end_comes_before_a_desk_at_the_head(
    page: Callable[..., Page], context: Context
) -> None:
    """An organisation stands in only where the page names nobody, at its end neither."""
    text = "<h1>A</h1><p>By Harbour Team</p>" + "<p>Rain.</p>" * 200
    found = authors.guess(page(text + "<p>By Harbour Team</p><p>Written by Ada Berg</p>"), context)
    assert found is not None
    assert found.value == ("Ada Berg",)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("<strong>ADA BERG</strong>", "Ada Berg"),
        ("<b>Ada Berg</b>", "Ada Berg"),
        ("<strong>Harbour Walls</strong>", "Kim Sole"),
        ("<strong>Ada Berg</strong> opens the gate", "Kim Sole"),
        ("<strong>Ada Berg opens the gate</strong>", "Kim Sole"),
        ("<strong>Ada Berg is a bridge inspector</strong>", "Kim Sole"),
        ("<strong>Ada Berg.</strong>", "Kim Sole"),
        ("<strong>Lu Sommer</strong>", "Kim Sole"),
        ("<strong>Jan Kos</strong>", "Kim Sole"),
    ],
)
def test_a_name_that_opens_the_text_signs_it(
    line: str, wanted: str, page: Callable[..., Page], context: Context
) -> None:
    """A bold name before the text is the writer's; a sentence, or what headline or text repeat, is not."""
    html = (
        f'<meta name="author" content="Kim Sole"><h1>Lu Sommer at the harbour</h1><p>{line}</p>'
        "<p>Rain fell on the harbour, and its walls were wet until Kos came in the evening.</p>"
    )
    found = authors.guess(page(html), context)
    assert found is not None
    assert found.value == (wanted,)


def test_whom_readers_meet_first_has_written_it(page: Callable[..., Page], context: Context) -> None:
    """Where the stated author is named under the headline, "By" somebody else further down is another's."""
    html = '<meta name="author" content="Kim Sole"><h1>A</h1>{}<p>Rain.</p><p>By Ada Berg</p>'
    found = [
        authors.guess(page(html.format(above)), context)
        for above in ("<address>Kim Sole, Port</address>", "")
    ]
    assert [f.value if f else () for f in found] == [("Kim Sole",), ("Ada Berg",)]


def test_whoever_signs_above_the_text_comes_before_the_site(
    page: Callable[..., Page], context: Context
) -> None:
    """The site as the author gives way to who signs; a label far down may be another story's."""
    html = '<meta name="author" content="News Test"><h1>A</h1>{}' + "<p>Rain.</p>" * 200
    agency = html.format('<p class="author">By Reuters</p>')
    person = html.format("<div>Ada Berg | 3 May 2024</div>")
    other = html.format("") + "<p>Written by Ada Berg</p>"
    found = [authors.guess(page(text), context) for text in (agency, person, other)]
    assert [f.value if f else () for f in found] == [("Reuters",), ("Ada Berg",), ("News Test",)]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (
            '<aside><p class="date">3 May 2024</p><p class="author">Written by <b>Ada Berg</b></p></aside>',
            ("Ada Berg",),
        ),
        ("<article><aside><h3>Author</h3><p>Ada Berg</p></aside></article>", ("Ada Berg",)),
        ("<aside><h3>Author</h3><p>Ada Berg</p></aside>", ()),
    ],
)
def test_an_aside_tells_of_the_article(
    html: str, wanted: tuple[str, ...], page: Callable[..., Page], context: Context
) -> None:
    """An aside that stands in the article, or has its author and date, says who wrote it."""
    found = authors.guess(page(f"<h1>A</h1>{html}"), context)
    assert (found.value if found else ()) == wanted


def test_the_heading_that_the_title_has(page: Callable[..., Page], context: Context) -> None:
    """Author and date stand under the heading that is in the page's title, not under one above a menu."""
    menu = "<h1>World</h1><ul>" + "<li>Harbour</li>" * 200 + "</ul>"
    text = "<h2>Rain on the old quay</h2><p>By Ada Berg</p><p>Rain.</p><p>By Lu Sommer</p><p>By Jan Kos</p>"
    found = authors.guess(page(f"<title>Rain on the old quay - News Test</title>{menu}{text}"), context)
    assert found is not None
    assert found.value == ("Ada Berg",)


def test_the_own_name_of_a_firm_is_not_taken_apart() -> None:
    """A site that is named for its founders signs as one, however certain it is that names are listed."""
    assert read_byline("Bergs & Bergs", ("Bergs & Bergs",), certain=True).organisations == ("Bergs & Bergs",)


def test_whom_the_text_tells_of_has_a_tag_behind_it(page: Callable[..., Page], context: Context) -> None:
    """A link to a person's page behind the text is a tag, and the stated author stays."""
    html = (
        '<meta name="author" content="News Test"><h1>The minister opens a bridge</h1>'
        + f"<p>{'Rain fell on the harbour, and its walls were wet until the evening. ' * 2}</p>" * 2
        + '<div class="articleTags"><span><a href="/person/ada-berg/">Ada Berg</a></span></div>'
    )
    found = authors.guess(page(html), context)
    assert found is not None
    assert found.value == ("News Test",)


def test_a_plugin_that_an_article_is_without_says_nothing(
    page: Callable[..., Page], context: Context
) -> None:
    """An article inside an element marked "noloaddisqus" is no comment, and the name that opens it signs."""
    html = (
        '<meta name="author" content="News Test"><h1>Rain</h1><div class="content noloaddisqus">'
        "<p><strong>Ada Berg/Lu Sommer</strong></p><p>It fell on the harbour until the evening.</p></div>"
    )
    found = authors.guess(page(html), context)
    assert found is not None
    assert found.value == ("Ada Berg", "Lu Sommer")
