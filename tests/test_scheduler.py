"""Crawls of the demo newsroom on one ledger: again, changed, stopped, limited, locked, damaged, full."""

import json
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.settings import Settings

from benchmarks import kills
from newsspider import settings as project
from newsspider.demo import Edition
from newsspider.demo.serve import running
from newsspider.extraction.identity import normalize_url
from newsspider.spiders.news import NewsSpider

SIZE = 12


class Desk:
    """A folder in which one newsroom site is crawled again and again on one ledger."""

    def __init__(self, folder, proxy_url):
        self.folder = folder
        self.environment = kills.crawl_environment(folder, proxy_url)
        self.command = kills.crawl_command(Edition(size=SIZE))
        self.command[self.command.index("site=all")] = "site=nordblatt.test"

    def start(self, *arguments, proxy_url=None, **options):
        """Start a crawl."""
        environment = self.environment | ({"http_proxy": proxy_url} if proxy_url else {})
        return subprocess.Popen(
            [*self.command, *arguments], cwd=kills.ROOT, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options,
        )  # fmt: skip

    def crawl(self, *arguments, **options):
        """Crawl to the end and give exit code and text."""
        process = self.start(*arguments, **options)
        text, _ = process.communicate(timeout=120)
        return process.returncode, text

    def lines(self):
        """All articles in the output, in order."""
        return [json.loads(line) for line in kills.lines(self.folder)]

    def versions(self):
        """How often each (URL, version) is in the output."""
        return Counter((normalize_url(line["canonical_url"]), line["version"]) for line in self.lines())

    def make_due(self):
        """Let an hour pass, in the ledger's eyes."""
        with closing(sqlite3.connect(self.folder / "output/ledger.sqlite")) as db, db:
            db.execute("UPDATE urls SET due = 1 WHERE due IS NOT NULL")

    def ledger(self, *question):
        """Ask ``scrapy ledger``."""
        command = [*self.command[:3], "ledger", *question]
        return subprocess.run(
            command, cwd=kills.ROOT, env=self.environment, text=True, capture_output=True, check=False
        )


def truth(edition):
    """The articles of the site that is crawled."""
    return {url for url in kills.truth(edition) if "nordblatt" in url}


@pytest.fixture(scope="module")
def edition():
    return Edition(size=SIZE)


@pytest.fixture(scope="module")
def proxy_url(edition):
    with running(edition) as newsroom:
        yield newsroom.proxy_url


@pytest.fixture
def desk(tmp_path, proxy_url):
    return Desk(tmp_path, proxy_url)


def test_a_run_an_hour_later_fetches_lists_only(desk, edition):
    """Nothing is due for an hour: no article is fetched or exported, and the verdict says so first."""
    began = time.time()
    code, text = desk.crawl()
    assert code == 0, text
    assert desk.versions() == dict.fromkeys(((url, 1) for url in truth(edition)), 1)
    an_hour_after = began + 3590 - time.time()  # the command takes seconds to start, more or less each time
    plain = desk.command
    desk.command = [*plain[:2], "benchmarks.clocked", str(an_hour_after), "0", "--", *plain[3:]]
    code, text = desk.crawl()
    assert code == 0, text
    assert text.splitlines()[0] == "Nothing was exported: all articles are known already"
    verdicts = (desk.folder / "output").glob("*.verdict.json")
    verdict = max(verdicts, key=lambda path: path.stat().st_mtime)
    pages = json.loads(verdict.read_text())["sites"]["nordblatt.test"]["pages"]
    assert set(pages) == {"section"}


def test_exactly_what_changed_is_exported_again(desk, edition):
    """When all is due and some articles were edited, those are exported as version 2 and nothing else."""
    desk.crawl()
    before = {normalize_url(line["canonical_url"]): line["article_body"] for line in desk.lines()}
    desk.make_due()
    with running(Edition(size=SIZE, revision=1, edited=0.3)) as newsroom:
        code, text = desk.crawl(proxy_url=newsroom.proxy_url)
    assert code == 0, text
    second = [line for line in desk.lines() if line["version"] == 2]
    assert len(desk.lines()) == len(before) + len(second)
    assert 0 < len(second) < len(before)
    assert all(line["article_body"] != before[normalize_url(line["canonical_url"])] for line in second)


def test_an_overwritten_feed_is_whole(desk, edition):
    """``-O`` takes every article again, so that the fresh file has all of them."""
    desk.crawl()
    feed = desk.folder / "fresh.jsonl"
    for _ in range(2):
        code, text = desk.crawl("-O", str(feed))
        assert code == 0, text
        lines = [json.loads(line) for line in feed.read_bytes().splitlines()]
        assert len(lines) == len(truth(edition))
        assert {line["version"] for line in lines} == {1}


def test_a_limited_run_leaves_the_rest_for_the_next(desk, edition):
    """max_articles ends a run exactly; what it left is in its verdict and is exported by the next run."""
    code, text = desk.crawl("-a", "max_articles=5")
    assert code == 0, text
    assert len(desk.lines()) == 5
    assert "left undone: max_articles:" in " ".join(text.split())
    desk.crawl()
    assert desk.versions() == dict.fromkeys(((url, 1) for url in truth(edition)), 1)


def test_a_damaged_ledger_ends_the_run_at_its_start(desk):
    """A ledger that is cut short is named in one line, and the exit code is not 0."""
    output = desk.folder / "output"
    output.mkdir()
    (output / "ledger.sqlite").write_bytes(b"SQLite format 3\0" + bytes(50))
    code, text = desk.crawl()
    assert code == 1
    assert "ledger.sqlite: is cut short: 66 bytes" in text
    assert "Traceback" not in text


def test_other_feeds_lose_nothing(desk, edition):
    """A CSV feed of a killed run may have lines twice in the end, but every article is there, and settled."""
    feed = f"{desk.folder}/part-%(time)s.csv"
    process = desk.start("-o", feed)
    while not any(path.stat().st_size for path in desk.folder.glob("*.csv")):
        assert process.poll() is None
        time.sleep(0.05)
    process.kill()
    process.communicate()
    code, text = desk.crawl("-o", feed)
    assert code == 0, text
    written = "".join(path.read_text(errors="replace") for path in Path(desk.folder).glob("*.csv"))
    assert all(url.split("://")[1] in written for url in truth(edition))
    assert f"exported new {len(truth(edition))}" in " ".join(desk.ledger("stats").stdout.split())


def test_the_ledger_can_be_asked(desk, edition):
    """``scrapy ledger`` counts, shows, forgets and checks; what was forgotten is exported again."""
    desk.crawl()
    url = desk.lines()[0]["url"]
    assert f"exported new {len(truth(edition))}" in " ".join(desk.ledger("stats").stdout.split())
    shown = desk.ledger("show", url)
    assert "state         exported (new)" in shown.stdout
    assert "version 1" in shown.stdout
    assert desk.ledger("show", "http://nordblatt.test/none").returncode == 1
    assert desk.ledger("due").stdout == ""
    assert desk.ledger("check").stdout == "the ledger is sound\n"
    assert desk.ledger("forget", url).stdout == "1 forgotten\n"
    desk.crawl()
    assert sum(line["url"] == url for line in desk.lines()) == 2
    assert desk.ledger("shew").returncode == 2


def test_without_a_ledger_the_question_is_answered_in_one_line(desk):
    """Asking before the first crawl makes no ledger."""
    done = desk.ledger("stats")
    assert done.returncode == 1
    assert "there is no ledger yet" in done.stderr
    assert not (desk.folder / "output").exists()


def test_scrapys_own_scheduler_can_be_set(desk, edition):
    """Without the ledger a crawl exports every article, and leaves no ledger behind."""
    code, text = desk.crawl("-s", "SCHEDULER=scrapy.core.scheduler.Scheduler")
    assert code == 0, text
    assert desk.versions() == dict.fromkeys(((url, 1) for url in truth(edition)), 1)
    assert not (desk.folder / "output/ledger.sqlite").exists()


def test_other_spiders_keep_scrapys_scheduler():
    """The project's settings name no scheduler: only the spiders that need the ledger set it."""
    settings = Settings()
    settings.setmodule(project)
    assert settings["SCHEDULER"] == "scrapy.core.scheduler.Scheduler"
    NewsSpider.update_settings(settings)
    assert settings["SCHEDULER"] == "newsspider.scheduler.LedgerScheduler"
