"""Elements by their marks and by their labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newsspider.extraction.fields.labels import labelled
from newsspider.extraction.fields.marks import marked
from newsspider.extraction.page import Page


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ('class="Article-Author"', "author"),
        ("id=byline", "author"),
        ('class="c-autor"', "author"),
        ("rel=author", "author"),
        ("itemprop=datePublished", "date"),
        ('data-testid="timestamp"', "date"),
        ('class="nav breadcrumbs"', "breadcrumb"),
        ('class="text paywall"', "paywall"),
        ('class="article__tags"', "tags"),
        ('class="themen"', "tags"),
        ('id="photoCaption"', "caption"),
    ],
)
def test_a_mark_says_what_its_element_is(mark: str, kind: str, page: Callable[..., Page]) -> None:
    """Class, id, itemprop, data-testid and rel are read, whatever their case and the words around."""
    assert [node.text for node in marked(page(f"<p>a</p><span {mark}>b</span>"), kind)] == ["b"]


@pytest.mark.parametrize(
    "mark", ['class="autorizado"', 'class="no-paywalls"', 'class="stages"', "rel=nofollow"]
)
def test_a_word_in_another_is_no_mark(mark: str, page: Callable[..., Page]) -> None:
    """Letters that happen to stand in a longer word say nothing."""
    read = page(f"<span {mark}>b</span>")
    assert not any(marked(read, kind) for kind in ("author", "paywall", "tags"))


def test_marked_elements_come_in_the_documents_order(page: Callable[..., Page]) -> None:
    """An element marked twice is given once, where it stands."""
    read = page("<b id=byline>1</b><b itemprop=author class=author>2</b><b class=byline>3</b>")
    assert [node.text for node in marked(read, "author")] == ["1", "2", "3"]


def test_labels_are_found_whatever_their_punctuation(page: Callable[..., Page]) -> None:
    """A label is the whole first text of its element."""
    read = page("<b>Filed Under:</b><p>Tags are fun</p><span> Veröffentlicht am </span>")
    assert [node.tag for node in labelled(read, "tags")] == ["b"]
    assert [node.tag for node in labelled(read, "date")] == ["span"]


def test_a_page_without_a_body_tag_has_marks(page: Callable[..., Page]) -> None:
    """Where the parser takes all of the page for its head, what is marked on it is found."""
    found = marked(page("<title>A</title><header><p class=byline>By Ada Berg</p></header>"), "author")
    assert [node.tag for node in found] == ["p"]
