"""Line counts through runs: read at the start, counted when articles are settled, kept at the end."""

import logging
from asyncio import run
from dataclasses import replace

import pytest

from newsspider.cleaning.line_counts import line_key
from newsspider.items import Article, Block, article_id
from newsspider.ledger import Limits, Refresh, State
from newsspider.ledger.flight import Flights
from newsspider.ledger.recurrence import NOTE, Recurrence
from newsspider.ledger.versions import completion_of

SITE = "example.com"
LINE = "Catch the weather at nine"


def article(number):
    texts = (LINE, f"Storm {'abcdefghijklmnopqrstuvwxyz'[number]} came.")
    blocks = tuple(Block(role="paragraph", text=text) for text in texts)
    url = f"https://{SITE}/{number}"
    return Article(id=article_id(url), url=url, canonical_url=url, site=SITE, blocks=blocks)


def export(crawl, flights, *articles):
    """Let the articles pass through a crawl until their lines are written."""
    for one in articles:
        crawl.enter(f"/{one.url.rsplit('/', 1)[1]}")
    flights.take(SITE, 100)
    for one in articles:
        flights.item_left(one.url)
        flights.recurrence.saw(one)
        flights.item_ended(one.url, State.EXPORTED, "new", completion_of(one))
        run(flights.exhausted(one.url, []))


def begin(crawl, refresh=Refresh.DUE):
    return Flights(crawl.ledger, crawl.begin(refresh), refresh, Limits(), lambda: crawl.now)


def lines(crawl):
    """What a run that begins now knows of the site."""
    return Recurrence(crawl.ledger).lines(SITE)


@pytest.fixture
def flights(crawl):
    return Flights(crawl.ledger, crawl.start, Refresh.DUE, Limits(), lambda: crawl.now)


def test_what_a_run_counts_takes_effect_in_the_next(crawl, flights):
    """A line that recurs is known to the next run, and to this one not even when it has seen it often."""
    export(crawl, flights, *map(article, range(10)))
    run(flights.settle(flights.ready()))
    assert flights.recurrence.lines(SITE) == frozenset()
    run(flights.end("finished"))
    assert lines(crawl) == {line_key(LINE)}


def test_a_killed_run_leaves_no_counts(crawl, flights):
    """Articles are settled, counts are lost: never an article counted twice, nor one lost for the counts."""
    export(crawl, flights, *map(article, range(10)))
    run(flights.settle(flights.ready()))
    crawl.die()
    assert lines(crawl) == frozenset()
    assert crawl.show("/3").state is State.EXPORTED


def test_articles_that_are_not_settled_do_not_count(crawl, flights):
    """A line whose feed was never stored will be written again, and counted then."""
    export(crawl, flights, *map(article, range(10)))
    run(flights.end("finished"))
    assert crawl.ledger.note(SITE, NOTE) is None


def test_an_article_counts_once(crawl, flights):
    """Exported again, changed or with ``refresh=all``, an article says nothing new."""
    for refresh in (Refresh.ALL, Refresh.ALL, Refresh.ALL):
        export(crawl, flights, *map(article, range(5)))
        run(flights.settle(flights.ready()))
        run(flights.end("finished"))
        flights = begin(crawl, refresh)
    assert lines(crawl) == frozenset()


def test_a_copy_counts_for_nothing(crawl, flights):
    """The lines of a story that is there many times are no lines of many stories."""
    first, *copies = map(article, range(12))
    export(crawl, flights, first, *(replace(copy, duplicate_of=first.id) for copy in copies))
    run(flights.settle(flights.ready()))
    run(flights.end("finished"))
    assert lines(crawl) == frozenset()


def test_forgetting_an_article_forgets_the_counts(crawl, flights):
    """An article that is new once more is counted once more, so its site's counts begin anew."""
    export(crawl, flights, *map(article, range(10)))
    run(flights.settle(flights.ready()))
    crawl.enter("/unread")
    run(flights.end("finished"))
    crawl.ledger.forget(f"https://{SITE}/unread")
    assert lines(crawl) == {line_key(LINE)}
    crawl.ledger.forget(f"https://{SITE}/3")
    assert lines(crawl) == frozenset()


@pytest.mark.parametrize("note", ["{", "[]", '{"articles": "many"}'])
def test_counts_that_cannot_be_read_begin_anew(crawl, note, caplog):
    """Broken counts cost a warning, not the crawl."""
    crawl.ledger.keep_note(SITE, NOTE, note)
    with caplog.at_level(logging.WARNING):
        assert lines(crawl) == frozenset()
    assert "line counts of example.com" in caplog.text
