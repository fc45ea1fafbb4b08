"""``scrapy extract``: one page to one article, on standard output."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from lxml import etree
from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.http import Response

from newsspider.cleaning import clean
from newsspider.cleaning.policy import DEFAULT
from newsspider.errors import ArgumentError, ExtractionError, NewsspiderError
from newsspider.exporters import as_line
from newsspider.extraction.catalogue import find_site, load_site
from newsspider.extraction.page import Page
from newsspider.extraction.reader import explain, read
from newsspider.extraction.site import Site
from newsspider.fetching.answer import stated_encoding
from newsspider.fetching.failures import failure_reason
from newsspider.rendering.engine import check_renderer
from newsspider.reporting.explanation import explanation_lines
from newsspider.spiders.checked_settings import check_settings
from newsspider.spiders.news import site_folders
from newsspider.tables.values import web_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

_OWN_ADDRESS = etree.XPath(
    "string((//link[@rel='canonical']/@href | //meta[@property='og:url']/@content)"
    "[starts-with(., 'http')][1])"
)
_LARGEST = 64 * 1024 * 1024


@dataclass(slots=True)
class _Source:
    """A document before it is parsed."""

    body: bytes = b""
    url: str = ""
    encoding: str | None = None
    failure: str = ""


class Command(ScrapyCommand):
    """Reads one page. Exit code 0: its article is on standard output; 1: it gave none; 2: called wrongly."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "ERROR"}

    def syntax(self) -> str:
        """Return the arguments, for the help."""
        return "[options] FILE|URL|-"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Read one page into one article, as JSON on standard output"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--site", metavar="NAME", help="site file to read with (default: by the URL)")
        parser.add_argument("--url", help="address of a page that is read from a file")
        parser.add_argument("--raw", action="store_true", help="print the article before cleaning")
        parser.add_argument(
            "--explain", action="store_true", help="say how the page was read, on standard error"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the page that *args* names and print its article."""
        if len(args) != 1:
            raise UsageError("scrapy extract takes one FILE, URL or - for standard input")
        assert self.settings is not None  # noqa: S101  # set by scrapy.cmdline
        try:
            if opts.url is not None:
                _check_address("--url", opts.url)
            source = _source(args[0], opts.url, self.settings)
            if source.failure:
                self._refuse(f"{source.url}: no page ({source.failure})", 1)
                return
            folders = site_folders(self.settings)
            page = Page(source.body, source.url, encoding=source.encoding)
            page = (
                page if source.url else Page(source.body, _address(page, args[0]), encoding=source.encoding)
            )
            site = load_site(opts.site, folders) if opts.site else find_site(page.url, folders)
            self._print(page, site, opts)
        except ArgumentError as error:
            self._refuse(str(error), 2)
        except ExtractionError as error:
            self._refuse(f"{args[0]}{str(error).removeprefix(source.url)}", 1)
        except NewsspiderError as error:
            self._refuse(str(error), 1)
        except OSError as error:
            self._refuse(f"{args[0]}: {error.strerror or error}", 2)

    @staticmethod
    def _print(page: Page, site: Site | None, opts: argparse.Namespace) -> None:
        if opts.explain:
            print(*explanation_lines(explain(page, site)), sep="\n", file=sys.stderr)
        article = read(page, site)
        if not opts.raw:
            article = clean(article, site.cleaning if site else DEFAULT)
        sys.stdout.write(json.dumps(json.loads(as_line(article)), ensure_ascii=False, indent=1) + "\n")

    def _refuse(self, message: str, exitcode: int) -> None:
        print(f"scrapy extract: {message}", file=sys.stderr)
        self.exitcode = exitcode


def _check_address(what: str, url: str) -> None:
    try:
        web_address(url)
    except ValueError as error:
        raise ArgumentError(f"{what}: {error}") from error


def _source(name: str, url: str | None, settings: BaseSettings) -> _Source:
    if name == "-":
        return _Source(_unpacked(sys.stdin.buffer.read(_LARGEST)), url or "")
    if "://" in name:
        _check_address("the page", name)
        check_settings(settings)
        check_renderer(settings)
        return _fetched(name, settings)
    return _Source(_unpacked(Path(name).read_bytes()), url or "")


def _unpacked(body: bytes) -> bytes:
    """Return *body*, unzipped if it is gzip: saved pages often are."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, _LARGEST)
    except zlib.error as error:
        raise gzip.BadGzipFile(f"damaged gzip: {error}") from error


def _address(page: Page, name: str) -> str:
    """Return the address that a saved page says it has, if it can have that, else that of the file."""
    try:
        return web_address(str(_OWN_ADDRESS(page.root)))
    except ValueError:
        return Path(name).absolute().as_uri() if name != "-" else "http://localhost/"


class _OnePage(Spider):
    """Fetches one page, with the project's manners, into *source*."""

    name = "extract"

    def __init__(self, source: _Source) -> None:
        super().__init__()
        self.source = source

    async def start(self) -> AsyncIterator[Request]:
        """Yield the one request."""
        yield Request(self.source.url, errback=self.failed, dont_filter=True)

    def parse(self, response: Response, **kwargs: Any) -> None:
        """Keep the page."""
        self.source.body, self.source.url = response.body, response.url
        self.source.encoding, self.source.failure = stated_encoding(response), ""

    def failed(self, failure: Failure) -> None:
        """Keep the reason."""
        self.source.failure = failure_reason(failure.value)


def _fetched(url: str, settings: BaseSettings) -> _Source:
    source = _Source(url=url, failure="not fetched")
    quiet = {"FEEDS": {}, "NEWSSPIDER_VERDICT": False, "NEWSSPIDER_PROGRESS": False, "DOWNLOAD_DELAY": 0}
    for name, value in quiet.items():
        settings.set(name, value, priority="cmdline")
    process = AsyncCrawlerProcess(settings)  # type: ignore[arg-type]  # the command's settings are the project's
    process.crawl(_OnePage, source=source)
    process.start()
    return source
