"""``scrapy crawl``: Scrapy's own, that checks the arguments first and ends with the verdict's exit code."""

from __future__ import annotations

import argparse
import logging
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from newsspider.errors import ArgumentError, NewsspiderError
from newsspider.reporting import verdict
from newsspider.settings import FEEDS
from newsspider.spiders.checked_settings import check_logging
from newsspider.spiders.news import NewsSpider

logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """Runs a spider. Exit code 0: nothing was lost; 1: the run lost articles; 2: it was called wrongly."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options; a feed that ``-o`` or ``-O`` names replaces the project's default one."""
        assert self.settings is not None  # noqa: S101  # set by scrapy.cmdline
        # Scrapy adds the two up; a FEEDS of the user's own stays
        if (opts.output or opts.overwrite_output) and self.settings.getdict("FEEDS") == FEEDS:
            self.settings.set("FEEDS", {}, priority="project")
        super().process_options(args, opts)
        try:
            check_logging(self.settings)
        except ArgumentError as error:  # Scrapy sets its log up before it runs a command
            raise UsageError(str(error)) from error

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider that *args* names."""
        if len(args) != 1:
            raise UsageError("scrapy crawl takes one spider")
        process, settings = self.crawler_process, self.settings
        assert process is not None and settings is not None  # noqa: S101, PT018  # set by scrapy.cmdline
        try:
            spider = process.spider_loader.load(args[0])
            if issubclass(spider, NewsSpider):
                spider.check_run(opts.spargs, settings)
        except KeyError:
            self._refuse(f"there is no spider {args[0]!r}; `scrapy list` has them all")
            return
        except NewsspiderError as error:
            self._refuse(str(error))
            return
        crawler = self._create_crawler(spider)
        process.crawl(crawler, **opts.spargs)
        process.start()
        failed = process.bootstrap_failed
        self.exitcode = 1 if failed else verdict(crawler.stats.get_stats()).exit_code

    def _refuse(self, message: str) -> None:
        print(f"scrapy crawl: {message}", file=sys.stderr)
        if self.settings is not None and self.settings.get("LOG_FILE"):
            logger.error("%s", message)  # under scrapyd the log is all that its users see
        self.exitcode = 2
