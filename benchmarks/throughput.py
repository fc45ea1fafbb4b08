"""What the ledger costs a crawl: ``python -m benchmarks.throughput [--rounds 5] [--known 1000000]``.

The demo newsroom serves pages made beforehand, in its own process. Crawls by the ``news`` spider take turns,
each in a fresh process: with Scrapy's scheduler, which keeps its queue in memory, with an empty ledger, and
with ``--known`` also with a ledger that knows so many URLs of other articles of the same sites. Seconds are
those from the engine's start to its end; the machine may be busy, so that the ratio of CPU seconds says more
than that of the wall clock. A ratio is taken within a round, and the median of the rounds' counts.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.crawl import SITES, WEIGHT, Run, child, served
from benchmarks.ledger import fill_sites
from newsspider.demo import Edition

IN_MEMORY = {"SCHEDULER": "scrapy.core.scheduler.Scheduler"}
REACHES = {"empty ledger": ("in memory", 0.85), "full ledger": ("empty ledger", 0.9)}
"""Crawl → the one that it is compared with, and the least ratio of their pages per CPU second."""


def main(argv: Sequence[str] | None = None) -> None:
    """Run the benchmark, print its table and the verdict; exit code 1 where a reach is missed."""
    options = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crawls: dict[str, Callable[[], dict[str, Any]]] = {
            "in memory": lambda: IN_MEMORY,
            "empty ledger": lambda: {},
        }
        if options.known:
            full = folder / "full.sqlite"
            fill_sites(full, [path.stem for path in SITES.glob("*.toml")], options.known)
            crawls["full ledger"] = lambda: {"LEDGER_URL": str(shutil.copy(full, folder / "copy.sqlite"))}
        edition = Edition(size=options.size, weight=options.weight)
        with served(edition, prepared=True) as server:
            rounds = [
                {
                    what: child(server, {"spider": "sites", "settings": settings()})
                    for what, settings in (crawls.items() if number % 2 else reversed(crawls.items()))
                }
                for number in range(options.rounds)
            ]
    sys.exit(_report(rounds))


def _report(rounds: Sequence[dict[str, Run]]) -> int:
    """Print what the rounds came to; return 1 where a reach is missed."""
    grid = Table(
        "crawl", "pages", "seconds", "CPU seconds", "compared with", "by wall clock", "by CPU", "reach"
    )
    missed = 0
    for what in sorted(rounds[0], key=["in memory", *REACHES].index):
        runs = [row[what] for row in rounds]
        cells = [
            what,
            str(runs[0].pages),
            f"{statistics.median(run.seconds for run in runs):.2f}",
            f"{statistics.median(run.cpu_seconds for run in runs):.2f}",
        ]
        if what in REACHES:
            peer, reach = REACHES[what]
            by_wall = statistics.median(row[peer].seconds / row[what].seconds for row in rounds)
            by_cpu = statistics.median(row[peer].cpu_seconds / row[what].cpu_seconds for row in rounds)
            same = all(row[peer].articles == row[what].articles for row in rounds)
            missed += by_cpu < reach or not same
            cells += [peer, f"{by_wall:.2f}", f"{by_cpu:.2f}", f"{reach}" if same else "other articles!"]
        grid.add_row(*cells)
    console = Console(width=None if sys.stdout.isatty() else 110)
    console.print(grid)
    console.print(f"{len(rounds)} rounds: {'a reach is missed' if missed else 'every reach is met'}")
    return int(missed > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__)
    parser.add_argument("--size", type=int, default=150, help="ordinary articles on each of the four sites")
    parser.add_argument("--weight", type=int, default=WEIGHT, help="bytes of a page on average, 0: bare")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--known", type=int, default=0, help="URLs that the full ledger knows")
    return parser


if __name__ == "__main__":
    main()
