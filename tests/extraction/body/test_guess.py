from __future__ import annotations

import json

import pytest

from newsspider.extraction.body import BodyGuess, guess_body
from newsspider.extraction.page import Page
from newsspider.items import body_of
from tests.extraction.body.pages import PARAGRAPHS, page, paragraphs, story

HEADLINE = "Harbour to close for six weeks"


def _read(made: Page) -> BodyGuess:
    return guess_body(made, HEADLINE)


def _body(made: Page) -> list[str]:
    return body_of(_read(made).blocks).split("\n\n")


def test_the_article_is_read_without_what_is_around_it() -> None:
    """Menu, headline, teasers and footer are no body."""
    assert _body(page(story(paragraphs()))) == list(PARAGRAPHS)


@pytest.mark.parametrize("wrapper", ["sidebar-container", "Header-Main", "meta_field", "related comments"])
def test_a_bad_name_around_the_whole_article_says_nothing(wrapper: str) -> None:
    """No element that holds most of the page's prose is dropped for its class."""
    assert _body(page(f'<div class="{wrapper}">{story(paragraphs())}</div>')) == list(PARAGRAPHS)


@pytest.mark.parametrize("tag", ["aside", "noscript", "form"])
def test_an_unclosed_element_around_the_article_says_nothing(tag: str) -> None:
    """An aside, noscript or form that was opened before the article and never closed keeps its text."""
    assert _body(page(f"<{tag}>{story(paragraphs())}")) == list(PARAGRAPHS)


def test_paragraphs_by_line_breaks_are_paragraphs() -> None:
    """Text that is cut only by double line breaks gives the same body."""
    assert _body(page(story("<br><br>".join(PARAGRAPHS)))) == list(PARAGRAPHS)


def test_a_copy_for_small_screens_is_read_once() -> None:
    """The same article twice on a page gives its text once."""
    twice = f'<div class="mobile">{story(paragraphs())}</div><div class="desktop">{story(paragraphs())}</div>'
    assert _body(page(twice)) == list(PARAGRAPHS)


def test_a_caption_is_no_body() -> None:
    """The text of a figure between paragraphs is left out."""
    figure = "<figure><img src='a.jpg'><figcaption>The channel at low tide.</figcaption></figure>"
    body = f"<p>{PARAGRAPHS[0]}</p>{figure}{paragraphs(PARAGRAPHS[1:])}"
    assert _body(page(story(body))) == list(PARAGRAPHS)


def test_a_standfirst_is_a_block_of_its_own() -> None:
    """A line named as subtitle before the body has its role and is not in the body."""
    title = "<h1>Harbour to close for six weeks</h1>"
    lead = "Divers need the spring to clear the channel; the smaller firms of the town fear for their stock."
    made = page(
        f'<article>{title}<div class="head"><p class="article-subtitle">{lead}</p></div>'
        f'<div class="story-body">{paragraphs()}</div></article>'
    )
    blocks = _read(made).blocks
    assert (blocks[0].role, blocks[0].text) == ("standfirst", lead)
    assert body_of(blocks).split("\n\n") == list(PARAGRAPHS)


@pytest.mark.parametrize("site", ["Wexmoor Herald", "Гавань сегодня", "港日报"])
def test_a_headline_that_only_the_title_has_with_the_site_s_name_is_no_body(site: str) -> None:
    """On an old page, its headline in no heading, the title tells it without the site's name."""
    title = f"{HEADLINE} - {site}"
    made = (
        f"<html><head><title>{title}</title></head><body><div class=title>{HEADLINE}</div>"
        f"<div class=date>5.3.2007</div><div class=text>{'<br><br>'.join(PARAGRAPHS)}</div></body></html>"
    )
    guess = guess_body(Page(made.encode(), "https://paper.example/article.php?id=12"), title)
    assert [block.text for block in guess.blocks] == list(PARAGRAPHS)


def test_headings_lists_and_quotes_keep_their_roles() -> None:
    """Blocks inside the body say what they are."""
    inner = (
        f"<p>{PARAGRAPHS[0]}</p><h2>What the divers found</h2><p>{PARAGRAPHS[1]}</p>"
        "<ul><li>Three anchors of iron, one of them older than the mole</li>"
        "<li>The better part of a trawler that sank two winters ago</li></ul>"
        f"<p>{PARAGRAPHS[2]}</p><blockquote><p>{PARAGRAPHS[3]}</p></blockquote><p>{PARAGRAPHS[4]}</p>"
    )
    roles = [block.role for block in _read(page(story(inner))).blocks]
    assert roles == [
        "paragraph",
        "heading",
        "paragraph",
        "list_item",
        "list_item",
        "paragraph",
        "quote",
        "paragraph",
    ]


def test_a_list_item_is_one_however_deep_its_text_stands() -> None:
    """A paragraph that is all of a list item is an item; several in one are paragraphs."""
    items = "".join(f"<li><div><p>{text}</p></div></li>" for text in PARAGRAPHS[1:3])
    long_item = f"<li><div>{paragraphs(PARAGRAPHS[3:])}</div></li>"
    inner = f"<p>{PARAGRAPHS[0]}</p><ul>{items}{long_item}</ul>"
    roles = [block.role for block in _read(page(story(inner))).blocks]
    assert roles == ["paragraph", "list_item", "list_item", "paragraph", "paragraph"]


def test_the_metadata_is_the_source_where_the_tree_is_a_skeleton() -> None:
    """An article that only JSON-LD holds is read from there."""
    stated = {"@type": "NewsArticle", "headline": "Harbour to close", "articleBody": "\n\n".join(PARAGRAPHS)}
    head = f'<script type="application/ld+json">{json.dumps(stated)}</script>'
    guess = _read(page('<div id="root"></div>', head=head))
    assert guess.source == "json-ld:articleBody"
    assert body_of(guess.blocks).split("\n\n") == list(PARAGRAPHS)


def test_pushed_markup_is_the_source_where_the_tree_is_a_skeleton() -> None:
    """An article that a script pushes to its front end as HTML is read from there."""
    script = f"<script>self.__flight.push([1,{json.dumps(paragraphs())}])</script>"
    guess = _read(page(f'<div id="root"></div>{script}'))
    assert guess.source == "state"
    assert body_of(guess.blocks).split("\n\n") == list(PARAGRAPHS)


def test_content_elements_are_the_source_where_the_tree_is_a_skeleton() -> None:
    """An article stored as a list of elements is read from there, pictures left out."""
    elements = [{"type": "text", "content": text} for text in PARAGRAPHS]
    elements.insert(1, {"type": "image", "content": "The channel at low tide."})
    data = json.dumps({"props": {"article": {"content_elements": elements}}})
    guess = _read(page(f'<div id="root"></div><script type="application/json">{data}</script>'))
    assert body_of(guess.blocks).split("\n\n") == list(PARAGRAPHS)


def test_each_decision_says_why() -> None:
    """Every piece of text is listed once, with its score, and with a reason."""
    guess = _read(page(story(paragraphs())))
    kept = [decision.text for decision in guess.decisions if decision.kept]
    assert kept == list(PARAGRAPHS)
    assert all(decision.reasons for decision in guess.decisions)
    headline = next(d for d in guess.decisions if d.text == "Harbour to close for six weeks")
    assert not headline.kept


def test_a_page_without_text_has_no_body() -> None:
    """Nothing is made up where there is nothing."""
    guess = guess_body(Page(b"<html><body><img src=a></body></html>", "https://paper.example/"), None)
    assert (guess.blocks, guess.source, guess.decisions) == ((), "none", ())
