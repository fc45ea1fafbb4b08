"""Datelines: where, when and by whom a story was filed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.cleaning import LABELS, article_of_gold, read_labels
from benchmarks.corpus import read_corpus
from newsspider.cleaning.datelines import dateline, read_dateline
from newsspider.cleaning.policy import DEFAULT, CleaningPolicy
from newsspider.items import Article, Block, Place

LISTS = Path(__file__).parents[2].parent / "shared" / "lists"
KEEP = CleaningPolicy(dateline="keep")


def story(*texts: str, **fields: str) -> Article:
    """Return an article with a paragraph for each of *texts*."""
    return Article(blocks=tuple(Block(role="paragraph", text=text) for text in texts), **fields)  # type: ignore[arg-type]


SHAPES = {
    "ISLAMABAD, March 4 (Reuters) - It rained.": ("ISLAMABAD, March 4 (Reuters)", "Islamabad"),
    "SANTA FE, N.M. (AP) — It rained.": ("SANTA FE (AP)", "Santa Fe"),
    "NEW DELHI [India], May 4 (ANI): It rained.": ("NEW DELHI, May 4 (ANI)", "New Delhi"),
    "(ANSA) - ROMA, 28 LUG - Piove.": ("ROMA, July 28 (ANSA)", "Roma"),
    "March 4 (Reuters) - It rained.": ("March 4 (Reuters)", None),
    "London (CNN)It was raining.": ("LONDON (CNN)", "London"),
    "Londres, 21 mar (EFE).- Llueve.": ("LONDRES, March 21 (EFE)", "Londres"),
    "КИЕВ. 3 декабря. УНН. Дождь.": ("КИЕВ, December 3 (UNN)", "Киев"),
    "МОСКВА, 29 июня. /ТАСС/. Дождь.": ("МОСКВА, June 29 (TASS)", "Москва"),
    "By Ann Writer DOHA (Reuters) - It rained.": ("DOHA (Reuters)", "Doha"),
    "(서울=연합뉴스) 홍길동 기자 = 비가 왔다.": ("서울 (Yonhap)", "서울"),
    "［東京　２６日　ロイター］ - 雨が降った。": ("東京 (Reuters)", "東京"),
    "新华社北京4月24日电 下雨了。": ("北京, April 24 (Xinhua)", "北京"),
    "बारिश। वाराणसी में बारिश हुई।": None,
    "वाराणसी। बारिश दिन भर होती रही।": ("वाराणसी", "वाराणसी"),
    "DUBAI, United Arab Emirates — It rained.": ("DUBAI", "Dubai"),
    "COLOMBO: It rained.": ("COLOMBO", "Colombo"),
    "TAHLEQUAH, Okla. It rained.": ("TAHLEQUAH", "Tahlequah"),
    "TEHRAN, Iran Iran had rain.": ("TEHRAN", "Tehran"),
    "BOSTON A storm came.": ("BOSTON", "Boston"),
    "April 5, 2005 -- It rained.": ("April 5", None),
    "Mogi das Cruzes, 4 mai (Lusa) - Chove.": ("MOGI DAS CRUZES, May 4 (Lusa)", "Mogi das Cruzes"),
}


@pytest.mark.parametrize("text", SHAPES)
def test_shapes(text: str) -> None:
    """Each shape of dateline gives its normal form and its place, and leaves the story."""
    expected = SHAPES[text]
    found = dateline(story(text, "More rain followed in the night."), DEFAULT)
    if expected is None:
        assert found.dateline is None
        return
    assert found.dateline is not None
    normalized, place = expected
    assert found.dateline.normalized == normalized
    assert [one.name for one in found.dateline.places] == ([place] if place else [])
    assert not found.article_body.startswith(found.dateline.raw)


@pytest.mark.parametrize(
    "text",
    [
        "FILE - In this May 4, 2020, file photo, it rains.",
        "EXCLUSIVE — It rained.",
        "Ann Writer: the rain is over",
        "Monday, May 4, 2020: Rain and more of it",
        "LOS ANGELES, CA - MARCH 21: Rain falls on the pitch.",
        "Kiel (dpo) - Es regnet.",
        "The Associated Press (AP) said on Monday that it rained.",
        "AFP - Rain in the mountains.",
        "Leipzig: Hier wurde der Regen erfunden.",
        "PARIS Hilton sang in the rain.",
        "MANCHESTER United lost in the rain.",
        "NATO, Russia Agree on a Date for Talks on Rain.",
        "INDIA, China Agree on a Date for Talks on Rain.",
        "April 5 -- It rained.",
    ],
)
def test_look_alikes_stay(text: str) -> None:
    """What only looks like a dateline is left in the text."""
    assert dateline(story(text), DEFAULT).dateline is None


def test_region_keeps_its_full_stop() -> None:
    """An abbreviated region is given as it is written, also where a dash follows its full stop."""
    reading = read_dateline("MOBILE, Ala. - It rained.")
    assert reading is not None
    assert reading.places == (Place(name="Mobile", within="Ala."),)


def test_story_after_an_agency_is_no_place() -> None:
    """What follows an agency in brackets is the story, unless it is a place."""
    reading = read_dateline("(CNN) -- For Capt. Ann Writer it rained.")
    assert reading is not None
    assert (reading.end, reading.places) == (9, ())


def test_highlights_may_come_before_the_dateline() -> None:
    """A headline and lines of highlights before the story do not hide its dateline."""
    lines = ("Rain falls", "It rained in May", "NEW: It rains", "It will rain", "It did rain", "It is wet")
    found = dateline(story(*lines, "WASHINGTON (CNN) -- It rained."), DEFAULT)
    assert found.dateline is not None
    assert found.dateline.block == 6


def test_two_places() -> None:
    """Places parted by a slash are two, in normal case."""
    reading = read_dateline("BEIRUT/THE HAGUE, March 7 (Reuters) - It rained.")
    assert reading is not None
    assert reading.places == (Place(name="Beirut"), Place(name="The Hague"))


@pytest.mark.parametrize(
    ("published", "stated", "day"),
    [
        ("2025-01-02", "Dec 30", "2024-12-30"),
        ("2024-12-31", "Jan 1", "2025-01-01"),
        ("2024-05-05", "May 4", "2024-05-04"),
    ],
)
def test_year_is_inferred(published: str, stated: str, day: str) -> None:
    """The year is the one that brings the day closest to the article's date."""
    found = dateline(story(f"PARIS, {stated} (AFP) - It rained.", date_published=published), DEFAULT)
    assert found.dateline is not None
    assert found.dateline.date == day
    assert found.date_published == published


def test_empty_fields_are_filled_and_filled_ones_kept() -> None:
    """The agency and a full date fill empty fields; a field that has a value keeps it."""
    text = "PARIS, May 4, 2024 (AFP) - It rained."
    filled = dateline(story(text), DEFAULT)
    assert (filled.agency, filled.date_published, filled.date_published_precision) == (
        "AFP",
        "2024-05-04",
        "day",
    )
    assert filled.provenance == {"agency": "dateline", "date_published": "dateline"}
    kept = dateline(story(text, agency="dpa", date_published="2024-05-05"), DEFAULT)
    assert (kept.agency, kept.date_published, kept.provenance) == ("dpa", "2024-05-05", {})


def test_keep_fills_the_field_and_leaves_the_text() -> None:
    """With ``keep`` the dateline is known and still stands in the body."""
    read = story("PARIS, May 4 (AFP) - It rained.")
    kept = dateline(read, KEEP)
    assert kept.dateline is not None
    assert (kept.blocks, kept.removed) == (read.blocks, ())


def test_dateline_as_a_block_of_its_own() -> None:
    """A dateline that is a block goes whole."""
    found = dateline(story("NEW ORLEANS, Louisiana (CNN) --", "It rained all day in the city."), DEFAULT)
    assert [block.text for block in found.blocks] == ["It rained all day in the city."]
    assert found.dateline is not None
    assert (found.dateline.block, found.dateline.start) == (0, 0)


def test_place_of_many_is_a_list() -> None:
    """Where several paragraphs begin with a place, none of them is a dateline."""
    assert dateline(story("PARIS: Rain all day.", "LONDON: Fog all day."), DEFAULT).dateline is None


@pytest.mark.skipif(not LISTS.exists(), reason="the lists are not here")
def test_listed_look_alikes_stay() -> None:
    """No look-alike of the list is cut."""
    lines = (LISTS / "dateline_negatives.tsv").read_text("utf-8").splitlines()
    texts = [line.split("\t")[0] for line in lines]
    assert [text for text in texts if dateline(story(text), DEFAULT).dateline] == []


@pytest.mark.skipif(not LISTS.exists(), reason="the lists are not here")
def test_listed_datelines_are_found() -> None:
    """At least 95 in 100 datelines of the list are found."""
    lines = (LISTS / "datelines.tsv").read_text("utf-8").splitlines()
    found = sum(read_dateline(" ".join(line.split("\t")[0].split())) is not None for line in lines)
    assert found >= 0.95 * len(lines)


@pytest.mark.parametrize("corpus", ["publishers", "site-eras"])
def test_labelled_datelines(corpus: str) -> None:
    """In the corpora, nothing but labelled datelines is found, and at least 95 in 100 of them are."""
    folder = LISTS.parent / "corpus" / corpus
    if not folder.exists():
        pytest.skip("the corpora are not here")
    labels = {label for label in read_labels(LABELS).datelines if label[0] == corpus}
    found = set()
    for page in read_corpus(folder):
        line = dateline(article_of_gold(page), DEFAULT).dateline
        if line is not None:
            found.add((corpus, page.id, str(line.block), str(line.start), str(line.start + len(line.raw))))
    assert found <= labels
    assert len(labels - found) <= max(1, 0.05 * len(labels))
