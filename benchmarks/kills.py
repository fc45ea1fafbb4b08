"""kill -9 at random moments: is every article of the newsroom in the output exactly once?

    python -m benchmarks.kills [--kills 50] [--size 500] [--seed 1] [--longest 8]

A round crawls a fresh demo newsroom (four sites of ``--size`` ordinary stories each) by one command, killed
at a random moment and given again until it ends by itself; rounds go on until ``--kills`` kills were dealt.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsspider.demo import Edition, Newsroom
from newsspider.demo.serve import running
from newsspider.extraction.identity import normalize_url
from newsspider.ledger import Limits, SqliteLedger

ROOT = Path(__file__).parents[1]
SITES = ROOT / "newsspider/demo/sites"


@dataclass
class Round:
    """A crawl that was killed and resumed until it was done."""

    kills: int = 0
    runs: int = 0
    exit_code: int = -1
    lost: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    broken_lines: int = 0
    named: dict[str, str] = field(default_factory=dict)
    """Articles that are not in the output, with the reason that the ledger gives."""

    @property
    def is_perfect(self) -> bool:
        """Every article once, whole, and nothing else."""
        return not (self.exit_code or self.lost or self.twice or self.foreign or self.broken_lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--size", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=8.0, help="seconds from start to kill, at most")
    options = parser.parse_args()
    dealt, number, perfect = 0, 0, True
    while dealt < options.kills:
        moments = random.Random(options.seed + number)
        edition = Edition(seed=options.seed + number, size=options.size)
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            round_ = crawl_killed(
                edition, Path(folder), moments, most=options.kills - dealt, longest=options.longest
            )
        dealt += round_.kills
        number += 1
        perfect = perfect and round_.is_perfect
        seconds = time.perf_counter() - started
        print(
            f"round {number}: {round_.kills} kills, {round_.runs} runs, {seconds:.0f} s: "
            f"{len(truth(edition))} articles, {len(round_.lost)} lost, {len(round_.twice)} twice, "
            f"{len(round_.foreign)} foreign, {round_.broken_lines} broken lines",
            flush=True,
        )
        for what in ("lost", "twice", "foreign"):
            for url in sorted(getattr(round_, what))[:5]:
                print(f"  {what}: {url} {round_.named.get(url, '')}")
    print(f"{dealt} kills: {'nothing lost, nothing twice' if perfect else 'FAILED'}")
    sys.exit(not perfect)


def crawl_killed(
    edition: Edition, folder: Path, moments: random.Random, *, most: int, longest: float
) -> Round:
    """Crawl the newsroom of *edition* into *folder*, killed up to *most* times, and compare."""
    found = Round()
    with running(edition) as newsroom:
        while True:
            found.runs += 1
            with (folder / "log.txt").open("ab") as log:
                process = subprocess.Popen(
                    crawl_command(edition), cwd=ROOT, env=crawl_environment(folder, newsroom.proxy_url),
                    stdout=log, stderr=log,
                )  # fmt: skip
                try:
                    moment = moments.uniform(0.5, longest) if found.kills < most else None
                    found.exit_code = process.wait(moment)
                    if not is_anything_left(edition, folder):
                        break
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    found.kills += 1
    compare(edition, folder, found)
    return found


def compare(edition: Edition, folder: Path, found: Round) -> None:
    """Note in *found* what the feeds in *folder* lack of the newsroom's truth, and have beyond it."""
    wanted = truth(edition)
    urls: Counter[str] = Counter()
    for line in lines(folder):
        try:
            urls[normalize_url(json.loads(line)["canonical_url"])] += 1
        except ValueError:
            found.broken_lines += 1
    found.lost = wanted - set(urls)
    found.foreign = set(urls) - wanted
    found.named = reasons(edition, folder, found.lost)
    found.twice = {url for url, times in urls.items() if times > 1}


def is_anything_left(edition: Edition, folder: Path) -> bool:
    """Tell whether URLs wait for another such run: those of a host that did not answer, on a busy machine."""
    limits = Limits(max_pages=edition.size, related_depth=1)
    with SqliteLedger(folder / "output/ledger.sqlite") as ledger:
        sites = {count.site for count in ledger.stats()}
        return any(ledger.pending(site, limits).get(None) for site in sites)


def reasons(edition: Edition, folder: Path, urls: set[str]) -> dict[str, str]:
    """Return address, state and reason that the ledger in *folder* has for the articles at *urls*."""
    found = {}
    with SqliteLedger(folder / "output/ledger.sqlite") as ledger:
        for truth in Newsroom(edition).truths():
            url = normalize_url(truth.canonical_url)
            entry = ledger.show(truth.url) if url in urls and truth.exported else None
            if entry is not None:
                found[url] = f"{truth.url} {entry.state} {entry.reason}"
    return found


def truth(edition: Edition) -> set[str]:
    """Return the canonical URLs that a crawl of *edition* must export."""
    return {normalize_url(truth.canonical_url) for truth in Newsroom(edition).truths() if truth.exported}


def lines(folder: Path) -> Iterator[bytes]:
    """Give the lines of all feeds in *folder*."""
    for path in sorted((folder / "output").glob("*.jsonl")):
        yield from path.read_bytes().splitlines()


def crawl_command(edition: Edition) -> list[str]:
    """Return the command that crawls all of the newsroom."""
    pages = edition.size  # more than any section has
    return [sys.executable, "-m", "scrapy", "crawl", "news", "-a", "site=all", "-a", f"max_pages={pages}"]


def crawl_environment(folder: Path, proxy_url: str) -> dict[str, str]:
    """Return the environment of a crawl through the newsroom's proxy, with its output in *folder*."""
    return os.environ | {
        "NEWSSPIDER_OUTPUT": str(folder / "output"),
        "NEWSSPIDER_SITES": str(SITES),
        "http_proxy": proxy_url,
    }


if __name__ == "__main__":
    main()
