"""What a page costs that a template reads: ``python -m benchmarks.templates [CORPUS...] [--size 6]``.

Pages of the demo newsroom, 150 to 300 kB, read by its site files, and those pages of each CORPUS that a
template of a shipped site file reads. Each page is parsed bare and read in turns; of either the least CPU
time counts, so that a busy machine says little. It ends with 1 where the demo's pages miss the reach.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.corpus import read_corpus
from benchmarks.crawl import SITES, WEIGHT
from benchmarks.speed import FLOOR
from benchmarks.systems import make
from newsspider import Page, Site, find_site, read
from newsspider.demo import Edition
from newsspider.demo.faces.testimony import truths
from newsspider.demo.newsroom import Newsroom, split

REACH = 3.0
"""How many times the bare parse a page may cost that a template reads."""
_ROUNDS = 9
_REAL_SIZE = 100_000
"""Bytes; a demo page below it is a log-in form or an error."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, and the site whose template reads it."""

    body: bytes
    url: str
    site: Site

    def read(self) -> None:
        """Parse and read it, as a crawl does."""
        read(Page(self.body, self.url), self.site)


@dataclass(frozen=True, slots=True)
class Cost:
    """What some pages took, in CPU seconds."""

    pages: int
    floor: float
    reading: float

    @property
    def ratio(self) -> float:
        """How many times the bare parse the reading cost."""
        return self.reading / self.floor


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the table and return the exit code."""
    options = _parser().parse_args(argv)
    groups = {site: list(samples) for site, samples in demo_pages(options.size).items()}
    corpora = {folder.name: list(corpus_pages(folder)) for folder in options.corpora}
    costs = {name: cost_of(samples) for name, samples in (groups | corpora).items() if samples}
    console = Console(width=None if sys.stdout.isatty() else 110)
    console.print(_table(costs))
    demo = [cost for name, cost in costs.items() if name in groups]
    ratio = sum(cost.reading for cost in demo) / sum(cost.floor for cost in demo)
    met = ratio <= REACH
    console.print(
        f"{'REACHED' if met else 'MISSED'}: {ratio:.2f} times the bare parse, {REACH:.0f} at most wanted"
    )
    return 0 if met else 1


def demo_pages(size: int) -> dict[str, Iterator[Sample]]:
    """Return the first *size* pages of each demo site that a template reads, by the site's name."""
    room = Newsroom(Edition(size=size, weight=WEIGHT))
    urls = {face.hosts[0]: [truth.url for truth in truths(face) if truth.exported] for face in room.faces}
    return {
        host: islice(_read_by_template(((room.respond(*split(u)).body, u) for u in found), (SITES,)), size)
        for host, found in urls.items()
    }


def corpus_pages(folder: Path) -> Iterator[Sample]:
    """Yield the pages of a corpus that a template of a shipped site file reads."""
    return _read_by_template(((page.body(), page.url) for page in read_corpus(folder)), ())


def _read_by_template(pages: Iterator[tuple[bytes, str]], folders: tuple[Path, ...]) -> Iterator[Sample]:
    for body, url in pages:
        site = find_site(url, folders)
        if site is None or (folders and len(body) < _REAL_SIZE):
            continue
        if read(Page(body, url), site).template != "generic":
            yield Sample(body, url, site)


def cost_of(samples: Sequence[Sample]) -> Cost:
    """Return what *samples* take to parse and to read; see the module."""
    floor = make(FLOOR)
    totals = [0.0, 0.0]
    for sample in samples:
        ways: tuple[Callable[[], object], ...] = (
            lambda page=sample: floor(page.body, page.url, None),  # type: ignore[misc]
            sample.read,
        )
        best = [min(times) for times in zip(*([*map(_seconds, ways)] for _ in range(_ROUNDS)), strict=True)]
        totals = [total + seconds for total, seconds in zip(totals, best, strict=True)]
    return Cost(len(samples), *totals)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _table(costs: dict[str, Cost]) -> Table:
    grid = Table("pages of", title="read by a template")
    for column in ("pages", "bare parse, ms", "read, ms", "ratio"):
        grid.add_column(column, justify="right")
    for name, cost in costs.items():
        grid.add_row(
            name,
            str(cost.pages),
            f"{cost.floor / cost.pages * 1000:.2f}",
            f"{cost.reading / cost.pages * 1000:.2f}",
            f"{cost.ratio:.2f}",
        )
    return grid


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.templates", description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path, metavar="CORPUS")
    parser.add_argument("--size", type=int, default=6, help="pages of each demo site")
    return parser


if __name__ == "__main__":
    sys.exit(main())
