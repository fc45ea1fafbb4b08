"""A round: ask the nodes, note what ended, start what is due. The daemon and ``--once`` do nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsspider.scheduling import memory as remembering
from newsspider.scheduling.jobs import Job
from newsspider.scheduling.memory import Memory, Run
from newsspider.scheduling.nodes import Answer, Ending, Node
from newsspider.scheduling.planning import Fleet, Plan, Start, Wait, plan
from newsspider.scheduling.scrapyd import NodeError, Scrapyd, SilentNodeError
from newsspider.scheduling.store import MemoryStore

_THREADS = 16


@dataclass(frozen=True, slots=True)
class Scheduler:
    """What a round needs besides the time."""

    jobs: tuple[Job, ...]
    nodes: Mapping[str, Scrapyd]
    """By name, in the order of the schedule file."""
    takeover: timedelta
    """How long a node may be silent until the runs of a shared ledger go on elsewhere."""

    @property
    def node_list(self) -> tuple[Node, ...]:
        """The nodes."""
        return tuple(node.node for node in self.nodes.values())


@dataclass(frozen=True, slots=True)
class View:
    """Where everything stands."""

    memory: Memory
    fleet: Fleet


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did."""

    started: tuple[Run, ...]
    waits: tuple[Wait, ...]
    ended: tuple[tuple[str, remembering.Ended], ...]
    """The jobs whose runs ended, and how."""
    problems: tuple[str, ...]
    """What is wrong with nodes, a line each."""


def look(scheduler: Scheduler, memory: Memory, now: datetime) -> View:
    """Return where everything stands *now*, by what is remembered and what the nodes say; starts nothing."""
    memory = remembering.enrolled(memory, scheduler.jobs, now)
    nodes = list(scheduler.nodes.values())
    with ThreadPoolExecutor(_THREADS) as threads:
        answers = {answer.node: answer for answer in threads.map(lambda node: node.answer(), nodes)}
        for answer in answers.values():
            memory = remembering.listened(memory, answer, now)
        gone = [run for run in memory.runs.values() if _is_gone(run, answers.get(run.node))]
        endings = list(threads.map(lambda run: _ending(scheduler.nodes[run.node], run), gone))
    for run, ending in zip(gone, endings, strict=True):
        if ending is not None:
            remembered = run.id in answers[run.node].finished
            memory = remembering.ended(memory, memory.runs[run.id], ending, is_remembered=remembered)
    return View(_given_up(scheduler, memory, now), Fleet(scheduler.node_list, answers))


def make_round(scheduler: Scheduler, store: MemoryStore, clock: Callable[[], datetime]) -> Round:
    """Make one round. A run is remembered before its node hears of it, so that none is ever sent twice."""
    before, now = store.load(), clock()
    view = look(scheduler, before, now)
    store.save(before, view.memory)
    todo = plan(scheduler.jobs, view.memory, view.fleet, now)
    started, refused = _start(scheduler, store, view.memory, todo, clock)
    ended = [
        (name, turn.last)
        for name, turn in view.memory.turns.items()
        if turn.last is not None and (name not in before.turns or before.turns[name].last != turn.last)
    ]
    return Round(started, (*todo.waits, *refused), tuple(ended), tuple(view.fleet.problems.values()))


def _start(
    scheduler: Scheduler, store: MemoryStore, memory: Memory, todo: Plan, clock: Callable[[], datetime]
) -> tuple[tuple[Run, ...], tuple[Wait, ...]]:
    """Send the runs of the plan; return those that were sent, and what their nodes refused."""
    started, refused = [], []
    for start in todo.starts:
        run = _run(start, memory, clock())
        noted = remembering.sent(memory, start.job, run)
        store.save(memory, noted)
        memory = noted
        try:
            scheduler.nodes[start.node].start(run, start.job.args, start.job.settings)
        except NodeError as error:
            refused.append(Wait(start.job.name, str(error), is_trouble=True))
            if not (isinstance(error, SilentNodeError) and error.may_have_done_it):
                noted = remembering.withdrawn(memory, run)
                store.save(memory, noted)
                memory = noted
        else:
            started.append(run)
    return tuple(started), tuple(refused)


def _run(start: Start, memory: Memory, now: datetime) -> Run:
    turn = memory.turns[start.job.name]
    return Run(
        id=f"{start.job.name}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}",
        job=start.job.name,
        node=start.node,
        spider=start.job.spider,
        sites=start.job.sites,
        sent=now,
        due=turn.due,
        makes_up=turn.makes_up,
    )


def _is_gone(run: Run, answer: Answer | None) -> bool:
    """Tell whether the run's node says that its process is gone."""
    return answer is not None and not answer.problem and run.id not in answer.pending | answer.running


def _ending(node: Scrapyd, run: Run) -> Ending | None:
    """Return what *node* has of *run*; nothing where it fell silent just now."""
    try:
        return node.ending(run)
    except SilentNodeError:
        return None


def _given_up(scheduler: Scheduler, memory: Memory, now: datetime) -> Memory:
    """Return *memory* without the runs of nodes that are no more, or whose work others can go on with."""
    shared = {job.name for job in scheduler.jobs if job.has_shared_ledger}
    for run in tuple(memory.runs.values()):
        if run.node not in scheduler.nodes:
            memory = remembering.cut_off(memory, run, f"{run.node} is not in the schedule any more")
        elif run.job in shared and remembering.has_been_silent(run, now, scheduler.takeover):
            memory = remembering.cut_off(memory, run, f"{run.node} fell silent, and another node takes over")
    return memory
