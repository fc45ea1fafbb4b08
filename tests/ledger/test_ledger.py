import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from newsspider.errors import LedgerError
from newsspider.ledger import (
    DEFAULT_INTERVALS,
    Limits,
    Refresh,
    Row,
    SqliteLedger,
    State,
    find_ledger,
    open_ledger,
)
from tests.ledger.conftest import ROOT, Crawl


def fill(crawl):
    """Bring URLs into every state."""
    crawl.enter("/list", role="section")
    crawl.enter(*(f"/{n}" for n in range(10)))
    crawl.take(7)
    crawl.settle("/list", "listed", "read")
    crawl.settle("/0", completion=crawl.completion(1))
    crawl.settle("/1", "dropped", "login")
    crawl.settle("/2", "dropped", "soft_404")
    crawl.settle("/3", "failed", "http_503")


def test_every_url_is_in_one_state(crawl):
    """The counts by state and reason add up to the number of URLs."""
    fill(crawl)
    counts = crawl.ledger.stats()
    assert sum(count.urls for count in counts) == 11
    assert Counter({(c.state, c.reason): c.urls for c in counts}) == {
        (State.LISTED, "read"): 1,
        (State.EXPORTED, "new"): 1,
        (State.DROPPED, "login"): 1,
        (State.DROPPED, "soft_404"): 1,
        (State.FAILED, "http_503"): 1,
        (State.LEASED, ""): 2,
        (State.WAITING, ""): 4,
    }


def test_show_tells_all(crawl):
    """A URL's entry has its state, reason, times and article; a URL that is not there has none."""
    crawl.enter("/list", role="section")
    crawl.enter("/0", found_on="https://example.com/list")
    crawl.take()
    crawl.settle("/0", completion=crawl.completion(1), validator='W/"1"')
    entry = crawl.show("/0")
    assert entry.row.found_on == "https://example.com/list"
    assert (entry.state, entry.reason, entry.at) == (State.EXPORTED, "new", crawl.now)
    assert entry.due == crawl.now + timedelta(hours=1)
    assert (entry.validator, entry.completion.id) == ('W/"1"', f"{1:032x}")
    assert crawl.show("/none") is None


def test_due_lists_the_longest_overdue_first(crawl):
    """What is due comes in the order in which it became so."""
    for path in ("/a", "/b"):
        crawl.enter(path)
        crawl.settle(path)
        crawl.now += timedelta(minutes=1)
    assert [entry.row.url for entry in crawl.ledger.due(crawl.now)] == []
    later = crawl.now + timedelta(hours=2)
    assert [entry.row.url[-2:] for entry in crawl.ledger.due(later)] == ["/a", "/b"]


def test_forget_takes_the_url_and_its_article(crawl):
    """A forgotten article is new when it is found again, and what it led to stays."""
    crawl.enter("/a")
    crawl.take()
    crawl.settle(
        "/a", completion=crawl.completion(1), children=(crawl.row("/b", found_on="https://example.com/a"),)
    )
    crawl.ledger.end("finished", crawl.now)
    assert crawl.ledger.forget("https://example.com/a*") == 1
    assert crawl.ledger.completions([f"{1:032x}"]) == {}
    assert crawl.show("/b").row.found_on is None
    assert crawl.ledger.check() == ()
    crawl.begin()
    assert crawl.enter("/a") == ["new"]


def test_forget_is_refused_while_the_site_is_crawled(sqlite_crawl):
    """A crawl that runs keeps its URLs."""
    sqlite_crawl.enter("/a")
    with SqliteLedger(sqlite_crawl.path) as other, pytest.raises(LedgerError, match="another crawl"):
        other.forget("*")


def test_a_sound_ledger_has_no_problems(crawl):
    """Check finds nothing wrong with a ledger that was used."""
    fill(crawl)
    assert crawl.ledger.check() == ()


def test_check_names_what_is_wrong(sqlite_crawl):
    """An inconsistency is counted and named."""
    fill(sqlite_crawl)
    sqlite_crawl.ledger._db.execute("UPDATE urls SET reason = NULL WHERE state = 3")
    assert sqlite_crawl.ledger.check() == ("2 settled URLs without a reason",)


def test_two_crawls_of_one_site_are_refused(sqlite_crawl):
    """The second crawl of a site says who has it; a crawl of another site on the same ledger runs."""
    with SqliteLedger(sqlite_crawl.path) as other:
        with pytest.raises(LedgerError, match=f"example.com is running.*process {os.getpid()}"):
            other.begin(
                dict.fromkeys(("other.org", "example.com"), DEFAULT_INTERVALS), Refresh.DUE, sqlite_crawl.now
            )
        other.begin({"other.org": DEFAULT_INTERVALS}, Refresh.DUE, sqlite_crawl.now)
        sqlite_crawl.enter("/a")
        other.enqueue([sqlite_crawl.row("/b", site="other.org")], sqlite_crawl.now)
        assert sqlite_crawl.take() == ["/a"]
        assert len(other.lease("other.org", 9, Limits(), sqlite_crawl.now)) == 1


def test_a_killed_process_leaves_no_lock(path):
    """The next crawl begins right after kill -9 of the one before."""
    code = (
        "import os, signal, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from newsspider.ledger import *\n"
        "ledger = SqliteLedger(Path(sys.argv[1])); now = datetime.now(UTC)\n"
        "ledger.begin({'example.com': DEFAULT_INTERVALS}, Refresh.DUE, now)\n"
        "ledger.enqueue([Row(url='https://example.com/a', role='article', site='example.com')], now)\n"
        "ledger.lease('example.com', 1, Limits(), now); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, path], check=False).returncode == -9
    with SqliteLedger(path) as ledger:
        start = ledger.begin({"example.com": DEFAULT_INTERVALS}, Refresh.DUE, datetime.now(UTC))
        assert (start.run, start.taken_up) == (2, 1)


def test_a_step_that_fails_leaves_nothing(sqlite_crawl):
    """A batch with a row that cannot be entered is undone whole, and the next one works."""
    with pytest.raises(AttributeError):
        sqlite_crawl.ledger.enqueue([sqlite_crawl.row("/a", site="new-site.org"), None], sqlite_crawl.now)
    assert sqlite_crawl.show("/a") is None
    assert sqlite_crawl.enter("/a", site="new-site.org") == ["new"]
    assert sqlite_crawl.take(site="new-site.org") == ["/a"]


def test_what_is_due_is_listed_in_time_linear_in_its_number(tmp_path):
    """Of twice as many articles that are due SQLite's work is about twice as much, and not four times."""
    steps = []
    for many in (200, 400):
        path = tmp_path / f"{many}.sqlite"
        crawl = Crawl(lambda path=path: SqliteLedger(path), str(path))
        crawl.begin()
        crawl.enter(*(f"/{n}" for n in range(many)))
        crawl.take(many)
        for n in range(many):
            crawl.settle(f"/{n}", completion=crawl.completion(n))
        crawl.next(hours=2)
        steps.append(0)

        def step():
            steps[-1] += 1

        crawl.ledger._db._connection.set_progress_handler(step, 100)
        due = list(crawl.ledger.due(crawl.now))
        crawl.ledger.close()
        assert {entry.completion.url for entry in due} == {f"{ROOT}/{n}" for n in range(many)}
    assert steps[1] < 3 * steps[0]


def test_open_ledger_takes_paths_and_sqlite_urls(tmp_path):
    """A bare path and a sqlite URL name a file; any other scheme is refused by name."""
    for url in (str(tmp_path / "a.sqlite"), f"sqlite:///{tmp_path}/b.sqlite"):
        open_ledger(url).close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.sqlite", "b.sqlite"]
    with pytest.raises(LedgerError, match="no ledger for 'mysql'"):
        open_ledger("mysql://localhost/news")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite://ledger.sqlite"])
def test_a_sqlite_url_without_a_path_is_refused(url):
    """Too few slashes name no file, and are not taken for the working folder."""
    with pytest.raises(LedgerError, match="names no file: a path comes after three slashes"):
        open_ledger(url)


def test_who_asks_a_ledger_makes_none(tmp_path):
    """A ledger that is looked for and not there is an error, and is not there afterwards."""
    for url in (str(tmp_path / "typo.sqlite"), f"sqlite:///{tmp_path}/typo.sqlite"):
        with pytest.raises(LedgerError, match=r"typo\.sqlite: there is no ledger yet"):
            find_ledger(url)
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_that_a_crawl_made_is_found(crawl):
    """A ledger of either kind is found where a crawl has made it."""
    crawl.enter("/a")
    with closing(find_ledger(crawl.url)) as ledger:
        assert sum(count.urls for count in ledger.stats()) == 1


def test_who_asks_an_empty_database_leaves_it_so(redis_url):
    """An empty Redis database is no ledger, and is not made one by a question."""
    for _ in range(2):
        with pytest.raises(LedgerError, match=r"^redis://.*: there is no ledger yet"):
            find_ledger(redis_url)


def made(path):
    """Make a ledger with enough rows to have many pages, and close it."""
    with SqliteLedger(path) as ledger:
        rows = [Row(url=f"https://example.com/{n}", role="article", site="e") for n in range(2000)]
        ledger.enqueue(rows, datetime.now(UTC))


def test_a_truncated_ledger_is_refused(path):
    """A file that is shorter than it says is named as cut short, an empty one too."""
    made(path)
    whole = path.read_bytes()
    for size in (len(whole) // 2, 50, 0):
        path.write_bytes(whole[:size])
        with pytest.raises(LedgerError, match=rf"ledger.sqlite: is cut short: {size} bytes"):
            SqliteLedger(path)


def test_a_damaged_ledger_says_so(path):
    """Pages overwritten with noise give one line that says damaged, and check tells more."""
    made(path)
    data = bytearray(path.read_bytes())
    for start in range(4096 * 3, len(data), 4096):
        data[start : start + 200] = b"\xff" * 200
    path.write_bytes(data)
    with SqliteLedger(path) as ledger:
        with pytest.raises(LedgerError, match=r"ledger\.sqlite: is damaged"):
            ledger.stats()
        assert ledger.check()


def test_a_foreign_file_is_refused(path):
    """Neither a text file nor another program's database is taken for a ledger."""
    path.write_text("notes " * 100)
    with pytest.raises(LedgerError, match="is no ledger"):
        SqliteLedger(path)
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (a)")
    other.close()
    with pytest.raises(LedgerError, match="database of another program"):
        SqliteLedger(path)


def test_a_newer_ledger_is_refused(path):
    """A ledger that a later newsspider made is left alone."""
    SqliteLedger(path).close()
    with sqlite3.connect(path) as later:
        later.execute("PRAGMA user_version = 99")
    later.close()
    with pytest.raises(LedgerError, match=r"newer newsspider.*upgrade"):
        SqliteLedger(path)


def test_a_read_only_ledger_says_so(sqlite_crawl):
    """A write that is not allowed is one line, not a traceback of SQLite's."""
    sqlite_crawl.ledger._db.execute("PRAGMA query_only = ON")
    with pytest.raises(LedgerError, match="is read-only"):
        sqlite_crawl.enter("/a")


def test_a_folder_that_cannot_be_written_says_so(tmp_path):
    """A ledger below a file is refused with the system's reason."""
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="cannot be made: "):
        SqliteLedger(tmp_path / "file" / "ledger.sqlite")


def test_a_full_disk_says_so_and_loses_nothing(path):
    """When no more can be written the error says so, and what was entered before is there afterwards."""
    code = (
        "import resource, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from newsspider.errors import LedgerError; from newsspider.ledger import *\n"
        "ledger = SqliteLedger(Path(sys.argv[1])); now = datetime.now(UTC)\n"
        "ledger.enqueue([Row(url='https://example.com/kept', role='article', site='e')], now)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try:\n"
        "    for n in range(100):\n"
        "        urls = [f'https://e.org/{n}/{m}' for m in range(100)]\n"
        "        ledger.enqueue([Row(url=url, role='article', site='e') for url in urls], now)\n"
        "except LedgerError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True)
    assert "the disk is full" in done.stdout
    assert done.stdout.count("\n") == 1
    with SqliteLedger(path) as ledger:
        assert ledger.check() == ()
        assert ledger.show("https://example.com/kept") is not None
