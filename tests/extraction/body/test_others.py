"""What reads like the article and is not: one page a kind, every word invented."""

from __future__ import annotations

import pytest

from newsspider.extraction.body import guess_body
from tests.extraction.body.pages import PARAGRAPHS, page, paragraphs

HEADLINE = "Harbour to close for six weeks"
TITLE = f"<h1>{HEADLINE}</h1>"
SHORT = PARAGRAPHS[:2]
MANY = tuple(
    f"{start} the {number} lime trees along the canal were worth the money that the town had put aside."
    for number, start in enumerate(
        ("I doubt that", "They say", "Nobody asked if", "My aunt holds that", "So") * 3
    )
)


def read(inner: str) -> list[str]:
    """Return the texts of the body of a page with *inner* between menu and trailer."""
    return [block.text for block in guess_body(page(inner), HEADLINE).blocks]


@pytest.mark.parametrize("names", ['id="comments"', 'class="comment-wrapper"', 'class="yorumlar"'])
def test_comments_longer_than_the_article_are_left_out(names: str) -> None:
    """An element named for comments under the article is not read, however much of the page it holds."""
    said = "".join(
        f'<div class="entry"><b>gull{n}</b><p>{text}</p><a>Reply</a></div>' for n, text in enumerate(MANY)
    )
    texts = read(f"<div>{TITLE}<div class=text>{paragraphs(SHORT)}</div><div {names}>{said}</div></div>")
    assert texts == list(SHORT)


def test_a_page_whose_text_is_called_a_comment_keeps_it() -> None:
    """An opinion piece in a section of that name, headline and all, is the article."""
    texts = read(f'<div class="section-comment">{TITLE}<div class="text">{paragraphs()}</div></div>')
    assert texts == list(PARAGRAPHS)


def _cards(frame: str) -> str:
    return "".join(
        frame.format(href=f"/{n}", title=f"The lime trees, part {n}", text=text)
        for n, text in enumerate(MANY)
    )


@pytest.mark.parametrize(
    "frame",
    [
        '<div class="card"><a href="{href}"><h3>{title}</h3></a><p>{text}</p></div>',
        '<article><h2><a href="{href}">{title}</a></h2><div class="excerpt">{text}</div></article>',
        '<li class="x1"><a href="{href}">{title}</a><div class="x2">{text}</div></li>',
    ],
    ids=["card", "article", "item"],
)
def test_teasers_that_outweigh_a_short_notice_are_left_out(frame: str) -> None:
    """Cards of one kind, a linked title and some text each, are not read after a short article."""
    texts = read(
        f"<main><div class=notice>{TITLE}<div class=text>{paragraphs(SHORT)}</div></div>"
        f"<div class=more><h2>Also in the news</h2>{_cards(frame)}</div></main>"
    )
    assert texts == list(SHORT)


def test_a_list_of_cards_under_its_own_headline_is_the_article() -> None:
    """Entries with a linked title in the article's own element are its text."""
    frame = '<div class="card"><h3><a href="{href}">{title}</a></h3><p>{text}</p></div>'
    texts = read(f"<article>{TITLE}{paragraphs(SHORT)}{_cards(frame)}</article>")
    assert all(text in texts for text in (*SHORT, *MANY))


@pytest.mark.parametrize(
    ("frame", "own", "next_"),
    [
        ('<div class="post-{n}">{{}}</div>', "h1", "h1"),
        ('<div class="post" data-n="{n}">{{}}</div>', 'h1 class="title"', 'h2 class="title"'),
        ('<article class="post">{{}}</article>', "h2", "h2"),
    ],
    ids=["numbered", "lower heading", "article"],
)
def test_the_next_article_is_left_out_however_short_the_first_is(frame: str, own: str, next_: str) -> None:
    """Twins of the element that holds article and headline, each with such a headline, are other articles."""
    first, second, third = (frame.format(n=n) for n in range(3))
    texts = read(
        first.format(f"<{own}>{HEADLINE}</{own[:2]}>{paragraphs(SHORT)}")
        + second.format(f"<{next_}>Bridge to be painted green</{next_[:2]}>{paragraphs(MANY[:6])}")
        + third.format(f"<{next_}>A bench for the east bank</{next_[:2]}>{paragraphs(MANY[6:12])}")
    )
    assert texts == list(SHORT)


def test_a_section_is_not_the_next_article() -> None:
    """Sections that look like the one with the headline belong to it if their headings are lower ones."""
    sections = "".join(
        f"<section><h2>Part {n}</h2><p>{text}</p></section>" for n, text in enumerate(MANY[:3])
    )
    texts = read(f"<section>{TITLE}{paragraphs()}</section>{sections}")
    assert all(text in texts for text in (*PARAGRAPHS, *MANY[:3]))


_DIALOG = "".join(
    f"<h4>{name} cookies</h4><p>These cookies {what}. They may be set by us or by others whose services are "
    "on our pages. If you do not allow them some of these services may not work as they should.</p>"
    for name, what in (
        ("Necessary", "are needed for the site to work and cannot be switched off in our systems"),
        ("Measuring", "let us count visits so that we can see which pages are read and which are not"),
        ("Advertising", "may be set through our site by those who advertise on it to learn what you like"),
    )
)


@pytest.mark.parametrize(
    "names", ['id="onetrust-consent-sdk"', 'class="cookie-banner"', 'class="gdpr-modal"']
)
@pytest.mark.parametrize("place", ["{dialog}{story}", "{story}{dialog}"], ids=["before", "after"])
def test_a_dialog_for_consent_is_left_out(names: str, place: str) -> None:
    """What a consent dialog says is not read, though it is longer than the article that it lies over."""
    dialog = f"<div {names}><h2>We value your privacy</h2>{_DIALOG * 2}</div>"
    story = f"<article>{TITLE}<div class=text>{paragraphs(SHORT)}</div></article>"
    assert read(place.format(dialog=dialog, story=story)) == list(SHORT)


def test_what_was_left_out_is_listed_once_and_says_what_it_is() -> None:
    """Text in an element that holds something else is among the decisions, in its place."""
    said = "".join(f"<p>{text}</p>" for text in MANY)
    made = page(f'<div>{TITLE}<div class=text>{paragraphs(SHORT)}</div><div id="comments">{said}</div></div>')
    decisions = [d for d in guess_body(made, HEADLINE).decisions if d.text in (*SHORT, *MANY)]
    assert [d.text for d in decisions] == [*SHORT, *MANY]
    assert [d.kept for d in decisions] == [True] * len(SHORT) + [False] * len(MANY)
    assert decisions[-1].reasons == ("a comment",)
