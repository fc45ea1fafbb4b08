"""What a ledger of a million URLs costs: bytes a URL, seconds to open, microseconds a step.

    python -m benchmarks.ledger [--urls 1000000] [--sketches] [--keep FILE]

Every URL is an exported article with a validator, the dearest kind there is; with ``--sketches`` each also
has a sketch in the near-duplicate index (made of random bytes: size and speed do not depend on the text).
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from newsspider.ledger import (
    DEFAULT_INTERVALS,
    Completion,
    Limits,
    Outcome,
    Refresh,
    Row,
    SqliteLedger,
    State,
)
from newsspider.ledger.sketch import PERMUTATIONS

SITE = "example-news.com"
BATCH = 200
MOST_BYTES, MOST_SKETCH_BYTES = 300, 150
"""A URL on disk: without the near-duplicate index, and what that may add."""
MOST_SECONDS = 1.0
"""To open."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--urls", type=int, default=1_000_000)
    parser.add_argument("--sketches", action="store_true")
    parser.add_argument("--keep", type=Path, help="leave the ledger in this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "ledger.sqlite"
        size, opening = measure(path, options.urls, sketches=options.sketches)
    most = MOST_BYTES + (MOST_SKETCH_BYTES if options.sketches else 0)
    good = size <= most and opening < MOST_SECONDS
    print(
        f"{size:.1f} bytes a URL (at most {most}), opened in {opening:.3f} s (less than {MOST_SECONDS}): "
        f"{'every reach is met' if good else 'a reach is MISSED'}"
    )
    sys.exit(not good)


def measure(path: Path, urls: int, *, sketches: bool) -> tuple[float, float]:
    """Fill a ledger and print what it cost; return its bytes a URL and the seconds that it takes to open."""
    table = Table("what", "value", title=f"ledger of {urls:,} URLs{' with sketches' if sketches else ''}")
    now = datetime.now(UTC)
    started = time.perf_counter()
    with SqliteLedger(path) as ledger:
        ledger.begin({SITE: DEFAULT_INTERVALS}, Refresh.DUE, now)
        for first in range(0, urls, BATCH):
            fill(ledger, SITE, first, now)
            if sketches:
                add_sketches(ledger, first, now)
        ledger.end("finished", now)
    took = time.perf_counter() - started
    table.add_row("filling: microseconds a URL", f"{took / urls * 1e6:.1f}")
    size = path.stat().st_size / urls
    table.add_row("bytes a URL", f"{size:.1f}")
    started = time.perf_counter()
    ledger = SqliteLedger(path)
    opening = time.perf_counter() - started
    table.add_row("seconds to open", f"{opening:.3f}")
    started = time.perf_counter()
    ledger.begin({SITE: DEFAULT_INTERVALS}, Refresh.DUE, now)
    table.add_row("seconds to begin a run", f"{time.perf_counter() - started:.3f}")
    table.add_row("known URL, microseconds", f"{known(ledger, urls, now) * 1e6:.1f}")
    table.add_row("whole turn on the full ledger, microseconds", f"{turn(ledger, urls, now) * 1e6:.1f}")
    with SqliteLedger(path.with_name("fresh.sqlite")) as fresh:
        fresh.begin({SITE: DEFAULT_INTERVALS}, Refresh.DUE, now)
        table.add_row("whole turn on a fresh ledger, microseconds", f"{turn(fresh, urls, now) * 1e6:.1f}")
    path.with_name("fresh.sqlite").unlink()
    started = time.perf_counter()
    states = ledger.stats()
    assert sum(count.urls for count in states) >= urls
    table.add_row("seconds for stats", f"{time.perf_counter() - started:.3f}")
    ledger.close()
    table.add_row("peak memory, MiB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
    Console().print(table)
    return size, opening


def fill_sites(path: Path, sites: Sequence[str], urls: int) -> None:
    """Make a ledger at *path* that knows *urls* exported articles, spread evenly over *sites*."""
    now = datetime.now(UTC)
    with SqliteLedger(path) as ledger:
        ledger.begin(dict.fromkeys(sites, DEFAULT_INTERVALS), Refresh.DUE, now)
        for number, first in enumerate(range(0, urls, BATCH)):
            fill(ledger, sites[number % len(sites)], first, now)
        ledger.end("finished", now)


def url(number: int, site: str = SITE) -> str:
    """Return an article URL of an ordinary length (about 90 characters)."""
    slug = hashlib.sha256(str(number).encode()).hexdigest()[:24]
    return f"https://www.{site}/2026/11/22/world/council-votes-on-{slug}-{number}"


def fill(ledger: SqliteLedger, site: str, first: int, now: datetime) -> None:
    """Enter, lease and settle a batch of articles of *site*, from number *first* on."""
    rows = [
        Row(url=url(n, site), role="article", site=site, found_on=url(first, site) if n > first else None)
        for n in range(first, first + BATCH)
    ]
    ledger.enqueue(rows, now)
    leases = ledger.lease(site, BATCH, Limits(), now)
    ledger.settle([outcome(lease.row.url, first + i) for i, lease in enumerate(leases)], now)


def outcome(address: str, number: int) -> Outcome:
    digest = hashlib.sha256(address.encode()).hexdigest()
    completion = Completion(
        id=digest[:32],
        version=1,
        content_hash=digest[32:],
        newsspider_version="0.1.0",
        file="output/example-news.com-2026-11-22T12-00-00.jsonl",
        offset=number * 4000,
    )
    return Outcome(
        url=address, state=State.EXPORTED, reason="new", completion=completion, validator=f'W/"{digest[:32]}"'
    )


def add_sketches(ledger: SqliteLedger, first: int, now: datetime) -> None:
    draw = random.Random(first)
    for number in range(first, first + BATCH):
        identity = hashlib.sha256(url(number).encode()).hexdigest()[:32]
        ledger.resembling(identity, draw.randbytes(PERMUTATIONS), now)


def known(ledger: SqliteLedger, urls: int, now: datetime) -> float:
    """Seconds to enter a URL that is known, in batches as a list page gives them."""
    draw = random.Random(1)
    started = time.perf_counter()
    for _ in range(200):
        ledger.enqueue(
            [Row(url=url(draw.randrange(urls)), role="article", site=SITE) for _ in range(30)], now
        )
    return (time.perf_counter() - started) / 6000


def turn(ledger: SqliteLedger, urls: int, now: datetime) -> float:
    """Seconds for a new URL to be entered, leased and settled, one URL a settlement."""
    started = time.perf_counter()
    turns = 5000
    for first in range(urls, urls + turns, 20):
        ledger.enqueue([Row(url=url(n), role="article", site=SITE) for n in range(first, first + 20)], now)
        for lease in ledger.lease(SITE, 20, Limits(), now):
            ledger.settle([outcome(lease.row.url, first)], now)
    return (time.perf_counter() - started) / turns


if __name__ == "__main__":
    main()
