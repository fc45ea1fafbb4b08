"""Jobs, runs and nodes for the tests of the scheduler."""

from datetime import UTC, datetime, timedelta

from newsspider.scheduling.jobs import Job
from newsspider.scheduling.memory import Memory, Run, enrolled, sent
from newsspider.scheduling.nodes import Answer, Node
from newsspider.scheduling.planning import Fleet
from newsspider.scheduling.timing import Every

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def job(name: str, *sites: str, is_shared: bool = False, jitter: timedelta = timedelta(0)) -> Job:
    return Job(
        name=name,
        timing=Every(HOUR),
        sites=frozenset(sites or {name}),
        has_shared_ledger=is_shared,
        jitter=jitter,
    )


def fleet(*nodes: Node | str, down: tuple[str, ...] = ()) -> Fleet:
    whole = tuple(node if isinstance(node, Node) else Node(name=node, url=f"http://{node}") for node in nodes)
    return Fleet(whole, {name: Answer(node=name, problem=f"{name} is down") for name in down})


def run_of(wanted: Job, memory: Memory, node: str, now: datetime) -> Run:
    turn = memory.turns[wanted.name]
    return Run(
        id=f"{wanted.name}-{now:%H%M}",
        job=wanted.name,
        node=node,
        spider="news",
        sites=wanted.sites,
        sent=now,
        due=turn.due,
        makes_up=turn.makes_up,
    )


def with_run(memory: Memory, wanted: Job, node: str, now: datetime) -> tuple[Memory, Run]:
    memory = enrolled(memory, [*_kept(memory), wanted], now)
    run = run_of(wanted, memory, node, now)
    return sent(memory, wanted, run), run


def _kept(memory: Memory) -> list[Job]:
    return [job(name) for name in memory.turns]
