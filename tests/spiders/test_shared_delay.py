"""The delay of a site, whoever asks it."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.redis_server import running_redis, why_missing
from tests.spiders.conftest import ROOT, Answer, ScriptedSite, address, listing, story

DELAY = 0.4


@pytest.mark.skipif(bool(why_missing()), reason=why_missing())
def test_the_delay_holds_across_workers(tmp_path: Path, site: ScriptedSite) -> None:
    """Two workers together ask a site no sooner than one would, by its Crawl-delay where that is longer."""
    numbers = range(12)
    site.says("/robots.txt", Answer(f"User-agent: *\nCrawl-delay: {DELAY}\n".encode(), seconds=0.1))
    site.says("/news", listing(*map(address, numbers)))
    for number in numbers:
        site.says(address(number), Answer(story(number).encode(), seconds=0.1))
    with running_redis(tmp_path) as redis:
        command = [
            sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={site.url}/news",
            "-s", f"LEDGER_URL={redis.url}", "-s", f"NEWSSPIDER_OUTPUT={tmp_path}",
            "-s", f"DOWNLOAD_DELAY={DELAY / 2}", "-s", "DOWNLOAD_DELAY_JITTER=0",
        ]  # fmt: skip
        workers = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) for _ in range(2)]
        assert [worker.wait(300) for worker in workers] == [0, 0]
    paths = site.paths()
    assert sorted(set(paths) - {"/robots.txt", "/news"}) == sorted(map(address, numbers))
    pages = [moment for moment, path in site.asked if path != "/robots.txt"]
    assert len(pages) == len(numbers) + 1
    assert all(later - earlier >= 0.95 * DELAY for earlier, later in pairwise(pages))
