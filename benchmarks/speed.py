"""How fast systems read: ``python -m benchmarks.speed CORPUS... [--systems A,B] [--memory]``.

All systems read in one run, page by page in turn and in changing order, so that a busy machine slows all of
them alike. Times are CPU seconds of this process, reading the file not counted; the floor is a bare lxml
parse. ``--memory`` reads the same pages in a fresh process for each system and prints its peak. ``--scaling``
has the floor and newsspider read pages that are made to measure, up to 10 MB and 400,000 nodes (a peer may
take minutes for these).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.corpus import Gold, read_corpus
from benchmarks.systems import SYSTEMS, System, make

FLOOR = "lxml"
REFERENCE = "trafilatura"
DEFAULT_SYSTEMS = (
    f"{FLOOR},newsspider,newsspider+sites,{REFERENCE},newspaper4k,readability,resiliparse,news-please"
)
_UNIT = (
    '<li><a href="/topic/{n}">Topic {n}</a></li>',
    "<p>Line {n} of a fairly long report with <b>two</b> or <i>three</i> marked words and nothing else.</p>",
    '<div class="row"><span>{n}</span><span>cell</span><span></span></div>',
)
_UNIT_NODES = 9
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
SMALL_NODES, LARGE_NODES = 8_000, 400_000
_SMALL_PAGES = 5


def main(argv: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its tables."""
    options = _parser().parse_args(argv)
    names = options.systems.split(",")
    pages = _sample([page for folder in options.corpora for page in read_corpus(folder)], options.sample)
    if options.alone:
        print(json.dumps(_alone(options.alone, pages)))
        return
    console = Console(width=None if sys.stdout.isatty() else 110)
    systems = {name: make(name) for name in names}
    report: dict[str, object] = {}
    if pages:
        times = measure(systems, pages)
        console.print(_table(times, sum(len(page.body()) for page in pages) / len(pages)))
        report["ms"] = {name: [second * 1000 for second in seconds] for name, seconds in times.items()}
    if options.memory:
        report["peak_mb"] = {name: _peak(name, options) for name in names}
        console.print("Peak memory, MB: ", report["peak_mb"])
    if options.scaling:
        own = {name: system for name, system in systems.items() if name.startswith((FLOOR, "newsspider"))}
        report["scaling"] = {name: scaling(system) for name, system in own.items()}
        for name, (small, large) in report["scaling"].items():
            console.print(
                f"{name}: 200 kB {small * 1000:.1f} ms, 10 MB {large:.2f} s, {large / small:.1f} times"
            )
    if options.json:
        options.json.write_text(json.dumps(report), "utf-8")


def measure(systems: dict[str, System], pages: Sequence[Gold]) -> dict[str, list[float]]:
    """Return each system's CPU seconds for each page.

    A system that raises on a page it has been given is no faster for it: NaN stands for that page.
    """
    times: dict[str, list[float]] = {name: [] for name in systems}
    order = list(systems)
    for page in [pages[0], *track(pages)]:
        body = page.body()
        random.Random(page.id).shuffle(order)
        for name in order:
            times[name].append(_seconds(systems[name], body, page))
    # the first page was read for the warmth only: imports, compiled patterns, models
    return {name: seconds[1:] for name, seconds in times.items()}


def _seconds(system: System, body: bytes, page: Gold) -> float:
    start = time.process_time()
    try:
        system(body, page.url, page.fetched)
    except Exception:
        return math.nan
    return time.process_time() - start


def made_page(nodes: int, first: int = 0) -> bytes:
    """Return a page of about *nodes* elements, 25 bytes an element: lists, prose and tables in turn.

    Its lines are numbered from *first*, so that a page can be made of lines that no other one has.
    """
    numbers = range(first, first + nodes // _UNIT_NODES)
    body = "".join(part.format(n=n) for n in numbers for part in _UNIT)
    return (
        f"<html><head><title>Made to measure</title></head><body><h1>Made to measure</h1>"
        f"<article>{body}</article></body></html>"
    ).encode()


def scaling(system: System) -> tuple[float, float]:
    """Return the CPU seconds for a small and for the large made page.

    The small one is the mean of a few: all pages differ in every line, so that what a system remembers of
    one page makes no other one cheap. One page is read first for the warmth.
    """
    pages = [made_page(SMALL_NODES, n * SMALL_NODES) for n in range(_SMALL_PAGES + 1)]
    url = "https://made.example/2026/05/04/made-to-measure"
    small = [_timed(system, page, url) for page in pages][1:]
    return statistics.mean(small), _timed(system, made_page(LARGE_NODES, 10 * LARGE_NODES), url)


def _timed(system: System, body: bytes, url: str) -> float:
    start = time.process_time()
    system(body, url, None)
    return time.process_time() - start


def _table(times: dict[str, list[float]], size: float) -> Table:
    pages = len(next(iter(times.values())))
    grid = Table(title=f"{pages} pages, {size / 1000:.0f} kB on average; CPU time")
    ratios = (f"x {FLOOR}", f"speed / {REFERENCE}")
    for column in ("system", "pages/s", "ms mean", "median", "95th", *ratios, "raised"):
        grid.add_column(column, justify="left" if column == "system" else "right")
    for name, seconds in times.items():
        ms = sorted(second * 1000 for second in seconds if not math.isnan(second))
        if not ms:
            grid.add_row(name, *"------", str(pages))
            continue
        grid.add_row(
            name,
            f"{1000 / statistics.mean(ms):.1f}",
            f"{statistics.mean(ms):.2f}",
            f"{statistics.median(ms):.2f}",
            f"{ms[int(len(ms) * 0.95)]:.2f}",
            _ratio(seconds, times.get(FLOOR)),
            _ratio(times.get(REFERENCE), seconds),
            str(pages - len(ms)),
        )
    return grid


def _ratio(ours: Sequence[float] | None, theirs: Sequence[float] | None) -> str:
    """Return the ratio of the two sums over the pages that both have read."""
    if not ours or not theirs:
        return "-"
    both = [(a, b) for a, b in zip(ours, theirs, strict=True) if not math.isnan(a + b)]
    return f"{sum(a for a, _ in both) / sum(b for _, b in both):.2f}" if both else "-"


def _peak(name: str, options: argparse.Namespace) -> float:
    command = [sys.executable, "-m", "benchmarks.speed", *map(str, options.corpora), "--alone", name]
    command += ["--sample", str(options.sample)] if options.sample else []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def _alone(name: str, pages: Sequence[Gold]) -> float:
    system = make(name)
    for page in pages:
        _seconds(system, page.body(), page)
    # not ru_maxrss: a child starts with its parent's
    return int(_PEAK.search(Path("/proc/self/status").read_text())[1]) / 1024


def _sample(pages: list[Gold], count: int | None) -> list[Gold]:
    return random.Random(2026).sample(pages, count) if count and count < len(pages) else pages


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path, metavar="CORPUS")
    parser.add_argument("--systems", default=DEFAULT_SYSTEMS, help=f"of {', '.join(SYSTEMS)}")
    parser.add_argument("--sample", type=int, metavar="N", help="N pages, always the same")
    parser.add_argument("--memory", action="store_true", help="also the peak memory, a process a system")
    parser.add_argument("--scaling", action="store_true", help="also the 10 MB page")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
