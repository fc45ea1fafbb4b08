"""The normal form of text."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from lxml.html import fromstring

from newsspider.extraction.text import fold, node_text, normalize


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\u00a0b\u2003c\u3000d", "a b c d"),
        ("e\u0301t\u00e9", "été"),
        ("soft\u00adhyphen\u200b\ufeff", "softhyphen"),
        ("\u202bשלום\u202c", "שלום"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200dx\u200d", "x"),
        ("क्\u200dष", "क्\u200dष"),
        ("a\x07b", "ab"),
        ("a \x07 b", "a b"),
        ("\ud800x", "\ufffdx"),
        ("CafÃ© rÃ©servÃ©", "Café réservé"),
        ("â€žNein, sagte sie", "„Nein, sagte sie"),
        ("aâ€Žb", "ab"),
        ("gut,â€\ufffd sagte sie", "gut,\ufffd sagte sie"),
        ("São Tomé Â", "São Tomé Â"),
        ("Ålesund – Äpplen", "Ålesund – Äpplen"),
    ],
)
def test_normal_form(text: str, wanted: str) -> None:
    """Spaces are folded, letters composed, invisible characters dropped but where a script needs them."""
    assert normalize(text) == wanted


def test_normalising_twice_changes_nothing() -> None:
    """The normal form is its own normal form."""
    text = normalize("CafÃ© \u00ad e\u0301 \u200d x\u0085y")
    assert normalize(text) == text


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<div>one<br>two</div>", "one two"),
        ("<div><p>one</p><p>two</p></div>", "one two"),
        ("<div>one<div>two</div>three</div>", "one two three"),
        ("<p>o<b>n</b>e<script>var x</script> two</p>", "one two"),
        ("<p>a<style>p{}</style>b</p>", "ab"),
        ("<tr><td>one</td><td>two</td></tr>", "one two"),
    ],
)
def test_words_stay_apart_where_a_reader_sees_a_gap(html: str, wanted: str) -> None:
    """Line breaks and block borders part words, inline elements do not, scripts are not text."""
    assert node_text(fromstring(html)) == wanted


def test_the_text_after_a_node_is_not_its_own() -> None:
    """The tail of the node itself is left out."""
    assert node_text(fromstring("<p><b>one <i>two</i></b>three</p>")[0]) == "one two"


def test_folding_keeps_letters_and_digits_of_any_script() -> None:
    """Case, punctuation and spaces do not count."""
    assert fold("«ПРИВЕТ», 東京 — 5!") == "привет 東京 5"


def test_heaps_of_marks_are_dropped() -> None:
    """More marks on a letter than anybody reads are left out, a few are kept."""
    assert normalize("a" + "\u0316\u0323" * 100 + " b\u0316") == "a b\u0316"


def test_every_mark_that_combines_is_known_as_one() -> None:
    """Heaps are looked for in texts that have a mark at all: none is missed."""
    marks = (char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(char))
    assert all(f"a{char * 40}"[:2] != normalize(f"a{char * 40}")[:2] for char in marks)
