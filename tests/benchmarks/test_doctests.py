"""The examples in the benchmarks' docstrings."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["metrics", "corpus"])
def test_examples(name: str) -> None:
    """What the examples say is what happens."""
    result = doctest.testmod(import_module(f"benchmarks.{name}"))
    assert result.attempted
    assert not result.failed
