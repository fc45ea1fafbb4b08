"""The elements of a document, by tag and by class."""

from __future__ import annotations

from newsspider import Page

PAGE = Page(
    b'<title>Hail</title><p class="lead story" id="a">One</p><div class="storyline"><h2>Two</h2><p>Three</p>'
    b'<h3 class="lead story">Four</h3></div><p CLASS="late">Five</p>',
    "https://a.example/hail",
)


def test_tagged_elements_come_in_document_order() -> None:
    """Elements of several tags come in one list, in the order of the document."""
    assert [node.text for node in PAGE.elements.tagged("h3", "p", "h2")] == [
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
    ]


def test_a_tag_has_its_elements_whether_or_not_it_is_often_asked_for() -> None:
    """A tag that few ask for is looked for when it is asked for."""
    assert [node.text for node in PAGE.elements.tagged("p")] == ["One", "Three", "Five"]
    assert [node[0].text for node in PAGE.elements.tagged("div")] == ["Two"]
    assert [*PAGE.elements.tagged("time"), *PAGE.elements.tagged("nav")] == []


def test_elements_are_known_by_their_class() -> None:
    """A class is found among others in an element's attribute, and never as a part of another class."""
    elements = Page(
        b'<p class="a lead">1</p><p class="leader">2</p><div class="lead\tb">3</div>', "https://a.example/"
    ).elements
    assert [node.text for node in elements.with_class("lead")] == ["1", "3"]
    assert elements.with_class("ad") == []
