"""What the scheduler remembers from one round to the next, and how that changes: pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from newsspider.scheduling.jobs import Job
from newsspider.scheduling.nodes import Answer, Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a job, from when it is sent to a node on."""

    id: str
    """The job's id at scrapyd, in the names of feed, verdict and log."""
    job: str
    node: str
    spider: str
    sites: frozenset[str]
    sent: datetime
    due: datetime
    """When it was due."""
    seen: bool = False
    """Whether the node was ever seen to have it."""
    makes_up: bool = False
    """Whether it makes up for a run that was cut off with its node."""
    silent_since: datetime | None = None
    """Since when its node does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How the last run of a job ended."""

    run: str
    node: str
    sent: datetime
    ok: bool
    """Whether nothing was lost, by newsspider's own verdict."""
    text: str
    """The verdict's first line, or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where a job stands."""

    timing: str
    """The timing that *due* was reckoned by."""
    due: datetime
    """When it is due next."""
    makes_up: bool = False
    """Whether the next run makes up for one that was cut off with its node."""
    last: Ended | None = None
    """Its last run that ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """All that is remembered."""

    turns: Mapping[str, Turn] = field(default_factory=dict)
    """By the job's name."""
    runs: Mapping[str, Run] = field(default_factory=dict)
    """The runs that have not ended, by id."""
    pins: Mapping[str, str] = field(default_factory=dict)
    """The node that each site was crawled on last: its ledger is there."""


def enrolled(memory: Memory, jobs: Iterable[Job], now: datetime) -> Memory:
    """Return *memory* with a turn for each of *jobs* and no other; another timing begins anew."""
    turns = {}
    for job in jobs:
        turn, timing = memory.turns.get(job.name), str(job.timing)
        if turn is None:
            turn = Turn(timing=timing, due=job.timing.first(now))
        elif turn.timing != timing:
            turn = replace(turn, timing=timing, due=job.timing.first(now))
        turns[job.name] = turn
    return replace(memory, turns=turns)


def sent(memory: Memory, job: Job, run: Run) -> Memory:
    """Return *memory* with *run* of *job* under way, the job's next turn, and its sites on the run's node."""
    turn = replace(memory.turns[job.name], due=job.timing.after(run.due, run.sent), makes_up=False)
    return replace(
        memory,
        turns={**memory.turns, job.name: turn},
        runs={**memory.runs, run.id: run},
        pins={**memory.pins, **dict.fromkeys(run.sites, run.node)},
    )


def withdrawn(memory: Memory, run: Run) -> Memory:
    """Return *memory* without *run*, which its node did not take; the job is due as it was."""
    return _due_again(_without(memory, run), run, makes_up=run.makes_up)


def listened(memory: Memory, answer: Answer, now: datetime) -> Memory:
    """Return *memory* with what *answer* says of the node's runs that have not ended."""
    runs = dict(memory.runs)
    for run in memory.runs.values():
        if run.node != answer.node:
            continue
        if answer.problem:
            runs[run.id] = replace(run, silent_since=run.silent_since or now)
        else:
            known = run.id in answer.pending | answer.running | answer.finished
            runs[run.id] = replace(run, silent_since=None, seen=run.seen or known)
    return replace(memory, runs=runs)


def ended(memory: Memory, run: Run, ending: Ending, *, is_remembered: bool) -> Memory:
    """Return *memory* with the end of *run*.

    *is_remembered*: whether the node still knows the run. If not, and it left no verdict, the node went
    down and took the run with it. The job is then due at once, to go on where that run was; once in a row,
    lest a run that brings its node down be started for ever.
    """
    if ending.ok is not None:
        return _closed(memory, run, ok=ending.ok, text=ending.headline)
    if not ending.has_log and not run.seen:
        return withdrawn(memory, run)
    if not is_remembered:
        return cut_off(memory, run, f"it was cut off when {run.node} went down")
    log = f"; its log ends: {ending.headline}" if ending.headline else ""
    return _closed(memory, run, ok=False, text=f"it ended without a verdict{log}")


def cut_off(memory: Memory, run: Run, why: str) -> Memory:
    """Return *memory* with the end of *run*, which its node did not bring to an end."""
    memory = _closed(memory, run, ok=False, text=why)
    return memory if run.makes_up else _due_again(memory, run, makes_up=True)


def has_been_silent(run: Run, now: datetime, patience: timedelta) -> bool:
    """Tell whether the node of *run* has not answered for as long as *patience*."""
    return run.silent_since is not None and now - run.silent_since >= patience


def _closed(memory: Memory, run: Run, *, ok: bool, text: str) -> Memory:
    memory = _without(memory, run)
    turn = memory.turns.get(run.job)
    if turn is None:
        return memory
    last = Ended(run=run.id, node=run.node, sent=run.sent, ok=ok, text=text)
    return replace(memory, turns={**memory.turns, run.job: replace(turn, last=last)})


def _without(memory: Memory, run: Run) -> Memory:
    return replace(memory, runs={key: other for key, other in memory.runs.items() if key != run.id})


def _due_again(memory: Memory, run: Run, *, makes_up: bool) -> Memory:
    turn = memory.turns.get(run.job)
    if turn is None:
        return memory
    turn = replace(turn, due=run.due, makes_up=makes_up)
    return replace(memory, turns={**memory.turns, run.job: turn})
