"""Whole rounds, with nodes in memory that fail as a test wants them to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from newsdesk import HOUR, MINUTE, NOON, job

from newsspider.scheduling import MemoryStore, Scheduler, look, make_round, status
from newsspider.scheduling.memory import Run
from newsspider.scheduling.nodes import Answer, Ending, Node
from newsspider.scheduling.rounds import Round
from newsspider.scheduling.scrapyd import NodeError, Scrapyd, SilentNodeError


class TestNode(Scrapyd):
    """A node whose runs go on until the test says how they end."""

    __test__ = False

    def __init__(self, name: str) -> None:
        super().__init__(Node(name=name, url=f"http://{name}"), "newsspider", None)
        self.running: set[str] = set()
        self.finished: dict[str, Ending] = {}
        self.problem = ""
        self.raises: NodeError | None = None
        self.forgets_answer = False

    def answer(self) -> Answer:
        return Answer(
            node=self.node.name,
            problem=self.problem,
            running=frozenset(self.running),
            finished=frozenset(self.finished),
        )

    def start(self, run: Run, args: Mapping[str, str], settings: Mapping[str, str]) -> None:
        if self.raises is not None:
            raise self.raises
        self.running.add(run.id)
        if self.forgets_answer:
            raise SilentNodeError("too late", may_have_done_it=True)

    def ending(self, run: Run) -> Ending:
        return self.finished.get(run.id, Ending())

    def ends(self, run: Run, *, ok: bool = True) -> None:
        self.running.discard(run.id)
        self.finished[run.id] = Ending(ok=ok, headline="so it was", has_log=True)


class Desk:
    """A scheduler of jobs over nodes, with a clock that the test sets."""

    def __init__(self, folder: Path, *jobs, nodes: str = "a") -> None:
        self.nodes = {name: TestNode(name) for name in nodes}
        self.scheduler = Scheduler(jobs, self.nodes, takeover=2 * MINUTE)
        self.store = MemoryStore(folder / "schedule.sqlite")
        self.now = NOON

    def round(self, later: timedelta = MINUTE) -> Round:
        self.now += later
        return make_round(self.scheduler, self.store, self._clock)

    def rows(self):
        view = look(self.scheduler, self.store.load(), self.now)
        return {row.job: row for row in status(self.scheduler.jobs, view, self.now)}

    def _clock(self) -> datetime:
        return self.now


def test_a_job_runs_again_when_its_time_comes(tmp_path: Path):
    """A round starts what is due, the next notes its verdict, and nothing starts before its time."""
    desk = Desk(tmp_path, job("x"))
    (run,) = desk.round().started
    assert not desk.round().started
    desk.nodes["a"].ends(run, ok=False)
    (ended,) = desk.round().ended
    assert (ended[0], ended[1].ok, ended[1].text) == ("x", False, "so it was")
    assert not desk.round().ended
    assert (desk.rows()["x"].is_well, desk.rows()["x"].verdict) == (False, "LOST: so it was")
    (again,) = desk.round(HOUR).started
    assert again.id != run.id


def test_a_lost_answer_does_not_start_a_run_twice(tmp_path: Path):
    """Where a node took a run and its answer was lost, the next round finds the run there."""
    desk = Desk(tmp_path, job("x"))
    desk.nodes["a"].forgets_answer = True
    first = desk.round()
    assert (first.started, first.waits[0].reason) == ((), "too late")
    assert not desk.round().started
    assert len(desk.nodes["a"].running) == 1


def test_a_scheduler_that_dies_sends_nothing_twice(tmp_path: Path):
    """A run is remembered before its node hears of it; killed between the two, it is sent anew."""
    desk = Desk(tmp_path, job("x"))

    def die(run: Run, args: object, settings: object) -> None:
        raise KeyboardInterrupt

    desk.nodes["a"].start = die
    with pytest.raises(KeyboardInterrupt):
        desk.round()
    assert len(desk.store.load().runs) == 1
    del desk.nodes["a"].start
    (run,) = desk.round().started
    assert desk.nodes["a"].running == {run.id}
    assert not desk.round().started


def test_what_a_node_refuses_stays_due(tmp_path: Path):
    """A refused run is no run: the reason is told, and the job starts when the node takes it."""
    desk = Desk(tmp_path, job("x"))
    desk.nodes["a"].raises = NodeError("not found: deploy it")
    assert [(wait.reason, wait.is_trouble) for wait in desk.round().waits] == [("not found: deploy it", True)]
    assert desk.rows()["x"].next == "now"
    desk.nodes["a"].raises = None
    assert len(desk.round().started) == 1


def test_with_a_ledger_on_its_node_a_site_waits_for_it(tmp_path: Path):
    """However long a node is silent its sites go nowhere else; the status says that."""
    desk = Desk(tmp_path, job("x"), nodes="ab")
    (run,) = desk.round().started
    desk.nodes[run.node].problem = "down"
    assert not desk.round(3 * HOUR).started
    assert (desk.rows()["x"].is_well, desk.rows()["x"].last[-30:]) == (
        False,
        "on a node that does not answer",
    )
    desk.nodes[run.node].problem = ""
    desk.nodes[run.node].ends(run)
    assert desk.round().started[0].node == run.node


def test_with_a_shared_ledger_a_silent_nodes_run_goes_on_elsewhere(tmp_path: Path):
    """After the time for it, and not before, another node makes up for the run of a silent one."""
    desk = Desk(tmp_path, job("x", is_shared=True), nodes="ab")
    (run,) = desk.round().started
    desk.nodes[run.node].problem = "down"
    assert not desk.round().started
    assert not desk.round().started
    (other,) = desk.round().started
    assert (other.node != run.node, other.makes_up) == (True, True)


def test_a_node_that_is_taken_out_gives_its_runs_up(tmp_path: Path):
    """A run on a node that the schedule no longer has is over; its site says where its ledger is."""
    desk = Desk(tmp_path, job("x"), nodes="ab")
    (run,) = desk.round().started
    del desk.nodes[run.node]
    found = desk.round()
    assert found.ended[0][1].text == f"{run.node} is not in the schedule any more"
    assert found.waits[0].reason.startswith(f"its ledger is on {run.node}, which the schedule does not have")
