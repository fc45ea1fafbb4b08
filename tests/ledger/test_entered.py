"""What was entered of late is told from what would tell the ledger more."""

from datetime import UTC, datetime

import pytest

from newsspider.ledger import Row
from newsspider.ledger.entered import GENERATION, Entered

MONDAY, TUESDAY = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)


def row(path="/x", **values):
    return Row(**{"url": f"https://example.com{path}", "role": "article", "site": "example.com", **values})


@pytest.mark.parametrize(
    "again", [{}, {"depth": 2}, {"date": None}, {"found_on": "https://example.com/other"}]
)
def test_a_row_that_says_no_more_is_known(again):
    """A link found on another page, further from the start or without its date, changes nothing."""
    entered = Entered()
    entered.add([row(depth=1, date=MONDAY)])
    assert row(**{"depth": 1, "date": MONDAY, **again}) in entered


@pytest.mark.parametrize("more", [{"depth": 0}, {"date": TUESDAY}, {"role": "section"}])
def test_a_row_that_says_more_is_entered_again(more):
    """A smaller depth or another date may bring the article inside the limits; a list is another request."""
    entered = Entered()
    entered.add([row(depth=1, date=MONDAY)])
    assert row(**{"depth": 1, "date": MONDAY, **more}) not in entered


def test_lists_are_not_remembered():
    """A list page is entered each time that it is found."""
    entered = Entered()
    entered.add([row(role="section")])
    assert row(role="section") not in entered


def test_what_is_remembered_is_bounded():
    """Of a long sitemap the last rows are remembered, and no more than two generations of them."""
    entered = Entered()
    rows = [row(f"/{number}") for number in range(3 * GENERATION)]
    entered.add(rows)
    assert all(last in entered for last in rows[-GENERATION:])
    assert sum(each in entered for each in rows) <= 2 * GENERATION
