"""What a first opinion of all segments says of each one: the second look of the body model.

An article is one stretch of a page, cut by what does not belong: a segment between two sure ones is likely
in, the same segment after the last sure one is likely out.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from newsspider.extraction.body.arrays import Indices, Matrix, Numbers, Stretches, neighbours

_SHIFTS: Final = (-3, -2, -1, 1, 2, 3)
_REACHES: Final = (2, 6, 15)
_GROUPS: Final = ("its kind", "its kind and parent's", "its parent", "its branch")

NAMES: Final = (
    "first opinion",
    *(f"opinion of {'next' if shift > 0 else 'previous'} {abs(shift)}" for shift in _SHIFTS),
    *(f"opinion of the {reach} {side}" for reach in _REACHES for side in ("before", "after")),
    *(f"opinion of {group}" for group in _GROUPS),
    *(f"weight of {group}" for group in _GROUPS),
    "best before", "best after", "share of the article before", "share of the article after",
    "left out since the article", "left out until the article", "share of the article near",
)  # fmt: skip
"""What each column of :func:`surroundings` is."""


def surroundings(opinion: Numbers, sizes: Numbers, groups: tuple[Indices, ...]) -> Matrix:
    """Return one row a segment from the first *opinion* of each (0 to 1) and its size."""
    mass = opinion * sizes
    whole = max(1.0, float(mass.sum()))
    held, all_ = Stretches(mass, max(_REACHES)), Stretches(sizes, max(_REACHES))
    sides = [side for reach in _REACHES for side in ((-reach, 0), (1, reach + 1))]
    columns = (
        opinion,
        *neighbours(opinion, _SHIFTS, 0.0),
        *(held.sums(*side) / np.maximum(all_.sums(*side), 1) for side in sides),
        *_groups(mass, sizes, whole, groups),
        _best_before(opinion),
        _best_before(opinion[::-1])[::-1],
        held.up_to(0) / whole,
        (whole - held.up_to(1)) / whole,
        _gap(opinion, sizes),
        _gap(opinion[::-1], sizes[::-1])[::-1],
        held.sums(-8, 9) / whole,
    )
    return np.array(columns, dtype=np.float32).T


def _groups(mass: Numbers, sizes: Numbers, whole: float, groups: tuple[Indices, ...]) -> list[Numbers]:
    means, weights = [], []
    for ids in groups:
        inside = np.bincount(ids, weights=mass)
        means.append((inside / np.maximum(np.bincount(ids, weights=sizes), 1))[ids])
        weights.append((inside / whole)[ids])
    return means + weights


def _best_before(opinion: Numbers) -> Numbers:
    return np.concatenate(([0.0], np.maximum.accumulate(opinion)[:-1]))


def _gap(opinion: Numbers, sizes: Numbers) -> Numbers:
    """Return the size of the text between each segment and the last one before it that is likely in."""
    running = np.concatenate(([0.0], np.cumsum(sizes)))
    likely = np.where(opinion > 0.5, np.arange(len(opinion)), -1)
    last = np.concatenate(([-1], np.maximum.accumulate(likely)[:-1]))
    return np.where(last >= 0, running[:-1] - running[last + 1], 1e5)
