"""Train the body model: ``python -m benchmarks.train_body ../shared/corpus/publishers [more] [--out FILE]``.

With ``--half tune`` it learns from the tune half of each corpus (``benchmarks/corpus.py``: by site): the
scores on the held halves are then on sites it has not seen, and are the ones to report. The model that ships
is trained by the same recipe on all pages. ``--leave-out`` trains without each corpus in turn and reports it
whole: the forecast for pages of another kind. The seed is fixed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier
from numpy.typing import NDArray

from benchmarks.body_labels import label
from benchmarks.corpus import half_of, read_corpus
from benchmarks.metrics import overlap, tokens
from newsspider.extraction.body.choice import bar_of, without_second_copy
from newsspider.extraction.body.evidence import gather
from newsspider.extraction.body.features import NAMES, Described, describe
from newsspider.extraction.body.lexicon import Lexicon, first_words, line_words, name_words
from newsspider.extraction.body.model import BodyModel, Trees, to_arrays
from newsspider.extraction.body.segment import Segments, segment
from newsspider.extraction.body.surroundings import surroundings
from newsspider.extraction.body.wording import Evidence
from newsspider.extraction.page import Page

SEEDS = (20, 21)
"""Of the second trees, which are averaged; the first trees take the first one."""
FOLDS = 5
DEPTH = 6
FIRST_TREES, SECOND_TREES = 140, 240
MODEL = Path(__file__).parent.parent / "newsspider/extraction/body/model.npz"
_MIN_SITES = 4  # a word seen on fewer sites is not learned
_PRIOR = 1.0
_TITLE = NAMES.index("likeness to the title")

Numbers = NDArray[np.float64]


@dataclass(slots=True)
class Sample:
    """One page: its segments, what gold says of each, and how much each counts."""

    corpus: str
    id: str
    site: str
    gold: list[str]
    found: Segments
    evidence: Evidence
    labels: Numbers
    words: list[list[str]]

    @property
    def half(self) -> str:
        return half_of(self.site)

    @property
    def fold(self) -> int:
        return int(hashlib.sha256(f"fold {self.site}".encode()).hexdigest(), 16) % FOLDS

    def weights(self, described: Described) -> Numbers:
        """A page's segments share one weight by their words; short lines get more than their words' share.

        The headline weighs nothing: some gold begins with it, a body never does.
        """
        counts = np.array([len(words) for words in self.words], dtype=float)
        raw = (counts + 2) ** 0.7
        raw[described.matrix[:, _TITLE] >= 1.0] = 0.0
        return raw / (len(self.gold) + 100) ** 0.7


def read_samples(folders: Sequence[Path]) -> list[Sample]:
    """Return the samples of the corpora in *folders*."""
    samples = []
    for folder in folders:
        for gold in read_corpus(folder):
            page = Page(gold.body(), gold.url)
            found = without_second_copy(segment([page.root]))
            if not found.items:
                continue
            texts = [item.text for item in found.items]
            labels = np.array(label(texts, gold.text))
            words = [tokens(text) for text in texts]
            if sum(len(own) for own, inside in zip(words, labels, strict=True) if inside) < 0.5 * len(
                tokens(gold.text)
            ):
                continue  # the page's bytes do not hold its gold text
            samples.append(
                Sample(
                    folder.name, gold.id, gold.site, tokens(gold.text), found, gather(page, None),
                    labels, words,
                )
            )  # fmt: skip
    return samples


def disguise(samples: Sequence[Sample]) -> list[Sample]:
    """Return copies of half the *samples* whose class names say nothing, every other one without metadata.

    They teach the trees to read the structure of a page when its names are made by a machine.
    """
    copies = []
    for number, sample in enumerate(samples[::2]):
        opaque: dict[str, str] = {"": ""}
        for name in sample.found.names:
            opaque.setdefault(name, f"x{len(opaque)}")
        found = replace(
            sample.found,
            names=[opaque[name] for name in sample.found.names],
            items=[item._replace(names="") for item in sample.found.items],
        )
        evidence = replace(sample.evidence, description="", body="") if number % 2 else sample.evidence
        copies.append(replace(sample, id=f"{sample.id} disguised", found=found, evidence=evidence))
    return copies


def learn_lexicon(samples: Sequence[Sample]) -> Lexicon:
    """Return the log-odds of the words on *samples*, each site with one vote a word."""
    names: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    lines: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for sample in samples:
        for item, chain, label_ in zip(sample.found.items, _chains(sample.found), sample.labels, strict=True):
            weight = min(item.size, 300) ** 0.5
            for word in chain | set(name_words(item.names)):
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


def _fit(rows: NDArray[np.float32], labels: Numbers, weights: Numbers, trees: int, seed: int) -> Trees:
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
    samples = [*samples, *disguise(samples)]
    described: dict[str, Described] = {}
    opinions: dict[str, Numbers] = {}
    for fold in range(FOLDS):
        inside = [sample for sample in samples if sample.fold == fold]
        lexicon = learn_lexicon([sample for sample in samples if sample.fold != fold])
        described |= {_key(sample): describe(sample.found, lexicon, sample.evidence) for sample in inside}
    for fold in range(FOLDS):
        trees = _fit_on([sample for sample in samples if sample.fold != fold], described, None, FIRST_TREES)
        for sample in samples:
            if sample.fold == fold:
                opinions[_key(sample)] = trees.score(described[_key(sample)].matrix)
    first = _fit_on(samples, described, None, FIRST_TREES)
    second = _mean([_fit_on(samples, described, opinions, SECOND_TREES, seed) for seed in SEEDS])
    typical = np.median(_rows(samples, described, opinions), axis=0).astype(np.float32)
    return BodyModel(first, second, learn_lexicon(samples), typical)


def _key(sample: Sample) -> str:
    return f"{sample.corpus}/{sample.id}"


def _rows(
    samples: Sequence[Sample], described: Mapping[str, Described], opinions: Mapping[str, Numbers] | None
) -> NDArray[np.float32]:
    rows = []
    for sample in samples:
        seen = described[_key(sample)]
        if opinions is None:
            rows.append(seen.matrix)
        else:
            around = surroundings(opinions[_key(sample)], seen.matrix[:, 0].astype(float), seen.groups)
            rows.append(np.concatenate((seen.matrix, around), axis=1))
    return np.concatenate(rows)


def _fit_on(
    samples: Sequence[Sample],
    described: Mapping[str, Described],
    opinions: Mapping[str, Numbers] | None,
    trees: int,
    seed: int = SEEDS[0],
) -> Trees:
    # each corpus counts by the root of its pages: a small one of real news sites is not drowned
    pages = Counter(sample.corpus for sample in samples)
    weights = [sample.weights(described[_key(sample)]) / pages[sample.corpus] ** 0.5 for sample in samples]
    labels = np.concatenate([np.clip(sample.labels, 0, 1) for sample in samples])
    flat = np.concatenate(weights)
    return _fit(_rows(samples, described, opinions), labels, flat / flat.mean(), trees, seed)


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
        "--leave-out", action="store_true", help="learn without each corpus in turn, save nothing"
    )
    arguments = parser.parse_args()
    samples = read_samples(arguments.corpora)
    if arguments.leave_out:
        for corpus in dict.fromkeys(sample.corpus for sample in samples):
            model = train([sample for sample in samples if sample.corpus != corpus])
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
