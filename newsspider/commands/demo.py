"""``scrapy demo``: serve the demo newsroom until Ctrl-C, or while another command runs."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.demo import Edition, Newsroom, write_truths
from newsspider.demo.edition import KINDS
from newsspider.demo.serve import running
from newsspider.demo.server import LOOPBACK, listen

_DEFAULT_PORT = 8980
_LAST_PORT = 65535
_SITES = resources.files("newsspider.demo").joinpath("sites")
_SITE_FILES = {"plain": _SITES, "scripted": _SITES.joinpath("scripted")}
_HELP = {
    "seed": "number that all text follows from",
    "size": "ordinary articles on each site",
    "weight": "bytes that a page has on average; 0 for bare pages",
    "revision": "how many times an editor has gone over the articles",
    "edited": "share of the articles that one revision changes",
    "fresh": "newer articles than the first edition has",
    "sites": f"which sites: {' or '.join(KINDS)}, which are empty until a browser has run their scripts",
}


class Command(ScrapyCommand):
    """Serves whole news sites, made from a seed, on loopback."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments, for the help."""
        return "[options] [-- COMMAND ...]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Serve the demo newsroom: whole news sites on 127.0.0.1"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add an option for each field of an edition."""
        super().add_options(parser)
        for name, default in asdict(Edition()).items():
            parser.add_argument(
                f"--{name}", type=type(default), default=default, help=f"{_HELP[name]} ({default})"
            )
        parser.add_argument(
            "--port", type=int, default=_DEFAULT_PORT, help=f"port on {LOOPBACK}, 0 for any ({_DEFAULT_PORT})"
        )
        parser.add_argument(
            "--truth", type=Path, metavar="FILE", help="write the truth there and serve nothing"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve, for as long as the command in *args* runs if there is one; or write the truth."""
        try:
            edition = Edition(**{name: getattr(opts, name) for name in asdict(Edition())})
            newsroom = Newsroom(edition)
            if not 0 <= opts.port <= _LAST_PORT:
                raise ValueError(f"a port is from 0 to {_LAST_PORT}, not {opts.port}")
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from error
        command = args[1:] if args[:1] == ["--"] else args
        if command:
            self.exitcode = _accompany(edition, command)
            return
        if opts.truth is not None:
            self._write_truth(newsroom, opts.truth)
            return
        try:
            with suppress(KeyboardInterrupt):
                asyncio.run(_serve(newsroom, opts.port))
        except OSError as error:
            print(f"cannot listen on {LOOPBACK}:{opts.port}: {error.strerror}", file=sys.stderr)
            self.exitcode = 1

    def _write_truth(self, newsroom: Newsroom, path: Path) -> None:
        try:
            with path.open("w", encoding="utf-8") as file:
                print(json.dumps({"truths": write_truths(newsroom.truths(), file)}))
        except OSError as error:
            print(f"cannot write the truth to {path}: {error.strerror}", file=sys.stderr)
            self.exitcode = 1


def _accompany(edition: Edition, command: list[str]) -> int:
    """Run *command* with the newsroom as its proxy and its sites as the user's; return its exit code."""
    with running(edition) as server:
        surroundings = {"http_proxy": server.proxy_url, "NEWSSPIDER_SITES": str(_SITE_FILES[edition.sites])}
        try:
            return subprocess.run(command, env=os.environ | surroundings, check=False).returncode  # noqa: S603
        except FileNotFoundError:
            raise UsageError(f"there is no command {command[0]!r}", print_help=False) from None
        except OSError as error:
            raise UsageError(f"cannot run {command[0]!r}: {error.strerror}", print_help=False) from None


async def _serve(newsroom: Newsroom, port: int) -> None:
    async with await listen(newsroom, port) as server:
        proxy = f"http://{LOOPBACK}:{server.sockets[0].getsockname()[1]}"
        print(f"The demo newsroom is open; it is a proxy at {proxy} for these hosts:")
        for host in newsroom.hosts:
            print(f"  http://{host}/")
        print(f"Look at a page:  curl --proxy {proxy} http://{newsroom.hosts[0]}/")
        sites = _SITE_FILES[newsroom.edition.sites]
        print(f"Crawl it:        http_proxy={proxy} NEWSSPIDER_SITES={sites} scrapy crawl news -a site=all")
        print("Close it:        Ctrl-C", flush=True)
        await server.serve_forever()
