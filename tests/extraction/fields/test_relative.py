"""Dates that count from now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsspider.extraction.fields import relative as module
from newsspider.extraction.fields.context import Context
from newsspider.extraction.fields.relative import relative

COUNTED = {
    "en": ("57 mins ago", "2026-11-22T11:33+00:00"),
    "de": ("vor 2 Stunden", "2026-11-22T10:30+00:00"),
    "fr": ("il y a 3 jours", "2026-11-19"),
    "ru": ("5 минут назад", "2026-11-22T12:25+00:00"),
    "ja": ("2時間前", "2026-11-22T10:30+00:00"),
    "ko": ("3일 전", "2026-11-19"),
    "no": ("2 timer siden", "2026-11-22T10:30+00:00"),
}


@pytest.mark.parametrize("language", COUNTED)
def test_one_number_and_one_unit_are_counted_back(
    language: str, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A phrase of a number and a known unit needs no parser of all languages' dates."""
    monkeypatch.delattr(module, "_parsed")
    phrase, moment = COUNTED[language]
    found = relative(phrase, replace(context, language=language))
    assert found is not None
    assert found.iso == moment


def test_other_phrases_are_parsed(context: Context) -> None:
    """What has a number of two units, or none, is left to the parser."""
    found = relative("an hour ago", context)
    assert found is not None
    assert found.iso == "2026-11-22T11:30+00:00"


@pytest.mark.parametrize("phrase", ["5 weeks ago", "2 months ago", "99999 days ago"])
def test_what_lies_far_back_tells_no_day(phrase: str, context: Context) -> None:
    """Four weeks and more are counted too roughly to be a date."""
    assert relative(phrase, context) is None
