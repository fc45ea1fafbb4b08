from __future__ import annotations

import lxml.html

from newsspider.extraction.body.segment import DATA_ROW, HIDDEN, segment, weight
from newsspider.extraction.page import Page


def _texts(markup: str) -> list[str]:
    return [item.text for item in segment([lxml.html.fromstring(f"<div>{markup}</div>")]).items]


def test_inline_elements_do_not_cut_a_segment() -> None:
    """Links, emphasis and single line breaks stay inside the paragraph they stand in."""
    assert _texts("<p>One <a href='#'>two</a> <b>three</b><br>four</p>") == ["One two three four"]


def test_a_button_that_unfolds_what_is_under_a_heading_is_its_text() -> None:
    """A button in a heading cuts nothing: the heading is one segment, in its own element."""
    markup = "<div><h3><button>Who pays?</button></h3><p>All.</p><button>Vote</button></div>"
    found = segment([lxml.html.fromstring(markup)])
    assert [(found.tags[item.node], item.text) for item in found.items] == [
        ("h3", "Who pays?"),
        ("p", "All."),
        ("button", "Vote"),
    ]


def test_two_breaks_end_a_paragraph() -> None:
    """Text without paragraph elements is cut where two line breaks follow each other."""
    assert _texts("One<br><br>Two<br>\n<br>Three<br>four") == ["One", "Two", "Three four"]


def test_text_around_a_block_is_kept_in_order() -> None:
    """Text directly in a container comes before and after the blocks inside it."""
    assert _texts("before<p>inside</p>after") == ["before", "inside", "after"]


def test_scripts_and_frames_are_no_text() -> None:
    """What browsers do not show as text is skipped, what follows it is not."""
    assert _texts("<p>One<script>x<b>y</b></script> two</p><svg><text>no</text></svg>tail") == [
        "One two",
        "tail",
    ]


def test_a_row_of_data_is_one_segment() -> None:
    """A table that holds values gives a segment a row, its cells kept apart."""
    found = segment(
        [lxml.html.fromstring("<table><tr><td>Ayr</td><td>3</td></tr><tr><td>Bo</td><td>4</td></tr></table>")]
    )
    assert [item.text for item in found.items] == ["Ayr | 3", "Bo | 4"]
    assert all(found.flags[item.node] & DATA_ROW for item in found.items)


def test_a_layout_table_is_read_through() -> None:
    """A table with a table inside holds a page, not values."""
    assert _texts(
        "<table><tr><td>menu</td><td><p>One</p><p>Two</p><table><tr><td>x</td></tr></table></td></tr></table>"
    ) == ["menu", "One", "Two", "x"]


def test_custom_elements_are_blocks() -> None:
    """An element with a dash in its name cuts text as a division does."""
    assert _texts("<my-par>One</my-par><my-par>Two</my-par>") == ["One", "Two"]


def test_hidden_elements_are_flagged() -> None:
    """Markup that hides an element is noted on it."""
    found = segment(
        [lxml.html.fromstring("<div><p style='display: none'>a</p><p hidden>b</p><p>c</p></div>")]
    )
    assert [bool(found.flags[item.node] & HIDDEN) for item in found.items] == [True, True, False]


def test_drop_and_stop_bound_the_walk() -> None:
    """Dropped elements lose their text but not what follows; nothing is read from the stop on."""
    root = lxml.html.fromstring("<div><p>a</p><div id='ad'>b</div>c<p id='end'>d</p><p>e</p></div>")
    found = segment([root], drop={root.get_element_by_id("ad")}, stop=root.get_element_by_id("end"))
    assert [item.text for item in found.items] == ["a", "c"]


def test_links_are_counted_in_characters() -> None:
    """A segment knows how much of it lies in links and in bold."""
    item = segment([lxml.html.fromstring("<p>See <a href='#'>that</a> and <b>this</b></p>")]).items[0]
    assert (item.linked, item.links, item.bold) == (4, 1, 4)


def test_two_thousand_nested_elements_are_walked() -> None:
    """Depth costs no recursion; the parser itself allows little more."""
    page = Page(b"<div>" * 2000 + b"deep" + b"</div>" * 2000, "https://paper.example/")
    assert [item.text for item in segment([page.root]).items] == ["deep"]


def test_scripts_without_spaces_weigh_more() -> None:
    """A character of Chinese says more than one of Latin."""
    assert weight("東京都") > weight("abc")


def test_what_lies_in_an_element_is_one_run_of_elements() -> None:
    """Each element knows where the elements inside it end, also one that the stop left open."""
    root = lxml.html.fromstring("<div><ul><li>a</li><li>b</li></ul><p>c</p><p id='end'>d</p></div>")
    whole, cut = segment([root]), segment([root], stop=root.get_element_by_id("end"))
    assert dict(zip(whole.tags, whole.ends, strict=True)) == {"div": 6, "ul": 4, "li": 4, "p": 6}
    assert cut.ends == [5, 4, 3, 4, 5]
