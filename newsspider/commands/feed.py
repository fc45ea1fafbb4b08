"""``scrapy feed merge``: the feeds of many workers and runs in one file, with the proof that it is whole."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from errno import EISDIR
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.errors import LedgerError
from newsspider.ledger import Ledger, State, find_ledger
from newsspider.ledger.merging import Merging, Proof
from newsspider.scheduler import ledger_url

_ASK = "merge [options] [FILE | FOLDER ...] -o FILE"


class Command(ScrapyCommand):
    """Merges feeds. Exit code 0: the file is whole; 1: it is not, and was not written; 2: called wrongly."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return how it is called."""
        return _ASK

    def short_desc(self) -> str:
        """Return what it does, for ``scrapy -h``."""
        return "Merge the feeds of many workers and runs into one file"

    def long_desc(self) -> str:
        """Return what it does, for ``scrapy feed -h``."""
        return (
            "Keeps exactly the lines that the ledger names, one for each article, that of its last version, "
            "sorted by site, date of publication and id; prints what became of every line, and proves that "
            "nothing is missing or twice. Without files it takes the .jsonl files in NEWSSPIDER_OUTPUT. "
            "LEDGER_URL names the ledger, else it is ledger.sqlite in NEWSSPIDER_OUTPUT."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of ``merge``."""
        super().add_options(parser)
        parser.add_argument("-o", dest="out", type=Path, metavar="FILE", help="where the merged lines go")
        parser.add_argument(
            "--partial", action="store_true", help="articles in files that are not given are no concern"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Merge the feeds in *args*."""
        if args[:1] != ["merge"] or opts.out is None:
            raise UsageError(f"scrapy feed {_ASK}")
        assert self.settings is not None  # noqa: S101  # set by scrapy.cmdline
        places = [Path(place) for place in args[1:]] or [
            Path(self.settings.get("NEWSSPIDER_OUTPUT", "output"))
        ]
        try:
            with closing(find_ledger(ledger_url(self.settings))) as ledger:
                self.exitcode = _merge(ledger, feeds_at(places, opts.out), opts)
        except LedgerError as error:
            print(f"scrapy feed: {error}", file=sys.stderr)
            self.exitcode = 1


def feeds_at(places: Sequence[Path], out: Path) -> list[Path]:
    """Return the files among *places* and the ``.jsonl`` files in the folders among them, but for *out*.

    Raises :class:`~newsspider.LedgerError` where that is none.
    """
    found = [path for path in dict.fromkeys(_each(places)) if path.resolve() != out.resolve()]
    if not found:
        raise LedgerError(f"{', '.join(map(str, places))}: there is no feed, whose name ends in .jsonl")
    return found


def _each(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        if not place.exists():
            raise LedgerError(f"{place}: there is no such file or folder")
        yield from sorted(place.glob("*.jsonl")) if place.is_dir() else (place,)


def _merge(ledger: Ledger, files: Sequence[Path], opts: argparse.Namespace) -> int:
    with closing(Merging(ledger, files)) as merging:
        proof = merging.proof()
        holds = proof.holds(partial=opts.partial)
        if holds:
            _write(merging, opts.out)
    waiting = sum(count.urls for count in ledger.stats() if count.state in (State.WAITING, State.LEASED))
    print(*_said(proof, len(files), waiting), sep="\n")
    if holds:
        print(f"{opts.out}: {proof.kept} articles, nothing missing, nothing twice")
    elif proof.knows_none:
        print(
            f"scrapy feed: the ledger names none of these lines, so {opts.out} was not written; LEDGER_URL "
            "must name the ledger of the crawl that wrote them",
            file=sys.stderr,
        )
    else:
        print(f"scrapy feed: not whole, so {opts.out} was not written", file=sys.stderr)
    return 0 if holds else 1


def _write(merging: Merging, out: Path) -> None:
    try:
        if out.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        draft = out.with_name(f"{out.name}.part")
        with draft.open("wb") as file:
            merging.write(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(out)
    except OSError as error:
        raise LedgerError(f"{out}: can't be written: {error.strerror}; name another file with -o") from error


def _said(proof: Proof, files: int, waiting: int) -> Iterator[str]:
    yield f"{proof.lines:>12,} lines in {files} files"
    for number, what in (
        (proof.kept, "kept"),
        (proof.raw_duplicates, "raw duplicates: the same version has another line"),
        (proof.earlier, "earlier versions"),
        (proof.unsettled, "not settled: their worker was killed, and the ledger names others or none"),
        (proof.no_articles, "no articles, or cut short"),
    ):
        yield f"{number:>12,} {what}"
    yield f"{proof.named:>12,} articles that the ledger names"
    for number, what in (
        (proof.elsewhere, "of them in files that were not given"),
        (proof.missing, "of them MISSING"),
        (proof.twice, "of them TWICE"),
        (waiting, "URLs still wait, so the crawl is not over or was limited"),
    ):
        if number:
            yield f"{number:>12,} {what}"
    yield from (f"{'':>12} not there: {example}" for example in proof.examples)
