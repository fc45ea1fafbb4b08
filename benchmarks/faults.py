"""Whatever goes wrong: is every article in the output exactly once, or named in the ledger with the reason?

    python -m benchmarks.faults [--size 500] [--only NAME]

Each case crawls a fresh demo newsroom of four sites, ``--size`` ordinary stories each, with something going
wrong, and gives the same command again until nothing is left to do.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import kills
from newsspider.demo import Edition
from newsspider.demo.misbehaviour import way_of
from newsspider.demo.serve import Running, running
from newsspider.ledger import Refresh, SqliteLedger
from newsspider.ledger.flight import utc_now

HASTY = ("-s", "DOWNLOAD_TIMEOUT=4", "-s", "RETRY_TIMES=1", "-s", "LOG_LEVEL=ERROR")
"""No patience with a page that stalls, and no word on each that is given up."""
FATES: Mapping[str, str] = {
    "reset": "failed connection",
    "truncated": "failed truncated",
    "endless": "failed too_large",
    "stalled": "failed timeout",
    "garbled": "failed decoding",
    "bomb": "failed too_large",
    "broken": "failed http_500",
    "busy": "failed http_503",
    "circling": "failed redirect_loop",
    "empty": "failed no_document",
    "binary": "failed no_document",
}
"""A way in which a page misbehaves → what becomes of it in the ledger."""
_RUNS = 8


@dataclass
class Done:
    """A crawl that ended."""

    code: int
    text: str


@dataclass
class Desk:
    """A folder in which one newsroom is crawled again and again on one ledger."""

    folder: Path
    edition: Edition
    proxy_url: str = ""
    command: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.command = self.command or kills.crawl_command(self.edition)

    @contextmanager
    def serving(self, faults: str | None = None, port: int = 0) -> Iterator[Running]:
        """Serve the newsroom for as long as the context lasts."""
        plan = f"newsspider.demo.misbehaviour:{faults}" if faults else None
        with running(self.edition, faults=plan, port=port) as server:
            self.proxy_url = server.proxy_url
            yield server

    def start(self, *arguments: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        """Start a crawl."""
        return subprocess.Popen(
            [*self.command, *arguments],
            cwd=kills.ROOT,
            env=kills.crawl_environment(self.folder, self.proxy_url),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=before,  # noqa: PLW1509  # no threads here
        )

    def crawl(self, *arguments: str, before: Callable[[], None] | None = None) -> Done:
        """Crawl to the end."""
        return finish(self.start(*arguments, before=before))

    def wait_for_lines(self, number: int) -> None:
        """Wait until the output has *number* lines more than now."""
        wanted = number + sum(1 for _ in kills.lines(self.folder))
        for _ in range(15_000):
            if sum(1 for _ in kills.lines(self.folder)) >= wanted:
                return
            time.sleep(0.02)
        raise TimeoutError(f"no {number} more articles in five minutes")

    @property
    def ledger(self) -> SqliteLedger:
        """The ledger, opened."""
        return SqliteLedger(self.folder / "output/ledger.sqlite")

    def go_on(self, *arguments: str) -> Iterator[str]:
        """Give the command again until nothing is left; yield what is wrong in the end."""
        for _ in range(_RUNS):
            done = self.crawl(*arguments)
            if done.code == 0 and not kills.is_anything_left(self.edition, self.folder):
                break
        else:
            yield f"not done after {_RUNS} runs: {done.text[-500:]}"
        yield from self.problems()

    def problems(self, named: Mapping[str, str] | None = None) -> Iterator[str]:
        """Yield what the output lacks, but for what is *named*, and has too much; and a ledger's damage."""
        found = kills.Round()
        kills.compare(self.edition, self.folder, found)
        for what, urls in (("lost", found.lost - set(named or ())), ("twice", found.twice)):
            yield from (f"{what}: {url} {found.named.get(url, '')}" for url in sorted(urls)[:5])
        yield from (f"foreign: {url}" for url in sorted(found.foreign)[:5])
        if found.broken_lines:
            yield f"{found.broken_lines} broken lines"
        with self.ledger as ledger:
            yield from ledger.check()

    def lost(self) -> dict[str, str]:
        """Return the articles that are not in the output, with state and reason that the ledger gives."""
        found = kills.Round()
        kills.compare(self.edition, self.folder, found)
        return {url: found.named.get(url, "") for url in found.lost}


def finish(process: subprocess.Popen[str]) -> Done:
    """Wait for a crawl to end."""
    text, _ = process.communicate(timeout=3600)
    return Done(process.returncode, text)


def misbehaving_at_first(desk: Desk) -> Iterator[str]:
    """Half of the stories reset, stall, break off, are a bomb ... the first time that they are asked for."""
    with desk.serving("at_first"):
        first = desk.crawl(*HASTY)
        if first.code not in (0, 1):
            yield first.text[-500:]
        # what no retry mends at once is due again after minutes
        yield from _later(desk)


def misbehaving_always(desk: Desk) -> Iterator[str]:
    """Half of the stories never come right: each is named with its reason, and comes when it is mended."""
    with desk.serving("always"):
        done = desk.crawl(*HASTY)
        if "Traceback" in done.text:
            yield done.text[-1500:]
        lost = desk.lost()
        if not lost:
            yield "nothing was lost where half of the pages are broken"
        for url, named in lost.items():
            address, _, fate = named.partition(" ")
            parts = urlsplit(address)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            way = way_of(parts.hostname or "", path) or ""
            # a machine that is busy may keep any page waiting too long
            if fate not in (FATES.get(way), FATES["stalled"]):
                yield f"{way}: {url} is {fate or 'not in the ledger'}"
        yield from desk.problems(named=lost)
    with desk.serving():
        yield from _later(desk)


def _later(desk: Desk) -> Iterator[str]:
    """Go on two days later, when what failed and was dropped is due."""
    two_days = timedelta(days=2).total_seconds()
    clocked = [sys.executable, "-m", "benchmarks.clocked", str(two_days), "0", "--", *desk.command[3:]]
    later = Desk(desk.folder, desk.edition, desk.proxy_url, clocked)
    yield from later.go_on(*HASTY)


def killed(desk: Desk) -> Iterator[str]:
    """kill -9 at three moments."""
    for _ in range(3):
        with desk.serving():
            process = desk.start()
            desk.wait_for_lines(random.Random(1).randint(1, 5))
            process.kill()
            process.communicate()
    with desk.serving():
        yield from desk.go_on()


def stopped(desk: Desk) -> Iterator[str]:
    """SIGINT, and SIGTERM in the run after it: both leave the rest to the same command, and say so."""
    with desk.serving():
        for number in (signal.SIGINT, signal.SIGTERM):
            process = desk.start()
            desk.wait_for_lines(2)
            process.send_signal(number)
            done = finish(process)
            if done.code != 1 or "left undone: shutdown:" not in " ".join(done.text.split()):
                yield f"after {number.name}: exit code {done.code}: {done.text[-500:]}"
        yield from desk.go_on()


def disk_full_for_the_feed(desk: Desk) -> Iterator[str]:
    """A feed that is appended to reaches the size that a file may have, before the ledger does."""
    filler = b'{"about": "earlier lines"}' + b" " * 8_000_000 + b"\n"
    feed = desk.folder / "output/all.jl"
    feed.parent.mkdir()
    feed.write_bytes(filler)
    with desk.serving():
        whole = ("-o", f"{feed}:jsonlines")
        done = desk.crawl(*whole, before=partial(limit_files, len(filler) + 60_000))
        if done.code != 1 or "feed can't be written" not in done.text:
            yield f"exit code {done.code}: {done.text[-1500:]}"
        desk.crawl(*whole)
        feed.with_suffix(".jsonl").write_bytes(feed.read_bytes().removeprefix(filler))
        yield from desk.go_on()


def disk_full_for_the_ledger(desk: Desk) -> Iterator[str]:
    """The ledger reaches the size that a file may have, before the feed does."""
    with desk.serving():
        done = desk.crawl(before=partial(limit_files, 140_000))
        if done.code != 1 or "the disk is full" not in done.text or "Traceback" in done.text:
            yield f"exit code {done.code}: {done.text[-1500:]}"
        yield from desk.go_on()


def limit_files(size: int) -> None:
    """Let no file of this process grow beyond *size* bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def ledger_damaged(desk: Desk) -> Iterator[str]:
    """Most of the ledger is overwritten: the run says so; with a copy restored the crawl goes on."""
    ledger = desk.folder / "output/ledger.sqlite"
    with desk.serving():
        process = desk.start()
        desk.wait_for_lines(5)
        process.send_signal(signal.SIGTERM)
        finish(process)
        sound = ledger.read_bytes()
        ledger.write_bytes(sound[:8192] + bytes(len(sound) - 8192))
        before = list(kills.lines(desk.folder))
        done = desk.crawl()
        if done.code != 1 or "is damaged" not in done.text or "Traceback" in done.text:
            yield f"exit code {done.code}: {done.text[-1500:]}"
        if list(kills.lines(desk.folder)) != before:
            yield "a run on a damaged ledger wrote to a feed"
        ledger.write_bytes(sound)
        for log in ("-wal", "-shm"):
            Path(f"{ledger}{log}").unlink(missing_ok=True)
        yield from desk.go_on()


def site_down(desk: Desk) -> Iterator[str]:
    """The sites go away in the middle of a run and come back."""
    with desk.serving() as server:
        process = desk.start(*HASTY)
        desk.wait_for_lines(2)
        port = server.port
    done = finish(process)
    if "Traceback" in done.text:
        yield done.text[-1500:]
    with desk.serving(port=port):
        yield from _later(desk)


def two_at_once(desk: Desk) -> Iterator[str]:
    """The second of two crawls on one ledger says which process has the site, and fetches nothing."""
    with desk.serving():
        first = desk.start()
        desk.wait_for_lines(1)
        first.send_signal(signal.SIGSTOP)
        second = desk.crawl()
        first.send_signal(signal.SIGCONT)
        if second.code != 1 or f"is running on this ledger (process {first.pid})" not in second.text:
            yield f"the second crawl: exit code {second.code}: {second.text[-500:]}"
        finish(first)
        yield from desk.go_on()


def clock_set_back(desk: Desk) -> Iterator[str]:
    """The clock jumps back by three days in a run that is killed, and stands right in the next."""
    three_days = timedelta(days=3).total_seconds()
    clocked = [sys.executable, "-m", "benchmarks.clocked", str(three_days), str(-three_days), "--"]
    ahead = Desk(desk.folder, desk.edition, command=[*clocked, *desk.command[3:]])
    with ahead.serving():
        process = ahead.start()
        ahead.wait_for_lines(5)
        process.kill()
        process.communicate()
        desk.proxy_url = ahead.proxy_url
        done = desk.crawl()
        if "Traceback" in done.text:
            yield done.text[-1500:]
        yield from desk.go_on()
        with desk.ledger as ledger:
            ledger.begin({}, Refresh.NONE, utc_now())
            if any(entry.at > utc_now() + timedelta(days=4) for entry in ledger.due(utc_now())):
                yield "an entry of the future"


CASES: Mapping[str, Callable[[Desk], Iterator[str]]] = {
    "misbehaving at first": misbehaving_at_first,
    "misbehaving always": misbehaving_always,
    "killed": killed,
    "stopped": stopped,
    "disk full for the feed": disk_full_for_the_feed,
    "disk full for the ledger": disk_full_for_the_ledger,
    "ledger damaged": ledger_damaged,
    "site down": site_down,
    "two at once": two_at_once,
    "clock set back": clock_set_back,
}


def run(name: str, edition: Edition) -> list[str]:
    """Return what is wrong after the case *name* on a newsroom of *edition*."""
    with tempfile.TemporaryDirectory() as folder:
        return list(CASES[name](Desk(Path(folder), edition)))


def main() -> None:
    """Run the cases and print the verdict."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--size", type=int, default=500, help="ordinary stories on each of the four sites")
    parser.add_argument("--only", choices=CASES)
    options = parser.parse_args()
    edition = Edition(size=options.size)
    print(f"{len(kills.truth(edition))} articles")
    failed = 0
    for name in [options.only] if options.only else CASES:
        started = time.perf_counter()
        problems = run(name, edition)
        failed += bool(problems)
        print(
            f"{name:<26} {time.perf_counter() - started:5.0f} s  {'FAILED' if problems else 'ok'}", flush=True
        )
        print(*(f"  {problem}" for problem in problems), sep="\n", end="\n" if problems else "")
    print("nothing lost, nothing twice" if not failed else f"{failed} cases failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
