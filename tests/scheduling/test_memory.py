"""What is remembered of jobs and runs, and how it changes."""

from dataclasses import replace

from newsdesk import HOUR, MINUTE, NOON, job, with_run

from newsspider.scheduling.memory import (
    Memory,
    cut_off,
    ended,
    enrolled,
    has_been_silent,
    listened,
    withdrawn,
)
from newsspider.scheduling.nodes import Answer, Ending
from newsspider.scheduling.timing import Cron

KILLED = Ending(has_log=True)


def test_jobs_come_and_go_with_the_files():
    """A new job is due, one that is gone is forgotten, one with another timing begins anew."""
    memory = enrolled(Memory(), [job("x"), job("y")], NOON)
    other = replace(job("y"), timing=Cron("0 6 * * *"))
    later = enrolled(memory, [job("x"), other, job("z")], NOON + MINUTE)
    assert later.turns["x"] == memory.turns["x"]
    assert later.turns["y"].due == NOON + 18 * HOUR
    assert later.turns["z"].due == NOON + MINUTE
    assert "y" not in enrolled(memory, [job("x")], NOON).turns


def test_a_run_that_is_sent_has_its_sites_and_the_next_turn():
    """Once sent, a run is under way, its sites are its node's, and the job is due at its next time."""
    memory, run = with_run(Memory(), job("x", "x.com"), "a", NOON)
    assert memory.runs == {run.id: run}
    assert memory.pins == {"x.com": "a"}
    assert memory.turns["x"].due == NOON + HOUR


def test_the_verdict_is_newsspiders_own():
    """A run ends as its verdict says; one without a verdict has lost, whatever scrapyd calls it."""
    memory, run = with_run(Memory(), job("x"), "a", NOON)
    for ending, ok, text in (
        (Ending(ok=True, headline="5 articles", has_log=True), True, "5 articles"),
        (Ending(ok=False, headline="no page was fetched", has_log=True), False, "no page was fetched"),
        (
            Ending(headline="ERROR: so", has_log=True),
            False,
            "it ended without a verdict; its log ends: ERROR: so",
        ),
    ):
        after = ended(memory, run, ending, is_remembered=True)
        assert not after.runs
        assert (after.turns["x"].last.ok, after.turns["x"].last.text) == (ok, text)
        assert after.turns["x"].due == NOON + HOUR


def test_a_run_that_its_node_took_down_is_made_up_for_once():
    """A run that its node forgot is due again at once; if that is cut off too, the job awaits its time."""
    memory, run = with_run(Memory(), job("x"), "a", NOON)
    memory = ended(memory, run, KILLED, is_remembered=False)
    assert memory.turns["x"].due == NOON
    assert memory.turns["x"].last.text == "it was cut off when a went down"
    memory, again = with_run(memory, job("x"), "a", NOON + MINUTE)
    assert again.makes_up
    memory = ended(memory, again, KILLED, is_remembered=False)
    assert memory.turns["x"].due == NOON + HOUR
    assert not memory.turns["x"].makes_up


def test_a_run_that_never_arrived_is_no_run():
    """A run that the node never had, and one that it refused, leave the job due as it was and no verdict."""
    memory, run = with_run(Memory(), job("x"), "a", NOON)
    for after in (ended(memory, run, Ending(), is_remembered=False), withdrawn(memory, run)):
        assert not after.runs
        assert after.turns["x"].due == NOON
        assert after.turns["x"].last is None
    seen = listened(memory, Answer(node="a", pending=frozenset({run.id})), NOON)
    lost = ended(seen, seen.runs[run.id], Ending(), is_remembered=False)
    assert lost.turns["x"].last.text == "it was cut off when a went down"


def test_silence_is_counted_from_its_beginning():
    """A node is silent since its first missing answer, and no more once it answers."""
    memory, run = with_run(Memory(), job("x"), "a", NOON)
    silent = Answer(node="a", problem="down")
    for minutes in range(3):
        memory = listened(memory, silent, NOON + minutes * MINUTE)
    assert has_been_silent(memory.runs[run.id], NOON + 2 * MINUTE, 2 * MINUTE)
    assert not has_been_silent(memory.runs[run.id], NOON + 2 * MINUTE, 3 * MINUTE)
    assert memory == listened(memory, Answer(node="b"), NOON)
    heard = listened(memory, Answer(node="a", running=frozenset({run.id})), NOON + 9 * MINUTE)
    assert heard.runs[run.id].silent_since is None


def test_a_run_of_a_job_that_is_gone_ends_quietly():
    """The end of a run whose job was taken out of the schedule leaves nothing behind."""
    memory, run = with_run(Memory(), job("x"), "a", NOON)
    memory = cut_off(enrolled(memory, [], NOON), run, "gone")
    assert (memory.turns, memory.runs) == ({}, {})
