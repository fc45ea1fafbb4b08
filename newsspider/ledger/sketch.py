"""Near-duplicates: a text as a few bytes that tell how much two texts share.

A text is the set of its runs of three words. Each of :data:`PERMUTATIONS` hash functions gives one byte of
the sketch: the lowest 8 bits of its least value over the runs (b-bit minwise hashing, Li and König 2010), so
that the share of equal bytes of two sketches estimates the share of runs that the texts have in common. The
functions multiply, add and shift (Dietzfelbinger 1996), which NumPy does for all runs of a text at once;
datasketch would bring SciPy, half a second of every start, for the same. A band is
:data:`ROWS` bytes of the sketch with its place; texts that are nearly the same agree in at least one band
(Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, §3.4): of pairs that share 80% of
their runs 94% do, of pairs that share 90% 99.5%. Bands find candidates, sketches decide.
"""

from __future__ import annotations

import hashlib
import re
import zlib

import numpy as np

from newsspider.extraction.text import fold

PERMUTATIONS = 40
BANDS = 4
ROWS = 3
ALIKE = 0.7
"""From this share of common runs on, two texts are nearly the same."""
FEWEST_RUNS = 20
"""A text with fewer runs is too short to be told from another by them."""

_RUN = 3
# scripts without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han; each character counts as a word
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(f"[{_SPACELESS}]|[^\\W{_SPACELESS}]+")


# numbers that nobody chose: the same on every machine, whatever the version of NumPy
_DRAWN = np.frombuffer(
    hashlib.shake_128(b"newsspider.ledger.sketch").digest(8 * (_RUN + 2 * PERMUTATIONS)), "<u8"
)
_PLACES = _DRAWN[:_RUN] | np.uint64(1)
_FACTORS, _TERMS = _DRAWN[_RUN:].reshape(2, PERMUTATIONS, 1)
_UPPER_HALF = np.uint64(32)


def sketch_of(text: str) -> bytes | None:
    """Return the sketch of *text*, :data:`PERMUTATIONS` bytes; none for a text that is too short."""
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(fold(text))]
    count = len(words) - _RUN + 1
    if count < FEWEST_RUNS:
        return None
    marks = np.array(words, np.uint64)
    # arithmetic of uint64 is that of hashing: what does not fit falls away
    placed = [factor * marks[at : at + count] for at, factor in enumerate(_PLACES)]
    runs = np.unique(np.sum(placed, axis=0, dtype=np.uint64) >> _UPPER_HALF)
    if len(runs) < FEWEST_RUNS:
        return None
    least = (_FACTORS * runs + _TERMS).min(axis=1) >> _UPPER_HALF
    return bytes(least.astype(np.uint8))


def bands_of(sketch: bytes) -> tuple[int, ...]:
    """Return the bands of *sketch*, each a number below 2**26 that holds its place and its bytes.

    >>> bands_of(bytes(range(40)))
    (258, 16974853, 33949448, 50924043)
    """
    return tuple(
        band << 8 * ROWS | int.from_bytes(sketch[band * ROWS : (band + 1) * ROWS], "big")
        for band in range(BANDS)
    )


def likeness(one: bytes, other: bytes) -> float:
    """Return the estimated share of common runs of two sketched texts, 0 to 1.

    >>> likeness(bytes(40), bytes(40))
    1.0
    """
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
