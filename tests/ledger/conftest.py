"""What the ledger tests share: a crawl of one site on a fresh ledger, with short ways to say a row."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.redis_server import running_redis, why_missing
from newsspider.ledger import (
    DEFAULT_INTERVALS,
    Completion,
    Ledger,
    Limits,
    Outcome,
    Refresh,
    Row,
    SqliteLedger,
    State,
    open_ledger,
)

ROOT = "https://example.com"


class Crawl:
    """A run over example.com, whose clock the test turns."""

    def __init__(self, open_one: Callable[[], Ledger], url, path=None):
        self.url = url
        self.open = open_one
        self.path = path
        self.ledger = open_one()
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
        self.ledger = self.open()

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
def sqlite_crawl(path):
    crawl = Crawl(lambda: SqliteLedger(path), str(path), path)
    crawl.begin()
    yield crawl
    crawl.ledger.close()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory):
    if why_missing():
        pytest.skip(why_missing())
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis_url(redis_server):
    """The address of an empty ledger."""
    client = pytest.importorskip("redis").Redis(port=redis_server.port)
    client.flushall()
    client.close()
    return redis_server.url


@pytest.fixture
def redis_crawl(redis_url):
    crawl = Crawl(lambda: open_ledger(redis_url, "one"), redis_url)
    crawl.begin()
    yield crawl
    crawl.ledger.close()


@pytest.fixture(params=["sqlite", "redis"])
def crawl(request):
    """The same on every ledger."""
    return request.getfixturevalue(f"{request.param}_crawl")
