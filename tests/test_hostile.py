"""Pages made to cost time. The long form is ``benchmarks.hostile``."""

from __future__ import annotations

import pytest

from benchmarks.hostile import SHAPES, STEEP, growth

_TRIES = 3


@pytest.mark.parametrize("name", ["deep and wide", "links", "page numbers", "captions", "breadcrumbs"])
def test_a_page_costs_its_size(name: str) -> None:
    """A page four times as long as another does not take the square of that in CPU time."""
    # what is quadratic is so each time; a busy machine is not
    assert any(growth(SHAPES[name], 4_000) < STEEP for _ in range(_TRIES))
