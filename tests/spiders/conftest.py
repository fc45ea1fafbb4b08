"""Crawls in a process of their own, against a scripted site on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass
class Answer:
    """What the scripted site says to one request."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    seconds: float = 0.0


@dataclass
class ScriptedSite:
    """A site whose answers a test writes down: path → the answers it gives, the last one for ever."""

    url: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)
    otherwise: Answer = field(default_factory=lambda: Answer(b"not here", 404))
    """What it says to every other path."""

    def says(self, path: str, *answers: Answer | str) -> None:
        self.answers[path] = [a if isinstance(a, Answer) else Answer(a.encode()) for a in answers]

    def paths(self) -> list[str]:
        return [path for _, path in self.asked]


@contextmanager
def scripted_site(host: str = "127.0.0.1") -> Iterator[ScriptedSite]:
    """Serve a scripted site at the loopback address *host*."""
    scripted = ScriptedSite("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            scripted.asked.append((time.monotonic(), self.path))
            answers = scripted.answers.get(self.path, [scripted.otherwise])
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            time.sleep(answer.seconds)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    scripted.url = f"http://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with scripted_site() as scripted:
        yield scripted


@pytest.fixture
def other_site() -> Iterator[ScriptedSite]:
    """A second one, at another address."""
    with scripted_site("127.0.0.2") as scripted:
        yield scripted


@dataclass
class Run:
    """A crawl that ended."""

    exit_code: int
    text: str
    output: Path

    @property
    def items(self) -> list[dict[str, object]]:
        lines = [
            line for path in sorted(self.output.glob("*.jsonl")) for line in path.read_text().splitlines()
        ]
        return [json.loads(line) for line in lines]

    @property
    def verdict(self) -> dict[str, object]:
        """Of the last run."""
        path = max(self.output.glob("*.verdict.json"), key=lambda path: path.stat().st_mtime)
        return json.loads(path.read_text())

    def counts(self, measure: str) -> dict[str, int]:
        total: dict[str, int] = {}
        for site in self.verdict["sites"].values():
            for what, number in site[measure].items():
                total[what] = total.get(what, 0) + number
        return total


Crawl = Callable[..., Run]


def run_crawl(
    folder: Path, *arguments: str, spider: str = "news", timeout: float = 120, **environment: str
) -> Run:
    """Run ``scrapy crawl`` with its output in *folder* and give what came of it."""
    output = folder / "output"
    command = [sys.executable, "-m", "scrapy", "crawl", spider, *arguments]
    env = os.environ | {"NEWSSPIDER_OUTPUT": str(output), **environment}
    done = subprocess.run(
        command, check=False, cwd=ROOT, env=env, capture_output=True, text=True, timeout=timeout
    )
    return Run(done.returncode, done.stderr, output)


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    """Run ``scrapy crawl`` in the test's own folder."""
    return partial(run_crawl, tmp_path)


@pytest.fixture
def crawl_site(crawl: Crawl, site: ScriptedSite) -> Crawl:
    """Crawl the scripted site from ``/news`` without a delay."""

    def run(*arguments: str, **environment: str) -> Run:
        quick = ("-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=1")
        return crawl("-a", f"url={site.url}/news", *quick, *arguments, **environment)

    return run


def story(number: int, *, date: str = "2026-03-04T05:06:07Z", more: str = "") -> str:
    """Return an article page; every one is another article."""
    sentences = "".join(
        f"<p>The harbour council of town {number} met for the {n}th time on Tuesday and agreed, after some "
        f"hours of talk, that boat {number * n} should be painted before the summer begins.</p>"
        for n in range(2, 8)
    )
    return (
        f"<html lang=en><head><title>Council {number} agrees on the paint of its boats</title>"
        f'<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{date}"></head><body><article>'
        f"<h1>Council {number} agrees on the paint of its boats</h1>{sentences}{more}</article></body></html>"
    )


def listing(*paths: str, more: str = "") -> str:
    """Return a section page that lists the articles at *paths*."""
    cards = "".join(
        f'<article class="card"><h3><a href="{path}">Council agrees on the paint of its boats, part {n}'
        f"</a></h3></article>"
        for n, path in enumerate(paths)
    )
    return (
        f"<html><head><title>News</title></head><body><main><h1>News</h1>{cards}</main>{more}</body></html>"
    )


def address(number: int) -> str:
    """Return the path of the article *number*."""
    return f"/2026/03/04/council-agrees-on-the-paint-of-boats-{10000 + number}.html"
