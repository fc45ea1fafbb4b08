"""Which jobs start now, on which nodes, and why the others that are due have to wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from newsspider.scheduling.jobs import Job
from newsspider.scheduling.memory import Memory, Run
from newsspider.scheduling.nodes import Answer, Node
from newsspider.scheduling.timing import delay

_MOST_PENDING = 20
"""Runs that may wait at a node for a free process; more would only grow stale there."""


@dataclass(frozen=True, slots=True)
class Start:
    """A job that starts now."""

    job: Job
    node: str


@dataclass(frozen=True, slots=True)
class Wait:
    """A job that is due and can't start."""

    job: str
    reason: str
    is_trouble: bool
    """Whether somebody has to look after it; a run of the same site that is under way is none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about the jobs that are due."""

    starts: tuple[Start, ...]
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Fleet:
    """The nodes, and what they said this round."""

    nodes: tuple[Node, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By the node's name; a node that is not here is taken to be well."""

    @property
    def problems(self) -> Mapping[str, str]:
        """Why a node can't be used, by its name."""
        return {name: answer.problem for name, answer in self.answers.items() if answer.problem}

    @property
    def usable(self) -> tuple[str, ...]:
        """Names of the nodes that can be used."""
        return tuple(node.name for node in self.nodes if node.name not in self.problems)


def starts_at(job: Job, due: datetime) -> datetime:
    """Return when a job that is due at *due* starts."""
    return due + delay(job.name, due, job.jitter)


def plan(jobs: Iterable[Job], memory: Memory, fleet: Fleet, now: datetime) -> Plan:
    """Return what starts *now* and what waits, the longest due first.

    Never two runs for one site; a site whose ledger is on its node goes to that node alone.
    """
    due = [job for job in jobs if starts_at(job, memory.turns[job.name].due) <= now]
    due.sort(key=lambda job: (memory.turns[job.name].due, job.name))
    desk = _Desk(memory, fleet)
    starts: list[Start] = []
    waits: list[Wait] = []
    for job in due:
        try:
            starts.append(Start(job, desk.place(job)))
        except _HasToWait as error:
            waits.append(Wait(job.name, error.reason, error.is_trouble))
    return Plan(tuple(starts), tuple(waits))


class _HasToWait(Exception):  # noqa: N818  # no error: it is caught three lines above
    def __init__(self, reason: str, *, is_trouble: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_trouble = is_trouble


class _Desk:
    """Gives each job a node, and counts with those that it has given already."""

    def __init__(self, memory: Memory, fleet: Fleet) -> None:
        self._fleet = fleet
        self._pins = dict(memory.pins)
        self._homes = Counter(memory.pins.values())
        self._load = Counter(run.node for run in memory.runs.values())
        self._pending = Counter({name: len(answer.pending) for name, answer in fleet.answers.items()})
        self._busy: dict[str, Run | Job] = {site: run for run in memory.runs.values() for site in run.sites}

    def place(self, job: Job) -> str:
        """Return the node for *job*, which is taken from then on."""
        self._check_sites(job)
        node = self._any_node(job) if job.has_shared_ledger else self._own_node(job)
        if self._pending[node] >= _MOST_PENDING:
            raise _HasToWait(f"{self._pending[node]} runs are waiting at {node}", is_trouble=False)
        self._pending[node] += 1
        self._load[node] += 1
        for site in job.sites:
            self._busy[site] = job
            self._homes[node] += site not in self._pins
            self._pins[site] = node
        return node

    def _check_sites(self, job: Job) -> None:
        for site in sorted(job.sites & self._busy.keys()):
            holder = self._busy[site]
            if isinstance(holder, Run) and holder.silent_since is not None:
                raise _HasToWait(f"{holder.id} may be running on {holder.node}, which does not answer")
            name = holder.id if isinstance(holder, Run) else holder.name
            raise _HasToWait(f"{name} is crawling {site}", is_trouble=False)

    def _own_node(self, job: Job) -> str:
        """Return the one node that may run *job*: its ledger is there. New sites go where the fewest are."""
        named = {site: node.name for node in self._fleet.nodes for site in node.sites}
        homes = {named.get(site) or self._pins.get(site) for site in job.sites} - {None}
        if not homes:
            return min(self._usable(), key=lambda name: self._homes[name])
        if len(homes) > 1:
            raise _HasToWait(
                f"its sites have their ledgers on different nodes ({', '.join(sorted(map(str, homes)))})"
            )
        home = str(homes.pop())
        if home not in {node.name for node in self._fleet.nodes}:
            raise _HasToWait(
                f"its ledger is on {home}, which the schedule does not have; to give it a new one, "
                "name the site in 'sites' of a [[node]]"
            )
        if home in self._fleet.problems:
            raise _HasToWait(f"its ledger is on {home}: {self._fleet.problems[home]}")
        return home

    def _any_node(self, job: Job) -> str:
        """Return the node for a job that any may run: its own if that can be used, else the least busy."""
        usable = self._usable()
        own = [node.name for node in self._fleet.nodes if node.sites & job.sites]
        own += [self._pins.get(site, "") for site in sorted(job.sites)]
        return next((name for name in own if name in usable), None) or min(
            usable, key=lambda name: self._load[name]
        )

    def _usable(self) -> tuple[str, ...]:
        usable = self._fleet.usable
        if not usable:
            raise _HasToWait("; ".join(self._fleet.problems.values()))
        return usable
