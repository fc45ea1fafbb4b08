"""Dates: what the page states, no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsspider.extraction.fields import dates
from newsspider.extraction.fields.context import Context
from newsspider.extraction.fields.date_text import Moment, parse
from newsspider.extraction.page import Page

LISTS = Path(__file__).parents[4] / "shared" / "lists"


@pytest.mark.parametrize(
    ("text", "iso", "precision", "zone"),
    [
        ("2024-05-03T15:47:42.389Z", "2024-05-03T15:47:42+00:00", "second", "stated"),
        ("2024-05-03T15:47+02:00", "2024-05-03T15:47+02:00", "minute", "stated"),
        ("2024-05-03 15:47:42", "2024-05-03T15:47:42", "second", "unknown"),
        ("2024-05-03", "2024-05-03", "day", "unknown"),
        ("20240503T134705+0900", "2024-05-03T13:47:05+09:00", "second", "stated"),
        ("1714751262", "2024-05-03T15:47:42+00:00", "second", "stated"),
        ("20240503154742", "2024-05-03T15:47:42", "second", "unknown"),
        ("1714751262000", "2024-05-03T15:47:42+00:00", "second", "stated"),
        (
            "Fri May 03 2024 15:47:42 GMT+0530 (India Standard Time)",
            "2024-05-03T15:47:42+05:30",
            "second",
            "stated",
        ),
        ("Fri May  3 15:47:42 CEST 2024", "2024-05-03T15:47:42+02:00", "second", "stated"),
        ("May 3, 2024 3:47 PM EST", "2024-05-03T15:47-05:00", "minute", "stated"),
        ("January 3, 2024 3:47 PM ET", "2024-01-03T15:47-05:00", "minute", "stated"),
        ("July 3, 2024 3:47 PM ET", "2024-07-03T15:47-04:00", "minute", "stated"),
        ("3 May 2024 2:26 PM HST", "2024-05-03T14:26-10:00", "minute", "stated"),
        ("01:38:07 PM IST May 03, 2024", "2024-05-03T13:38:07+05:30", "second", "stated"),
        ("3. Mai 2024, 18:04 Uhr", "2024-05-03T18:04", "minute", "unknown"),
        ("3 de mayo de 2024", "2024-05-03", "day", "unknown"),
        ("3 août 2024 à 18h04", "2024-08-03T18:04", "minute", "unknown"),
        ("3 мая 2024, 18:04 МСК", "2024-05-03T18:04+03:00", "minute", "stated"),
        ("2024年5月3日 午後6時04分", "2024-05-03T18:04", "minute", "unknown"),
        ("2024년 5월 3일 오후 6:04", "2024-05-03T18:04", "minute", "unknown"),
        ("۱۴۰۳/۰۲/۱۴ - ۱۸:۵۹", "2024-05-03T18:59", "minute", "unknown"),
        ("3/5/2567", "2024-03-05", "day", "unknown"),
        ("13/05/2024", "2024-05-13", "day", "unknown"),
        ("03.05.24", "2024-05-03", "day", "unknown"),
        ("2024-05-04-0305:49:00-10800", "2024-05-04T05:49:00-03:00", "second", "stated"),
        ("2023-11-02T10:14:29&#x2B;05:30", "2023-11-02T10:14:29+05:30", "second", "stated"),
    ],
)
def test_forms(text: str, iso: str, precision: str, zone: str, context: Context) -> None:
    """Every form of date that metadata and bylines use gives what it states, with its precision and zone."""
    assert parse(text, context) == Moment(iso, precision, zone)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("چهارشنبه ۲۶ اردیبهشت ۱۴۰۳ ساعت ۱۰:۲۰", "2024-05-15T10:20"),
        ("15 พ.ค. 2567 เวลา 10:30 น.", "2024-05-15T10:30"),
        ("১৫ মে ২০২৪, ১০:৩০", "2024-05-15T10:30"),
        ("15 மே 2024", "2024-05-15"),
        ("15 במאי 2024", "2024-05-15"),
        ("令和6年5月15日", "2024-05-15"),
        ("民國113年5月15日", "2024-05-15"),
        ("Mental HealthMAY 15, 2024Updated: JANUARY 02, 2026", "2024-05-15"),
        ("May 15, 2024, updated June 3, 2025", "2024-05-15"),
        ("05.06.24, 06:00 PM EDT", "2024-05-06T18:00-04:00"),
        ("15 خرداد 2024", None),
        ("15 كانون الثاني 2024", "2024-01-15"),
        ("15 تشرين الأول/أكتوبر 2024", "2024-10-15"),
        ("mar. 3 mai 2016", "2016-05-03"),
        ("Sen, 03 Mei 2014", "2014-05-03"),
        ("15 জানুয়ারি ২০২৪", "2024-01-15"),
        ("2024年5月15日下午3點05分", "2024-05-15T15:05"),
        ("09:41, 15/05/2024 (GMT+7)", "2024-05-15T09:41+07:00"),
        ("15 May 2024 09:41 hrs IST", "2024-05-15T09:41+05:30"),
        ("/Date(1399102860000)/", "2014-05-03T07:41:00+00:00"),
    ],
)
def test_other_calendars_and_scripts(text: str, day: str | None, context: Context) -> None:
    """Months are known by name in any script, years by the country's count, each month by its own year."""
    moment = parse(text, context)
    assert (moment.iso if moment else None) == day


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "5 comments", "12:30", "2024", "99/99/2024", "9999999999999", "0000-00-00", "x" * 9999],
)
def test_what_is_no_date(text: str, context: Context) -> None:
    """Text that states no day gives none."""
    assert parse(text, context) is None


@pytest.mark.skipif(not LISTS.exists(), reason="needs ../shared/lists")
def test_dates_as_published(context: Context) -> None:
    """Every date of the list is read, its year, hour and minute among the numbers of its text."""
    for line in (LISTS / "odd_dates.tsv").read_text("utf-8").splitlines():
        moment = parse(line.split("\t")[0], context)
        assert moment is not None, line


def test_ambiguous_order_is_the_languages(context: Context) -> None:
    """3/5/2024 is a day in May to all but Americans."""
    us, spain = replace(context, language="en-US"), replace(context, language="es")
    assert [m.iso for c in (us, spain) if (m := parse("3/5/2024", c))] == ["2024-03-05", "2024-05-03"]


def test_english_is_read_as_in_the_domains_country(context: Context) -> None:
    """A country's domain says how its readers order day and month, whatever language tag the theme ships."""
    at = [replace(context, language="en-US", country=country) for country in ("com", "uk", "ph")]
    assert [m.iso for c in at if (m := parse("3/5/2024", c))] == ["2024-03-05", "2024-05-03", "2024-03-05"]


def test_an_abbreviation_means_what_it_means_there(context: Context) -> None:
    """IST is Indian, Israeli or Irish time."""
    text = "July 3, 2024 12:00 IST"
    readers = [context, replace(context, language="he"), replace(context, language="en-IE")]
    assert [m.iso[-6:] for c in readers if (m := parse(text, c))] == ["+05:30", "+03:00", "+01:00"]


def test_the_sites_zone_is_used_where_none_is_stated(context: Context) -> None:
    """A wall clock time is in the site's zone, summer time included; a day stays a day."""
    berlin = replace(context, timezone="Europe/Berlin")
    assert parse("2024-07-03 12:00", berlin) == Moment("2024-07-03T12:00+02:00", "minute", "site")
    assert parse("2024-07-03", berlin) == Moment("2024-07-03", "day", "unknown")


def test_a_date_far_beyond_now_is_refused(context: Context) -> None:
    """Tomorrow may be a zone's matter, the day after is a mistake."""
    assert parse("2026-11-23 08:00", context) is not None
    assert parse("2026-11-24 08:00", context) is None


def published(page: Page, context: Context) -> tuple[str, str] | None:
    found = dates.guess_published(page, context)
    return (found.value.iso, found.source) if found else None


def test_metadata_before_visible_text(page: Callable[..., Page], context: Context) -> None:
    """What the page's data state comes before what its text shows."""
    html = (
        '<meta property="article:published_time" content="2024-05-03T10:00:00Z">'
        "<h1>A</h1><time>4 May 2024</time>"
    )
    assert published(page(html), context) == ("2024-05-03T10:00:00+00:00", "meta:article:published_time")


def test_a_statement_with_a_zone_completes_one_without(page: Callable[..., Page], context: Context) -> None:
    """Of two statements of one instant the one with a zone is given."""
    html = (
        '<meta property="article:published_time" content="2024-05-03 18:00:00">'
        '<meta name="date" content="2024-05-03T18:00:00+08:00">'
    )
    assert published(page(html), context) == ("2024-05-03T18:00:00+08:00", "meta:date")


def test_a_day_is_completed_by_the_time_readers_see(page: Callable[..., Page], context: Context) -> None:
    """Where metadata have only the day, the visible time of that day is given."""
    html = '<meta name="date" content="2024-05-03"><h1>A</h1><p class="date">3 May 2024, 18:04</p>'
    assert published(page(html), context) == ("2024-05-03T18:04", "text")


def test_a_page_without_a_first_heading(page: Callable[..., Page], context: Context) -> None:
    """The date under the first heading of the second level is read where there is none of the first."""
    assert published(page("<h2>A</h2><p>3 May 2024</p>"), context) == ("2024-05-03", "text")


def test_relative_dates_count_from_now(page: Callable[..., Page], context: Context) -> None:
    """Two hours ago is two hours before the moment given, whenever the test runs."""
    html = '<h1>A</h1><span class="date">2 hours ago</span>'
    assert published(page(html), context) == ("2026-11-22T10:30+00:00", "text")


@pytest.mark.parametrize(
    ("phrase", "moment"), [("2 hours ago EST", "2026-11-22T10:30+00:00"), ("Today 22:30 EST", "2026-11-22")]
)
def test_a_relative_date_may_name_a_zone(
    page: Callable[..., Page], context: Context, phrase: str, moment: str
) -> None:
    """A zone moves no span before now, and no day."""
    html = f'<h1>A</h1><span class="date">{phrase}</span>'
    assert published(page(html), context) == (moment, "text")


def test_the_url_is_the_last_resort(page: Callable[..., Page], context: Context) -> None:
    """A day in the path is the day where nothing else is stated."""
    read = page("<h1>A</h1>", "https://news.test/2024/05/03/a-story")
    assert published(read, context) == ("2024-05-03", "url")


def test_a_page_without_a_date_has_none(page: Callable[..., Page], context: Context) -> None:
    """Dates of other teasers and of the footer are not the article's."""
    html = '<h1>A</h1><aside><time>3 May 2024</time></aside><footer class="date">2024-01-01</footer>'
    assert published(page(html), context) is None


def test_modified_is_not_published(page: Callable[..., Page], context: Context) -> None:
    """The two dates are read from their own statements."""
    read = page('<meta property="article:modified_time" content="2024-05-03T10:00:00Z">')
    found = dates.guess_modified(read, context)
    assert found is not None
    assert found.value.iso == "2024-05-03T10:00:00+00:00"
    assert published(read, context) is None


def test_the_day_in_the_sites_header_is_none(page: Callable[..., Page], context: Context) -> None:
    """A header with the site's links tells when the page was fetched, whatever day it is by now."""
    header = (
        "<header><a href=/b>B</a><a href=/c>C</a><a href=/d>D</a>{}<p class=date>21 May 2026</p></header>"
    )
    assert published(page(header.format("<a href=/e>E</a>") + "<div><h1>A</h1></div>"), context) is None


def test_a_made_up_name_of_a_meta_element(page: Callable[..., Page], context: Context) -> None:
    """Names that publishing systems make up are known by their parts; that of an expiry is not one."""
    assert published(page('<meta name="x-published-date" content="2024-05-03">'), context) == (
        "2024-05-03",
        "meta:x-published-date",
    )
    assert published(page('<meta name="expiration-date" content="2024-05-03">'), context) is None


def test_a_label_and_its_date_in_one_text(page: Callable[..., Page], context: Context) -> None:
    """A line that begins with a label is a date wherever it stands: of publication or of change."""
    read = page("<p>Rain.</p><span>Posted on 3 May 2024</span><i>Last updated: 4 May 2024</i>")
    changed = dates.guess_modified(read, context)
    assert changed is not None
    assert (published(read, context), changed.value.iso) == (("2024-05-03", "text"), "2024-05-04")


def test_of_two_days_stated_readers_see_the_right_one(page: Callable[..., Page], context: Context) -> None:
    """Where metadata name several days, that one is given which the page shows; else the first."""
    html = (
        '<script type="application/ld+json">{"@type": "Article", "datePublished": "2021-03-01T09:00:00Z"}'
        '</script><meta property="article:published_time" content="2024-05-03T10:00:00Z"><h1>A</h1>'
    )
    assert published(page(html), context) == ("2021-03-01T09:00:00+00:00", "json-ld:datePublished")
    shown = html + '<p class="date">3 May 2024</p>'
    assert published(page(shown), context) == ("2024-05-03T10:00:00+00:00", "meta:article:published_time")


def test_the_day_of_the_last_change_gives_way(page: Callable[..., Page], context: Context) -> None:
    """A system that prints one moment for both dates gives way to an earlier day that readers see."""
    html = (
        '<meta name="dc.date" content="2024-07-05T14:20:08Z">'
        '<meta property="og:updated_time" content="2024-07-05T14:20:08Z"><h1>A</h1><time>{}</time>{}'
    )
    assert published(page(html.format("1 March 2024", "")), context) == ("2024-03-01", "time")
    stated = ("2024-07-05T14:20:08+00:00", "meta:dc.date")
    assert published(page(html.format("8 July 2024", "")), context) == stated
    # of two days shown, one is another article's
    assert published(page(html.format("1 March 2024", "<time>2 June 2024</time>")), context) == stated


def test_a_date_in_an_aside_with_the_author(page: Callable[..., Page], context: Context) -> None:
    """Pages that put author and date beside the text have a date; a rail of other stories is none."""
    html = "<h1>A</h1><aside><p class=date>3 May 2024</p>{}</aside>"
    assert published(page(html.format("<p class=author>Ada Berg</p>")), context) == ("2024-05-03", "text")
    assert published(page(html.format("<a href=/b>Rain</a>")), context) is None
    assert published(page("<article><aside><time>3 May 2024</time></aside></article>"), context) == (
        "2024-05-03",
        "text",
    )


def test_a_date_in_a_link_with_a_title_is_anothers(page: Callable[..., Page], context: Context) -> None:
    """A teaser that is one link, title and date, says nothing of this article."""
    teaser = "<a href=/b><h3>Harbour opens after a long winter</h3><p class=date>3 May 2024</p></a>"
    assert published(page(f"<h1>A</h1>{teaser}"), context) is None


def test_a_grid_cell_is_no_widget(page: Callable[..., Page], context: Context) -> None:
    """A publishing system that calls the cells of its grid widgets has articles in them all the same."""
    html = '<div class="span12 widget-span widget-type-cell"><h1>A</h1>{}</div><div class="widget">{}</div>'
    date = "<p class=date>3 May 2024</p>"
    assert published(page(html.format(date, "")), context) == ("2024-05-03", "text")
    assert published(page(html.format("", date)), context) is None


def test_a_date_for_scripts(page: Callable[..., Page], context: Context) -> None:
    """Where readers' date is set in by a script, the attribute that it reads has it; not that of a teaser."""
    html = '<h1>A</h1><div data-publish-date="20240503154742">…</div>'
    assert published(page(html), context) == ("2024-05-03T15:47:42", "attribute:data-publish-date")
    assert published(page(f"<aside>{html}</aside>"), context) is None


@pytest.mark.parametrize("tag", ["<html", "<body", "<script"])
def test_attributes_of_the_document_date_no_article(
    tag: str, page: Callable[..., Page], context: Context
) -> None:
    """The document and what is in its head say when a site was built, and who published it."""
    html = "<html><head><script></script></head><body><h1>A</h1><p>It rained.</p></body></html>"
    assert published(page(html.replace(tag, f'{tag} data-published="2024-05-03"')), context) is None


def test_a_date_far_above_the_headline(page: Callable[..., Page], context: Context) -> None:
    """Old layouts have the date above a menu of some twenty elements, and the headline below it."""
    menu = "".join(f"<tr><td><a href=/{n}>Rain</a></td></tr>" for n in range(7))
    above = f"<table><tr><td><i>May 3, 2024</i></td></tr></table><table>{menu}</table>"
    assert published(page(f"{above}<h1>The river</h1><p>It rained."), context) == ("2024-05-03", "text")


@pytest.mark.parametrize(
    "html",
    [
        "<time>2 May 2024</time>{}<h1>A</h1><div><time>3 May 2024</time></div>",
        "<p class=date>2 May 2024</p>{}<div><div><h1>A</h1></div></div><p class=date>3 May 2024</p>",
        "<p class=date>2 May 2024</p>{}<div><div><h1>A</h1></div></div><p class=x1>3 May 2024</p>",
    ],
)
def test_the_day_beside_the_headline(html: str, page: Callable[..., Page], context: Context) -> None:
    """A date near the headline comes before one above it in the page, whatever its marks."""
    found = published(page(html.format("<p>Harbour</p>" * 200)), context)
    assert found is not None
    assert found[0] == "2024-05-03"


def test_names_of_their_own_for_the_last_change(page: Callable[..., Page], context: Context) -> None:
    """Meta elements of any name that ends in such words state when the article was changed."""
    html = '<meta name="page-modified-date" content="2024-05-04">'
    found = dates.guess_modified(page(html), context)
    assert found is not None
    assert (found.value.iso, found.source) == ("2024-05-04", "meta:page-modified-date")


def test_a_date_of_change_is_no_date_of_publication(page: Callable[..., Page], context: Context) -> None:
    """A page that only says when it was changed has no date of publication."""
    stated = '<meta property="article:modified_time" content="2024-05-04T09:30Z">'
    assert published(page(f"{stated}<h1>A</h1><p>Updated 4 May 2024</p>"), context) is None
