from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from newsspider.ledger import Intervals, Left, Limits, Refresh, State

DAY = datetime(2026, 11, 21, tzinfo=UTC)


def test_a_url_is_entered_once(crawl):
    """A URL that was entered before, in this batch or an earlier one, is queued and not new."""
    assert crawl.enter("/a", "/b", "/a") == ["new", "new", "queued"]
    assert crawl.enter("/b") == ["queued"]
    assert crawl.take() == ["/a", "/b"]


def test_rows_come_out_as_they_went_in(crawl):
    """A leased row has every value that it was entered with, the page it was found on included."""
    crawl.enter("/world", role="section")
    row = crawl.row("/a", depth=1, found_on="https://example.com/world", date=DAY)
    crawl.ledger.enqueue([row], crawl.now)
    leases = crawl.ledger.lease("example.com", 9, Limits(), crawl.now)
    assert leases[1].row == row


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-12:00"])
def test_a_date_at_an_end_of_the_calendar_stops_nothing(crawl, date):
    """A date that lies outside the calendar in UTC is kept as the calendar's end, in rows and in limits."""
    moment = datetime.fromisoformat(date)
    crawl.enter("/a", date=moment)
    crawl.enter("/b")
    assert crawl.take(limits=Limits(since=moment, until=moment)) == ["/a", "/b"]
    crawl.ledger.release([Left(url="https://example.com/a", reason="since", date=moment)])
    crawl.next()
    (lease,) = crawl.ledger.lease("example.com", 1, Limits(), crawl.now)
    assert abs(lease.row.date.year - moment.year) == 0


def test_rows_are_handed_out_once_in_the_order_of_discovery(crawl):
    """Leases follow the order of discovery, and no row is handed out twice."""
    crawl.enter("/a", "/b", "/c")
    assert crawl.take(2) == ["/a", "/b"]
    assert crawl.take(2) == ["/c"]
    assert crawl.take(2) == []


def test_a_lease_that_ran_out_is_handed_out_again(sqlite_crawl):
    """A row that was not settled in time is leased once more."""
    sqlite_crawl.enter("/a")
    sqlite_crawl.take()
    sqlite_crawl.now += timedelta(minutes=14)
    assert sqlite_crawl.take() == []
    sqlite_crawl.now += timedelta(minutes=2)
    assert sqlite_crawl.take() == ["/a"]


def test_a_lease_from_a_clock_that_was_ahead_is_void(sqlite_crawl):
    """A lease that ends further ahead than any lease can was given before the clock was set back."""
    sqlite_crawl.enter("/a")
    sqlite_crawl.take()
    sqlite_crawl.now -= timedelta(days=3)
    assert sqlite_crawl.take() == ["/a"]


def test_a_killed_run_is_taken_up_at_once(crawl):
    """A new run leases what the killed one had leased, without waiting for the leases to run out."""
    crawl.enter("/a", "/b", "/c")
    crawl.take(2)
    crawl.die()
    start = crawl.begin()
    assert (start.taken_up, start.waiting) == (2, 3)
    assert crawl.take() == ["/a", "/b", "/c"]


def test_a_released_row_is_for_the_next_run(crawl):
    """A row that was given back is not leased again in the same run, but first in the next."""
    crawl.enter("/a", "/b", "/c")
    crawl.take(2)
    crawl.ledger.release([Left(url="https://example.com/b", reason="host_down")])
    assert (crawl.show("/b").state, crawl.show("/b").reason) == (State.WAITING, "host_down")
    assert crawl.take() == ["/c"]
    crawl.next()
    assert sorted(crawl.take()) == ["/a", "/b", "/c"]


def test_a_released_row_stays_passed_by_when_older_rows_wait_again(crawl):
    """A list page that waits again before it in the queue does not bring a released row back in this run."""
    crawl.enter("/world", role="section")
    crawl.take()
    crawl.settle("/world", "listed", "read")
    crawl.next()
    crawl.enter("/a")
    crawl.take()
    crawl.ledger.release([Left(url="https://example.com/a", reason="max_articles")])
    crawl.enter("/world", role="section")
    assert crawl.take() == ["/world"]


def test_a_released_article_stays_due_for_the_next_run(crawl):
    """A known article that was due and given back is due in the next run, and not again in this one."""
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/a")
    crawl.next(hours=2)
    crawl.take()
    crawl.ledger.release([Left(url="https://example.com/a", reason="since")])
    assert (crawl.show("/a").state, crawl.show("/a").reason) == (State.EXPORTED, "new")
    assert crawl.take() == []
    crawl.next()
    assert crawl.take() == ["/a"]


def test_children_are_entered_with_the_page_that_led_to_them(crawl):
    """Settling a list page enters its links; both are there after a kill, or neither."""
    crawl.enter("/world", role="section")
    crawl.take()
    links = (crawl.row("/a", found_on="https://example.com/world"), crawl.row("/world", "section"))
    assert crawl.settle("/world", "listed", "read", children=links) == ("new", "queued")
    crawl.die()
    crawl.begin()
    assert crawl.take() == ["/a"]
    assert crawl.show("/world").state is State.LISTED


def test_a_list_page_is_fetched_in_every_run_once(crawl):
    """A list page that was read in an earlier run is queued again, in the same run it is known."""
    crawl.enter("/world", role="section")
    crawl.take()
    crawl.settle("/world", "listed", "read")
    assert crawl.enter("/world", role="section") == ["known"]
    crawl.next()
    assert crawl.enter("/world", role="section") == ["again"]
    assert crawl.take() == ["/world"]


def test_a_list_page_once_taken_for_an_article_becomes_one(crawl):
    """A URL that was dropped as no article is fetched as a section when it is entered as one."""
    crawl.enter("/world")
    crawl.take()
    crawl.settle("/world", "dropped", "section")
    crawl.next()
    crawl.enter("/world", role="section")
    assert crawl.ledger.lease("example.com", 9, Limits(), crawl.now)[0].row.role == "section"


def test_rows_outside_the_limits_stay_for_another_run(crawl):
    """Depth and dates decide what is handed out; what is outside waits, and a wider run gets it."""
    crawl.enter("/deep", depth=3)
    crawl.enter("/old", date=DAY - timedelta(days=300))
    crawl.enter("/new", date=DAY)
    crawl.enter("/undated")
    crawl.enter("/newer", date=DAY + timedelta(days=30))
    crawl.enter("/list?page=6", role="section", depth=5)
    limits = Limits(max_pages=5, related_depth=1, since=DAY, until=DAY + timedelta(days=7))
    assert crawl.take(limits=limits) == ["/new", "/undated"]
    assert crawl.ledger.pending("example.com", limits) == dict.fromkeys(
        ("related_depth", "since", "until", "max_pages"), 1
    )
    crawl.next()
    assert crawl.ledger.pending("example.com", limits)[None] == 2
    assert set(crawl.take()) == {"/deep", "/old", "/new", "/undated", "/newer", "/list?page=6"}


def test_limits_hold_for_what_is_due(crawl):
    """A known article outside the limits is not fetched again, due or not."""
    crawl.enter("/a", depth=2)
    crawl.take()
    crawl.settle("/a")
    crawl.next(hours=2)
    assert crawl.take(limits=Limits(related_depth=1)) == []
    crawl.next()
    assert crawl.take() == ["/a"]


def test_the_ledger_says_of_each_row_what_its_limits_say(crawl):
    """What is handed out and counted is what ``Limits.keeping_back`` says, for all rows and limits."""
    dates = (None, DAY, DAY + timedelta(seconds=1))
    rows = [
        crawl.row(f"/{number}", role, depth=depth, date=date)
        for number, (role, depth, date) in enumerate(
            product(("section", "feed", "article"), (0, 1, 2), dates)
        )
    ]
    crawl.ledger.enqueue(rows, crawl.now)
    for bounds in product((None, 1, 2), (None, 0, 1), dates, dates):
        limits = Limits(max_pages=bounds[0], related_depth=bounds[1], since=bounds[2], until=bounds[3])
        said = Counter(map(limits.keeping_back, rows))
        assert crawl.ledger.pending("example.com", limits) == said
        leases = crawl.ledger.lease("example.com", 99, limits, crawl.now)
        assert {lease.row for lease in leases} == {row for row in rows if limits.keeping_back(row) is None}
        crawl.next()


def test_a_list_page_found_again_waits_where_it_was_found(crawl):
    """In a new run a list page has the depth and the date that it was found with, whatever it had before."""
    limits = Limits(max_pages=3, since=DAY)
    crawl.enter("/list?page=2", role="section", depth=1, date=DAY - timedelta(days=1))
    assert crawl.take(limits=limits) == []
    crawl.next()
    assert crawl.enter("/list?page=2", role="section", depth=1) == ["queued"]
    assert crawl.take(limits=limits) == ["/list?page=2"]
    crawl.settle("/list?page=2", "listed", "read")
    crawl.next()
    assert crawl.enter("/list?page=2", role="section", depth=3) == ["again"]
    assert crawl.take(limits=limits) == []


def test_a_shorter_way_to_a_row_brings_it_within_the_limits(crawl):
    """A row found again nearer to the start takes the smaller depth, also when it had been passed by."""
    limits = Limits(related_depth=1)
    crawl.enter("/a", depth=2)
    assert crawl.take(limits=limits) == []
    crawl.enter("/a", depth=1)
    assert crawl.take(limits=limits) == ["/a"]


def test_sites_are_apart(crawl):
    """A lease for one site gives no row of another."""
    crawl.enter("/a")
    crawl.enter("/b", site="other.org")
    assert crawl.take(site="other.org") == ["/b"]
    assert crawl.take(site="nowhere.net") == []


def test_a_known_article_is_left_alone_until_it_is_due(crawl):
    """An article is fetched again after 1 h, 6 h, 1 d and 7 d, then never."""
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/a")
    for hours in (1, 6, 24, 7 * 24):
        crawl.next(hours=hours - 0.5)
        assert crawl.enter("/a") == ["known"]
        assert crawl.take() == []
        crawl.next(hours=0.5)
        assert crawl.enter("/a") == ["again"]
        assert crawl.take() == ["/a"]
        crawl.settle("/a", reason="unchanged")
    crawl.next(hours=10_000)
    assert crawl.enter("/a") == ["known"]
    assert crawl.take() == []


def test_a_changed_article_starts_its_intervals_anew(crawl):
    """After a change the next look is after the first interval again."""
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/a")
    crawl.next(hours=1)
    crawl.take()
    crawl.settle("/a", reason="changed")
    assert crawl.show("/a").due == crawl.now + timedelta(hours=1)


def test_a_site_has_its_own_intervals(crawl):
    """The intervals that a run was begun with decide when an article is due."""
    crawl.next(intervals=Intervals(exported=(timedelta(minutes=5),)))
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/a")
    assert crawl.show("/a").due == crawl.now + timedelta(minutes=5)


def test_what_is_due_comes_after_what_waits(crawl):
    """New URLs are handed out before known ones that are due."""
    crawl.enter("/old")
    crawl.take()
    crawl.settle("/old")
    crawl.next(hours=2)
    crawl.enter("/new")
    assert crawl.take() == ["/new", "/old"]


def test_refresh_all_takes_again_what_it_comes_across(crawl):
    """With refresh=all a settled article that is entered again is fetched, once in the run."""
    for path in ("/a", "/b"):
        crawl.enter(path)
        crawl.take()
        crawl.settle(path)
    crawl.next(Refresh.ALL)
    assert crawl.enter("/a") == ["again"]
    assert crawl.take() == ["/a"]
    crawl.settle("/a", reason="unchanged")
    assert crawl.enter("/a") == ["known"]
    assert crawl.take() == []


def test_refresh_none_takes_nothing_again(crawl):
    """With refresh=none a settled article stays settled, due or not."""
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/a")
    crawl.next(Refresh.NONE, hours=5)
    assert crawl.enter("/a") == ["known"]
    assert crawl.take() == []


def test_an_exported_article_stays_exported_when_its_page_goes(crawl):
    """A later failure is the reason of an exported URL, not its state: its line is in the output."""
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/a")
    crawl.next(hours=1)
    crawl.take()
    crawl.settle("/a", "failed", "http_404")
    entry = crawl.show("/a")
    assert (entry.state, entry.reason) == (State.EXPORTED, "http_404")


def test_a_failed_url_is_tried_again_later(crawl):
    """A site that was down is tried after ten minutes."""
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/a", "failed", "timeout")
    crawl.next()
    assert crawl.take() == []
    crawl.next(hours=0.2)
    assert crawl.take() == ["/a"]


def test_the_validator_comes_with_the_next_lease(crawl):
    """What a fetch left for the next one is in the lease, and a fetch without one keeps it."""
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/a", validator='"v1"')
    crawl.next(hours=1)
    crawl.take()
    crawl.settle("/a", reason="unchanged")
    crawl.next(hours=6)
    assert [lease.validator for lease in crawl.ledger.lease("example.com", 1, Limits(), crawl.now)] == [
        '"v1"'
    ]


def test_a_clock_set_back_leaves_nothing_due_in_the_far_future(crawl):
    """What was settled under a clock years ahead is due within the longest interval of the right one."""
    crawl.enter("/a")
    crawl.take()
    crawl.now += timedelta(days=5000)
    crawl.settle("/a")
    crawl.next(hours=-5000 * 24)
    assert crawl.start.clock_back == 5000 * 24 * 3600
    assert crawl.show("/a").due == crawl.now + timedelta(days=7)


@pytest.mark.parametrize("page", ["/\u00fc?a='b'--", "/%00", "/" + "x" * 5000, "/*?[a]"])
def test_any_url_is_plain_data(crawl, page):
    """Quotes, other scripts, wildcards and length in a URL are nothing special."""
    assert crawl.enter(page) == ["new"]
    assert crawl.take() == [page]


def test_urls_with_one_hash_are_two_urls(sqlite_crawl, monkeypatch):
    """URLs are told apart by their text where their hashes agree."""
    monkeypatch.setattr("newsspider.ledger.sqlite.queue.url_hash", lambda url: 7)
    assert sqlite_crawl.enter("/a", "/b", "/a") == ["new", "new", "queued"]
    sqlite_crawl.take()
    sqlite_crawl.settle("/b", "dropped", "login")
    sqlite_crawl.die()
    sqlite_crawl.begin()
    assert sqlite_crawl.take() == ["/a"]
