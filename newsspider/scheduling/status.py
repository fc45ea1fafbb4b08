"""How every job stands, for people: rows of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newsspider.scheduling.jobs import Job
from newsspider.scheduling.planning import plan, starts_at
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
    under_way = {run.job: run for run in view.memory.runs.values()}
    rows = []
    for job in sorted(jobs, key=lambda job: job.name):
        turn, wait, run = view.memory.turns[job.name], waits.get(job.name), under_way.get(job.name)
        last = turn.last
        node = run.node if run else last.node if last else _NEVER
        when = run.sent if run else last.sent if last else None
        verdict = f"{'ok' if last.ok else 'LOST'}: {last.text}" if last else _NEVER
        at = starts_at(job, turn.due)
        due = "now" if at <= now else _shown(at)
        if wait is not None:
            due = f"waits: {wait.reason}" if wait.is_trouble or not run else "when its run has ended"
        rows.append(
            JobStatus(
                job=job.name,
                node=node,
                last=(_shown(when) if when else _NEVER) + (", under way" if run else ""),
                verdict=verdict,
                next=due,
                is_well=not (wait and wait.is_trouble) and (last is None or last.ok),
            )
        )
    return tuple(rows)


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%SZ}"
