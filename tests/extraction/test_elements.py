"""The elements of a document, by tag and by what names them."""

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


def test_elements_are_known_by_their_class() -> None:
    """A class is found among others in an element's attribute, and never as a part of another class."""
    elements = Page(
        b'<p class="a lead">1</p><p class="leader">2</p><div class="lead\tb">3</div>', "https://a.example/"
    ).elements
    assert [node.text for node in elements.with_class("lead")] == ["1", "3"]
    assert elements.with_class("ad") == []


def test_elements_are_found_by_what_names_them() -> None:
    """The elements of one value stand together, however the source spells the attribute."""
    classes = PAGE.elements.by_value("class")
    assert [node.tag for node in classes["lead story"]] == ["p", "h3"]
    assert [node.text for node in classes["late"]] == ["Five"]
    assert [*PAGE.elements.by_value("id")] == ["a"]


def test_all_elements_are_there_once() -> None:
    """To go through the elements is to go through the tree."""
    assert [*PAGE.elements] == [*PAGE.root.iter()]
