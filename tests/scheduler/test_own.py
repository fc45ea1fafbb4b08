"""How the sites of a run share the downloader."""

from collections import Counter
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from newsspider.extraction.site import Site
from newsspider.ledger import Row
from newsspider.scheduler.own import OwnSupply
from newsspider.scheduler.patience import Patience
from newsspider.spiders.arguments import Arguments

SITES = ("a.example", "b.example", "c.example")


@pytest.fixture
def supply(tmp_path):
    """Rows of three sites, four of each; a place in the downloader for one request of each site."""
    settings = Settings({"NEWSSPIDER_OUTPUT": str(tmp_path), "CONCURRENT_REQUESTS_PER_DOMAIN": 1})
    downloader = SimpleNamespace(active=[])
    spider = SimpleNamespace(
        sites={stem: Site(stem=stem, name=stem, domains=(stem,)) for stem in SITES},
        arguments=Arguments(site=SITES),
        settings=settings,
        crawler=SimpleNamespace(engine=SimpleNamespace(downloader=downloader)),
    )
    supply = OwnSupply(spider, Patience(lambda request: None))
    for stem in SITES:
        for number in range(4):
            supply.enter(Row(url=f"https://{stem}/{number}", role="article", site=stem))
    yield SimpleNamespace(supply=supply, downloader=downloader, patience=supply._patience)
    supply.flights.clerk.close()


def site_of(supply):
    lease = supply.supply.next_lease()
    return lease and lease.row.site


def test_all_sites_have_their_turn(supply):
    """Where one place is free again and again, it goes round."""
    assert Counter(site_of(supply) for _ in range(6)) == dict.fromkeys(SITES, 2)


def test_a_site_that_has_its_places_gets_no_more(supply):
    """As many requests of a site are handed out as are sent at once; then it is the others' turn."""
    held = SimpleNamespace(meta={"download_slot": "a.example"})
    supply.downloader.active.append(held)
    assert {site_of(supply) for _ in range(8)} == {"b.example", "c.example"}
    assert site_of(supply) is None
    supply.downloader.active.remove(held)
    assert site_of(supply) == "a.example"


def test_a_site_that_asked_for_patience_gets_nothing(supply):
    """Its rows wait, and there is more to come."""
    for stem in SITES:
        supply.patience.hold_back(stem, 60)
    assert site_of(supply) is None
    assert supply.supply.has_more()
