"""Chance that remembers nothing: the same keys always draw the same values."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A stream of draws that is a function of *keys* alone.

    Everything rests on :meth:`random.Random.random`, the one method whose sequence Python promises to keep.

    >>> Draw(1, "newsx.test", 7).number(0, 99) == Draw(1, "newsx.test", 7).number(0, 99)
    True
    """

    def __init__(self, *keys: int | str) -> None:
        # str and not repr: a number is the same key whether it is an int or a member of an IntEnum
        digest = hashlib.blake2b("\n".join(map(str, keys)).encode(), digest_size=8).digest()
        self._left: dict[str, list[int]] = {}
        self._next = random.Random(int.from_bytes(digest)).random  # noqa: S311 - text, not secrets

    def number(self, low: int, high: int) -> int:
        """Return a number from *low* to *high*, both included."""
        return low + int(self._next() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """Return true in *share* (0 to 1) of all draws."""
        return self._next() < share

    def pick(self, values: Sequence[T]) -> T:
        """Return one of *values*."""
        return values[int(self._next() * len(values))]

    def turn(self, name: str, values: Sequence[T]) -> T:
        """Return one of *values*, none a second time under this *name* before all had their turn."""
        left = self._left.get(name)
        if not left:
            left = self._left[name] = list(range(len(values)))
        return values[left.pop(int(self._next() * len(left)))]

    def sample(self, values: Sequence[T], count: int) -> tuple[T, ...]:
        """Return *count* of *values*, each at most once, in the order drawn."""
        left = list(values)
        return tuple(left.pop(int(self._next() * len(left))) for _ in range(min(count, len(left))))
