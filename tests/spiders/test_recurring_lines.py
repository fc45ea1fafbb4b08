"""A line that recurs on a site: kept by the first run, taken out by a later one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.spiders.conftest import Crawl, ScriptedSite, address, listing, story

LINE = "Catch the harbour weather with Jane Doe at nine"
FIRST, LATER = range(1, 13), range(13, 16)
# the stories differ in the town only: copies of each other, which would not count
UNCOMPARED = ("-s", "NEWSSPIDER_NEAR_DUPLICATES=off")


def told_of(number: int) -> str:
    """Return a story of a town of its own; in lines that recur, a number is any number."""
    town = f"{'abcdefghijklmnopqrstuvwxyz'[number] * 3}ville"
    return story(number, more=f"<p>{LINE}</p>").replace(f"town {number} met", f"{town} met")


def test_a_recurring_line_goes_in_a_later_run(crawl_site: Crawl, site: ScriptedSite) -> None:
    """The first run keeps the line, a later one takes it out; known articles are no changed ones."""
    for number in (*FIRST, *LATER):
        site.says(address(number), told_of(number))
    site.says("/news", listing(*map(address, FIRST)))
    first = crawl_site(*UNCOMPARED)
    assert [LINE in str(item["article_body"]) for item in first.items] == [True] * len(FIRST)

    with closing(sqlite3.connect(first.output / "ledger.sqlite")) as db, db:
        db.execute("UPDATE urls SET due = 1 WHERE due IS NOT NULL")
    site.says("/news", listing(*map(address, (*FIRST, *LATER))))
    asked = len(site.asked)
    second = crawl_site(*UNCOMPARED)
    assert second.exit_code == 0, second.text
    assert set(map(address, FIRST)) <= set(site.paths()[asked:])
    items = {str(item["url"]).removeprefix(site.url): item for item in second.items}
    assert len(second.items) == len(items) == len(FIRST) + len(LATER)
    for number in LATER:
        item = items[address(number)]
        assert LINE not in str(item["article_body"])
        assert [(gone["rule"], gone["text"]) for gone in item["removed"]] == [("recurring", LINE)]
