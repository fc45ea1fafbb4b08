"""The body model: two sets of gradient-boosted trees and the lexicon, read from one small data file.

The trees are symmetric (every node of a level asks the same question), so that a page's segments are scored
with a handful of array operations. They are trained by ``benchmarks/train_body.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.body.arrays import Indices, Matrix, Numbers
from newsspider.extraction.body.features import Described, describe
from newsspider.extraction.body.lexicon import Lexicon
from newsspider.extraction.body.segment import Segments
from newsspider.extraction.body.surroundings import surroundings
from newsspider.extraction.body.wording import Evidence

_SURELY_OUT: Final = 0.01  # first score up to which a second look is not worth its time
_CHUNK: Final = 512  # rows scored at once: bounds the memory that a huge page takes


@dataclass(frozen=True)
class Trees:
    """Symmetric trees: a row's score is the sum over trees of the leaf that its answers number."""

    features: NDArray[np.int16]
    """Trees × depth: the column that each level asks about."""
    borders: NDArray[np.float32]
    """Trees × depth: the answer is yes above this."""
    leaves: NDArray[np.float32]
    """Trees × 2 ** depth."""
    bias: float

    def score(self, matrix: Matrix) -> Numbers:
        """Return the probability of each row of *matrix*."""
        parts = [self._raw(matrix[at : at + _CHUNK]) for at in range(0, len(matrix), _CHUNK)]
        return 1.0 / (1.0 + np.exp(-np.concatenate(parts))) if parts else np.zeros(0)

    @cached_property
    def _questions(self) -> tuple[Indices, NDArray[np.float32], Indices]:
        """The column and the border of each question, and which of them each level of the trees asks."""
        asked = np.stack((self.features.ravel(), self.borders.ravel().astype(np.float64)))
        (columns, borders), numbers = np.unique(asked, axis=1, return_inverse=True)
        levels = np.ascontiguousarray(numbers.reshape(self.features.shape).T)
        return columns.astype(np.int64), borders[:, None].astype(np.float32), levels

    def _raw(self, matrix: Matrix) -> Numbers:
        # many trees ask the same, so each question is put once; a column of the matrix is one run of memory
        columns, borders, levels = self._questions
        answers = (matrix.T.take(columns, axis=0) > borders).view(np.uint8)
        leaf = np.zeros((len(self.leaves), len(matrix)), dtype=np.uint8)
        for level in levels[::-1]:
            leaf += leaf
            leaf += answers.take(level, axis=0)
        starts = np.arange(len(self.leaves))[:, None] * self.leaves.shape[1]
        total: Numbers = self.leaves.ravel().take(starts + leaf).sum(axis=0, dtype=np.float64) + self.bias
        return total

    def blame(self, row: NDArray[np.float32], base: NDArray[np.float32]) -> Numbers:
        """Return for each column how far *row*'s score would fall, were that column as in *base*."""
        width = len(row)
        used = np.unique(self.features)
        changed = np.repeat(row[None, :], len(used), axis=0)
        changed[np.arange(len(used)), used] = base[used]
        result = np.zeros(width)
        result[used] = self._raw(row[None, :])[0] - self._raw(changed)
        return result


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model thinks of a page's segments."""

    scores: Numbers
    """0 (around the article) to 1 (of the article), a number a segment."""
    described: Described
    matrix: Matrix
    """What the second set of trees saw."""


@dataclass(frozen=True, slots=True)
class BodyModel:
    """Both sets of trees and the words they rely on."""

    first: Trees
    second: Trees
    lexicon: Lexicon
    typical: NDArray[np.float32]
    """The median of each column, that a reason is told against."""

    def judge(self, found: Segments, evidence: Evidence) -> Opinion:
        """Return the opinion of *found*, which has at least one segment."""
        described = describe(found, self.lexicon, evidence)
        first = self.first.score(described.matrix)
        around = surroundings(first, described.matrix[:, 0].astype(float), described.groups)
        columns = np.concatenate((described.matrix.T, around.T))
        scores = first.copy()
        doubtful = (first > _SURELY_OUT).nonzero()[0]
        scores[doubtful] = self.second.score(columns.take(doubtful, axis=1).T)
        return Opinion(scores, described, columns.T)


@lru_cache(maxsize=1)
def load() -> BodyModel:
    """Return the shipped model; read once."""
    data = files("newsspider.extraction.body").joinpath("model.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return from_arrays(arrays)


def from_arrays(arrays: Mapping[str, NDArray[np.generic]]) -> BodyModel:
    """Return the model that *arrays* hold, as :func:`to_arrays` names them."""
    first, second = (
        Trees(
            np.asarray(arrays[f"{name}_features"], dtype=np.int16),
            np.asarray(arrays[f"{name}_borders"], dtype=np.float32),
            np.asarray(arrays[f"{name}_leaves"], dtype=np.float32),
            float(np.asarray(arrays[f"{name}_bias"], dtype=np.float64)),
        )
        for name in ("first", "second")
    )
    names, lines = (
        dict(zip(bytes(arrays[f"{name}_words"]).decode().split("\n"),
                 np.asarray(arrays[f"{name}_scores"], dtype=np.float64).tolist(), strict=True))
        for name in ("names", "lines")
    )  # fmt: skip
    return BodyModel(first, second, Lexicon(names, lines), np.asarray(arrays["typical"], dtype=np.float32))


def to_arrays(model: BodyModel) -> dict[str, NDArray[np.generic]]:
    """Return *model* as plain arrays, none of them of objects."""
    arrays: dict[str, NDArray[np.generic]] = {"typical": model.typical}
    for name, trees in (("first", model.first), ("second", model.second)):
        arrays[f"{name}_features"] = trees.features
        arrays[f"{name}_borders"] = trees.borders
        arrays[f"{name}_leaves"] = trees.leaves.astype(np.float16)
        arrays[f"{name}_bias"] = np.array(trees.bias, dtype=np.float64)
    for name, scores in (("names", model.lexicon.names), ("lines", model.lexicon.lines)):
        arrays[f"{name}_words"] = np.frombuffer("\n".join(scores).encode(), dtype=np.uint8)
        arrays[f"{name}_scores"] = np.array(list(scores.values()), dtype=np.float16)
    return arrays
