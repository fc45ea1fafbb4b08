"""The tables that cleaning reads are in the form that the code relies on."""

from __future__ import annotations

from importlib.resources import files

from newsspider.cleaning import RULES, phrases
from newsspider.cleaning.agencies import agencies
from newsspider.cleaning.data import rows


def test_places_are_sorted() -> None:
    """The places are sorted by their casefolded name: they are found by bisection."""
    names = [row.split("\t")[0].casefold() for row in rows("places.tsv")]
    assert names == sorted(set(names))


def test_an_agency_spelling_means_one_agency() -> None:
    """No spelling stands for two agencies."""
    spellings: dict[str, str] = {}
    for row in rows("agencies.tsv"):
        name, _, others = row.partition("\t")
        for spelling in filter(None, (name, *others.split("|"))):
            assert spellings.setdefault(spelling.casefold(), name) == name
    assert agencies()["reuters"] == "Reuters"


def test_phrases_belong_to_rules() -> None:
    """Every section of a phrase file is a rule."""
    found = set()
    for file in files(phrases).iterdir():
        if file.name.endswith(".txt"):
            found |= {
                line.strip("[]")
                for line in file.read_text(encoding="utf-8").splitlines()
                if line.startswith("[")
                and line.endswith("]")
                and line[1:-1].replace("_", "").isascii()
                and line[1:-1].islower()
            }
    assert found
    assert found <= set(RULES)
