"""The crawl of the demo newsroom gives exactly its truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pytest

from newsspider.demo import Edition, Newsroom
from newsspider.demo.serve import running
from newsspider.extraction.identity import normalize_url
from tests.spiders.conftest import ROOT, Run, run_crawl

PLACEHOLDERS = (
    "Advertisement",
    "ADVERTISEMENT",
    "Anzeige",
    "Scroll to continue",
    "Also Read",
    "With inputs from",
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(size=24)


@pytest.fixture(scope="module")
def truth(edition: Edition) -> dict[str, dict[str, object]]:
    return {normalize_url(truth.canonical_url): asdict(truth) for truth in Newsroom(edition).truths()}


@pytest.fixture(scope="module")
def run(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with running(edition) as newsroom:
        yield run_crawl(
            tmp_path_factory.mktemp("demo"), "-a", "site=all",
            http_proxy=newsroom.proxy_url, NEWSSPIDER_SITES=str(ROOT / "newsspider/demo/sites"),
        )  # fmt: skip


@pytest.fixture(scope="module")
def items(run: Run) -> dict[str, dict[str, object]]:
    return {normalize_url(str(item["canonical_url"])): item for item in run.items}


def test_every_article_once(run: Run, items: dict[str, object], truth: dict[str, dict[str, object]]) -> None:
    """Each article that is to be exported is there once, and nothing else."""
    assert run.exit_code == 0, run.text
    assert len(run.items) == len(items)
    assert set(items) == {url for url, page in truth.items() if page["exported"]}


@pytest.mark.parametrize(
    "field", ["headline", "description", "date_published", "authors", "keywords", "page_type"]
)
def test_fields_to_the_letter(
    items: dict[str, dict[str, object]], truth: dict[str, dict[str, object]], field: str
) -> None:
    """What the newsroom's pages say of an article is in its item to the letter."""

    def plain(value: object) -> object:
        return list(value) if isinstance(value, tuple) else value

    wrong = {
        url: (plain(truth[url][field]), item[field])
        for url, item in items.items()
        if item[field] != plain(truth[url][field])
    }
    assert wrong == {}


def test_bodies_to_the_letter(
    items: dict[str, dict[str, object]], truth: dict[str, dict[str, object]]
) -> None:
    """Each body is the newsroom's text: no placeholder in it and no paragraph missing, parts joined."""
    wrong = {}
    for url, item in items.items():
        blocks = [block["text"] for block in truth[url]["blocks"] if block["role"] != "standfirst"]
        if item["article_body"] != "\n\n".join(blocks):
            wrong[url] = set(blocks) ^ set(str(item["article_body"]).split("\n\n"))
    assert wrong == {}


def test_no_placeholder_anywhere(items: dict[str, dict[str, object]]) -> None:
    """No line of any body is a placeholder."""
    lines = [line for item in items.values() for line in str(item["article_body"]).split("\n\n")]
    assert [line for line in lines if line.startswith(PLACEHOLDERS)] == []


def test_pages_that_are_no_article_are_counted(run: Run) -> None:
    """Log-in forms, consent pages and soft 404s give no item and are counted by reason."""
    dropped = run.counts("dropped")
    assert {"login", "consent", "error"} <= set(dropped)
    pages, exported = run.counts("pages"), run.counts("exported")
    lists = sum(pages.get(role, 0) for role in ("section", "feed", "sitemap", "part"))
    assert sum(pages.values()) - lists == sum(exported.values()) + sum(dropped.values())
