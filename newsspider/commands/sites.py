"""``scrapy sites``: the sites that there are, and whether their files are right."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.errors import SiteError
from newsspider.extraction.catalogue import SHIPPED, Folder, all_sites, catalogue
from newsspider.extraction.site import Site


class Command(ScrapyCommand):
    """List the sites: those of the user's own folder and those that are shipped."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:  # noqa: D102
        return "List the sites that newsspider knows, or check their files"

    def add_options(self, parser: ArgumentParser) -> None:  # noqa: D102
        super().add_options(parser)
        parser.add_argument(
            "--check", action="store_true", help="validate every site file; a line an error, exit code 1"
        )

    def run(self, args: list[str], opts: Namespace) -> None:  # noqa: D102
        if args:
            raise UsageError(f"scrapy sites takes no argument {args[0]!r}", print_help=False)
        assert self.settings is not None  # noqa: S101  # Scrapy sets it before it runs a command
        own = self.settings.get("NEWSSPIDER_SITES")
        folders: tuple[Folder, ...] = (own, SHIPPED) if own else (SHIPPED,)
        try:
            lines = [line for folder in folders for line in catalogue(folder).problems()]
            if not lines and not opts.check:
                _print(all_sites(folders))
        except SiteError as error:
            lines = list(error.problems)
        if lines:
            print("\n".join(lines))
            self.exitcode = 1
        elif opts.check:
            count = len(all_sites(folders))
            print(f"{count} site files, all right")


def _print(sites: Sequence[Site]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("site", "domains", "templates", "seen", "from"):
        table.add_column(heading, overflow="fold")
    for site in sites:
        names = ", ".join(template.name for template in site.templates)
        table.add_row(site.stem, ", ".join(site.domains), names, str(site.seen or ""), _origin(site))
    Console().print(table)


def _origin(site: Site) -> str:
    shipped = site.source == str(SHIPPED.joinpath(f"{site.stem}.toml"))
    return "shipped" if shipped else site.source
