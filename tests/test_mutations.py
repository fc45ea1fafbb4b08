"""Broken pages: an article or an ExtractionError, nothing else. The long form is ``benchmarks.mutations``."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.mutations import demo_pages, mutated, read
from newsspider.demo import Edition


@cache
def _pages() -> list[tuple[str, str, bytes]]:
    return demo_pages(Edition(size=2))


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(number=st.integers(0, 10**9))
def test_mutated_pages(number: int) -> None:
    """A page of the demo newsroom, changed at random, gives an article that restores, or is refused."""
    _, url, body, mutations = mutated(_pages(), 1, number)
    assert read(body, url) in ("article", "refused"), mutations


@settings(max_examples=200, deadline=None, derandomize=True)
@given(body=st.binary(max_size=2_000))
def test_any_bytes(body: bytes) -> None:
    """Any bytes at all give an article that restores, or are refused."""
    assert read(body, "https://any.example/2026/05/04/bytes") in ("article", "refused")
