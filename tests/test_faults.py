"""Whatever goes wrong in a crawl of the demo newsroom, every article is in the output once, or named."""

import pytest

from benchmarks import faults
from newsspider.demo import Edition


@pytest.mark.parametrize("name", faults.CASES)
def test_nothing_is_lost_and_nothing_twice(tmp_path, name):
    """After the fault, and the same command again, the union of the feeds has every article exactly once."""
    assert list(faults.CASES[name](faults.Desk(tmp_path, Edition(size=6)))) == []
