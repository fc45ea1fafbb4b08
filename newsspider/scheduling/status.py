"""How every job stands, for people: rows of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsspider.scheduling.jobs import Job
from newsspider.scheduling.memory import Run, Turn
from newsspider.scheduling.planning import Wait, plan, starts_at
from newsspider.scheduling.rounds import View

_NEVER = "-"


@dataclass(frozen=True, slots=True)
class JobStatus:
    """One job."""

    job: str
    node: str
    """Where it runs or ran last."""
    last: str
    """When its last run was sent."""
    verdict: str
    """Newsspider's verdict on the last run that ended."""
    next: str
    """When it runs next, or what it waits for."""
    is_well: bool
    """Whether the last run lost nothing, and nothing keeps the next one from starting."""


def status(jobs: Sequence[Job], view: View, now: datetime) -> tuple[JobStatus, ...]:
    """Return how *jobs* stand *now*, by name."""
    waits = {wait.job: wait for wait in plan(jobs, view.memory, view.fleet, now).waits}
    runs = {run.job: run for run in view.memory.runs.values()}
    return tuple(
        _row(job, view.memory.turns[job.name], runs.get(job.name), _next(job, view, waits, now))
        for job in sorted(jobs, key=lambda job: job.name)
    )


def _row(job: Job, turn: Turn, run: Run | None, following: Wait | str) -> JobStatus:
    last = turn.last
    latest = run or last
    is_silent = run is not None and run.silent_since is not None
    under_way = ", under way" + (" on a node that does not answer" if is_silent else "") if run else ""
    in_trouble = isinstance(following, Wait) and following.is_trouble
    if isinstance(following, Wait):
        following = "when its run has ended" if run and not in_trouble else f"waits: {following.reason}"
    return JobStatus(
        job=job.name,
        node=latest.node if latest else _NEVER,
        last=_shown(latest.sent) + under_way if latest else _NEVER,
        verdict=f"{'ok' if last.ok else 'LOST'}: {last.text}" if last else _NEVER,
        next=following,
        is_well=not (in_trouble or is_silent) and (last is None or last.ok),
    )


def _next(job: Job, view: View, waits: Mapping[str, Wait], now: datetime) -> Wait | str:
    at = starts_at(job, view.memory.turns[job.name].due)
    return waits.get(job.name) or ("now" if at <= now else _shown(at))


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%SZ}"
