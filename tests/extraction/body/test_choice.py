from __future__ import annotations

import numpy as np

from newsspider.extraction.body.choice import bar_of


def test_a_sure_page_is_cut_near_a_half() -> None:
    """Where scores are sure, a doubtful long segment stays out."""
    bar = bar_of(np.array([0.99, 0.99, 0.3, 0.01]), np.array([500.0, 500.0, 400.0, 50.0]))
    assert 0.3 < bar <= 0.5


def test_an_unsure_page_is_cut_lower() -> None:
    """Where nothing reaches a half, the likeliest segments still make a body."""
    assert bar_of(np.array([0.4, 0.35, 0.02]), np.array([500.0, 500.0, 500.0])) <= 0.35
