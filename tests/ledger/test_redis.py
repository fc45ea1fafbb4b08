"""What many workers have in common: one run, one queue, one line for each version of an article."""

import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from newsspider.errors import LedgerError
from newsspider.ledger import (
    DEFAULT_INTERVALS,
    Completion,
    Limits,
    Outcome,
    Refresh,
    Row,
    State,
    Terms,
    open_ledger,
)
from newsspider.ledger.redis.connection import address_of

ROOT = "https://example.com"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Crew:
    """Workers on one ledger; each call names the worker that makes it."""

    def __init__(self, url):
        self.url = url
        self.stack = ExitStack()
        self.ledgers = {}

    def begin(self, worker, *sites, refresh=Refresh.DUE, **terms):
        ledger = self.stack.enter_context(open_ledger(self.url, worker))
        sites = sites or ("example.com",)
        ledger.agree({site: Terms(**terms) for site in sites})
        self.ledgers[worker] = ledger
        return ledger.begin(dict.fromkeys(sites, DEFAULT_INTERVALS), refresh, NOW)

    def enter(self, worker, *paths, role="article", site="example.com"):
        rows = [Row(url=ROOT + path, role=role, site=site) for path in paths]
        return [str(each) for each in self.ledgers[worker].enqueue(rows, NOW)]

    def ask(self, worker, most=9, **freed):
        """Ask for work, and give the whole answer."""
        sites = {site.replace("_", "."): wait for site, wait in freed.items()}
        return self.ledgers[worker].hand_out(most, Limits(), sites, NOW)

    def take(self, worker, most=9, **freed):
        """Ask for work, and give the paths."""
        return [lease.row.url.removeprefix(ROOT) for lease in self.ask(worker, most, **freed).leases]

    def settle(self, worker, path, state="exported", reason="new", **more):
        outcome = Outcome(url=ROOT + path, state=State(state), reason=reason, **more)
        return self.ledgers[worker].settle([outcome], NOW)

    def show(self, path):
        return next(iter(self.ledgers.values())).show(ROOT + path)


def completion(number, file, offset=0, **more):
    known = {"version": 1, "content_hash": "ab" * 8, "newsspider_version": "1", "headline": 7}
    return Completion(id=f"{number:032x}", file=file, offset=offset, **(known | more))


@pytest.fixture
def crew(redis_url):
    crew = Crew(redis_url.replace("lease=10", "lease=1.2"))
    with crew.stack:
        yield crew


def test_a_second_worker_joins_the_run(crew):
    """Workers that live together share a run; the one that comes after all have ended begins the next."""
    assert crew.begin("one").run == crew.begin("two").run == 1
    crew.ledgers["one"].end("finished", NOW)
    crew.ledgers["two"].end("finished", NOW)
    assert crew.begin("three").run > 1


def test_no_row_is_handed_to_two_workers(crew):
    """What one worker was handed another is not, on a site without a delay."""
    crew.begin("one")
    crew.begin("two")
    crew.enter("one", *(f"/{n}" for n in range(6)))
    assert crew.take("one", 3) == ["/0", "/1", "/2"]
    assert crew.take("two", 9) == ["/3", "/4", "/5"]


def test_a_site_with_a_delay_is_one_workers_at_a_time(crew):
    """One row is handed out, and the next, to whomever, when its fetch is over and the delay has passed."""
    crew.begin("one", delay=5.0)
    crew.begin("two", delay=5.0)
    crew.enter("one", "/a", "/b")
    assert crew.take("one") == ["/a"]
    assert crew.take("two") == []
    assert crew.take("one", example_com=0.8) == []
    assert crew.take("two") == []
    assert 0 < crew.ask("two").wait <= 0.8
    time.sleep(0.81)
    assert crew.take("two") == ["/b"]


def test_a_slow_site_holds_up_no_other(crew):
    """Rows come from all sites in turn, however long the queue of one of them is."""
    crew.begin("one", "a.com", "b.com", delay=1.0)
    crew.enter("one", *(f"/a{n}" for n in range(50)), site="a.com")
    crew.enter("one", "/b", site="b.com")
    assert sorted(crew.take("one")) == ["/a0", "/b"]


def test_of_thousands_of_sites_those_that_may_be_asked_are_found(crew):
    """With many sites, its own and others', a worker is handed what waits, in turn, until all is done."""
    own = [f"site{number}.test" for number in range(600)]
    crew.begin("one", *own, delay=60.0)
    crew.begin("two", *(f"other{number}.test" for number in range(300)), delay=60.0)
    for number in range(300):
        crew.enter("two", f"/other{number}", site=f"other{number}.test")
    crew.enter("one", "/a", "/b", site=own[7])
    crew.enter("one", "/c", site=own[599])
    assert sorted(crew.take("one")) == ["/a", "/c"]
    assert not crew.ask("one").is_over
    crew.settle("one", "/a", "dropped", "login")
    crew.settle("one", "/c", "dropped", "login")
    assert crew.take("one", site7_test=0.0) == ["/b"]
    crew.settle("one", "/b", "dropped", "login")
    assert crew.ask("one", site7_test=0.0, site599_test=0.0).is_over


def test_a_worker_is_handed_rows_of_its_own_sites_only(crew):
    """A crawl of other sites on the same server goes by itself, and its work keeps nobody from ending."""
    crew.begin("one", "a.com")
    crew.begin("two", "b.com")
    crew.enter("one", "/a", site="a.com")
    crew.enter("two", "/b", site="b.com")
    assert crew.take("two") == ["/b"]
    crew.settle("two", "/b", "dropped", "login")
    assert crew.ask("two").is_over
    assert crew.take("one") == ["/a"]


def test_the_run_is_over_when_nothing_waits_and_nobody_is_at_anything(crew):
    """A worker without work stays as long as another may still find some."""
    crew.begin("one")
    crew.begin("two")
    crew.enter("one", "/list", role="section")
    assert crew.take("one") == ["/list"]
    assert not crew.ask("two").is_over
    link = Row(url=ROOT + "/a", role="article", site="example.com")
    crew.settle("one", "/list", "listed", "read", children=(link,))
    assert crew.take("two") == ["/a"]
    assert not crew.ask("one").is_over
    crew.settle("two", "/a")
    assert crew.ask("one").is_over
    assert crew.ask("two").is_over


def test_a_dead_workers_rows_are_handed_out_again(crew):
    """A lease that is not renewed runs out, and its row goes to another worker, before all others."""
    crew.begin("one")
    crew.begin("two")
    crew.enter("one", "/a", "/b")
    assert crew.take("one", 1) == ["/a"]
    time.sleep(1.25)
    assert crew.take("two") == ["/a", "/b"]


def test_a_long_fetch_is_not_handed_out_twice(crew):
    """A renewed lease holds, and so does the site with a delay."""
    crew.begin("one", delay=1.0)
    crew.begin("two", delay=1.0)
    crew.enter("one", "/a", "/b")
    assert crew.take("one") == ["/a"]
    for _ in range(4):
        time.sleep(0.5)
        crew.ledgers["one"].renew([ROOT + "/a"])
        assert crew.take("two") == []


def test_a_restarted_worker_takes_up_its_own_rows_at_once(crew):
    """The same worker, come back, waits for no lease to run out."""
    crew.begin("one")
    crew.begin("two")
    crew.enter("one", "/a", "/b", "/c")
    assert crew.take("one", 2) == ["/a", "/b"]
    start = crew.begin("one")
    assert (start.taken_up, start.waiting) == (2, 3)
    assert sorted(crew.take("one")) == ["/a", "/b", "/c"]


def test_the_first_line_of_a_version_counts(crew):
    """Of two workers that wrote the same article the ledger names the first one's line."""
    crew.begin("one")
    crew.begin("two")
    crew.enter("one", "/a")
    crew.take("one")
    crew.settle("two", "/a", completion=completion(1, "two.jsonl", 70))
    crew.settle("one", "/a", completion=completion(1, "one.jsonl", 30))
    assert [crew.ledgers[name].raw_duplicates for name in ("one", "two")] == [1, 0]
    (found,) = crew.ledgers["one"].completed()
    assert (found.file, found.offset) == ("two.jsonl", 70)
    assert crew.ledgers["one"].check() == ()


def test_a_settlement_that_is_made_twice_counts_once(crew):
    """A call whose answer was lost is made again, and its own line is no duplicate of itself."""
    crew.begin("one")
    crew.enter("one", "/a")
    crew.take("one")
    for _ in range(2):
        crew.settle("one", "/a", completion=completion(1, "one.jsonl", 30))
    assert crew.ledgers["one"].raw_duplicates == 0
    assert crew.show("/a").state is State.EXPORTED
    assert crew.ledgers["one"].check() == ()


def test_the_same_article_at_two_addresses_is_settled_as_a_duplicate(crew):
    """Where two workers read it at once, the second address is dropped as a run of one worker would."""
    crew.begin("one")
    crew.begin("two")
    crew.enter("one", "/a", "/b")
    crew.take("one", 1), crew.take("two", 1)
    crew.settle("one", "/a", completion=completion(1, "one.jsonl"))
    crew.settle("two", "/b", completion=completion(1, "two.jsonl"))
    assert (crew.show("/b").state, crew.show("/b").reason) == (State.DROPPED, "duplicate")


def test_another_article_under_the_same_address_is_fetched_again(crew):
    """Two articles that claim one address, read by two workers at once: the second is not lost."""
    crew.begin("one")
    crew.begin("two")
    crew.enter("one", "/a", "/b")
    crew.take("one", 1), crew.take("two", 1)
    crew.settle("one", "/a", completion=completion(1, "one.jsonl"))
    crew.settle("two", "/b", completion=completion(1, "two.jsonl", content_hash="cd" * 8, headline=8))
    assert crew.show("/b").state is State.WAITING
    assert crew.take("one") == ["/b"]


def test_with_refresh_all_a_later_run_takes_the_place(crew):
    """The same version written again in another run is named at its new place."""
    crew.begin("one")
    crew.enter("one", "/a")
    crew.settle("one", "/a", completion=completion(1, "old.jsonl"))
    crew.ledgers["one"].end("finished", NOW)
    crew.begin("one", refresh=Refresh.ALL)
    crew.enter("one", "/a")
    crew.settle("one", "/a", reason="again", completion=completion(1, "new.jsonl"))
    assert [each.file for each in crew.ledgers["one"].completed()] == ["new.jsonl"]


def test_a_worker_with_another_site_file_is_told(crew):
    """The first worker's site file is the run's; one with another is told for which sites."""
    crew.begin("one", "a.com", "b.com", digest="1")
    crew.begin("two", "a.com", "b.com", digest="2")
    assert crew.ledgers["one"].other_site_files == ()
    assert crew.ledgers["two"].other_site_files == ("a.com", "b.com")


def test_the_feed_of_another_worker_is_left_alone(crew):
    """A worker sees the feed files of its own last life only."""
    crew.begin("one")
    crew.begin("two")
    crew.ledgers["one"].confirm("one.jsonl", 10)
    assert crew.ledgers["two"].confirmed() == {}
    crew.begin("one")
    assert crew.ledgers["one"].confirmed() == {"one.jsonl": 10}


def test_forget_is_refused_while_a_worker_is_there(crew):
    """A crawl that runs keeps its URLs; the worker is named."""
    crew.begin("one")
    crew.enter("one", "/a")
    with open_ledger(crew.url) as people, pytest.raises(LedgerError, match=r"another crawl.*worker one"):
        people.forget("*")


def test_a_server_that_comes_back_is_waited_for(redis_server, redis_url):
    """Killed and started again with its file, it has everything, and no call fails."""
    with open_ledger(redis_url, "one") as ledger:
        ledger.begin({"example.com": DEFAULT_INTERVALS}, Refresh.DUE, NOW)
        row = Row(url=ROOT + "/a", role="article", site="example.com")
        ledger.enqueue([row], NOW)
        redis_server.kill()
        redis_server.start()
        assert [lease.row for lease in ledger.lease("example.com", 9, Limits(), NOW)] == [row]
        assert ledger.outages == 1
        assert ledger.check() == ()


def test_a_server_that_stays_away_ends_the_wait_in_one_line(redis_server, redis_url):
    """Patience has an end; the line names the server without its password."""
    url = redis_url.replace("//", "//:secret@").replace("patience=60", "patience=0.3")
    redis_server.kill()
    try:
        with pytest.raises(LedgerError, match=r"^redis://127.0.0.1:\d+/0: can't be reached") as error:
            open_ledger(url, "one")
        assert "secret" not in str(error.value)
    finally:
        redis_server.start()


def test_another_programs_database_is_refused(redis_url):
    """A database that holds something else is left as it is."""
    redis = pytest.importorskip("redis").Redis.from_url(redis_url.partition("?")[0])
    redis.set("theirs", "1")
    with pytest.raises(LedgerError, match="another program's data; name one of its own"):
        open_ledger(redis_url)
    assert redis.keys() == [b"theirs"]


def test_a_newer_ledger_is_refused(redis_url):
    """A ledger that a later newsspider made is left alone."""
    pytest.importorskip("redis").Redis.from_url(redis_url.partition("?")[0]).hset("newsspider", "ledger", 99)
    with pytest.raises(LedgerError, match=r"newer newsspider.*upgrade"):
        open_ledger(redis_url)


def test_a_full_server_says_so(redis_url):
    """At its memory limit the line says what to do."""
    redis = pytest.importorskip("redis").Redis.from_url(redis_url.partition("?")[0])
    with open_ledger(redis_url, "one") as ledger:
        redis.config_set("maxmemory", "1")
        try:
            with pytest.raises(LedgerError, match="is full: its maxmemory is reached"):
                ledger.begin({"example.com": DEFAULT_INTERVALS}, Refresh.DUE, NOW)
        finally:
            redis.config_set("maxmemory", "0")


def test_a_password_is_taken_from_the_environment(redis_url, monkeypatch):
    """REDIS_PASSWORD is used where the URL has none, and a wrong one is told without being shown."""
    bare = redis_url.partition("?")[0]
    redis = pytest.importorskip("redis").Redis.from_url(bare)
    redis.config_set("requirepass", "sesame")
    try:
        with pytest.raises(LedgerError, match="set REDIS_PASSWORD"):
            open_ledger(redis_url)
        monkeypatch.setenv("REDIS_PASSWORD", "sesame")
        open_ledger(redis_url).close()
        monkeypatch.setenv("REDIS_PASSWORD", "wrongone")
        with pytest.raises(LedgerError, match="set REDIS_PASSWORD") as error:
            open_ledger(redis_url)
        assert "wrongone" not in str(error.value)
    finally:
        pytest.importorskip("redis").Redis.from_url(bare, password="sesame").config_set("requirepass", "")


@pytest.mark.parametrize("url", ["redis://host:x/0", "redis://host/0?lease=0", "redis://host/0?lease=soon"])
def test_a_wrong_address_is_told(url):
    """What no server can be reached by is one clear line."""
    with pytest.raises(LedgerError):
        address_of(url)


def test_without_the_extra_the_line_names_it():
    """Where redis-py is not installed the way out is said."""
    code = (
        "import sys; sys.modules['redis'] = None\n"
        "from newsspider.ledger import open_ledger\n"
        "open_ledger('redis://localhost/0')"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert "pip install 'newsspider[redis]'" in done.stderr.splitlines()[-1]
