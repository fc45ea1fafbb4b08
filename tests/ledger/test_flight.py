from asyncio import run
from datetime import UTC, datetime, timedelta

import pytest

from newsspider.ledger import Left, Limits, Refresh, SharedLedger, State
from newsspider.ledger.flight import Flights

ROOT = "https://example.com"
A = "https://example.com/a"
LIST = "https://example.com/list"


@pytest.fixture
def flights(crawl):
    return Flights(crawl.ledger, crawl.start, Refresh.DUE, Limits(), lambda: crawl.now)


def take(flights):
    return [lease.row.url for lease in flights.take("example.com", 9)]


def settle(flights):
    """Settle what is ready, as after a flush, and give state and reason by URL."""
    ready = flights.ready()
    run(flights.settle(ready))
    return {outcome.url: (str(outcome.state), outcome.reason) for outcome in ready}


def test_an_article_is_ready_when_its_item_and_its_callback_are_done(crawl, flights):
    """Neither an exported item alone nor an exhausted callback alone settles a URL."""
    crawl.enter("/a")
    take(flights)
    flights.item_left(A)
    flights.item_ended(A, State.EXPORTED, "new", crawl.completion(1))
    assert settle(flights) == {}
    run(flights.exhausted(A, []))
    assert settle(flights) == {A: ("exported", "new")}
    assert len(flights) == 0


def test_an_item_that_is_still_under_way_holds_its_url(crawl, flights):
    """A callback that is exhausted while its item is in the pipelines leaves the URL in flight."""
    crawl.enter("/a")
    take(flights)
    flights.item_left(A)
    run(flights.exhausted(A, []))
    assert settle(flights) == {}
    flights.item_ended(A, State.DROPPED, "login")
    assert settle(flights) == {A: ("dropped", "login")}


def test_a_list_page_is_settled_with_its_children(crawl, flights):
    """When a list page gave all it had, it is read and its links wait."""
    crawl.enter("/list", role="section")
    take(flights)
    run(flights.exhausted(LIST, [crawl.row("/a")]))
    assert crawl.show("/list").state is State.LISTED
    assert take(flights) == [A]


def test_a_list_page_that_broke_is_no_list_page_that_was_read(crawl, flights):
    """A callback that raised after some links has failed; the links are entered all the same."""
    crawl.enter("/list", role="section")
    take(flights)
    flights.ended(LIST, State.FAILED, "ValueError")
    run(flights.exhausted(LIST, [crawl.row("/a")]))
    assert settle(flights) == {LIST: ("failed", "ValueError")}
    assert take(flights) == [A]


def test_an_articles_children_are_there_before_it_is_settled(crawl, flights):
    """A kill between the two leaves the links, and the article to be fetched again."""
    crawl.enter("/a")
    take(flights)
    flights.item_left(A)
    flights.item_ended(A, State.EXPORTED, "new", crawl.completion(1))
    run(flights.exhausted(A, [crawl.row("/b", found_on=A)]))
    crawl.die()
    crawl.begin()
    assert crawl.take() == ["/a", "/b"]


def test_a_page_without_an_item_is_dropped_with_a_reason(crawl, flights):
    """No URL ends without a word."""
    crawl.enter("/a")
    take(flights)
    run(flights.exhausted(A, []))
    assert settle(flights) == {A: ("dropped", "no_item")}


def test_the_best_of_several_items_tells_the_end(crawl, flights):
    """A page that gave one article and one that was dropped has an article in the output."""
    crawl.enter("/a")
    take(flights)
    for _ in range(2):
        flights.item_left(A)
    flights.item_ended(A, State.DROPPED, "no_body")
    flights.item_ended(A, State.EXPORTED, "new", crawl.completion(1))
    run(flights.exhausted(A, []))
    assert settle(flights) == {A: ("exported", "new")}


def test_an_item_beyond_a_limit_sends_its_url_back(crawl, flights):
    """The URL of an article that a limit kept out waits for the next run, and is counted by site."""
    crawl.enter("/a")
    take(flights)
    flights.item_left(A)
    flights.item_for_later(Left(url=A, reason="max_articles"))
    run(flights.exhausted(A, []))
    assert run(flights.undone("example.com")) == {}
    assert settle(flights) == {}
    assert run(flights.undone("example.com")) == {None: 0}
    assert take(flights) == []
    assert (crawl.show("/a").state, crawl.show("/a").reason) == (State.WAITING, "max_articles")


def test_a_url_whose_host_is_down_waits_for_the_next_run(crawl, flights):
    """What could not even be asked for keeps its place in the queue."""
    crawl.enter("/a")
    take(flights)
    flights.for_later(Left(url=A, reason="host_down"))
    assert settle(flights) == {}
    assert take(flights) == []
    crawl.next()
    assert crawl.take() == ["/a"]


def test_what_a_page_tells_of_its_date_counts_in_the_next_run(crawl):
    """An article that was read and found too old is not fetched again by a run with the same window."""
    window = Limits(since=datetime(2026, 1, 1, tzinfo=UTC))
    flights = Flights(crawl.ledger, crawl.start, Refresh.DUE, window, lambda: crawl.now)
    crawl.enter("/a")
    take(flights)
    flights.item_left(A)
    flights.item_for_later(Left(url=A, reason="since", date=datetime(2025, 12, 31, tzinfo=UTC)))
    run(flights.exhausted(A, []))
    settle(flights)
    assert run(flights.undone("example.com")) == {"since": 0}
    crawl.next()
    assert crawl.take(limits=window) == []
    crawl.next()
    assert crawl.take() == ["/a"]


def test_a_lease_that_ran_out_is_not_fetched_twice_at_once(crawl, flights):
    """A URL whose first fetch is still under way is not handed out a second time."""
    crawl.enter("/a")
    take(flights)
    crawl.now += timedelta(hours=1)
    assert take(flights) == []


def test_the_oldest_line_that_is_not_settled_bounds_what_is_confirmed(crawl, flights):
    """A line is accounted for when all before it are: the first open one is where recovery must begin."""
    crawl.enter("/a", "/b")
    take(flights)
    for path, offset in (("/a", 100), ("/b", 200)):
        url = f"https://example.com{path}"
        flights.item_left(url)
        flights.item_ended(url, State.EXPORTED, "new", crawl.completion(offset, offset=offset))
    run(flights.exhausted("https://example.com/b", []))
    assert list(settle(flights)) == ["https://example.com/b"]
    assert flights.oldest_lines() == {"a.jsonl": 100}


def test_only_an_exported_page_leaves_its_validator(crawl, flights):
    """A page that was dropped is fetched whole the next time."""
    crawl.enter("/a", "/b")
    take(flights)
    for path, state in (("/a", State.EXPORTED), ("/b", State.DROPPED)):
        flights.answered(f"https://example.com{path}", '"v1"')
        flights.item_left(f"https://example.com{path}")
        flights.item_ended(f"https://example.com{path}", state, "x")
        run(flights.exhausted(f"https://example.com{path}", []))
    settle(flights)
    assert (crawl.show("/a").validator, crawl.show("/b").validator) == ('"v1"', None)


def test_what_is_reported_of_a_url_that_is_not_in_flight_has_no_effect(crawl, flights):
    """A second fetch that ends after the first settled the URL changes nothing."""
    flights.item_left(A)
    flights.item_ended(A, State.EXPORTED, "new")
    flights.item_for_later(Left(url=A, reason="since"))
    flights.ended(A, State.FAILED, "timeout")
    assert settle(flights) == {}


def test_an_ended_run_gives_back_what_is_in_flight(crawl, flights):
    """What was handed out when a run is stopped waits for the next."""
    crawl.enter("/a")
    take(flights)
    run(flights.end("shutdown"))
    assert crawl.show("/a").state is State.WAITING


def read_list(crawl, flights, path, *, following, article):
    """Read the list page *path*, which has one article and a next page; give how barren that one's way is."""
    depth = int(following[-1]) - 1
    assert ROOT + path in take(flights)
    children = [crawl.row(article), crawl.row(following, "section", depth=depth)]
    run(flights.exhausted(ROOT + path, children))
    return flights.trail.barren(ROOT + following)


def test_list_pages_with_nothing_new_are_counted_along_the_way(crawl, flights):
    """A page that lists what is known adds to the count of its next page, and one with news begins anew."""
    crawl.enter("/list", role="section")
    assert read_list(crawl, flights, "/list", following="/list?2", article="/a") == 0
    assert read_list(crawl, flights, "/list?2", following="/list?3", article="/a") == 1
    assert read_list(crawl, flights, "/list?3", following="/list?4", article="/a") == 2
    assert read_list(crawl, flights, "/list?4", following="/list?5", article="/b") == 0


@pytest.mark.parametrize("state", ["waiting", "failed"])
def test_a_list_page_that_was_never_read_is_not_at_the_end_of_a_way(crawl, state):
    """What a killed run, or a failure, left to be read is read, though all before it is known."""
    crawl.enter("/list", role="section")
    crawl.enter("/list?2", role="section", depth=1)
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/list", "listed", "read")
    if state == "failed":
        crawl.settle("/list?2", "failed", "timeout")
    crawl.next()
    crawl.enter("/list", role="section")
    flights = Flights(crawl.ledger, crawl.start, Refresh.DUE, Limits(), lambda: crawl.now)
    assert read_list(crawl, flights, "/list", following="/list?2", article="/a") == 0


def test_a_link_is_known_once_the_ledger_has_it(crawl, flights):
    """Rows count as entered after this process's own ledger took them; one that is shared may lose them."""
    own = not isinstance(crawl.ledger, SharedLedger)
    crawl.enter("/list", role="section")
    take(flights)
    assert not flights.has_entered(crawl.row("/a"))
    run(flights.exhausted(LIST, [crawl.row("/a", depth=1)]))
    assert flights.has_entered(crawl.row("/a", depth=1)) is own
    assert not flights.has_entered(crawl.row("/a"))
    flights.enter([crawl.row("/a")])
    assert flights.has_entered(crawl.row("/a")) is own
    assert crawl.show("/a").row.depth == 0
