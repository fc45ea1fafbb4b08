"""Expressions find what they say and fail when they are written."""

import json
import re

import pytest

from newsspider.extraction.page import Page
from newsspider.extraction.select import compile_expression


def page(body: str, head: str = "") -> Page:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return Page(html.encode(), "https://paper.example/world/storm", encoding="utf-8")


def values(expression: str, body: str, head: str = "") -> tuple[str, ...]:
    return compile_expression(expression).values(page(body, head))


def test_css_gives_the_text_of_each_element_in_document_order():
    """A CSS selector gives one value an element, in normal form, and leaves out the empty ones."""
    assert values("li", "<ul><li>One\n two</li><li> </li><li>Three</li></ul>") == ("One two", "Three")


def test_css_reads_attributes_and_text_nodes():
    """parsel's ::attr() and ::text work, and such an expression selects text."""
    body = '<time datetime="2026-05-04T10:00">today</time>'
    assert values("time::attr(datetime)", body) == ("2026-05-04T10:00",)
    assert compile_expression("time::attr(datetime)").selects == "text"
    assert compile_expression("time::attr(datetime)").nodes(page(body)) == []


@pytest.mark.parametrize("times", [1, 400])
def test_a_class_is_found_however_many_elements_have_it(times):
    """Selectors that begin with a class give the same, in document order, on a page full of that class."""
    body = (
        "<p class='lead a'>1</p><div class=b><p class=lead>2</p><i>3</i></div><p class=leader>4</p>" * times
    )
    assert values(".lead, .b i, p.leader", body) == ("1", "2", "3", "4") * times
    assert values(".b > .lead", body) == ("2",) * times


@pytest.mark.parametrize(
    "expression", ["xpath://h1", "xpath: //h1", "xpath:string(//h1)", "xpath://h1/text()"]
)
def test_xpath_gives_elements_or_text(expression):
    """XPath may give elements, a string or text nodes; the value is the same."""
    assert values(expression, "<h1>Storm hits</h1>") == ("Storm hits",)


def test_what_an_xpath_selects_is_told_by_its_last_step():
    """A predicate with an attribute in it does not make an expression one that gives text."""
    assert compile_expression("xpath://a[@rel='a/@b']").selects == "nodes"
    assert compile_expression("xpath://a/@href").selects == "text"


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_json_prefers_the_article_among_the_objects_of_the_page():
    """A json: expression is asked of the article's own node before any other."""
    head = ld({"@type": "WebSite", "headline": "The Paper"}) + ld(
        {"@type": "NewsArticle", "headline": "Storm hits"}
    )
    assert values("json:headline", "", head) == ("Storm hits",)


def test_json_gives_one_value_for_each_item_of_a_list():
    """A list of strings is as many values; an object is none."""
    head = ld({"@type": "NewsArticle", "author": [{"name": "Ann"}, {"name": "Bo"}], "keywords": ["a", ""]})
    assert values("json:author[].name", "", head) == ("Ann", "Bo")
    assert values("json:keywords", "", head) == ("a",)
    assert values("json:author", "", head) == ()


def test_json_reads_embedded_state_after_json_ld():
    """Where JSON-LD has nothing, the state that a front end embeds is asked."""
    state = json.dumps({"props": {"story": {"title": "Storm hits"}}})
    script = f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'
    assert values("json:props.story.title", script) == ("Storm hits",)


def test_json_keeps_line_breaks():
    """Line breaks in JSON text stay, for they are all that tells its paragraphs apart."""
    head = ld({"@type": "NewsArticle", "articleBody": "One.\r\n\r\n Two. "})
    assert values("json:articleBody", "", head) == ("One.\nTwo.",)


def test_json_functions_that_meet_another_type_give_nothing():
    """A JMESPath function over a value of the wrong type is no value, not a crash."""
    assert values("json:join(', ', keywords)", "", ld({"@type": "NewsArticle", "keywords": 3})) == ()


TAGS = "<div><h5><i></i> Filed <b>under</b>:</h5></div><p><a>Rain</a> <a>Wind</a></p>"


def test_text_gives_the_links_that_follow_a_label():
    """A label is found by its folded text, over inline markup; the links after it are a value each."""
    assert values("text:filed under", TAGS) == ("Rain", "Wind")


def test_text_ends_at_the_next_heading():
    """What stands under the next heading is not the label's."""
    assert values("text:Filed under", TAGS + "<h2>More</h2><a>Sun</a>") == ("Rain", "Wind")
    assert values("text:Filed under", "<p>Filed under</p><h2>More</h2><a>Sun</a>") == ()


def test_text_without_links_gives_the_text():
    """Where there are no links and no list after a label its text is one value."""
    assert values("text:Reporter", "<p><b>Reporter</b>: Ann Lee</p>") == ("Ann Lee",)


def test_text_needs_the_whole_text_of_an_element():
    """A line that only begins with the label's words is not the label."""
    expression = compile_expression("text:Also Read")
    assert expression.nodes(page("<p>Also Read: Storm hits coast</p>")) == []
    (node,) = expression.nodes(page("<div><h3><span>Also Read</span></h3></div>"))
    assert node.tag == "span"


def test_text_is_not_looked_for_in_scripts():
    """Words inside a script are no label."""
    assert compile_expression("text:Filed under").nodes(page("<script>Filed under</script>")) == []


def test_labels_in_great_number_are_found():
    """A hostile page full of labels and nesting is read to the end."""
    body = "<div>" * 3000 + "<b>Filed</b>" * 3000
    assert compile_expression("text:Filed under").values(page(body)) == ()


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("a[", "bad CSS selector 'a['"),
        ("a:foo", "pseudo-class"),
        ("xpath://a[", "bad XPath '//a['"),
        ("xpath:foo(//a)", "Unregistered function"),
        ("xpath:count(//a)", "gives a float"),
        ("json:a[", "bad JMESPath 'a['"),
        ("text: — ", "no letter"),
        ("", "empty"),
        ("xpath:", "empty"),
    ],
)
def test_a_bad_expression_is_an_error_that_says_why(expression, reason):
    """An expression that can't be compiled raises ValueError on one line."""
    with pytest.raises(ValueError, match=re.escape(reason)) as caught:
        compile_expression(expression)
    assert "\n" not in str(caught.value)
