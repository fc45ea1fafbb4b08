"""What the ledger tests share: a crawl of one site on a fresh ledger, with short ways to say a row."""

from datetime import UTC, datetime, timedelta

import pytest

from newsspider.ledger import (
    DEFAULT_INTERVALS,
    Completion,
    Limits,
    Outcome,
    Refresh,
    Row,
    SqliteLedger,
    State,
)

ROOT = "https://example.com"


class Crawl:
    """A run over example.com, whose clock the test turns."""

    def __init__(self, path):
        self.path = path
        self.ledger = SqliteLedger(path)
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.start = None

    def begin(self, refresh=Refresh.DUE, intervals=DEFAULT_INTERVALS, site="example.com"):
        self.start = self.ledger.begin({site: intervals}, refresh, self.now)
        return self.start

    def next(self, refresh=Refresh.DUE, *, hours=0, intervals=DEFAULT_INTERVALS):
        """End the run and begin another, so many hours later."""
        self.ledger.end("finished", self.now)
        self.now += timedelta(hours=hours)
        return self.begin(refresh, intervals)

    def die(self):
        """Leave the run as kill -9 does, and open the ledger anew."""
        self.ledger.close()
        self.ledger = SqliteLedger(self.path)

    def row(self, path, role="article", **more):
        return Row(url=ROOT + path, role=role, **({"site": "example.com"} | more))

    def enter(self, *paths, role="article", **more):
        """Enter the paths and give the admissions as words."""
        rows = [self.row(path, role, **more) for path in paths]
        return [str(admission) for admission in self.ledger.enqueue(rows, self.now)]

    def take(self, most=100, limits=None, site="example.com"):
        """Lease, and give the paths."""
        leases = self.ledger.lease(site, most, limits or Limits(), self.now)
        return [lease.row.url.removeprefix(ROOT) for lease in leases]

    def settle(self, path, state="exported", reason="new", **more):
        return self.ledger.settle(
            [Outcome(url=ROOT + path, state=State(state), reason=reason, **more)], self.now
        )

    def completion(self, number, **more):
        known = {"version": 1, "content_hash": "ab" * 8, "newsspider_version": "1", "file": "a.jsonl"}
        return Completion(id=f"{number:032x}", **(known | more))

    def show(self, path):
        return self.ledger.show(ROOT + path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def crawl(path):
    crawl = Crawl(path)
    crawl.begin()
    yield crawl
    crawl.ledger.close()
