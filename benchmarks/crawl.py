"""Pages per second of a whole crawl: ``python -m benchmarks.crawl [--size 150] [--rounds 3] [--memory]``.

The demo newsroom serves pages of real size, made beforehand, from its own process. Three crawls take turns:
a bare Scrapy spider that yields ``{"url"}`` only, newsspider with its site files, and newsspider without;
each in a fresh process, with the same concurrency and no delay. The bare spider fetches what newsspider with
site files has fetched. The ratio of pages per second means something only if the server alone is at least
three times as fast as the bare spider: its rate is measured before each round, and the verdict says so where
it is not. ``--memory`` crawls 20,000 small articles and compares resident memory at 2,000 with the end.
Either ends with 1 where its reach is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from newsspider.demo import Edition
from newsspider.demo.newsroom import split
from newsspider.demo.serve import Running, running
from newsspider.demo.server import LOOPBACK

SITES = Path(__file__).parents[1] / "newsspider" / "demo" / "sites"
WEIGHT = 225_000
"""Bytes of a page on average; the newsroom makes them from two thirds to four thirds of it."""
CONCURRENCY = 8
MARKS = (2_000, 20_000)
"""Numbers of exported articles between which memory must not grow by more than :data:`GROWTH`."""
GROWTH = 0.2
RATIO = 0.4
"""The least share of the bare spider's pages per second, with site files."""
SERVER_LEAD = 3
"""How many times as fast as the bare spider the server must be."""
_RSS = re.compile(r"VmRSS:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Run:
    """What one crawl came to."""

    pages: int
    articles: int
    seconds: float
    cpu_seconds: float
    urls: tuple[str, ...]
    rss_mb: dict[str, float]
    """Number of articles → resident memory then."""

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


@dataclass(frozen=True, slots=True)
class Round:
    """The crawls that took turns once."""

    server: float
    """Pages per second that the server alone gave just before."""
    runs: tuple[Run, Run, Run]
    """The bare spider, newsspider with site files, and without."""

    @property
    def lead(self) -> float:
        """How many times as fast as the bare spider the server is."""
        return self.server / self.runs[0].rate


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark, print its tables and return the exit code."""
    options = _parser().parse_args(argv)
    if options.child:
        print(json.dumps(crawl(json.load(sys.stdin))))
        return 0
    console = Console(width=None if sys.stdout.isatty() else 110)
    if options.memory:
        return _memory(console, options.memory_size)
    edition = Edition(size=options.size, weight=WEIGHT)
    with served(edition, prepared=True) as server:
        urls = child(server, {"spider": "sites"}).urls
        rounds = [_round(server, urls) for _ in range(options.rounds)]
    console.print(_table(rounds))
    return _verdict(console, rounds)


def _round(server: Running, urls: Sequence[str]) -> Round:
    rate = asyncio.run(server_rate(server, urls))
    bare = child(server, {"spider": "bare", "urls": urls})
    return Round(rate, (bare, child(server, {"spider": "sites"}), child(server, {"spider": "generic"})))


def _verdict(console: Console, rounds: Sequence[Round]) -> int:
    lead = statistics.median(one.lead for one in rounds)
    ratio = statistics.median(_share(one, 1) for one in rounds)
    console.print(
        f"server alone: {statistics.median(one.server for one in rounds):.0f} pages/s, {lead:.1f} times the"
        f" bare spider's rate (at least {SERVER_LEAD} wanted)"
    )
    if lead < SERVER_LEAD:
        console.print("NO VERDICT: the server is too slow for it; the ratios mean nothing")
        return 1
    met = ratio >= RATIO
    console.print(
        f"{'REACHED' if met else 'MISSED'}: {ratio:.2f} of the bare spider's pages/s, {RATIO} wanted"
    )
    return 0 if met else 1


def _share(one: Round, index: int) -> float:
    return one.runs[index].rate / one.runs[0].rate


def _table(rounds: Sequence[Round]) -> Table:
    grid = Table("crawl", title=f"{len(rounds)} rounds, median")
    for column in ("pages", "articles", "pages/s", "ratio", "pages per CPU second", "ratio of these"):
        grid.add_column(column, justify="right")
    for index, name in enumerate(("bare", "newsspider, site files", "newsspider, no site files")):
        own = [one.runs[index] for one in rounds]
        grid.add_row(
            name,
            str(own[0].pages),
            str(own[0].articles),
            f"{statistics.median(run.rate for run in own):.0f}",
            f"{statistics.median(_share(one, index) for one in rounds):.2f}",
            f"{statistics.median(run.pages / run.cpu_seconds for run in own):.0f}",
            f"{statistics.median(_per_cpu(one.runs[index]) / _per_cpu(one.runs[0]) for one in rounds):.2f}",
        )
    return grid


def _per_cpu(run: Run) -> float:
    return run.pages / run.cpu_seconds


def _memory(console: Console, size: int) -> int:
    with served(Edition(size=size // 4)) as server:
        run = child(server, {"spider": "sites", "marks": [MARKS[0], size]})
    console.print(f"{run.articles} articles of {run.pages} pages; resident memory, MB: {run.rss_mb}")
    first, *_, last = run.rss_mb.values()
    growth = last / first - 1
    met = growth < GROWTH
    console.print(
        f"{'REACHED' if met else 'MISSED'}: {growth:+.1%} from {next(iter(run.rss_mb))} articles on,"
        f" less than {GROWTH:.0%} wanted"
    )
    return 0 if met else 1


@contextmanager
def served(edition: Edition, *, prepared: bool = False) -> Iterator[Running]:
    """Serve *edition*, in a process of its own, for as long as the context lasts."""
    with running(edition, prepared=prepared) as server:
        yield server


def child(server: Running, spec: dict[str, Any]) -> Run:
    """Return what the crawl that *spec* describes came to, run in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"http_proxy": server.proxy_url, "NEWSSPIDER_OUTPUT": folder}
        environment["NEWSSPIDER_SITES"] = str(SITES) if spec["spider"] == "sites" else ""
        command = [sys.executable, "-m", "benchmarks.crawl", "--child"]
        # the addresses of a larger crawl are too long for an argument
        done = subprocess.run(
            command, env=environment, input=json.dumps(spec), capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(f"the crawl failed:\n{done.stderr[-3000:]}")
    result = json.loads(done.stdout.splitlines()[-1])
    return Run(**result | {"urls": tuple(result["urls"])})


def crawl(spec: dict[str, Any]) -> dict[str, Any]:
    """Crawl in this process and return the fields of a :class:`Run`."""
    # Scrapy takes its reactor at import: only the child may
    from scrapy import signals  # noqa: PLC0415
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415
    from scrapy.settings import Settings  # noqa: PLC0415
    from scrapy.utils.project import get_project_settings  # noqa: PLC0415

    from benchmarks.bare_spider import BareSpider  # noqa: PLC0415

    bare = spec["spider"] == "bare"
    jobs = _jobs(spec)
    settings = Settings() if bare else get_project_settings()
    settings.setdict(_shared(CONCURRENCY // len(jobs)) | spec.get("settings", {}), "cmdline")
    process = CrawlerProcess(settings)
    urls: list[str] = []
    rss: dict[int, float] = {}
    pages = articles = 0

    def received(response: Any) -> None:
        nonlocal pages
        if not response.url.endswith("/robots.txt"):
            pages += 1
            if "marks" not in spec:  # a list of all addresses would grow with the crawl
                urls.append(response.url)

    def scraped() -> None:
        nonlocal articles
        articles += 1
        if articles in spec.get("marks", ()):
            rss[articles] = resident_mb()

    for arguments in jobs:
        crawler = process.create_crawler(BareSpider if bare else "news")
        crawler.signals.connect(received, signals.response_received, weak=False)
        crawler.signals.connect(scraped, signals.item_scraped, weak=False)
        process.crawl(crawler, **arguments)
    start, cpu = time.perf_counter(), time.process_time()
    process.start()
    return {
        "pages": pages,
        "articles": articles,
        "seconds": time.perf_counter() - start,
        "cpu_seconds": time.process_time() - cpu,
        "urls": urls,
        "rss_mb": rss | {articles: resident_mb()},
    }


def _jobs(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the arguments of the crawls that run side by side: without site files one for each site."""
    limits = {"max_pages": "100000"}
    sites = [tomllib.loads(path.read_text("utf-8")) for path in SITES.glob("*.toml")]
    return {
        "bare": lambda: [{"urls": spec["urls"]}],
        "sites": lambda: [limits | {"site": "all"}],
        "generic": lambda: [limits | {"sections": ",".join(site["sections"])} for site in sites],
    }[spec["spider"]]()


def _shared(concurrency: int) -> dict[str, Any]:
    slot = {"concurrency": concurrency, "delay": 0}
    return {
        "CONCURRENT_REQUESTS": concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_SLOTS": {path.stem: slot for path in SITES.glob("*.toml")},
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
    }


def resident_mb() -> float:
    """Return this process's resident memory."""
    found = _RSS.search(Path("/proc/self/status").read_text("ascii"))
    return round(int(found[1]) / 1024, 1) if found else 0.0


async def server_rate(server: Running, urls: Sequence[str]) -> float:
    """Return the pages per second that the server gives to a client that only reads them."""
    queue = list(urls)
    start = time.perf_counter()
    await asyncio.gather(*(_drain(server.port, queue) for _ in range(CONCURRENCY)))
    return len(urls) / (time.perf_counter() - start)


async def _drain(port: int, queue: list[str]) -> None:
    reader, writer = await asyncio.open_connection(LOOPBACK, port, limit=1 << 20)
    while queue:
        host, path = split(queue.pop())
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        found = re.search(rb"(?i)content-length: (\d+)", head)
        await reader.readexactly(int(found[1]) if found else 0)
    writer.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--size", type=int, default=150, help="ordinary articles on each of the four sites")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="measure memory instead of speed")
    parser.add_argument("--memory-size", type=int, default=MARKS[-1], help="articles of --memory")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
