"""Scores of one reading against one page's gold, and their summary over a corpus."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks import metrics
from benchmarks.corpus import Gold
from benchmarks.systems import Reading

Scores: TypeAlias = dict[str, float]
"""Measure → score of one page; a measure that gold says nothing about is left out."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The mean of a measure over pages, and its 95% interval."""

    mean: float
    low: float
    high: float
    pages: int


def scored_text(gold: Gold, reading: Reading) -> str:
    """Return the text that is compared with gold: the body, after the standfirst where gold has one.

    Where the corpus does not say whether gold has one, it does if the standfirst found stands in its text.
    """
    if not reading.standfirst:
        return reading.body
    wanted = gold.has_standfirst
    if wanted is None:
        wanted = metrics.fold_words(reading.standfirst) in metrics.fold_words(gold.text)
    return f"{reading.standfirst}\n\n{reading.body}" if wanted else reading.body


def score(gold: Gold, reading: Reading, placeholders: frozenset[str]) -> Scores:
    """Return every measure that gold and reading allow; *placeholders* are folded lines."""
    text = scored_text(gold, reading)
    words = metrics.word_overlap(gold.text, text)
    tp, fp, fn = metrics.shingle_counts(gold.text, text)
    scores = {
        "body_f1": words.f1,
        "body_precision": words.precision,
        "body_recall": words.recall,
        "body_exact": metrics.exact(gold.text, text),
        "leak_free": float(not metrics.leaks(gold.text, text, placeholders)),
    }
    if tp + fp:
        scores["shingle_precision"] = tp / (tp + fp)
    if tp + fn:
        scores["shingle_recall"] = tp / (tp + fn)
    for name, measure in _FIELDS.items():
        value = measure(gold, reading)
        if value is not None:
            scores[name] = value
    if gold.must_have:
        scores["must_have"] = metrics.share_present(gold.must_have, text)
        scores["must_have_verbatim"] = metrics.share_present(gold.must_have, text, metrics.fold_space)
    if gold.must_not_have:
        scores["must_not_have_out"] = 1 - metrics.share_present(gold.must_not_have, text)
    return scores


def summarize(pages: Sequence[Scores], sites: Sequence[str]) -> dict[str, Summary]:
    """Return each measure's summary; *sites* names each page's site, the unit of the bootstrap."""
    present = {name for page in pages for name in page}
    summaries = {name: _mean([name], pages, sites) for name in MEASURES if name in present}
    if {"shingle_precision", "shingle_recall"} <= present:
        # the public benchmark's F1: of the mean precision and the mean recall
        summaries["shingle_f1"] = _mean(["shingle_precision", "shingle_recall"], pages, sites)
    return {name: summaries[name] for name in MEASURES if name in summaries}


def _mean(names: Sequence[str], pages: Sequence[Scores], sites: Sequence[str]) -> Summary:
    columns = [[page.get(name, math.nan) for page in pages] for name in names]
    estimate = metrics.bootstrap_mean(columns, sites)
    return Summary(*estimate, sum(not math.isnan(value) for value in columns[0]))


def _headline(gold: Gold, reading: Reading) -> float | None:
    if not gold.headline or reading.headline is None:
        return None
    return metrics.exact(gold.headline, reading.headline)


def _authors(gold: Gold, reading: Reading) -> float | None:
    if reading.authors is None:
        return None
    if gold.authors is not None:
        return metrics.same_names(gold.authors, reading.authors)
    return metrics.named_in(gold.byline, reading.authors) if gold.byline else None


def _day(gold: Gold, reading: Reading) -> float | None:
    if not gold.date_published or reading.date_published is None:
        return None
    return metrics.same_day(gold.date_published, reading.date_published)


def _instant(gold: Gold, reading: Reading) -> float | None:
    # a day alone is no instant: corpora that give no more have no such measure
    if not gold.date_published or ":" not in gold.date_published or reading.date_published is None:
        return None
    return metrics.same_instant(gold.date_published, reading.date_published)


def _keywords(gold: Gold, reading: Reading) -> float | None:
    if gold.keywords is None or reading.keywords is None:
        return None
    return metrics.keyword_overlap(gold.keywords, reading.keywords).f1


_FIELDS: Mapping[str, Callable[[Gold, Reading], float | None]] = {
    "headline": _headline,
    "authors": _authors,
    "day": _day,
    "instant": _instant,
    "keywords_f1": _keywords,
}

MEASURES: tuple[str, ...] = (
    "body_f1",
    "body_precision",
    "body_recall",
    "body_exact",
    "shingle_f1",
    "shingle_precision",
    "shingle_recall",
    "leak_free",
    *_FIELDS,
    "must_have",
    "must_have_verbatim",
    "must_not_have_out",
)
"""All measures, in the order of the tables."""
