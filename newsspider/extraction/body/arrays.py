"""The kinds of array that the body model works on, and looking along them from each segment."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
"""One row a segment."""
Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]


def columns_from(rows: Iterable[Sequence[float]], width: int) -> Numbers:
    """Return *rows*, each of *width* numbers, as columns; ``np.array`` looks at each number several times.

    >>> columns_from([(1, 2.5), (3, 4.5)], 2).tolist()
    [[1.0, 3.0], [2.5, 4.5]]
    """
    return np.fromiter(chain.from_iterable(rows), float).reshape(-1, width).T


def neighbours(columns: Numbers, shifts: Iterable[int], absent: float) -> Iterator[Numbers]:
    """Yield *columns*, the last axis of which is the segments, as they are so many segments on (or back).

    >>> [column.tolist() for column in neighbours(np.array([1.0, 2.0]), (-1, 1), 0.0)]
    [[0.0, 1.0], [2.0, 0.0]]
    """
    shifts = tuple(shifts)
    margin, count = max(map(abs, shifts)), columns.shape[-1]
    wide = np.full((*columns.shape[:-1], count + 2 * margin), absent)
    wide[..., margin : margin + count] = columns
    for shift in shifts:
        yield wide[..., margin + shift : margin + shift + count]


class Stretches:
    """Sums of a column over stretches around each segment, which reach so many segments at most.

    >>> Stretches(np.array([1.0, 2.0, 4.0]), 2).sums(-1, 1).tolist()
    [1.0, 3.0, 6.0]
    """

    def __init__(self, column: Numbers, reach: int) -> None:
        count = len(column)
        running = np.zeros(count + 1 + 2 * reach)
        np.cumsum(column, out=running[reach + 1 : reach + 1 + count])
        # beyond the ends of the page there is nothing to add
        running[reach + 1 + count :] = running[reach + count]
        self._running, self._reach, self._count = running, reach, count

    def sums(self, first: int, end: int) -> Numbers:
        """Return for each segment the sum from that many segments on (or back) up to, not with, another."""
        return self.up_to(end) - self.up_to(first)

    def up_to(self, end: int) -> Numbers:
        """Return for each segment the sum of all up to, not with, that many segments on (or back)."""
        return self._running[self._reach + end : self._reach + end + self._count]
