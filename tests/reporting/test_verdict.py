"""The verdict on a run."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from newsspider.reporting import as_json, stat_name, verdict
from newsspider.reporting.table import table

SITE = "a.example"


def stats(end: str = "finished", /, **counts: int) -> dict[str, object]:
    """``pages_section=1`` stands for the stat newsspider/pages/section/a.example."""
    named = {stat_name(*name.split("_", 1), SITE): number for name, number in counts.items()}  # type: ignore[arg-type]
    return {"finish_reason": end, "elapsed_time_seconds": 1.25, "item_scraped_count": 7, **named}


GOOD = stats(
    pages_section=1, pages_article=3, found_article=4, skipped_known=1, exported_article=2, dropped_login=1
)


def test_good_run() -> None:
    """A run that lost nothing is ok, and says what it brought and what ended it."""
    found = verdict(GOOD)
    assert found.ok
    assert found.exit_code == 0
    assert found.exported == 2
    assert found.headline == "2 articles exported from a.example; there was nothing more to do"
    site = found.sites[SITE]
    assert (site.new, site.skipped, site.dropped) == (3, {"known": 1}, {"login": 1})


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        ({"spider_exceptions/count": 2}, "2 pages lost to an exception in a callback"),
        ({"newsspider/failed/item_error/a.example": 1}, "1 article lost to an exception in a pipeline"),
        ({"newsspider/failed/feed/a.example": 3}, "3 articles not written to a feed"),
        ({"feedexport/failed_count/FileFeedStorage": 1}, "1 feed could not be stored"),
        (
            {"newsspider/left/finished/a.example": 5},
            "5 URLs left waiting, though no limit kept anything back",
        ),
        (
            {"newsspider/ended_by": "ledger_failed"},
            "the run ended because the ledger could not be written",
        ),
        ({"finish_reason": "shutdown"}, "the run ended because it was stopped from outside"),
    ],
)
def test_what_loses_articles_fails(extra: dict[str, object], problem: str) -> None:
    """Anything that loses articles makes the exit code 1 and is named."""
    found = verdict({**GOOD, **extra})
    assert found.problems == (problem,)
    assert found.exit_code == 1


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        (stats(failed_robots=1), "no page was fetched (robots.txt forbids it: 1)"),
        (stats(), "no page was fetched"),
        (stats(pages_section=2), "no link to an article was found on 2 list pages"),
        (stats(pages_section=1, found_article=5, skipped_known=5), "all articles are known already"),
        (
            stats(pages_section=1, found_article=5, skipped_known=3, dropped_unchanged=2),
            "all articles are known already, and unchanged",
        ),
        (stats(pages_section=1, found_article=5, skipped_since=5), "every link was skipped (since: 5)"),
        (
            stats(pages_section=1, found_article=2, failed_http_503=2),
            "the articles could not be fetched (http_503: 2)",
        ),
        (
            stats(pages_login=2, pages_section=1, dropped_login=2, found_article=2),
            "every page was dropped (login: 2)",
        ),
        (stats("feed_unwritable"), "the feed could not be written"),
    ],
)
def test_why_nothing_was_exported(run: dict[str, object], reason: str) -> None:
    """A run without an article says why in its first line."""
    assert verdict(run).headline == f"Nothing was exported: {reason}"


def test_limits_are_in_the_first_line() -> None:
    """The limit that ended a run, and what it left undone, stand at the top."""
    found = verdict(GOOD | {"finish_reason": "max_articles", stat_name("left", "max_articles", SITE): 12})
    assert found.headline == (
        "2 articles exported from a.example; max_articles was reached; left undone: max_articles: 12"
    )
    assert found.ok


def test_limits_may_keep_back_what_a_finished_run_found() -> None:
    """A run that had nothing more to do says so of what its limits let it do."""
    found = verdict(GOOD | {"finish_reason": "finished", stat_name("left", "related_depth", SITE): 3})
    assert found.headline == (
        "2 articles exported from a.example; there was nothing more to do within its limits; "
        "left undone: related_depth: 3"
    )


def test_no_page_fails() -> None:
    """A run that fetched nothing at all failed."""
    assert verdict(stats()).exit_code == 1


def test_all_known_is_no_failure() -> None:
    """A run that finds nothing new is a good run."""
    assert verdict(stats(pages_section=1, found_article=5, skipped_known=5)).ok


def test_as_json_is_json() -> None:
    """The verdict goes through JSON, with its exit code."""
    assert json.loads(json.dumps(as_json(verdict(GOOD))))["exit_code"] == 0


def test_table_shows_all() -> None:
    """The table names the site, each reason, and what was lost."""
    console = Console(width=100, record=True, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115
    console.print(table(verdict({**GOOD, "spider_exceptions/count": 1})))
    text = console.export_text()
    for words in ("2 articles exported", SITE, "login 1", "known 1", "LOST: 1 page lost"):
        assert words in text


def test_stat_names_hold_three_parts() -> None:
    """Spaces and slashes in a reason or a site do not make another part."""
    assert stat_name("dropped", "a b/c", "x/y") == "newsspider/dropped/a_b_c/x_y"


def test_a_worker_that_others_left_nothing_is_no_failure():
    """Where many workers share a ledger one may come too late to ask for anything, and nothing is lost."""
    stats = {"finish_reason": "finished", "newsspider/noted/shared_ledger/a.com": 1}
    assert verdict(stats).ok
    assert verdict(stats).headline == (
        "Nothing was exported: the other workers on the ledger left nothing to do"
    )
    assert not verdict(stats | {"newsspider/failed/timeout/a.com": 1}).ok


def test_what_other_workers_gave_back_is_no_loss():
    """A worker that shares a ledger sees URLs wait that others could not fetch, and lost nothing."""
    shared = stats(pages_section=1, exported_article=1, left_finished=2, noted_shared_ledger=1)
    assert verdict(shared).ok
