"""The language that a text is written in."""

from __future__ import annotations

import pytest

from newsspider.extraction.fields import text_language
from newsspider.extraction.fields.text_language import language_of

SETTLED = {
    "en": "The ferry that was late in the morning is back at the quay, and its crew said that it will sail.",
    "de": "Die Fähre, die am Morgen zu spät war, ist wieder am Kai, und die Mannschaft ist nicht müde.",
    "es": "El barco que llegó tarde por la mañana está en el muelle y los marineros dicen que no es nuevo.",
    "fr": "Le bateau qui est arrivé en retard dans la matinée est au quai et les marins ne sont pas là.",
    "ru": "Паром, который опоздал утром, вернулся к причалу, и его команда не сказала, что это было.",
    "ja": "朝に遅れたフェリーは岸壁に戻り、乗組員は出航すると言った。",
    "th": "เรือข้ามฟากที่มาสายในตอนเช้ากลับมาที่ท่าเรือแล้ว",
}


@pytest.mark.parametrize("language", SETTLED)
def test_most_texts_are_settled_without_the_model(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that one language writes, or a text full of one language's function words, needs no model."""
    monkeypatch.setattr(text_language, "_by_model", lambda text: None)
    assert language_of(SETTLED[language]) == language


def test_the_model_is_asked_between_languages_that_are_alike() -> None:
    """Function words that Danish and Norwegian share settle nothing; the model tells the two apart."""
    assert language_of(
        "Færgen kom for sent om morgenen, og besætningen siger, at den ikke sejler igen før på mandag."
    ) == ("da")


def test_an_unclear_text_has_no_language() -> None:
    """Names and numbers are no language."""
    assert language_of("Ada Berg 3, Lu Sommer 2, Jan Kos 1, AB 0, XY 7") is None
