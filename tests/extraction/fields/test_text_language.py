"""The language that a text is written in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newsspider.extraction.fields import language, text_language
from newsspider.extraction.fields.text_language import language_of
from newsspider.extraction.page import Page

STORY = """
    In the night the ferry was late, and it was not the first time that it came to the quay when all had left.
    Those who are on it say that they will be back, but not this year: it is too cold for them at sea.
    The harbour has said that it is sorry for this, and that it will have a new ferry by the end of the year.
"""

SETTLED = {
    "en": "The ferry that was late in the morning is back at the quay, and its crew said that it will sail.",
    "de": "Die Fähre, die am Morgen zu spät war, ist wieder am Kai, und die Mannschaft ist nicht müde.",
    "es": "El barco que llegó tarde por la mañana está en el muelle y los marineros dicen que no es nuevo.",
    "fr": "Le bateau qui est arrivé en retard dans la matinée est au quai et les marins ne sont pas là.",
    "ru": "Паром, который опоздал утром, вернулся к причалу, и его команда не сказала, что это было.",
    "ja": "朝に遅れたフェリーは岸壁に戻り、乗組員は出航すると言った。",
    "ta": "காலையில் தாமதமாக வந்த படகு மீண்டும் துறைமுகத்தில் உள்ளது.",
    "ka": "დილით დაგვიანებული ბორანი ისევ ნავმისადგომთანაა.",
    "th": "เรือข้ามฟากที่มาสายในตอนเช้ากลับมาที่ท่าเรือแล้ว",
}


@pytest.mark.parametrize("written", SETTLED)
def test_most_texts_are_settled_without_the_model(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that one language writes, or a text full of one language's function words, needs no model."""
    monkeypatch.setattr(text_language, "_by_model", lambda text: None)
    assert language_of([SETTLED[written]]) == written


def test_the_model_is_asked_between_languages_that_are_alike() -> None:
    """Function words that Danish and Norwegian share settle nothing; the model tells the two apart."""
    text = "Færgen kom for sent om morgenen, og besætningen siger, at den ikke sejler igen før på mandag."
    assert language_of([text]) == "da"


def test_the_sample_that_is_clear_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first sample is a menu, the next is asked before the model."""
    monkeypatch.setattr(text_language, "_by_model", lambda text: None)
    assert language_of(["Harbour Weather Ferries Contact", SETTLED["en"]]) == "en"


def test_an_unclear_text_has_no_language() -> None:
    """Names and numbers are no language."""
    assert language_of(["Ada Berg 3, Lu Sommer 2, Jan Kos 1, AB 0, XY 7"]) is None


@pytest.mark.parametrize(
    "around", ["<td>{}</td>", "<p>Harbour</p><div>{}</div>", "<p>Weather Ferries</p><td>{}<br>"]
)
def test_text_outside_paragraphs_tells_its_language(
    around: str, page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old pages set their text in cells of tables, and have at most a menu in paragraphs."""
    monkeypatch.setattr(text_language, "_by_model", lambda text: None)
    found = language.of_page(page(around.format(STORY)))
    assert found is not None
    assert found.value == "en"


def test_a_notice_on_a_page_that_scripts_fill(
    page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a page has no more than an unclear line, what its metadata say of the article is a sample too."""
    monkeypatch.setattr(text_language, "_by_model", lambda text: None)
    notice = "Harbour Weather Ferries Contact Imprint " * 3
    description = f'<meta name="description" content="{SETTLED["de"]}"><title>A</title>'
    found = language.of_page(page(f"{description}<div>{notice}</div>"))
    assert found is not None
    assert found.value == "de"
