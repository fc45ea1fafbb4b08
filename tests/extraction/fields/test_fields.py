"""The fields of a page but its authors and dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from newsspider.extraction.fields import (
    access,
    agency,
    article_section,
    breadcrumbs,
    canonical_url,
    description,
    headline,
    images,
    keywords,
    language,
    publisher,
)
from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.page import Page
from newsspider.extraction.reader import read
from newsspider.items import Image

Make = Callable[..., Page]


def ld(**fields: str) -> str:
    body = ", ".join(f'"{name}": {value}' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {body}}}</script>'


@pytest.mark.parametrize(
    ("html", "wanted", "source"),
    [
        ("<title>It rained all day | News Test</title><h1>It rained all day</h1>", "It rained all day", "h1"),
        (
            '<meta property="og:title" content="It rained all day - World - News Test">',
            "It rained all day - World",
            "meta:og:title",
        ),
        (
            '<meta property="og:title" content="It rained all day - World"><h1>It rained all day</h1>',
            "It rained all day",
            "meta:og:title",
        ),
        (
            ld(headline='"Weather: It rained"') + "<h1><span>Weather</span> It rained</h1>",
            "Weather: It rained",
            "json-ld:headline",
        ),
        (
            "<h1>News Test</h1><h2 class=entry-title>It rained all day</h2><title>It rained all day</title>",
            "It rained all day",
            "heading",
        ),
        (ld(headline='"It &amp; they &lt;b&gt;rained&lt;/b&gt;"'), "It & they rained", "json-ld:headline"),
        ("<title>It rained all day</title>", "It rained all day", "title"),
    ],
)
def test_headline(html: str, wanted: str, source: str, page: Make, context: Context) -> None:
    """The headline is what most sources say, without the site's name, with its kicker."""
    found = headline.guess(page(html), context)
    assert found is not None
    assert (found.value, found.source) == (wanted, source)


def test_two_of_three_outvote_the_third(page: Make, context: Context) -> None:
    """Where heading and JSON-LD agree, the title made for sharing does not count."""
    html = (
        ld(headline='"It rained all day"')
        + '<meta property="og:title" content="You will not believe it"><h1>It rained all day</h1>'
    )
    found = headline.guess(page(html), context)
    assert found is not None
    assert found.value == "It rained all day"


@pytest.mark.parametrize(
    "html",
    [
        '<meta property="og:title" content="Rain: ways to stay dry all day"><h1>Five ways to stay dry</h1>',
        "<title>Five ways to stay dry - River</title><h1>The River Blog</h1><h1>Five ways to stay dry</h1>",
        '<meta property="og:title" content="You will not believe it"><h1>Five ways to stay dry</h1>',
        "<title>You will not believe it</title><h1>Five ways to stay dry</h1><h1>Five ways to stay dry</h1>",
        "<title>You will not believe it</title><aside><article><h1>Five ways to stay dry</h1></article>",
    ],
)
def test_the_heading_that_readers_see(html: str, page: Make, context: Context) -> None:
    """Where nothing agrees the heading is taken: the one most like the titles, or the only one.

    One that a page has twice, for two sizes of screen, is one; an aside around the article is not closed.
    """
    found = headline.guess(page(html), context)
    assert found is not None
    assert found.value == "Five ways to stay dry"


@pytest.mark.parametrize(
    "trail",
    [
        "<div><a href=/>Home</a><a href=/w>Weather</a><h1>{}</h1></div>",
        "<ul><li><a href=/>Home</a></li><li><h1>{}</h1></li></ul>",
        "<nav><h1>{}</h1></nav>",
    ],
)
def test_a_trail_may_hold_the_only_h1(trail: str, page: Make, context: Context) -> None:
    """Where the h1, for search engines, ends the breadcrumbs, readers see the title in a lower heading."""
    searched, shown = "Rain in the valley: forecast and news", "It rained all day and nobody minded"
    html = (
        ld(headline=f'"{searched}"')
        + f"<title>{searched}</title><meta property='og:title' content='{shown}'>{trail.format(searched)}"
    )
    found = [
        headline.guess(page(html + heading), context)
        for heading in (f"<h2><span>The valley</span><span>{shown}</span></h2>", "<h2>Other news</h2>")
    ]
    assert [f.value if f else None for f in found] == [shown, searched]


def test_a_stated_title_is_known_where_it_stands(page: Make, context: Context) -> None:
    """A title that stands in a heading of any level is the headline; an h1 within the text is not."""
    html = (
        '<meta property="og:title" content="Why do rivers bend? | River Blog"><h2>Why do rivers bend?</h2>'
        "<p>Water.</p><h1>Sand is what they carry along</h1>"
    )
    found = headline.guess(page(html), context)
    assert found is not None
    assert found.value == "Why do rivers bend?"


def test_where_all_differ_readers_are_right(page: Make, context: Context) -> None:
    """The heading comes before metadata that do not agree with each other."""
    html = (
        ld(headline='"Best rain coats for autumn and winter"')
        + '<meta property="og:title" content="These coats keep you dry"><title>Best rain coats</title>'
        + "<h1>The best rain coats that we have worn in autumn</h1>"
    )
    found = headline.guess(page(html), context)
    assert found is not None
    assert (found.value, found.source) == ("The best rain coats that we have worn in autumn", "h1")


def test_a_slogan_is_no_headline(page: Make, context: Context) -> None:
    """An only h1 that is like none of the stated titles comes after them, where they differ."""
    html = (
        ld(headline='"Best rain coats for autumn and winter"')
        + '<meta property="og:title" content="These coats keep you dry">'
        + "<h1>News from the valley since the great flood</h1>"
    )
    found = headline.guess(page(html), context)
    assert found is not None
    assert found.value == "Best rain coats for autumn and winter"


def test_plugins_agree_with_themselves(page: Make, context: Context) -> None:
    """What all metadata repeat outvotes the heading where a newsroom wrote it, not where a plugin did."""
    written = '"Cheap rain coats: the seven best for autumn"'
    rest = f"<meta property='og:title' content={written}><h1>Seven coats that keep the rain out</h1>"
    found = [
        headline.guess(page(ld(headline=written).replace("NewsArticle", kind) + rest), context)
        for kind in ("NewsArticle", "BlogPosting")
    ]
    assert [f.source if f else None for f in found] == ["meta:og:title", "h1"]


def test_a_cut_headline_gives_way_to_the_whole_one(page: Make, context: Context) -> None:
    """JSON-LD cut at the length that search engines ask for is no voter."""
    whole = "It rained all day in the valley, " * 5 + "and then it stopped"
    html = ld(headline=f'"{whole[:110]}"') + f'<meta property="og:title" content="{whole}">'
    found = headline.guess(page(html), context)
    assert found is not None
    assert found.value == whole


def test_a_heading_with_the_sites_name_is_none(page: Make, context: Context) -> None:
    """What the document's title has around Open Graph's is the site, also where it is the only heading."""
    html = (
        "<title>The long river's own blog: Rain</title><meta property='og:title' content='Rain'>"
        "<h1>The long river's own blog</h1>"
    )
    found = headline.guess(page(html), context)
    assert found is not None
    assert found.value == "Rain"


def test_a_page_without_a_title_has_no_headline(page: Make, context: Context) -> None:
    """Nothing is made up."""
    assert headline.guess(page("<p>x</p>"), context) is None


def test_keywords_of_the_data(page: Make, context: Context) -> None:
    """A comma-separated text is split; the publishing system's labels and the site's name are dropped."""
    found = keywords.guess(page(ld(keywords='"Rivers, bridges, rivers, wcms:12, News Test"')), context)
    assert found is not None
    assert found.value == ("Rivers", "bridges")


def test_keywords_of_the_tag_box(page: Make, context: Context) -> None:
    """Tag links stand in where the data have none; those of the menu and of the text do not count."""
    html = (
        '<nav class="topics"><a href="/tag/a">Menu</a></nav><p>On <a href="/tag/b">floods</a> it said.</p>'
        '<ul class="tags"><li><a href="/tag/rivers">Rivers</a></li><li><a href="/tag/bridges">Bridges</a>'
        "</li></ul>"
    )
    found = keywords.guess(page(html), context)
    assert found is not None
    assert (found.value, found.source) == (("Rivers", "Bridges"), "tags")


def test_a_list_under_the_text_that_repeats_its_words(page: Make, context: Context) -> None:
    """Unmarked links after the last paragraph are tags if most of them stand in the text; others are not."""
    text = f"<h1>A</h1><p>The Elbe rose at Dresden. {'It rained all day long. ' * 6}</p>"
    links = '<ul><li><a href="/x/elbe">Elbe</a></li><li><a href="/x/dresden">{}</a></li></ul>'
    found = [
        keywords.guess(page(text + links.format(tag)), context) for tag in ("Dresden", "Our newsletters")
    ]
    assert [f.value if f else () for f in found] == [("Elbe", "Dresden"), ("Elbe", "Our newsletters")]
    assert keywords.guess(page(text + links.format("More").replace("Elbe", "Share")), context) is None


def test_a_link_to_all_topics_is_no_keyword(page: Make, context: Context) -> None:
    """What leads to the list of all tags is none itself."""
    read = page('<h1>A</h1><div class="tags"><a href="/tag/">Alle Themen</a></div>')
    assert keywords.guess(read, context) is None


def test_a_pruned_list_of_keywords_is_preferred(page: Make, context: Context) -> None:
    """Of two lists of which one holds the other the smaller is the one for readers."""
    html = (
        ld(keywords='["Rivers", "Bridges", "Newsroom daily"]')
        + '<meta name="news_keywords" content="Rivers, Bridges">'
    )
    found = keywords.guess(page(html), context)
    assert found is not None
    assert found.value == ("Rivers", "Bridges")


def test_breadcrumbs_of_the_data(page: Make, context: Context) -> None:
    """The list is read in the order of its positions, without the headline at its end."""
    html = (
        '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": ['
        '{"position": 2, "item": {"name": "World"}}, {"position": "1", "name": "Home"},'
        ' {"position": 3, "name": "It rained all day"}]}</script><h1>It rained all day</h1>'
    )
    found = breadcrumbs.guess(page(html), replace(context, headline="It rained all day"))
    assert found is not None
    assert found.value == ("Home", "World")


def test_breadcrumbs_that_readers_see(page: Make, context: Context) -> None:
    """A visible trail is read without its separators, and gives the section."""
    read = page(
        '<ul class="breadcrumb"><li><a href=/>Home</a>»</li><li><a href=/w>World</a>»</li></ul><h1>It'
        " rained</h1>"
    )
    found = breadcrumbs.guess(read, context)
    section = article_section.guess(read, context)
    assert found is not None
    assert section is not None
    assert (found.value, section.value) == (("Home", "World"), "World")


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (ld(isAccessibleForFree='"False"'), False),
        (ld(isAccessibleForFree="true"), True),
        ('<meta property="article:content_tier" content="locked">', False),
        ('<div class="paywall">Subscribe to read the rest of it</div>', False),
        ("<p>Open to all</p>", None),
    ],
)
def test_access(html: str, wanted: bool | None, page: Make, context: Context) -> None:
    """Stated access is believed, a paywall speaks for itself, silence is no answer."""
    found = access.guess(page(html), context)
    assert (found.value if found else None) is wanted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (ld(author='{"name": "The Associated Press"}'), "AP"),
        ("<h1>A</h1><p class=byline>By Ada Berg and Reuters</p>", None),
    ],
)
def test_agency(html: str, wanted: str | None, page: Make, context: Context) -> None:
    """An agency that the data name is given by its standard name; the byline is looked at apart."""
    found = agency.guess(page(html), context)
    assert (found.value if found else None) == wanted


@pytest.mark.parametrize(
    ("byline", "wanted"), [("By Ada Berg and Reuters", "Reuters"), ("By Ada Berg", None)]
)
def test_agency_in_the_byline(byline: str, wanted: str | None, context: Context) -> None:
    """An agency that signs beside people is given by its standard name."""
    found = agency.signing(byline, context)
    assert (found.value if found else None) == wanted


def test_publisher(page: Make, context: Context) -> None:
    """The publisher of the article comes before the site's name."""
    html = ld(publisher='{"name": "River Press Ltd"}') + '<meta property="og:site_name" content="News Test">'
    found = publisher.guess(page(html), context)
    assert found is not None
    assert found.value == "River Press Ltd"


def test_description(page: Make, context: Context) -> None:
    """A description that only repeats the title is none."""
    html = (
        '<meta property="og:title" content="It rained all day long">'
        '<meta property="og:description" content="It rained all day long">'
        '<meta name="description" content="Streets were wet &amp; rivers full.">'
    )
    found = description.guess(page(html), context)
    assert found is not None
    assert (found.value, found.source) == ("Streets were wet & rivers full.", "meta:description")


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<html lang="en"><meta property="og:locale" content="en_GB">', "en-GB"),
        ("<html lang=no-such-thing-at-all><meta property='og:locale' content='nb_NO'>", "nb-NO"),
        ('<html lang="en"><title>東京で雨が降りました、一日中ずっと</title>', "ja"),
        ("<html lang=JP>", "ja"),
    ],
)
def test_language(html: str, wanted: str, page: Make, context: Context) -> None:
    """Stated tags are put in order, the longer one taken, and a script overrules a theme's default."""
    found = language.guess(page(html), context)
    assert found is not None
    assert found.value == wanted


def test_the_language_of_a_page_without_text(page: Make) -> None:
    """Where scripts fill the page and nothing states its language, title and description tell it."""
    read = page(
        '<meta property="og:title" content="Regen in Dresden: Straßen unter Wasser"><meta name="description"'
        ' content="Die Elbe ist in der Nacht über die Ufer getreten, viele Keller laufen voll.">'
    )
    assert language.of_page(read) == Found("de", "text")


def test_the_language_is_guessed_from_text_where_the_page_states_none(page: Make) -> None:
    """Without a statement the running text decides, and the article says so."""
    text = "Der Rat der Stadt hat beschlossen, dass die alte Brücke über den Fluss erneuert wird. " * 5
    article = read(page(f"<h1>Die Brücke</h1><p>{text}</p>"))
    assert (article.in_language, article.provenance["in_language"]) == ("de", "text")


def test_the_language_that_a_page_states_goes_before_its_text(page: Make) -> None:
    """What the page states is taken, in the normal form of language tags."""
    assert language.of_page(page("<html lang=fr_CA><p>x")) == Found("fr-CA", "html:lang")


def test_images(page: Make, context: Context) -> None:
    """The article's pictures come with caption and credit, the stated one first, without rails and logos."""
    html = (
        '<meta property="og:image" content="https://cdn.test/a/main.jpg?w=1200">'
        '<article><figure><img src="https://cdn.test/b/main.jpg"><figcaption>The bridge. <span'
        ' class="credit">Ada Berg/AP</span>'
        '</figcaption></figure><figure><img data-src="/two.jpg" src="data:x"><figcaption>The river (Photo:'
        " Lu Sommer)</figcaption>"
        '</figure></article><aside><figure><img src="/rail.jpg"></figure></aside><figure><img'
        ' src="/logo.svg"></figure>'
    )
    found = images.guess(page(html), context)
    assert found is not None
    assert found.value[0] == Image(
        url="https://cdn.test/a/main.jpg?w=1200", caption="The bridge.", credit="Ada Berg/AP"
    )
    assert found.value[1:] == (
        Image(url="https://news.test/two.jpg", caption="The river", credit="Photo: Lu Sommer"),
    )


def test_one_picture_in_two_sizes_is_one(page: Make, context: Context) -> None:
    """The stated picture and the figure that shows it smaller are told to be the same by their name."""
    read = page(
        '<meta property="og:image" content="https://cdn.test/river-scaled.jpg"><article>'
        '<figure><img src="/river-1024x768.jpg"><figcaption>The river.</figcaption></figure></article>'
    )
    found = images.guess(read, context)
    assert found is not None
    assert found.value == (Image(url="https://cdn.test/river-scaled.jpg", caption="The river."),)


def test_a_picture_may_be_its_own_caption_box(page: Make, context: Context) -> None:
    """Some systems mark the picture itself, for a script that makes its title a caption."""
    read = page('<div><p><img class="caption" src="/river.jpg" title="The river"></p><p>It rained.</p></div>')
    found = images.guess(read, context)
    assert found is not None
    assert [image.url for image in found.value] == ["https://news.test/river.jpg"]


def test_a_caption_in_a_large_box_is_of_no_picture(page: Make, context: Context) -> None:
    """A picture and a caption that have only a box of many elements in common do not belong together."""
    box = '<i class="caption">The river</i>'
    assert images.guess(page(f'<div><img src="/river.jpg">{box}</div>'), context) is not None
    assert images.guess(page(f'<div><img src="/river.jpg">{box}{"<b>a</b>" * 12}</div>'), context) is None


def test_the_authors_portrait_is_no_picture_of_the_article(page: Make, context: Context) -> None:
    """A figure in the byline, or one that the byline captions, shows who wrote it."""
    read = page(
        '<div class="byline"><figure><img src="/a.jpg"></figure></div>'
        '<figure><img src="/b.jpg"><figcaption>Von Ada Berg, Redakteurin</figcaption></figure>'
    )
    assert images.guess(read, context) is None


def test_canonical_url(page: Make, context: Context) -> None:
    """The link comes before Open Graph; relative ones are made absolute."""
    html = '<link rel=canonical href="/a"><meta property="og:url" content="https://news.test/b">'
    found = next(canonical_url.candidates(page(html)), None)
    assert found is not None
    assert found.value == "https://news.test/a"


def test_keywords_that_two_sources_repeat(page: Make, context: Context) -> None:
    """What two sources state alike is believed before a list that has labels of the publishing system."""
    html = (
        ld(keywords='["rain", "river", "Region National"]')
        + '<meta name="news_keywords" content="rain, river, valley">'
        + '<meta name="keywords" content="River, rain, valley">'
    )
    found = keywords.guess(page(html), context)
    assert found is not None
    assert (found.value, found.source) == (("rain", "river", "valley"), "meta:news_keywords")
