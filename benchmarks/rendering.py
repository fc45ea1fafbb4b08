"""Rendered pages per second: ``python -m benchmarks.rendering [--size 60] [--rounds 3]``.

Chromium renders the articles of the demo newsroom's modern site twice over, in turns: for a bare
scrapy-playwright spider, which waits for the article's element and yields its address, and for newsspider,
which reads, cleans and exports it and keeps its ledger. Both have the same addresses, the same number of open
pages and no delay, each in a fresh process. The verdict is the median of the ratios of pages per second,
against 0.8.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from newsspider.demo import Edition, Newsroom
from newsspider.demo.serve import Running, running

SITE = "prisma.test"
SITES = Path(__file__).parents[1] / "newsspider" / "demo" / "sites" / "scripted"
OPEN_PAGES = 4
REACH = 0.8


def main(argv: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table; exit code 1 below the reach."""
    options = _parser().parse_args(argv)
    if options.child:
        print(json.dumps(crawl(json.loads(options.child))))
        return
    edition = Edition(size=options.size, sites="scripted")
    truths = (truth for truth in Newsroom(edition).truths() if truth.site == SITE and not truth.parts)
    urls = [truth.url for truth in truths if truth.exported and truth.page_type == "article"]
    rounds = []
    with running(edition) as server:
        for _ in range(options.rounds):
            rounds.append([child(server, {"spider": name, "urls": urls}) for name in ("bare", "newsspider")])
    ratio = statistics.median(ours["rate"] / bare["rate"] for bare, ours in rounds)
    grid = Table("spider", "pages", "pages/s", title=f"{len(rounds)} rounds of {len(urls)} pages, median")
    for index, name in enumerate(("bare scrapy-playwright", "newsspider")):
        own = [row[index] for row in rounds]
        pages = ", ".join(str(run["pages"]) for run in own)
        grid.add_row(name, pages, f"{statistics.median(run['rate'] for run in own):.2f}")
    console = Console(width=None if sys.stdout.isatty() else 100)
    console.print(grid)
    console.print(f"ratio: {ratio:.2f}; the reach is {REACH}: {'reached' if ratio >= REACH else 'missed'}")
    sys.exit(ratio < REACH)


def child(server: Running, spec: dict[str, Any]) -> dict[str, Any]:
    """Return what the crawl that *spec* describes came to, run in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        spec_file = Path(folder) / "spec.json"
        spec_file.write_text(json.dumps(spec))
        environment = os.environ | {
            "http_proxy": server.proxy_url,
            "no_proxy": "",
            "NEWSSPIDER_OUTPUT": folder,
            "NEWSSPIDER_SITES": str(SITES),
        }
        command = [sys.executable, "-m", "benchmarks.rendering", "--child", json.dumps(str(spec_file))]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the crawl failed:\n{done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def crawl(spec_file: str) -> dict[str, Any]:
    """Crawl in this process; return the pages that gave an item and their rate, from the first page on."""
    from scrapy import signals  # noqa: PLC0415  # Scrapy takes its reactor at import: only the child may
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415
    from scrapy.settings import Settings  # noqa: PLC0415
    from scrapy.utils.project import get_project_settings  # noqa: PLC0415

    spec = json.loads(Path(spec_file).read_text())
    bare = spec["spider"] == "bare"
    settings = Settings(_bare_settings()) if bare else get_project_settings()
    settings.setdict(_shared(), "cmdline")
    if not bare:
        settings.setdict({"RENDERER": "playwright", "NEWSSPIDER_VERDICT": False}, "cmdline")
    process = CrawlerProcess(settings)
    times: list[float] = []
    crawler = process.create_crawler(_bare_spider() if bare else _reading_spider())
    crawler.signals.connect(lambda: times.append(time.perf_counter()), signals.item_scraped, weak=False)
    process.crawl(crawler, urls=spec["urls"]) if bare else process.crawl(
        crawler, site=SITE, related_depth="0"
    )
    os.environ["RENDERING_URLS"] = spec_file
    process.start()
    # the first pages wait for the browser's start, which is the same for both
    return {"pages": len(times), "rate": (len(times) - 1) / (times[-1] - times[0])}


def _bare_spider() -> type:
    from scrapy import Request, Spider  # noqa: PLC0415
    from scrapy_playwright.page import PageMethod  # noqa: PLC0415

    class Bare(Spider):
        """Renders ``urls``, presses the consent dialog's button, waits for the article."""

        name = "bare"

        async def start(self) -> AsyncIterator[Request]:
            button = "document.querySelector('[role=dialog] button:nth-of-type(2)')?.click()"
            ready = f"() => {{ {button}; return document.querySelector('article h1') !== null; }}"
            for url in self.urls:
                methods = [PageMethod("wait_for_function", ready)]
                yield Request(url, meta={"playwright": True, "playwright_page_methods": methods})

        def parse(self, response: Any, **kwargs: Any) -> Iterator[dict[str, str]]:
            """Yield the address of a page that has its article."""
            if response.css("article h1"):
                yield {"url": response.url}

    return Bare


def _reading_spider() -> type:
    from newsspider.ledger.rows import Row  # noqa: PLC0415
    from newsspider.spiders.news import NewsSpider  # noqa: PLC0415

    class Reading(NewsSpider):
        """The ``news`` spider, started from the articles' own addresses."""

        name = "reading"

        async def start(self) -> AsyncIterator[Any]:
            for url in json.loads(Path(os.environ["RENDERING_URLS"]).read_text())["urls"]:
                yield self.request(Row(url=url, role="article", site=SITE))

    return Reading


def _bare_settings() -> dict[str, Any]:
    from newsspider.rendering.engine import launch_options  # noqa: PLC0415

    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    return {
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch_options(),
        "PLAYWRIGHT_CONTEXTS": {
            "default": {"proxy": {"server": os.environ["http_proxy"], "bypass": "<-loopback>"}}
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": OPEN_PAGES,
    }


def _shared() -> dict[str, Any]:
    return {
        "CONCURRENT_REQUESTS": OPEN_PAGES,
        "CONCURRENT_REQUESTS_PER_DOMAIN": OPEN_PAGES,
        "NEWSSPIDER_RENDER_CONCURRENCY": OPEN_PAGES,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_SLOTS": {SITE: {"concurrency": OPEN_PAGES, "delay": 0}},
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rendering", description=__doc__)
    parser.add_argument("--size", type=int, default=60, help="ordinary articles on the site")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
