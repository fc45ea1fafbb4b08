"""Pages to learn from: what stands on each, and which of it gold says is the article."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.body_labels import label
from benchmarks.corpus import half_of, read_corpus
from benchmarks.metrics import tokens
from newsspider.extraction.body.arrays import Numbers
from newsspider.extraction.body.choice import without_second_copy
from newsspider.extraction.body.evidence import gather
from newsspider.extraction.body.nodes import PROSE
from newsspider.extraction.body.segment import Segments, segment
from newsspider.extraction.body.wording import Evidence
from newsspider.extraction.page import Page

FOLDS = 5
_LIST_PARTS = frozenset(
    ("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "p")
)


@dataclass(slots=True)
class Sample:
    """One page: its segments, what gold says of each, and how much each counts."""

    corpus: str
    id: str
    site: str
    gold: list[str]
    """The words of the gold text."""
    found: Segments
    evidence: Evidence
    labels: Numbers
    """The share of each segment's words that gold has."""
    words: list[list[str]]
    """Of each segment."""

    @property
    def half(self) -> str:
        """The half of the corpus that the page is in."""
        return half_of(self.site)

    @property
    def fold(self) -> int:
        """The fold of the training that the page, as all of its site, is in."""
        return int(hashlib.sha256(f"fold {self.site}".encode()).hexdigest(), 16) % FOLDS


def read_samples(folders: Sequence[Path]) -> list[Sample]:
    """Return the samples of the corpora in *folders*; a page that does not hold its gold text is none."""
    samples = []
    for folder in folders:
        for gold in read_corpus(folder):
            page = Page(gold.body(), gold.url)
            found = without_second_copy(segment([page.root]))
            texts = [item.text for item in found.items]
            labels = np.array(label(texts, gold.text))
            words = [tokens(text) for text in texts]
            inside = sum(len(own) for own, share in zip(words, labels, strict=True) if share)
            wanted = tokens(gold.text)
            if texts and inside >= 0.5 * len(wanted):
                evidence = gather(page, None)
                sample = Sample(folder.name, gold.id, gold.site, wanted, found, evidence, labels, words)
                samples.append(sample)
    return samples


def left_out_by_habit(sample: Sample) -> NDArray[np.bool_]:
    """Return which segments stand in plain lists among the article's paragraphs, and gold has them not.

    Some gold has no lists, whatever they say: there it does not tell what the page's article is.
    """
    found = sample.found
    inside = np.flatnonzero(sample.labels > 0.5)
    result = np.zeros(len(found.items), dtype=bool)
    if len(inside) < 3:
        return result
    holders = {found.parents[item.node] for item in map(found.items.__getitem__, inside) if item.size > PROSE}
    for number in range(inside[0], inside[-1]):
        item = found.items[number]
        around = item.node
        while around >= 0 and found.tags[around] in _LIST_PARTS:
            around = found.parents[around]
        plain = item.linked <= 0.3 * len(item.text)
        in_list = found.tags[item.node] != "p" or found.tags[found.parents[item.node]] == "li"
        result[number] = plain and in_list and around != item.node and around in holders
    return result & (sample.labels <= 0.5)
