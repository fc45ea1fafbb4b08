"""How well a reading agrees with gold, field by field: pure functions of two values.

Every function takes gold first. Scores are floats from 0 to 1; an average over pages is the mean of the
pages' scores unless a function says otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

# Thai to Lao, Tibetan to Myanmar, Khmer, kana, Han and its extensions: written without spaces between words
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Precision, recall and F1 of one multiset against another."""

    precision: float
    recall: float
    f1: float


def tokens(text: str) -> list[str]:
    r"""Return the words (``\w+``) of *text*; of a script without spaces, each character.

    >>> tokens("It’s 東京 and กข")
    ['It', 's', '東', '京', 'and', 'ก', 'ข']
    """
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def overlap(gold: Iterable[Hashable], found: Iterable[Hashable]) -> Overlap:
    """Return how far the multisets agree; two empty ones agree fully.

    >>> overlap("aab", "ab")
    Overlap(precision=1.0, recall=0.6666666666666666, f1=0.8)
    """
    wanted, got = Counter(gold), Counter(found)
    shared, n_wanted, n_got = (wanted & got).total(), wanted.total(), got.total()
    if not n_wanted and not n_got:
        return Overlap(1.0, 1.0, 1.0)
    precision = shared / n_got if n_got else 0.0
    recall = shared / n_wanted if n_wanted else 1.0
    return Overlap(precision, recall, 2 * shared / (n_wanted + n_got))


def word_overlap(gold: str, found: str) -> Overlap:
    """Return the overlap of the bags of :func:`tokens`, case as written.

    >>> round(word_overlap("The cat sat.", "The cat sat down.").f1, 3)
    0.857
    """
    return overlap(tokens(gold), tokens(found))


def shingle_counts(gold: str, found: str, size: int = 4) -> tuple[float, float, float]:
    r"""Return (true positive, false positive, false negative) shares of a page's word *size*-grams.

    The measure of the public article-extraction benchmark (Scrapinghub): runs of ``\w+`` tokens, counted as
    multisets and divided by their sum so that a long page weighs no more than a short one.

    >>> shingle_counts("a b c d e", "a b c d f")
    (0.3333333333333333, 0.3333333333333333, 0.3333333333333333)
    """
    wanted, got = Counter(_shingles(gold, size)), Counter(_shingles(found, size))
    shared = (wanted & got).total()
    counts = (shared, got.total() - shared, wanted.total() - shared)
    total = sum(counts)
    return (counts[0] / total, counts[1] / total, counts[2] / total) if total else (0.0, 0.0, 0.0)


def _shingles(text: str, size: int) -> list[tuple[str, ...]]:
    words = _WORD.findall(text)
    # a text shorter than a shingle is one shingle
    return [tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))] if words else []


def shingle_score(counts: Sequence[tuple[float, float, float]]) -> Overlap:
    """Return the public benchmark's score: mean precision, mean recall, and the F1 of these two means.

    As there, a page with no text found does not count in precision, one without gold text not in recall.

    >>> shingle_score([(1.0, 0.0, 0.0), (0.0, 0.0, 1.0)])
    Overlap(precision=1.0, recall=0.5, f1=0.6666666666666666)
    """
    precisions = [tp / (tp + fp) for tp, fp, _ in counts if tp + fp]
    recalls = [tp / (tp + fn) for tp, _, fn in counts if tp + fn]
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls) if recalls else 0.0
    both = precision + recall
    return Overlap(precision, recall, 2 * precision * recall / both if both else 0.0)


def fold_space(text: str) -> str:
    r"""Return *text* with white space folded, NFC: equal results read the same.

    >>> fold_space(" a\n\n b\u00a0c ")
    'a b c'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold_words(text: str) -> str:
    r"""Return the ``\w+`` words of *text*, case folded, joined by a space.

    >>> fold_words("— READ  MORE: ‘Now’")
    'read more now'
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def exact(gold: str, found: str) -> float:
    """Return 1 where the texts are the same but for white space.

    >>> exact("a b", "a  b"), exact("a b", "a c")
    (1.0, 0.0)
    """
    return float(fold_space(gold) == fold_space(found))


def same_names(gold: Iterable[str], found: Iterable[str]) -> float:
    """Return 1 where both name the same people, in any order, case and punctuation aside.

    >>> same_names(["Bill MCCARTHY", "AFP"], ["AFP", "Bill McCarthy"])
    1.0
    """
    return float({fold_words(name) for name in gold} == {fold_words(name) for name in found})


def named_in(gold: str, found: Sequence[str]) -> float:
    """Return 1 where someone is found and each one found stands in the byline *gold*.

    For corpora whose gold is a byline as text, with roles and offices in it.

    >>> named_in("Ann Lee, editor at large", ["Ann Lee"]), named_in("Ann Lee", ["Bo"])
    (1.0, 0.0)
    """
    byline = f" {fold_words(gold)} "
    return float(bool(found) and all(f" {fold_words(name)} " in byline for name in found))


def same_instant(gold: str, found: str | None) -> float:
    """Return 1 where both ISO 8601 texts are the same second.

    Gold without an offset is compared with the clock time found. Gold at midnight sharp is what a page that
    gives only the day leaves behind, so the day alone is right there. A time found without an offset is wrong
    where gold has one: it names no instant.

    >>> same_instant("2024-05-03 15:47:42.389+00:00", "2024-05-03T17:47:42+02:00")
    1.0
    >>> same_instant("2024-04-30 00:00:00", "2024-04-30")
    1.0
    >>> same_instant("2024-04-30 09:30:00+00:00", "2024-04-30T09:30")
    0.0
    """
    wanted, got = datetime.fromisoformat(gold), _moment(found)
    if not found or got is None:
        return 0.0
    if "T" not in found and " " not in found:
        midnight = (wanted.hour, wanted.minute, wanted.second) == (0, 0, 0)
        return float(midnight and wanted.date() == got.date())
    if wanted.tzinfo is None:
        got = got.replace(tzinfo=None)
    elif got.tzinfo is None:
        return 0.0
    return float(abs(got - wanted) < timedelta(seconds=1))


def same_day(gold: str, found: str | None) -> float:
    """Return 1 where both name the same day, in gold's offset or as written.

    Gold may be a month (``2015-11``).

    >>> same_day("2024-05-03 23:30:00+00:00", "2024-05-04T01:30:00+02:00"), same_day("2015-11", "2015-11-20")
    (1.0, 1.0)
    >>> same_day("2024-05-03", None)
    0.0
    """
    got = _moment(found)
    if not found or got is None:
        return 0.0
    if found[:10].startswith(gold[:10]):
        return 1.0
    wanted = _moment(gold)
    if wanted is None or wanted.tzinfo is None or got.tzinfo is None:
        return 0.0
    return float(got.astimezone(wanted.tzinfo).date() == wanted.date())


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def keyword_overlap(gold: Iterable[str], found: Iterable[str]) -> Overlap:
    """Return the overlap of the two sets of keywords, folded.

    >>> keyword_overlap(["Politik", "USA"], ["usa"]).f1
    0.6666666666666666
    """
    return overlap({fold_words(word) for word in gold}, {fold_words(word) for word in found})


def fold_typography(text: str) -> str:
    """Return *text* with white space folded and quotes, dashes and ellipses in their ASCII form.

    People who write gold type ``'`` where the page has ``’``: that is no difference of what was read.

    >>> fold_typography("it’s  “so” – maybe…") == "it's \\"so\\" - maybe..."
    True
    """
    return fold_space(text.translate(_TYPOGRAPHY))


_TYPOGRAPHY = {ord(c): "'" for c in "‘’‚‛´`"} | {ord(c): '"' for c in "“”„‟"}
_TYPOGRAPHY |= {ord(c): "-" for c in "\u2010\u2011–—―"} | {ord("…"): "..."}


def share_present(snippets: Sequence[str], text: str, fold: Callable[[str], str] = fold_typography) -> float:
    """Return the share of *snippets* that stand in *text*, both folded by *fold*.

    >>> share_present(["A b.", "c"], "a\\n A  b. d")
    0.5
    """
    folded = fold(text)
    return sum(fold(snippet) in folded for snippet in snippets) / len(snippets)


def leaks(gold: str, found: str, placeholders: frozenset[str]) -> list[str]:
    r"""Return the lines of *found* that are placeholders, folded, and are no line of *gold*.

    *placeholders* are folded by :func:`fold_words`.

    >>> leaks("Rain fell.", "Rain fell.\n\n— Advertisement —", frozenset({"advertisement"}))
    ['— Advertisement —']
    """
    kept = {fold_words(line) for line in gold.splitlines()}
    lines = [line.strip() for line in found.splitlines() if line.strip()]
    return [line for line in lines if (folded := fold_words(line)) in placeholders and folded not in kept]


def bootstrap_mean(
    columns: Sequence[Sequence[float]], groups: Sequence[str], *, draws: int = 1000
) -> tuple[float, float, float]:
    """Return the mean of a column of scores and its 95% bootstrap interval (mean, low, high).

    Of two columns (precision, recall) it is the harmonic mean of their means. NaN is a page without a score.
    Whole groups (sites) are drawn, not pages: the pages of one site are read well or badly together, and an
    interval that draws pages would be too narrow. Percentile method, *draws* resamples, fixed seed.

    >>> bootstrap_mean([[1.0, 0.5, float("nan")]], ["a", "a", "b"])
    (0.75, 0.75, 0.75)
    """
    names = {name: i for i, name in enumerate(dict.fromkeys(groups))}
    member = np.zeros((len(names), len(groups)))
    member[[names[name] for name in groups], range(len(groups))] = 1
    values = np.asarray(columns, dtype=float)
    known = ~np.isnan(values)
    sums, counts = member @ np.where(known, values, 0).T, member @ known.T
    drawn = np.random.default_rng(2026).integers(0, len(names), (draws, len(names)))
    # a draw in which no page has a score says nothing
    with np.errstate(invalid="ignore"):
        drawn_means = _harmonic(sums[drawn].sum(1) / counts[drawn].sum(1))
    low, high = np.nanpercentile(drawn_means, (2.5, 97.5))
    mean = _harmonic((sums.sum(0) / counts.sum(0))[None])
    return float(mean[0]), float(low), float(high)


def _harmonic(means: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return means.shape[1] / (1 / means).sum(1)
