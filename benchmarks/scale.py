"""How a crawl grows with its workers, beside scrapy-redis, and what a URL costs in Redis.

    python -m benchmarks.scale [--sites 40] [--articles 12] [--workers 1,2,4] [--rounds 1]
    python -m benchmarks.scale --memory [--urls 200000]

Speed: every site answers after 200 ms and wants half a second between two requests; each worker fetches two
pages at once, so latency and not the processor is the limit. Pages a second are counted by the server, over
the middle eight tenths of its answers, so that starting and ending do not count. The worker of scrapy-redis
runs a bare spider (links, headline, text), newsspider's runs ``news`` with all its pipelines.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import redis
from rich.console import Console
from rich.table import Table

from benchmarks.ledger import outcome, url
from benchmarks.redis_server import LOOPBACK, RedisServer, running_redis
from newsspider.ledger import DEFAULT_INTERVALS, Limits, Refresh, Row, open_ledger

ROOT = Path(__file__).parents[1]
LATENCY = 0.2
DELAY = 0.5
CONCURRENCY = 2
_LONGEST_SECONDS = 1800.0
_BATCH = 200
_SITE = "example-news.com"


@dataclass
class Web:
    """Many small sites behind one proxy, each answer late by :data:`LATENCY`."""

    sites: int
    articles: int
    port: int = 0
    asked: list[tuple[float, str, str]] = field(default_factory=list)

    @property
    def hosts(self) -> list[str]:
        """The sites' hosts."""
        return [f"site{number}.test" for number in range(self.sites)]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        with closing(writer):
            while head := await _head(reader):
                target = urlsplit(head.split(b" ")[1].decode())
                self.asked.append((time.monotonic(), target.netloc, target.path))
                await asyncio.sleep(LATENCY)
                body = self._body(target.netloc, target.path)
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                    + f"Content-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )

    def rate(self) -> float:
        """Return pages a second, over the middle eight tenths."""
        moments = sorted(moment for moment, _, _ in self.asked)
        tenth = len(moments) // 10
        middle = moments[tenth : len(moments) - tenth]
        return (len(middle) - 1) / (middle[-1] - middle[0])

    def shortest_gap(self) -> float:
        """Return the shortest time between two requests to one host."""
        by_host: dict[str, list[float]] = {}
        for moment, host, _ in self.asked:
            by_host.setdefault(host, []).append(moment)
        gaps = (later - earlier for each in by_host.values() for earlier, later in pairwise(sorted(each)))
        return min(gaps, default=0.0)

    def _body(self, host: str, path: str) -> bytes:
        if path == "/news":
            cards = "".join(
                f'<article><h3><a href="/2026/03/04/council-agrees-on-the-paint-of-boat-{n}.html">'
                f"Council agrees on the paint of boat {n}</a></h3></article>"
                for n in range(self.articles)
            )
            return f"<html><body><main><h1>News</h1>{cards}</main></body></html>".encode()
        number = path.rpartition("-")[2].removesuffix(".html")
        text = "".join(
            f"<p>The council of {host} met for the {n}th time about boat {number} and agreed, after some "
            f"hours of talk in the harbour, that it should be painted before the summer begins.</p>"
            for n in range(2, 7)
        )
        return (
            f'<html lang=en><head><meta property="og:type" content="article"><title>{number}</title>'
            '<meta property="article:published_time" content="2026-03-04T05:06:07Z"></head>'
            f"<body><article><h1>Council agrees on the paint of boat {number} of {host}</h1>{text}</article>"
        ).encode()


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


@contextmanager
def served(web: Web) -> Iterator[Web]:
    """Serve *web* from a thread of this process, which has nothing else to do."""
    loop = asyncio.new_event_loop()

    async def listen() -> int:
        server = await asyncio.start_server(web.answer, LOOPBACK, 0)
        return int(server.sockets[0].getsockname()[1])

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    web.port = asyncio.run_coroutine_threadsafe(listen(), loop).result()
    try:
        yield web
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--sites", type=int, default=40)
    parser.add_argument("--articles", type=int, default=12)
    parser.add_argument("--workers", type=lambda text: [int(n) for n in text.split(",")], default=[1, 2, 4])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--memory", action="store_true", help="measure memory instead of speed")
    parser.add_argument("--urls", type=int, default=200_000, help="URLs of --memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_redis(Path(folder)) as server:
        if options.memory:
            memory(server, options.urls)
        else:
            web = Web(options.sites, options.articles)
            with served(web):
                speed(server, web, options.workers, options.rounds)


# -- speed ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """What one crawl came to."""

    rate: float
    pages: int
    twice: int
    gap: float
    cpu_seconds: float


def speed(server: RedisServer, web: Web, workers: Sequence[int], rounds: int) -> None:
    """Crawl with each number of workers, in turn with both, and print pages a second."""
    found: dict[tuple[str, int], list[Run]] = {}
    for _ in range(rounds):
        for number in workers:
            for name, command in (("newsspider", news_command), ("scrapy-redis", peer_command)):
                run = crawl(server, web, name, [command(server, web)] * number)
                found.setdefault((name, number), []).append(run)
    title = f"{web.sites} sites of {web.articles} articles, {LATENCY:g} s latency, {DELAY:g} s delay a site"
    table = Table("crawl", title=f"{title}, {CONCURRENCY} at once a worker")
    for column in ("workers", "pages/s", "times one", "pages", "twice", "shortest gap, s", "CPU s"):
        table.add_column(column, justify="right")
    for (name, number), runs in sorted(found.items()):
        rate, one = (statistics.median(run.rate for run in found[name, n]) for n in (number, workers[0]))
        last = runs[-1]
        table.add_row(
            name, str(number), f"{rate:.1f}", f"{rate / one:.2f}", str(last.pages), str(last.twice),
            f"{min(run.gap for run in runs):.2f}", f"{last.cpu_seconds:.0f}",
        )  # fmt: skip
    Console().print(table)
    ratios = [
        statistics.median(run.rate for run in found["newsspider", n])
        / statistics.median(run.rate for run in found["scrapy-redis", n])
        for n in workers
    ]
    said = ", ".join(f"{number}: {ratio:.2f}" for number, ratio in zip(workers, ratios, strict=True))
    print("newsspider / scrapy-redis, by workers:", said)


def crawl(server: RedisServer, web: Web, name: str, commands: Sequence[Sequence[str]]) -> Run:
    """Run *commands* side by side on an empty Redis until all end."""
    with closing(redis.Redis(port=server.port)) as client:
        client.flushall()
    web.asked.clear()
    with tempfile.TemporaryDirectory() as folder:
        sites = Path(folder) / "sites"
        write_sites(web, sites)
        environment = os.environ | {
            "http_proxy": f"http://{LOOPBACK}:{web.port}", "NEWSSPIDER_SITES": str(sites),
            "NEWSSPIDER_OUTPUT": folder,
        }  # fmt: skip
        before = os.times()
        processes = [
            subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
            for command in commands
        ]
        texts = [process.communicate(timeout=_LONGEST_SECONDS)[0] for process in processes]
        after = os.times()
    if any(process.returncode for process in processes):
        raise RuntimeError(f"{name} failed:\n{texts[0].decode()[-3000:]}")
    pages = len({(host, path) for _, host, path in web.asked})
    if pages < web.sites * (web.articles + 1):
        raise RuntimeError(f"{name} fetched {pages} pages only:\n{texts[0].decode()[-3000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(web.rate(), pages, len(web.asked) - pages, web.shortest_gap(), cpu)


def write_sites(web: Web, folder: Path) -> None:
    """Write a site file for each of the hosts."""
    folder.mkdir()
    for host in web.hosts:
        (folder / f"{host}.toml").write_text(
            f'format = 1\nname = "{host}"\ndomains = ["{host}"]\nsections = ["http://{host}/news"]\n'
            f'[crawl]\ndelay = {DELAY}\n[[template]]\nname = "story"\npage = "article"\nmatch = "h1"\n'
            '[template.fields]\nheadline = "h1"\nbody = "article"\n',
            "utf-8",
        )


_SHARED = {
    "CONCURRENT_REQUESTS": CONCURRENCY,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": DELAY,
    "DOWNLOAD_DELAY_JITTER": 0,
    "ROBOTSTXT_OBEY": False,
}


def news_command(server: RedisServer, web: Web) -> list[str]:
    """Return the command of one of newsspider's workers."""
    del web
    options = _SHARED | {"LEDGER_URL": server.url}
    settings = [part for name, value in options.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", "crawl", "news", "-a", "site=all", *settings]


def peer_command(server: RedisServer, web: Web) -> list[str]:
    """Return the command of one of scrapy-redis's workers."""
    spec = {"redis": f"redis://{LOOPBACK}:{server.port}/1", "hosts": web.hosts}
    return [sys.executable, "-m", "benchmarks.scrapy_redis_worker", json.dumps(_SHARED), json.dumps(spec)]


# -- memory ---------------------------------------------------------------------------------------------


def memory(server: RedisServer, urls: int) -> None:
    """Print the bytes of Redis memory that a URL takes, in each of its lives, beside scrapy-redis."""
    # imported here: it is a peer, and needed for nothing else
    from benchmarks.scrapy_redis_worker import fill_peer  # noqa: PLC0415

    table = Table("a URL that is", "bytes", title=f"{urls:,} URLs of about 90 characters")
    table.columns[1].justify = "right"
    client = redis.Redis(port=server.port)
    now = datetime.now(UTC)
    with closing(open_ledger(server.url, "one")) as ledger:
        ledger.begin({_SITE: DEFAULT_INTERVALS}, Refresh.DUE, now)
        empty = used(client)
        for first in range(0, urls, _BATCH):
            rows = [
                Row(url=url(n), role="article", site=_SITE, found_on=url(first) if n > first else None)
                for n in range(first, first + _BATCH)
            ]
            ledger.enqueue(rows, now)
        table.add_row("waiting", f"{(used(client) - empty) / urls:.0f}")
        entering = cpu_seconds(client)
        for first in range(0, urls, _BATCH):
            leases = ledger.lease(_SITE, _BATCH, Limits(), now)
            ledger.settle([outcome(lease.row.url, first + i) for i, lease in enumerate(leases)], now)
        table.add_row(
            "exported, with its article, validator and next date", f"{(used(client) - empty) / urls:.0f}"
        )
        whole = cpu_seconds(client)
    print(
        f"Redis's own time a URL: {entering / urls * 1e6:.0f} µs to enter, {whole / urls * 1e6:.0f} µs in all"
    )
    client.flushall()
    empty = used(client)
    table.add_row(
        "scrapy-redis: fingerprint and request that waits", f"{(fill_peer(client, urls) - empty) / urls:.0f}"
    )
    client.delete("peer:requests")
    table.add_row("scrapy-redis: fingerprint", f"{(used(client) - empty) / urls:.0f}")
    Console().print(table)


def cpu_seconds(client: redis.Redis) -> float:
    """Return the processor time that the server has used."""
    times = client.info("cpu")
    return float(times["used_cpu_user"]) + float(times["used_cpu_sys"])


def used(client: redis.Redis) -> int:
    """Return the bytes that the server's data takes."""
    return int(client.info("memory")["used_memory"])


if __name__ == "__main__":
    main()
