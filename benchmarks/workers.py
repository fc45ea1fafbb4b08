"""Many workers on one ledger in Redis, and all that can happen to them: is every article there once?

    python -m benchmarks.workers [--workers 4] [--size 1250] [--kills 20] [--seed 1] [--calm]

Workers crawl a fresh demo newsroom (four sites of ``--size`` ordinary stories each). At random moments of the
crawl one of them is killed with kill -9 and started again; once Redis itself is killed and started again with
its file, and once the network between it and the workers is cut for ten seconds. One worker has other site
files. A worker that finds no Redis at its start is started again, as a service manager does. When all have
ended ``scrapy feed merge`` makes one file, which is compared with the truth of the newsroom.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import kills
from benchmarks.redis_server import RedisServer, Relay, running_redis
from newsspider.demo import Edition
from newsspider.demo.serve import running
from newsspider.extraction.identity import normalize_url
from newsspider.ledger import Ledger, Limits, State, open_ledger

CUT_SECONDS = 10.0
LONGEST_SECONDS = 3600.0


@dataclass
class Crew:
    """Worker processes on one ledger, started again when they are killed."""

    folder: Path
    ledger_url: str
    proxy_url: str
    edition: Edition
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    options: tuple[str, ...] = ()
    _replaced: set[int] = field(default_factory=set)

    def start(self, *, sites: Path | None = None) -> None:
        """Start one more worker, with the site files of the folder *sites* if there is one."""
        environment = kills.crawl_environment(self.folder, self.proxy_url)
        environment["LEDGER_URL"] = self.ledger_url
        if sites is not None:
            environment["NEWSSPIDER_SITES"] = str(sites)
        command = [
            *kills.crawl_command(self.edition), "-s", f"LEDGER_URL={self.ledger_url}", *self.options
        ]  # fmt: skip
        with self._log(len(self.processes)).open("wb") as log:
            self.processes.append(
                subprocess.Popen(command, cwd=kills.ROOT, env=environment, stdout=log, stderr=log)
            )

    def running(self) -> list[subprocess.Popen[bytes]]:
        """Those that have not ended."""
        return [process for process in self.processes if process.poll() is None]

    def kill_one(self, draw: random.Random) -> None:
        """Kill one of them as kill -9 does, and start another."""
        victim = draw.choice(self.running())
        victim.kill()
        victim.wait()
        self.start()

    def tend(self) -> None:
        """Start another for each that found no ledger when it started."""
        for number, process in enumerate(self.processes):
            if process.poll() == 1 and number not in self._replaced and self._found_none(number):
                self._replaced.add(number)
                self.start()

    def wait(self) -> None:
        """Wait until all have ended by themselves."""
        while self.running():
            self.running()[0].wait(LONGEST_SECONDS)
            self.tend()

    def exit_codes(self) -> Counter[int]:
        """Count how they ended, but for those that found no ledger at their start."""
        return Counter(
            process.returncode
            for number, process in enumerate(self.processes)
            if number not in self._replaced
        )

    def _found_none(self, number: int) -> bool:
        return "the ledger could not be opened" in " ".join(self._log(number).read_text().split())

    def _log(self, number: int) -> Path:
        return self.folder / f"log-{number}.txt"

    def kill(self) -> None:
        """End them all."""
        for process in self.running():
            process.kill()
            process.wait()


@dataclass
class Outcome:
    """What came of it."""

    merged: bool
    proof: str
    lost: set[str]
    twice: set[str]
    foreign: set[str]
    exit_codes: Counter[int]

    @property
    def is_perfect(self) -> bool:
        """Every article once, nothing else, and no worker ended badly but those that were killed."""
        ended_well = set(self.exit_codes) <= {0, -9}
        return self.merged and ended_well and not (self.lost or self.twice or self.foreign)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--size", type=int, default=1250)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calm", action="store_true", help="kills only")
    parser.add_argument("--keep", type=Path, help="leave feeds and logs in this folder")
    options = parser.parse_args()
    edition = Edition(seed=options.seed, size=options.size)
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        with crewed(edition, folder) as (crew, redis, relay):
            for number in range(options.workers):
                old = number == options.workers - 1 and not options.calm
                crew.start(sites=other_sites(folder) if old else None)
            events = ["kill"] * options.kills + ([] if options.calm else ["redis", "network"])
            draw.shuffle(events)
            dealt = Counter(trouble(crew, redis, relay, draw, events))
            crew.wait()
            finish(crew)
            outcome = compare(crew)
    print(f"{options.workers} workers, {time.perf_counter() - started:.0f} s, dealt: {dict(dealt)}")
    print(outcome.proof)
    print(
        f"{len(kills.truth(edition))} articles: {len(outcome.lost)} lost, {len(outcome.twice)} twice, "
        f"{len(outcome.foreign)} foreign; exit codes {dict(outcome.exit_codes)}"
    )
    for what in ("lost", "twice", "foreign"):
        for url in sorted(getattr(outcome, what))[:5]:
            print(f"  {what}: {url}")
    complete = dealt["kill"] == options.kills
    print("nothing lost, nothing twice" if outcome.is_perfect else "FAILED", end="")
    print("" if complete else f", but the crawl was over before {options.kills} kills: take a larger --size")
    sys.exit(not (outcome.is_perfect and complete))


@contextmanager
def crewed(edition: Edition, folder: Path) -> Iterator[tuple[Crew, RedisServer, Relay]]:
    """Give a crew without workers yet, on a Redis and a newsroom of its own."""
    (folder / "redis").mkdir()
    with running(edition) as newsroom, running_redis(folder / "redis") as redis, Relay(redis.port) as relay:
        crew = Crew(folder, redis.url_by(relay.port), newsroom.proxy_url, edition)
        try:
            yield crew, redis, relay
        finally:
            crew.kill()


def trouble(
    crew: Crew, redis: RedisServer, relay: Relay, draw: random.Random, events: list[str]
) -> Iterator[str]:
    """Make the *events* as the crawl comes along, while there is somebody to trouble; give those made."""
    articles = len(kills.truth(crew.edition))
    moments = sorted(draw.uniform(0.02, 0.9) * articles for _ in events)
    with closing(open_ledger(crew.ledger_url)) as ledger:
        for event, moment in zip(events, moments, strict=True):
            while exported(ledger) < moment and crew.running():
                time.sleep(0.1)
                crew.tend()
            if not crew.running():
                return
            if event == "kill":
                crew.kill_one(draw)
            elif event == "redis":
                redis.kill()
                time.sleep(draw.uniform(0.5, 3))
                redis.start()
            else:
                relay.cut()
                time.sleep(CUT_SECONDS)
                relay.mend()
            print(f"{event} after {exported(ledger)} articles: {len(crew.running())} workers", flush=True)
            yield event


def exported(ledger: Ledger) -> int:
    """Return how many articles are in the output."""
    return sum(count.urls for count in ledger.stats() if count.state is State.EXPORTED)


def finish(crew: Crew) -> None:
    """Run one more worker as long as URLs wait: those of a host that did not answer, on a busy machine."""
    limits = Limits(max_pages=crew.edition.size, related_depth=1)
    with closing(open_ledger(crew.ledger_url)) as ledger:
        sites = {count.site for count in ledger.stats()}
        while any(ledger.pending(site, limits).get(None) for site in sites):
            crew.start()
            crew.wait()


def compare(crew: Crew) -> Outcome:
    """Merge the feeds and compare them with the truth."""
    merged = crew.folder / "merged.jsonl"
    command = [*kills.crawl_command(crew.edition)[:3], "feed", "merge", "-o", str(merged)]
    command += ["-s", f"LEDGER_URL={crew.ledger_url}"]
    environment = kills.crawl_environment(crew.folder, crew.proxy_url)
    done = subprocess.run(
        command, cwd=kills.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    lines = merged.read_bytes().splitlines() if merged.exists() else []
    urls = Counter(normalize_url(json.loads(line)["canonical_url"]) for line in lines)
    wanted = kills.truth(crew.edition)
    return Outcome(
        merged=done.returncode == 0,
        proof=(done.stdout + done.stderr).rstrip(),
        lost=wanted - set(urls),
        twice={url for url, times in urls.items() if times > 1},
        foreign=set(urls) - wanted,
        exit_codes=crew.exit_codes(),
    )


def other_sites(folder: Path) -> Path:
    """Return a folder with the newsroom's site files, each of which differs from the shipped one."""
    copy = folder / "sites"
    shutil.copytree(kills.SITES, copy)
    for path in copy.glob("*.toml"):
        path.write_text(path.read_text("utf-8") + "\n# as it was last week\n", "utf-8")
    return copy


if __name__ == "__main__":
    main()
