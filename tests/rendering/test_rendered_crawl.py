"""Crawls of sites that are empty until a script has run, by real browsers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from newsspider.demo import Edition, Newsroom
from newsspider.demo.serve import Running, running
from newsspider.extraction.identity import normalize_url
from tests.spiders.conftest import ROOT, Run, run_crawl

EDITION = Edition(size=12, sites="scripted")
SITES = str(ROOT / "newsspider/demo/sites/scripted")
FIELDS = ("headline", "description", "date_published", "authors", "keywords", "page_type")


def truth_of(site: str, edition: Edition) -> dict[str, dict[str, object]]:
    """Return what a crawl of *site* must give, by address."""
    truths = (truth for truth in Newsroom(edition).truths() if truth.exported and truth.site == site)
    return {normalize_url(truth.canonical_url): asdict(truth) for truth in truths}


def wrong_items(run: Run, site: str, edition: Edition = EDITION) -> dict[str, object]:
    """Return what of *run* is not exactly the truth of *site*."""
    truth = truth_of(site, edition)
    items = {normalize_url(str(item["canonical_url"])): item for item in run.items}
    wrong: dict[str, object] = dict.fromkeys(truth.keys() - items.keys(), "missing")
    wrong |= dict.fromkeys(items.keys() - truth.keys(), "should not be")
    if len(items) != len(run.items):
        wrong["twice"] = len(run.items) - len(items)
    for url in items.keys() & truth.keys():
        said = {name: list(v) if isinstance(v := truth[url][name], tuple) else v for name in FIELDS}
        said["article_body"] = "\n\n".join(
            block["text"] for block in truth[url]["blocks"] if block["role"] != "standfirst"
        )
        wrong |= {f"{url} {name}": (v, items[url][name]) for name, v in said.items() if v != items[url][name]}
    return wrong


def surroundings(newsroom: Running) -> dict[str, str]:
    """Return the environment variables of a crawl of *newsroom*."""
    return {"http_proxy": newsroom.proxy_url, "no_proxy": "", "NEWSSPIDER_SITES": SITES}


@pytest.fixture
def newsroom() -> Iterator[Running]:
    with running(EDITION) as server:
        yield server


def test_modern_site_waits_and_comes_to_the_letter(chromium: str, newsroom: Running, tmp_path: Path) -> None:
    """What a run without a browser leaves, Chromium brings exactly, past consent dialog and "load more"."""
    arguments = ("-a", "site=prisma.test")
    first = run_crawl(tmp_path, *arguments, **surroundings(newsroom))
    assert first.counts("left") == {"needs_rendering": 2}
    assert "the pages need a browser: set RENDERER" in str(first.verdict["headline"])
    assert first.exit_code == 1
    for path in first.output.glob("*.json*"):
        path.unlink()

    run = run_crawl(tmp_path, *arguments, "-s", "RENDERER=playwright", **surroundings(newsroom))
    assert run.exit_code == 0, run.text
    assert wrong_items(run, "prisma.test") == {}
    assert run.counts("failed") == {}
    assert not {"ERROR", "WARNING", "Traceback"} & set(run.text.replace(":", " ").split())


def test_old_site_to_the_letter(splash: str, newsroom: Running, tmp_path: Path) -> None:
    """Splash brings every article of a site of 2012 exactly, those behind "More stories" too."""
    run = run_crawl(
        tmp_path, "-a", "site=tidewater.test", "-s", "RENDERER=splash", "-s", f"SPLASH_URL={splash}",
        **surroundings(newsroom),
    )  # fmt: skip
    assert run.exit_code == 0, run.text
    assert wrong_items(run, "tidewater.test") == {}
    assert run.counts("failed") == {}
    assert not {"ERROR", "WARNING", "Traceback"} & set(run.text.replace(":", " ").split())


def test_splash_that_is_not_there(newsroom: Running, tmp_path: Path) -> None:
    """A Splash that does not answer ends the run with one line and exit code 1; the pages wait."""
    run = run_crawl(
        tmp_path, "-a", "site=tidewater.test", "-s", "RENDERER=splash",
        "-s", "SPLASH_URL=http://127.0.0.1:9", **surroundings(newsroom),
    )  # fmt: skip
    assert run.exit_code == 1
    assert run.verdict["ended_by"] == "renderer_down"
    (line,) = (line for line in run.text.splitlines() if line.startswith("ERROR"))
    assert line.startswith("ERROR: Splash does not answer at http://127.0.0.1:9 (SPLASH_URL)")


def test_no_browser(newsroom: Running, tmp_path: Path) -> None:
    """A browser that can't be started ends the run with one line that says what to install."""
    options = '{"executable_path": "/nowhere/chromium"}'
    run = run_crawl(
        tmp_path, "-a", "site=prisma.test", "-s", "RENDERER=playwright",
        "-s", f"PLAYWRIGHT_LAUNCH_OPTIONS={options}", **surroundings(newsroom),
    )  # fmt: skip
    assert run.exit_code == 1
    assert run.verdict["ended_by"] == "renderer_down"
    (line,) = (line for line in run.text.splitlines() if line.startswith("ERROR"))
    assert "install the Debian package chromium" in line


def browsers_of(crawl: int) -> list[int]:
    """Return the ids of the browsers that the process *crawl* has started, not those of their helpers."""
    parents, found = {}, []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            line = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        pid = int(folder.name)
        parents[pid] = int(status[1])
        if "--headless" in line and "--type=" not in line:
            found.append(pid)

    def belongs(pid: int) -> bool:
        while pid > 1 and pid != crawl:
            pid = parents.get(pid, 0)
        return pid == crawl

    return [pid for pid in found if belongs(pid)]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the browser in /proc")
def test_browser_killed(chromium: str, tmp_path: Path) -> None:
    """A browser that is killed in mid-crawl is replaced, and nothing is lost or there twice."""
    edition = Edition(size=20, sites="scripted")
    output = tmp_path / "output"
    with running(edition) as newsroom:
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "news", "-a", "site=prisma.test",
             "-s", "RENDERER=playwright", "-s", "NEWSSPIDER_RENDER_PAGES_PER_BROWSER=12"],
            cwd=ROOT, env=os.environ | {"NEWSSPIDER_OUTPUT": str(output)} | surroundings(newsroom),
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        killed = 0
        while process.poll() is None and killed < 2:
            lines = sum(len(path.read_bytes().splitlines()) for path in output.glob("*.jsonl"))
            if lines >= 4 + 10 * killed:
                for pid in browsers_of(process.pid):
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
            time.sleep(0.05)
        _, text = process.communicate(timeout=120)
    run = Run(process.returncode, text, output)
    assert killed >= 2
    assert run.exit_code == 0, text
    assert wrong_items(run, "prisma.test", edition) == {}, text
    assert run.counts("failed") == {}
