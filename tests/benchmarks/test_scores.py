"""What a page's scores count."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.corpus import Gold
from benchmarks.metrics import bootstrap_mean, tokens, word_overlap
from benchmarks.quality import measure, read_placeholders
from benchmarks.scores import score, scored_text, summarize
from benchmarks.systems import Reading, make

GOLD = Gold(
    id="a",
    site="one.example",
    url="https://one.example/a",
    path=Path("a.html.gz"),
    text="Why it rains.\n\nRain fell on the town.",
    headline="Rain",
    authors=("Ann Lee",),
    date_published="2026-05-04 10:00:00+00:00",
    has_standfirst=True,
    must_have=("Rain fell",),
    must_not_have=("Sign up",),
)
PERFECT = Reading(
    standfirst="Why it rains.",
    body="Rain fell on the town.",
    headline="Rain",
    authors=("Ann Lee",),
    date_published="2026-05-04T12:00:00+02:00",
)


def test_perfect() -> None:
    """A reading that agrees with gold scores 1 in every measure that both allow."""
    scores = score(GOLD, PERFECT, frozenset())
    assert set(scores.values()) == {1.0}
    assert "keywords_f1" not in scores


def test_standfirst_where_gold_has_one() -> None:
    """The standfirst is scored where gold has one, and left out where it has none."""
    assert scored_text(GOLD, PERFECT) == GOLD.text
    assert scored_text(replace(GOLD, has_standfirst=False), PERFECT) == "Rain fell on the town."


def test_standfirst_where_gold_is_silent() -> None:
    """Where the corpus does not say, gold has the standfirst if its text does."""
    silent = replace(GOLD, has_standfirst=None)
    assert scored_text(silent, PERFECT) == GOLD.text
    assert scored_text(silent, replace(PERFECT, standfirst="Other words.")) == "Rain fell on the town."


def test_leak() -> None:
    """A placeholder line in the body is a leak, unless gold has that line."""
    placeholders = frozenset({"advertisement"})
    leaky = replace(PERFECT, body="Rain fell on the town.\n\n- ADVERTISEMENT -")
    assert score(GOLD, leaky, placeholders)["leak_free"] == 0.0
    gold = replace(GOLD, text=GOLD.text + "\nAdvertisement")
    assert score(gold, leaky, placeholders)["leak_free"] == 1.0


def test_field_that_a_system_lacks() -> None:
    """A field that a system does not have is not scored; one that it has and found nothing for is wrong."""
    assert "headline" not in score(GOLD, replace(PERFECT, headline=None), frozenset())
    assert score(GOLD, replace(PERFECT, headline=""), frozenset())["headline"] == 0.0


def test_system_that_raises() -> None:
    """A page on which a system raises is read empty, in the fields that the system has, and is named."""

    def half_broken(body: bytes, url: str, now: object) -> Reading:
        if b"bad" in body:
            raise RuntimeError("no")
        return Reading(body="Rain", headline="Rain")

    class Page(Gold):
        def body(self) -> bytes:
            return self.id.encode()

    pages = [
        Page(id=name, site=name, url="https://a.example/a", path=Path(), text="Rain", headline="Rain",
             authors=("A",))
        for name in ("good", "bad")
    ]  # fmt: skip
    result = measure(half_broken, pages, frozenset())
    assert result.failures == {"bad": "RuntimeError: no"}
    assert [scores["headline"] for scores in result.scores] == [1.0, 0.0]
    assert not any("authors" in scores for scores in result.scores)


def test_summaries() -> None:
    """A mean is over the pages that have the measure; the public F1 is that of two means."""
    pages = [{"headline": 1.0, "shingle_precision": 1.0, "shingle_recall": 0.5}, {"shingle_precision": 0.5}]
    summaries = summarize(pages, ["a", "b"])
    assert (summaries["headline"].mean, summaries["headline"].pages) == (1.0, 1)
    assert summaries["shingle_f1"].mean == pytest.approx(2 * 0.75 * 0.5 / 1.25)


def test_interval_draws_sites() -> None:
    """Pages of one site move together: with a site all bad and a site all good the interval spans both."""
    assert bootstrap_mean([[0.0] * 50 + [1.0] * 50], ["a"] * 50 + ["b"] * 50) == (0.5, 0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("한국 뉴스", 2), ("東京で雨", 4), ("ฝนตก", 4), ("дождь идёт", 2), ("مطر غزير", 2)],
)
def test_words_of_any_script(text: str, expected: int) -> None:
    """A script without spaces counts by characters, any other by words."""
    assert len(tokens(text)) == expected
    assert word_overlap(text, text).f1 == 1.0


def test_placeholder_list(tmp_path: Path) -> None:
    """The list's first column is folded; a list that is not there is empty."""
    (tmp_path / "lines.tsv").write_text('- Anzeige -\tad\tde\n"Read more"\trelated\ten\n', "utf-8")
    assert read_placeholders(tmp_path / "lines.tsv") == {"anzeige", "read more"}
    assert read_placeholders(tmp_path / "none.tsv") == frozenset()


def test_unknown_system() -> None:
    """A system that does not exist is refused with the names of those that do."""
    with pytest.raises(ValueError, match="trafilatura"):
        make("trafilatur")
