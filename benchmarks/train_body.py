"""Train the body model: ``python -m benchmarks.train_body ../shared/corpus/publishers [more] [--out FILE]``.

With ``--half tune`` it learns from the tune half of each corpus (``benchmarks/corpus.py``: by site): the
scores on the held halves are then on sites it has not seen, and are the ones to report. The model that ships
is trained by the same recipe on all pages. ``--leave-out`` trains without each corpus in turn and reports it
whole: the forecast for pages of another kind. The seed is fixed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier

from benchmarks.body_disguises import disguise
from benchmarks.body_samples import FOLDS, Sample, left_out_by_habit, read_samples
from benchmarks.metrics import overlap
from newsspider.extraction.body.arrays import Matrix, Numbers
from newsspider.extraction.body.choice import bar_of
from newsspider.extraction.body.features import NAMES, Described, describe
from newsspider.extraction.body.lexicon import Lexicon, first_words, line_words, name_words
from newsspider.extraction.body.model import BodyModel, Trees, to_arrays
from newsspider.extraction.body.segment import Segments
from newsspider.extraction.body.surroundings import surroundings

SEEDS = (20, 21)
"""Of the second trees, which are averaged; the first trees take the first one."""
DEPTH = 6
FIRST_TREES, SECOND_TREES = 140, 240
MODEL = Path(__file__).parent.parent / "newsspider/extraction/body/model.npz"
_MIN_SITES = 4  # a word seen on fewer sites is not learned
_PRIOR = 1.0
_TITLE = NAMES.index("likeness to the title")
_MENU_LINES = 4  # of so many short lines that are all link, as menus are made of, one is learned from


def _weights(sample: Sample, described: Described) -> Numbers:
    """A page's segments share one weight by their words; short lines get more than their words' share.

    The headline weighs nothing: some gold begins with it, a body never does. Most lines of menus weigh
    nothing either, and the rest as much as all of them: there are too many of them to learn from each.
    """
    counts = np.array([len(words) for words in sample.words], dtype=float)
    raw = (counts + 2) ** 0.7
    raw[described.matrix[:, _TITLE] >= 1.0] = 0.0
    raw[left_out_by_habit(sample)] = 0.0
    menu = np.flatnonzero([
        item.size < 60 and item.linked >= len(item.text) and not share
        for item, share in zip(sample.found.items, sample.labels, strict=True)
    ])  # fmt: skip
    raw[menu] *= np.where(np.arange(len(menu)) % _MENU_LINES, 0, _MENU_LINES)
    return raw / (len(sample.gold) + 100) ** 0.7


def learn_lexicon(samples: Sequence[Sample]) -> Lexicon:
    """Return the log-odds of the words on *samples*, each site with one vote a word."""
    names: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    lines: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for sample in samples:
        for item, chain, label_ in zip(sample.found.items, _chains(sample.found), sample.labels, strict=True):
            weight = min(item.size, 300) ** 0.5
            # a letter by itself is no word
            for word in filter(lambda name: len(name) > 1, chain | set(name_words(item.names))):
                tally = names[word][sample.site]
                tally[0] += label_ * weight
                tally[1] += weight
            if item.size < 200:
                for word in set(line_words(first_words(item.text))):
                    tally = lines[word][sample.site]
                    tally[0] += label_
                    tally[1] += 1
    return Lexicon(_odds(names, _MIN_SITES), _odds(lines, 6))


def _chains(found: Segments) -> list[set[str]]:
    """Return for each segment the words of the names around it, below the page's big elements."""
    total = [0.0] * len(found.tags)
    for item in found.items:
        total[item.node] += max(0, item.size - item.linked)
    for node in range(len(total) - 1, 0, -1):
        if found.parents[node] >= 0:
            total[found.parents[node]] += total[node]
    whole = max(total, default=0.0)
    around: list[frozenset[str]] = []
    for node, names in enumerate(found.names):
        parent = found.parents[node]
        inherited = around[parent] if parent >= 0 else frozenset()
        around.append(inherited if total[node] > 0.5 * whole else inherited | set(name_words(names)))
    return [set(around[item.node]) for item in found.items]


def _odds(tallies: Mapping[str, Mapping[str, list[float]]], sites: int) -> dict[str, float]:
    odds = {}
    for word, by_site in tallies.items():
        if len(by_site) >= sites:
            shares = [inside / all_ for inside, all_ in by_site.values() if all_]
            inside = sum(shares)
            score = float(np.log((inside + _PRIOR * 0.3) / (len(shares) - inside + _PRIOR * 0.7)))
            if abs(score) > 0.3:
                odds[word] = round(score, 2)
    return dict(sorted(odds.items()))


def _fit(rows: Matrix, labels: Numbers, weights: Numbers, trees: int, seed: int) -> Trees:
    model = CatBoostClassifier(
        iterations=trees, depth=DEPTH, learning_rate=16 / (trees + 40), l2_leaf_reg=8,
        border_count=64, rsm=0.5,
        loss_function="CrossEntropy", random_strength=0.5, bootstrap_type="Bernoulli", subsample=0.8,
        random_seed=seed, thread_count=2, verbose=False, allow_writing_files=False,
    )  # fmt: skip
    model.fit(rows, labels, sample_weight=weights)
    return _plain(model)


def _plain(model: CatBoostClassifier) -> Trees:
    """Return a CatBoost model as arrays; the n-th split of a tree is bit n of its leaf's number."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        model.save_model(file.name, format="json")
        stated = json.loads(Path(file.name).read_text("utf-8"))
    trees = stated["oblivious_trees"]
    features = np.zeros((len(trees), DEPTH), dtype=np.int16)
    borders = np.full((len(trees), DEPTH), np.inf, dtype=np.float32)
    leaves = np.zeros((len(trees), 2**DEPTH), dtype=np.float32)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or ()):
            features[number, level] = split["float_feature_index"]
            borders[number, level] = split["border"]
        values = tree["leaf_values"]
        leaves[number, : len(values)] = values
    scale, (bias,) = stated["scale_and_bias"]
    return Trees(features, borders, leaves * scale, float(bias))


def _mean(models: Sequence[Trees]) -> Trees:
    """Return one set of trees whose raw score is the mean of those of *models*."""
    return Trees(
        np.concatenate([trees.features for trees in models]),
        np.concatenate([trees.borders for trees in models]),
        np.concatenate([trees.leaves for trees in models]) / np.float32(len(models)),
        sum(trees.bias for trees in models) / len(models),
    )


def train(samples: Sequence[Sample]) -> BodyModel:
    """Return the model learned from *samples*.

    What the second trees see is made by first trees that have not seen the site, with words that have not.
    """
    lessons = _lessons(samples)
    for fold in range(FOLDS):
        trees = _learn([lesson for lesson in lessons if lesson.fold != fold], _first_look, FIRST_TREES)
        for lesson in lessons:
            if lesson.fold == fold:
                lesson.opinion = trees.score(lesson.described.matrix)
    first = _learn(lessons, _first_look, FIRST_TREES)
    second = _mean([_learn(lessons, _second_look, SECOND_TREES, seed) for seed in SEEDS])
    typical = np.median(np.concatenate([*map(_second_look, lessons)]), axis=0).astype(np.float32)
    return BodyModel(first, second, learn_lexicon(samples), typical)


@dataclass(slots=True)
class _Lesson:
    """A page as the trees see it, with words learned from other sites."""

    fold: int
    labels: Numbers
    weights: Numbers
    described: Described
    opinion: Numbers
    """Of first trees that have not seen the site; empty until there are such."""


def _lessons(samples: Sequence[Sample]) -> list[_Lesson]:
    # each corpus counts by the root of its pages: a small one of real news sites is not drowned
    pages = Counter(sample.corpus for sample in samples)
    shown = [*samples, *disguise(samples)]
    lessons = []
    for fold in range(FOLDS):
        lexicon = learn_lexicon([sample for sample in samples if sample.fold != fold])
        for sample in shown:
            if sample.fold == fold:
                described = describe(sample.found, lexicon, sample.evidence)
                weights = _weights(sample, described) / pages[sample.corpus] ** 0.5
                labels = np.clip(sample.labels, 0, 1)
                lessons.append(_Lesson(fold, labels, weights, described, np.zeros(0)))
    return lessons


def _first_look(lesson: _Lesson) -> Matrix:
    return lesson.described.matrix[lesson.weights > 0]


def _second_look(lesson: _Lesson) -> Matrix:
    seen = lesson.described
    around = surroundings(lesson.opinion, seen.matrix[:, 0].astype(float), seen.groups)
    return np.concatenate((seen.matrix, around), axis=1)[lesson.weights > 0]


def _learn(
    lessons: Sequence[_Lesson], look: Callable[[_Lesson], Matrix], trees: int, seed: int = SEEDS[0]
) -> Trees:
    rows = np.concatenate([*map(look, lessons)])
    labels = np.concatenate([lesson.labels[lesson.weights > 0] for lesson in lessons])
    weights = np.concatenate([lesson.weights[lesson.weights > 0] for lesson in lessons])
    return _fit(rows, labels, weights / weights.mean(), trees, seed)


def evaluate(model: BodyModel, samples: Sequence[Sample]) -> dict[str, float]:
    """Return mean word precision, recall and F1 of the segments that the model alone would choose."""
    scores = []
    for sample in samples:
        opinion = model.judge(sample.found, sample.evidence)
        kept = opinion.scores >= bar_of(opinion.scores, opinion.matrix[:, 0])
        words = [word for words, keep in zip(sample.words, kept, strict=True) if keep for word in words]
        scores.append(overlap(sample.gold, words))
    return {
        "precision": float(np.mean([score.precision for score in scores])),
        "recall": float(np.mean([score.recall for score in scores])),
        "f1": float(np.mean([score.f1 for score in scores])),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--half", choices=("tune", "all"), default="all", help="what to learn from")
    parser.add_argument(
        "--leave-out",
        type=Path,
        metavar="FOLDER",
        help="learn without each corpus in turn, save models there",
    )
    arguments = parser.parse_args()
    samples = read_samples(arguments.corpora)
    if arguments.leave_out:
        for corpus in dict.fromkeys(sample.corpus for sample in samples):
            model = train([sample for sample in samples if sample.corpus != corpus])
            np.savez_compressed(arguments.leave_out / f"without-{corpus}.npz", **to_arrays(model))
            _report(f"{corpus} (left out)", model, [sample for sample in samples if sample.corpus == corpus])
        return
    model = train([sample for sample in samples if arguments.half in ("all", sample.half)])
    np.savez_compressed(arguments.out, **to_arrays(model))
    for corpus in dict.fromkeys(sample.corpus for sample in samples):
        for half in ("tune", "held"):
            chosen = [sample for sample in samples if sample.corpus == corpus and sample.half == half]
            _report(f"{corpus} ({half})", model, chosen)


def _report(name: str, model: BodyModel, samples: Sequence[Sample]) -> None:
    if samples:
        numbers = "  ".join(f"{measure} {value:.4f}" for measure, value in evaluate(model, samples).items())
        print(f"{name:28} {len(samples):4} pages  {numbers}", flush=True)


if __name__ == "__main__":
    main()
