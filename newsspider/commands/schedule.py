"""``scrapy schedule``: run the sites' jobs on scrapyd nodes when they are due."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.errors import NewsspiderError, ScheduleError
from newsspider.scheduling import (
    Credentials,
    JobStatus,
    MemoryStore,
    Node,
    Round,
    Scheduler,
    ScheduleTable,
    Scrapyd,
    look,
    make_round,
    read_schedule_file,
    status,
)
from newsspider.spiders.jobs import scheduled_jobs

_DEFAULT_FILE = "schedule.toml"
_PIPE_WIDTH = 200


class Command(ScrapyCommand):
    """Runs jobs on scrapyd. Exit code 0: all is well; 1: a job waits, or lost articles; 2: called wrongly."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments, for the help."""
        return "[--once] [--file FILE] [status]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Run the sites' jobs on scrapyd when they are due"

    def long_desc(self) -> str:
        """Return what it does, for ``scrapy schedule -h``."""
        return (
            "Jobs come from the [schedule] tables of site files and from the [[job]] tables of the schedule "
            "file. Without an argument it goes on until it is stopped; with --once it starts what is due and "
            "ends, for cron and systemd timers. status: how every job stands. docs/deploying.md has it all."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--once", action="store_true", help="start what is due now, and end")
        parser.add_argument(
            "--file",
            type=Path,
            help=f"the schedule file (NEWSSPIDER_SCHEDULE, else {_DEFAULT_FILE} if there is one)",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show the status, make one round, or make rounds for ever."""
        if args not in ([], ["status"]) or (args and opts.once):
            raise UsageError(f"scrapy schedule {self.syntax()}")
        try:
            table, scheduler = self._scheduler(opts.file)
            store = MemoryStore(self._output() / "schedule.sqlite")
        except NewsspiderError as error:
            self._refuse(str(error), 2)
            return
        try:
            if args:
                self._show(scheduler, store)
                return
            with store.alone():
                if opts.once:
                    self.exitcode = _tell(make_round(scheduler, store, _now))
                else:
                    _go_on(lambda: make_round(scheduler, store, _now), table.poll)
        except NewsspiderError as error:
            self._refuse(str(error), 1)

    def _scheduler(self, file: Path | None) -> tuple[ScheduleTable, Scheduler]:
        if find_spec("apscheduler") is None:
            raise ScheduleError("APScheduler is not installed: pip install 'newsspider[schedule]'")
        assert self.settings is not None  # noqa: S101  # set by scrapy.cmdline
        named = file or self.settings.get("NEWSSPIDER_SCHEDULE")
        path = Path(named or _DEFAULT_FILE)
        table = read_schedule_file(path) if named or path.exists() else ScheduleTable()
        nodes = {
            node.name: Scrapyd(node, table.project, Credentials.of(node, os.environ))
            for node in _nodes(table)
        }
        return table, Scheduler(scheduled_jobs(table, str(path), self.settings), nodes, table.takeover)

    def _show(self, scheduler: Scheduler, store: MemoryStore) -> None:
        now = _now()
        view = look(scheduler, store.load(), now)
        rows = status(scheduler.jobs, view, now)
        for problem in view.fleet.problems.values():
            print(problem, file=sys.stderr)
        # a pipe has no width, and rich takes it for a narrow terminal
        Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH).print(_table(rows))
        self.exitcode = 0 if all(row.is_well for row in rows) and not view.fleet.problems else 1

    def _output(self) -> Path:
        assert self.settings is not None  # noqa: S101
        return Path(self.settings.get("NEWSSPIDER_OUTPUT", "output"))

    def _refuse(self, message: str, exitcode: int) -> None:
        print(f"scrapy schedule: {message}", file=sys.stderr)
        self.exitcode = exitcode


def _nodes(table: ScheduleTable) -> Iterator[Node]:
    for node in table.node:
        yield Node(name=node.name, url=node.url, sites=frozenset(node.sites), credentials=node.credentials)


def _now() -> datetime:
    return datetime.now(UTC)


def _tell(made: Round) -> int:
    """Print what a round did; return 1 if somebody has to look after something."""
    lines = list(_lines(made))
    for text, is_trouble in lines:
        print(text, file=sys.stderr if is_trouble else sys.stdout, flush=True)
    return int(any(is_trouble for _, is_trouble in lines))


def _lines(made: Round) -> Iterator[tuple[str, bool]]:
    """Yield each line on the round, with whether it is trouble."""
    for problem in made.problems:
        yield problem, True
    for job, last in made.ended:
        yield f"{job}: {'ok' if last.ok else 'LOST'}: {last.text} ({last.run})", not last.ok
    for run in made.started:
        yield f"{run.job}: started {run.id} on {run.node}", False
    for wait in made.waits:
        yield f"{wait.job}: waits: {wait.reason}", wait.is_trouble


def _go_on(make: Callable[[], Round], pause: timedelta) -> None:
    """Make a round every *pause* until the process is asked to stop."""
    from apscheduler.schedulers.blocking import BlockingScheduler  # noqa: PLC0415  # an extra

    said: set[str] = set()

    def round_and_tell() -> None:
        nonlocal said
        try:
            lines = list(_lines(make()))
        except NewsspiderError as error:
            lines = [(f"scrapy schedule: {error}", True)]
        for text, is_trouble in lines:
            if text not in said:  # what waits would be said in every round
                print(text, file=sys.stderr if is_trouble else sys.stdout, flush=True)
        said = {text for text, _ in lines}

    clockwork = BlockingScheduler(timezone=UTC)
    clockwork.add_job(
        round_and_tell,
        "interval",
        seconds=pause.total_seconds(),
        next_run_time=_now(),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    with _ended_by_sigterm(), suppress(KeyboardInterrupt, SystemExit):
        clockwork.start()
    if clockwork.running:
        clockwork.shutdown()  # waits for the round that is under way


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _table(rows: tuple[JobStatus, ...]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("job", "node", "last", "verdict", "next"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        cells = (row.job, row.node, row.last, row.verdict, row.next)
        table.add_row(*(Text(cell) for cell in cells))
    return table
