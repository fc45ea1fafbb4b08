"""Crawls by several workers on one ledger in Redis."""

import random
import subprocess
import sys
import time

import pytest

from benchmarks import kills, workers
from benchmarks.redis_server import running_redis, why_missing
from newsspider.demo import Edition

pytestmark = pytest.mark.skipif(bool(why_missing()), reason=why_missing())


def test_two_workers_one_of_them_killed_bring_every_article_once(tmp_path):
    """After kill -9 of a worker, and the start of another, the merged feeds are the newsroom's truth."""
    with workers.crewed(Edition(size=24), tmp_path) as (crew, _, _):
        crew.start()
        crew.start(sites=workers.other_sites(tmp_path))
        until = time.monotonic() + 300
        while not any(kills.lines(tmp_path)) and time.monotonic() < until:
            time.sleep(0.05)
        crew.kill_one(random.Random(1))
        crew.wait()
        workers.finish(crew)
        outcome = workers.compare(crew)
    assert outcome.is_perfect, outcome
    assert "nothing missing, nothing twice" in outcome.proof


def crawl(url, output, *more):
    """Start a crawl of the section page at *url*."""
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={url}", *more]
    return subprocess.Popen(
        [*command, "-s", f"NEWSSPIDER_OUTPUT={output}"],
        cwd=kills.ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def test_a_redis_that_is_not_there_is_one_clear_line(tmp_path):
    """The run ends at its start, with exit code 1, and says which server did not answer."""
    ledger = "LEDGER_URL=redis://:secret@127.0.0.1:1/0"
    process = crawl("http://127.0.0.1:1/", tmp_path, "-s", ledger)
    text, _ = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "redis://127.0.0.1:1/0: can't be reached" in text
    assert "secret" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize("feed", ["all.jsonl", "%(worker)s.csv"])
def test_a_feed_that_cannot_be_merged_is_refused(tmp_path, feed):
    """Workers that share a ledger write plain JSON Lines, each into a file of its own."""
    with running_redis(tmp_path) as redis:
        options = ("-s", f"LEDGER_URL={redis.url}", "-o", f"{tmp_path}/{feed}")
        process = crawl("http://127.0.0.1:1/", tmp_path, *options)
        text, _ = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "workers that share a ledger write" in text
