"""Requests of sites that have asked to be left alone."""

import asyncio

from scrapy import Request

from newsspider.scheduler.patience import Patience

PAGE = Request("https://a.example/")


def waiting(given_back, seconds):
    """Return a patience with one request, of a site that is to be left alone for so long."""
    patience = Patience(given_back.append)
    patience.hold_back("a.example", seconds)
    patience.keep(PAGE, "a.example")
    return patience


def test_a_request_is_given_back_when_its_site_may_be_asked():
    """Until then it waits, and is counted; another site is not held."""
    given_back = []

    async def wait():
        patience = waiting(given_back, 0.05)
        assert (len(patience), given_back) == (1, [])
        assert patience.seconds("b.example") == 0
        while patience:
            await asyncio.sleep(0.01)
        return patience.seconds("a.example")

    assert asyncio.run(wait()) == 0
    assert given_back == [PAGE]


def test_the_longer_wish_holds():
    """A site that asks again, for less, is left alone for as long as it asked first."""
    patience = Patience(lambda request: None)
    patience.hold_back("a.example", 60)
    patience.hold_back("a.example", 1)
    assert patience.seconds("a.example") > 50


def test_nothing_is_given_back_after_the_end():
    """When the run ends, what waits stays with the ledger."""
    given_back = []

    async def end():
        patience = waiting(given_back, 0.01)
        patience.end()
        await asyncio.sleep(0.05)
        return len(patience)

    assert asyncio.run(end()) == 0
    assert given_back == []
