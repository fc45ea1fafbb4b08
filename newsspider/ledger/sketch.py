"""Near-duplicates: a text as a few bytes that tell how much two texts share.

A text is the set of its runs of three words. rensa's R-MinHash gives the sketch: of each of
:data:`PERMUTATIONS` values the lowest 8 bits (b-bit minwise hashing, Li and König 2010), so that the share
of equal bytes of two sketches estimates the share of runs that the texts have in common. A band is
:data:`ROWS` bytes of the sketch with its place; texts that are nearly the same agree in at least one band
(Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, §3.4): of pairs that share 80% of
their runs 94% do, of pairs that share 90% 99.5%. Bands find candidates, sketches decide.
"""

from __future__ import annotations

import re

from rensa import RMinHash

PERMUTATIONS = 40
BANDS = 4
ROWS = 3
ALIKE = 0.7
"""From this share of common runs on, two texts are nearly the same."""
FEWEST_RUNS = 20
"""A text with fewer runs is too short to be told from another by them."""

# scripts without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han; each character counts as a word
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(f"[{_SPACELESS}]|[^\\W{_SPACELESS}]+")


def sketch_of(text: str) -> bytes | None:
    """Return the sketch of *text*, :data:`PERMUTATIONS` bytes; none for a text that is too short."""
    words = _WORD.findall(text.casefold())
    runs = set(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
    if len(runs) < FEWEST_RUNS:
        return None
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=1)
    minhash.update(list(runs))
    return bytes(value & 0xFF for value in minhash.digest())


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
