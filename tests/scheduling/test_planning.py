"""Which jobs start, where, and why the others wait."""

from newsdesk import HOUR, MINUTE, NOON, fleet, job, with_run

from newsspider.scheduling.memory import Memory, enrolled, listened
from newsspider.scheduling.nodes import Answer, Node
from newsspider.scheduling.planning import Fleet, plan


def planned(jobs, memory, nodes, now=NOON):
    return plan(jobs, enrolled(memory, jobs, now), nodes, now)


def test_only_what_is_due_starts():
    """A job that is due starts, one whose time has not come does not, nor one that jitter holds back."""
    early, late = job("early"), job("late", jitter=HOUR)
    memory = enrolled(Memory(), [early, late], NOON)
    assert [start.job.name for start in plan([early, late], memory, fleet("a"), NOON).starts] == ["early"]
    after = plan([early, late], memory, fleet("a"), NOON + HOUR)
    assert [start.job.name for start in after.starts] == ["early", "late"]


def test_never_two_runs_for_one_site():
    """A job waits while a run has one of its sites, and of two that are due at a time one starts."""
    memory, _ = with_run(Memory(), job("first", "x.com", "y.com"), "a", NOON)
    found = planned(
        [job("second", "y.com"), job("third", "z.com"), job("fourth", "z.com")], memory, fleet("a")
    )
    assert [start.job.name for start in found.starts] == ["fourth"]
    assert {wait.job: wait.reason for wait in found.waits} == {
        "second": "first-1200 is crawling y.com",
        "third": "fourth is crawling z.com",
    }
    assert not any(wait.is_trouble for wait in found.waits)


def test_new_sites_are_spread_over_the_nodes():
    """A site that has no node yet goes to the node with the fewest sites."""
    found = planned([job(name) for name in "pqrs"], Memory(pins={"x": "a"}), fleet("a", "b"))
    assert [start.node for start in found.starts] == ["b", "a", "b", "a"]


def test_a_site_stays_on_its_node_and_waits_while_that_is_down():
    """A ledger in SQLite is on one machine: the site goes there or nowhere."""
    memory = Memory(pins={"x.com": "b"})
    assert planned([job("x.com")], memory, fleet("a", "b")).starts[0].node == "b"
    found = planned([job("x.com")], memory, fleet("a", "b", down=("b",)))
    assert not found.starts
    assert found.waits[0].reason == "its ledger is on b: b is down"
    assert found.waits[0].is_trouble


def test_the_schedule_file_comes_before_what_is_remembered():
    """A site that a node names goes to that node, wherever it was."""
    named = Node(name="b", url="http://b", sites=frozenset({"x.com"}))
    assert planned([job("x.com")], Memory(pins={"x.com": "a"}), fleet("a", named)).starts[0].node == "b"


def test_sites_of_one_job_have_to_be_on_one_node():
    """A job over sites with ledgers on different machines, or on a node that is gone, waits and says so."""
    memory = Memory(pins={"x.com": "a", "y.com": "b", "z.com": "c"})
    both, gone = (
        planned([wanted], memory, fleet("a", "b")).waits[0].reason
        for wanted in (job("both", "x.com", "y.com"), job("z.com"))
    )
    assert both == "its sites have their ledgers on different nodes (a, b)"
    assert gone.startswith("its ledger is on c, which the schedule does not have")


def test_with_a_shared_ledger_another_node_takes_over():
    """Where all nodes share the ledger a site keeps to its node while that is there, and only then."""
    memory, wanted = Memory(pins={"x.com": "b"}), job("x.com", is_shared=True)
    assert planned([wanted], memory, fleet("a", "b")).starts[0].node == "b"
    assert planned([wanted], memory, fleet("a", "b", down=("b",))).starts[0].node == "a"
    nowhere = planned([wanted], memory, fleet("a", "b", down=("a", "b")))
    assert nowhere.waits[0].reason == "a is down; b is down"


def test_a_run_on_a_silent_node_keeps_its_site():
    """While nobody knows whether a run still goes on, no other starts, and that is told as trouble."""
    memory, _ = with_run(Memory(), job("x.com"), "a", NOON)
    memory = listened(memory, Answer(node="a", problem="a is down"), NOON + MINUTE)
    found = planned([job("x.com")], memory, fleet("a", down=("a",)), NOON + HOUR)
    assert found.waits[0].reason == "x.com-1200 may be running on a, which does not answer"
    assert found.waits[0].is_trouble


def test_a_node_is_not_flooded():
    """No more runs are sent than twenty that wait at a node; the others stay due."""
    jobs = [job(f"s{n:02}") for n in range(30)]
    pending = frozenset(f"other{n}" for n in range(5))
    nodes = Fleet(fleet("a").nodes, {"a": Answer(node="a", pending=pending)})
    found = planned(jobs, Memory(), nodes)
    assert (len(found.starts), len(found.waits)) == (15, 15)
    assert not any(wait.is_trouble for wait in found.waits)
