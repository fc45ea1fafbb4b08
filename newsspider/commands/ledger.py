"""``scrapy ledger``: what the crawl knows, for people who ask why an article is not there."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.errors import LedgerError
from newsspider.ledger import Entry, Ledger, State, find_ledger
from newsspider.ledger.flight import utc_now
from newsspider.scheduler import ledger_url

_ASK = "stats | show URL | due | forget PATTERN | check"


class Command(ScrapyCommand):
    """Shows and mends the ledger. Exit code 0: fine; 1: not found, or not sound; 2: called wrongly."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return how it is called."""
        return _ASK

    def short_desc(self) -> str:
        """Return what it does, for ``scrapy -h``."""
        return "Show what the crawl knows of every URL"

    def long_desc(self) -> str:
        """Return what it does, for ``scrapy ledger -h``."""
        return (
            "stats: URLs by site, state and reason. show URL: all that is known of one. due: articles to be "
            "fetched again now. forget PATTERN: forget the URLs that a pattern such as "
            "'https://a.com/2024/*' matches, so that they are new when they are found again. "
            "check: whether the ledger is sound. "
            "LEDGER_URL names the ledger, else it is ledger.sqlite in NEWSSPIDER_OUTPUT."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Answer the question in *args*."""
        question = _QUESTIONS.get(args[0]) if args else None
        if question is None or len(args) != 1 + question[0]:
            raise UsageError(f"scrapy ledger {_ASK}")
        assert self.settings is not None  # noqa: S101  # set by scrapy.cmdline
        try:
            ledger = find_ledger(ledger_url(self.settings))
            try:
                self.exitcode = question[1](ledger, *args[1:])
            finally:
                ledger.close()
        except LedgerError as error:
            print(f"scrapy ledger: {error}", file=sys.stderr)
            self.exitcode = 1


def _stats(ledger: Ledger) -> int:
    counts = ledger.stats()
    table = Table("site", "state", "reason", "URLs", box=None)
    table.columns[3].justify = "right"
    for count in counts:
        table.add_row(count.site, count.state, count.reason, f"{count.urls:,}")
    table.add_row("all", "", "", f"{sum(count.urls for count in counts):,}")
    Console().print(table)
    return 0


def _show(ledger: Ledger, url: str) -> int:
    entry = ledger.show(url)
    if entry is None:
        print(f"{url} is not in the ledger: no page that was read links to it, or it was forgotten")
        return 1
    print(*(f"{name:<12}  {value}" for name, value in _facts(entry).items() if value), sep="\n")
    return 0


def _facts(entry: Entry) -> Mapping[str, str]:
    completion = entry.completion
    at = entry.at.isoformat(sep=" ")
    return {
        "url": entry.row.url,
        "state": f"{entry.state} ({entry.reason})" if entry.reason else entry.state,
        "leased until" if entry.state is State.LEASED else "since": at,
        "due": entry.due.isoformat(sep=" ") if entry.due else "",
        "role": f"{entry.row.role} of {entry.row.site}, depth {entry.row.depth}",
        "found on": entry.row.found_on or "",
        "validator": entry.validator or "",
        "article": f"{completion.id}, version {completion.version}" if completion else "",
        "line": f"{completion.file}, byte {completion.offset}" if completion and completion.file else "",
    }


def _due(ledger: Ledger) -> int:
    for entry in ledger.due(utc_now()):
        assert entry.due is not None  # noqa: S101  # that is what is listed
        print(f"{entry.due.isoformat(sep=' ')}  {entry.state}  {entry.row.url}")
    return 0


def _forget(ledger: Ledger, pattern: str) -> int:
    forgotten = ledger.forget(pattern)
    print(f"{forgotten} forgotten")
    return 0 if forgotten else 1


def _check(ledger: Ledger) -> int:
    problems = ledger.check()
    print(*(problems or ("the ledger is sound",)), sep="\n")
    return 1 if problems else 0


_QUESTIONS: Mapping[str, tuple[int, Callable[..., int]]] = {
    "stats": (0, _stats),
    "show": (1, _show),
    "due": (0, _due),
    "forget": (1, _forget),
    "check": (0, _check),
}
