"""Real scrapyd nodes: the egg is deployed to them, jobs run on them, and one is killed in mid-job."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from scrapy.settings import Settings

from newsspider.demo import Edition, Newsroom
from newsspider.demo.serve import running
from newsspider.extraction.identity import normalize_url
from newsspider.scheduling import (
    Credentials,
    MemoryStore,
    Scheduler,
    Scrapyd,
    look,
    make_round,
    read_schedule_file,
    status,
)
from newsspider.scheduling import Node as NodeOfFile
from newsspider.spiders.jobs import scheduled_jobs

ROOT = Path(__file__).parents[2]
DEMO_SITES = ROOT / "newsspider" / "demo" / "sites"
EDITION = Edition(seed=6, size=25)
SITES = ("harbour-notes.test", "newsx.test")
SCHEDULE = """
[schedule]
every = "1h"
args = { max_pages = "99" }

[[template]]"""


@pytest.fixture
def proxy_url() -> Iterator[str]:
    """Serve the demo newsroom."""
    with running(EDITION) as newsroom:
        yield newsroom.proxy_url


def deploy(clone: Path, egg: Path, node, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``scrapyd-deploy`` in the clone, against *node*."""
    config = (ROOT / "scrapy.cfg").read_text("utf-8").replace("http://127.0.0.1:6800", node.url)
    (clone / "scrapy.cfg").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "scrapyd_client.deploy", "--egg", str(egg)]
    env = os.environ | node.credentials | environment
    return subprocess.run(
        command, cwd=clone, env=env, check=False, capture_output=True, text=True, timeout=120
    )


def test_an_egg_is_deployed_and_its_jobs_take_arguments(clone, egg, make_node, proxy_url, until):
    """Deployed with the password, refused without; a job takes arguments and settings; one is cancelled."""
    node = make_node("node", http_proxy=proxy_url, NEWSSPIDER_SITES=str(DEMO_SITES))
    refused = deploy(clone, egg, node, SCRAPYD_PASSWORD="wrong")
    # scrapyd may close the connection before all of the egg is sent: then its 401 is not what is told
    assert (refused.returncode, "Deploy failed" in refused.stderr) == (1, True), refused.stderr
    assert "newsspider" not in node.ask("listprojects.json")["projects"]
    assert requests.get(f"{node.url}/listjobs.json", timeout=60).status_code == 401
    done = deploy(clone, egg, node)
    assert (done.returncode, json.loads(done.stdout)["spiders"]) == (0, 2), done.stderr

    common = {"project": "newsspider", "spider": "news", "site": "newsx.test"}
    limited = {"max_articles": "3", "max_pages": "2", "discover": "feeds,sections", "related_depth": "0"}
    more = {"since": "2001-01-01", "until": "2031-01-01", "refresh": "none"}
    node.ask(
        "schedule.json",
        jobid="limited",
        setting=["LOG_LEVEL=INFO", "RETRY_TIMES=1"],
        **common,
        **limited,
        **more,
    )
    node.ask("schedule.json", jobid="mistaken", max_page="3", **common | {"site": "nordblatt.test"})
    until(lambda: node.state("limited") == node.state("mistaken") == "finished", "two jobs are finished")
    (feed,) = node.output.glob("*.jsonl")
    assert feed.name.startswith("newsx.test-")
    assert feed.stem.endswith("-limited")
    assert len(feed.read_bytes().splitlines()) == 3
    logs = node.folder / "logs" / "newsspider" / "news"
    beside_feed = json.loads(feed.with_suffix(".verdict.json").read_text("utf-8"))
    assert beside_feed == json.loads((logs / "limited.verdict.json").read_text("utf-8"))
    assert (beside_feed["ended_by"], beside_feed["ok"]) == ("max_articles", True)
    assert "INFO: Spider opened" in (logs / "limited.log").read_text("utf-8")
    assert (logs / "mistaken.log").read_text("utf-8") == (
        "ERROR: unknown argument 'max_page': did you mean 'max_pages'?\n"
    )
    assert not (logs / "mistaken.verdict.json").exists()

    slots = json.dumps({"newsx.test": {"delay": 2.0, "concurrency": 1}})
    slow = ["LOG_LEVEL=INFO", "CONCURRENT_REQUESTS=2", f"DOWNLOAD_SLOTS={slots}"]
    node.ask("schedule.json", jobid="slow", setting=slow, **common)
    opened = logs / "slow.log"
    until(lambda: opened.exists() and "Crawled 0 pages" in opened.read_text("utf-8"), "the job has begun")
    assert node.ask("cancel.json", project="newsspider", job="slow")["prevstate"] == "running"
    until(lambda: node.state("slow") == "finished", "the job is cancelled")
    cancelled = json.loads((logs / "slow.verdict.json").read_text("utf-8"))
    assert (cancelled["ended_by"], cancelled["ok"]) == ("shutdown", False)


class Desk:
    """The scheduler with a clock of its own."""

    def __init__(self, folder: Path, sites: Path, nodes) -> None:
        self.nodes = {node.name: node for node in nodes}
        path = folder / "schedule.toml"
        tables = [f'[[node]]\nname = "{node.name}"\nurl = "{node.url}"\n' for node in nodes]
        path.write_text("\n".join(tables), encoding="utf-8")
        settings = Settings({"SPIDER_MODULES": ["newsspider.spiders"], "NEWSSPIDER_SITES": str(sites)})
        table = read_schedule_file(path)
        clients = {
            node.name: Scrapyd(
                NodeOfFile(name=node.name, url=node.url),
                table.project,
                Credentials.of(NodeOfFile(name=node.name, url=node.url), self.nodes[node.name].credentials),
            )
            for node in table.node
        }
        self.scheduler = Scheduler(scheduled_jobs(table, str(path), settings), clients, table.takeover)
        self.store = MemoryStore(folder / "schedule.sqlite")
        self.now = datetime.now(UTC)

    def round(self):
        self.now += timedelta(seconds=10)
        return make_round(self.scheduler, self.store, lambda: self.now)

    def rest(self) -> bool:
        """Make a round; tell whether no run is under way after it."""
        self.round()
        return not self.store.load().runs

    def status(self):
        view = look(self.scheduler, self.store.load(), self.now)
        return {row.job: row for row in status(self.scheduler.jobs, view, self.now)}


def test_two_nodes_of_which_one_is_killed_in_mid_job(clone, egg, make_node, proxy_url, tmp_path, until):
    """Sites stay on their nodes; a dead one's wait; after its next run every article is there once."""
    sites = tmp_path / "sites"
    sites.mkdir()
    for name in SITES:
        text = (DEMO_SITES / f"{name}.toml").read_text("utf-8").replace("delay = 0.0", "delay = 0.02")
        (sites / f"{name}.toml").write_text(text.replace("\n[[template]]", SCHEDULE, 1), encoding="utf-8")
    environment = {"http_proxy": proxy_url, "NEWSSPIDER_SITES": str(sites)}
    a, b = make_node("a", **environment), make_node("b")
    assert deploy(clone, egg, a).returncode == 0
    shutil.copytree(a.folder / "eggs", b.folder / "eggs")
    b.kill()
    b.environment |= environment
    b.start()
    desk = Desk(tmp_path, sites, (a, b))

    first = desk.round()
    assert {run.job: run.node for run in first.started} == {"harbour-notes.test": "a", "newsx.test": "b"}
    assert not desk.round().started
    until(
        lambda: any(len(path.read_bytes().splitlines()) > 4 for path in b.output.glob("*.jsonl")), "b works"
    )
    b.kill()
    until(lambda: desk.round().problems and len(desk.store.load().runs) == 1, "a is done, b is silent")
    rows = desk.status()
    assert (rows["harbour-notes.test"].is_well, rows["harbour-notes.test"].verdict[:4]) == (True, "ok: ")
    assert (rows["newsx.test"].node, rows["newsx.test"].is_well) == ("b", False)
    assert "under way on a node that does not answer" in rows["newsx.test"].last

    b.start()
    back = desk.round()
    assert [(job, last.text) for job, last in back.ended] == [
        ("newsx.test", "it was cut off when b went down")
    ]
    assert [(run.job, run.node, run.makes_up) for run in back.started] == [("newsx.test", "b", True)]
    until(desk.rest, "all runs have ended")
    assert all(row.is_well for row in desk.status().values()), desk.status()
    found = Counter(
        normalize_url(json.loads(line)["canonical_url"])
        for node in (a, b)
        for path in node.output.glob("*.jsonl")
        for line in path.read_bytes().splitlines()
    )
    wanted = {
        normalize_url(truth.canonical_url)
        for truth in Newsroom(EDITION).truths()
        if truth.exported and truth.site in SITES
    }
    assert (wanted - set(found), set(found) - wanted) == (set(), set())
    assert [url for url, times in found.items() if times > 1] == []
