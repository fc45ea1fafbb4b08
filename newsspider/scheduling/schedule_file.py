"""The schedule file: nodes, jobs besides those of site files, and what holds for all jobs. TOML, strict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from newsspider.errors import ScheduleError
from newsspider.tables.file import Table, TableError, read_table
from newsspider.tables.values import Cron, Duration, Period, Zone, web_address

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_CREDENTIALS = re.compile(r"[A-Z][A-Z0-9_]*")
_PASSWORD_IN_URL = re.compile(r"\w+://[^/@\s]*:[^/@\s]+@")


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError(
            f"{value!r} is no name: letters, digits, '.', '-' and '_' are (it is part of file names)"
        )
    return value


def _node_url(value: str) -> str:
    try:
        web_address(value)
    except ValueError:
        # the value is not repeated: it may hold a password
        raise ValueError("is not the URL of a node, such as 'http://127.0.0.1:6800'") from None
    parts = urlsplit(value)
    if parts.username or parts.password:
        raise ValueError(
            f"the URL of {parts.hostname} has a user name in it: "
            "put SCRAPYD_USERNAME and SCRAPYD_PASSWORD into the environment"
        )
    return value.rstrip("/")


def _environment_name(value: str) -> str:
    if not _CREDENTIALS.fullmatch(value):
        raise ValueError(
            f"{value!r} is not the first part of names of environment variables, such as 'SCRAPYD'"
        )
    return value


def _secretless(value: str) -> str:
    if _PASSWORD_IN_URL.search(value):
        raise ValueError(
            "has a password in it, which scrapyd would log: put it into the environment of the nodes"
        )
    return value


Name = Annotated[str, AfterValidator(_name)]
Text = Annotated[str, AfterValidator(_secretless)]
NodeUrl = Annotated[str, AfterValidator(_node_url)]
Variables = Annotated[str, AfterValidator(_environment_name)]


class NodeTable(Table):
    """``[[node]]``: a scrapyd server."""

    name: Name = Field(description="unique; the ledgers of its sites go by it")
    url: NodeUrl = Field(description="where it listens")
    sites: list[str] = Field(default=[], description="sites that are to be crawled there")
    credentials: Variables = Field(
        default="SCRAPYD", description="user name and password are in `…_USERNAME` and `…_PASSWORD`"
    )


class JobTable(Table):
    """``[[job]]``: a job besides those of the site files, or, by the same name, in place of one."""

    name: Name = Field(description="unique; it begins the ids of the job's runs")
    every: Period | None = Field(default=None, description="time from one run to the next")
    cron: Cron | None = Field(
        default=None, description="a cron expression of five fields, instead of `every`"
    )
    jitter: Duration | None = Field(default=None, description="a run starts up to so much later than due")
    spider: str = Field(default="news", description="the spider")
    args: dict[str, Text] = Field(default={}, description="spider arguments")
    settings: dict[str, Text] = Field(default={}, description="settings of its runs")


class ScheduleTable(Table):
    """The file itself."""

    project: Name = Field(default="newsspider", description="the project's name at scrapyd")
    timezone: Zone = Field(default="UTC", description="IANA zone of cron expressions")
    jitter: Duration = Field(default=timedelta(0), description="of jobs that have none of their own")
    poll: Period = Field(
        default=timedelta(seconds=10), description="time from one look at nodes and jobs to the next"
    )
    takeover: Duration = Field(
        default=timedelta(minutes=2),
        description="after so long without an answer another node takes over, where the ledger is shared",
    )
    settings: dict[str, Text] = Field(default={}, description="settings of the runs of all jobs")
    node: list[NodeTable] = Field(
        default=[NodeTable(name="local", url="http://127.0.0.1:6800")], min_length=1, description="the nodes"
    )
    job: list[JobTable] = Field(default=[], description="jobs besides those of the site files")


def read_schedule_file(path: Path) -> ScheduleTable:
    """Return what the file says; a :class:`~newsspider.ScheduleError` is one line for what is wrong first."""
    try:
        table, _ = read_table(path, ScheduleTable, "schedule file")
    except TableError as error:
        raise ScheduleError(error.problems[0]) from error
    for contradiction in _contradictions(table):
        raise ScheduleError(f"{path}: {contradiction}")
    return table


def _contradictions(table: ScheduleTable) -> Iterator[str]:
    """Yield what is wrong between keys that are each right."""
    for job in table.job:
        if (job.every is None) == (job.cron is None):
            yield f"[[job]] of {job.name!r}: needs one of 'every' and 'cron'"
    for kind, names in (
        ("job", [job.name for job in table.job]),
        ("node", [node.name for node in table.node]),
    ):
        for name in _repeated(names):
            yield f"[[{kind}]], key 'name': {name!r} is taken"
    for site in _repeated([site for node in table.node for site in node.sites]):
        yield f"[[node]], key 'sites': {site!r} is on two nodes"


def _repeated(names: list[str]) -> list[str]:
    return [name for name, number in Counter(names).items() if number > 1]
