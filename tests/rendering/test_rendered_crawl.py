"""Crawls of sites that are empty until a script has run, by real browsers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pytest

from newsspider.demo import Edition, Newsroom
from newsspider.demo.serve import running
from newsspider.extraction.identity import normalize_url
from tests.spiders.conftest import ROOT, Run, run_crawl

EDITION = Edition(size=12, sites="scripted")
SITES = str(ROOT / "newsspider/demo/sites/scripted")
FIELDS = ("headline", "description", "date_published", "authors", "keywords", "page_type")


def truth_of(site: str) -> dict[str, dict[str, object]]:
    """Return what a crawl of *site* must give, by address."""
    truths = (truth for truth in Newsroom(EDITION).truths() if truth.exported and truth.site == site)
    return {normalize_url(truth.canonical_url): asdict(truth) for truth in truths}


def wrong_items(run: Run, site: str) -> dict[str, object]:
    """Return what of *run* is not exactly the truth of *site*."""
    truth = truth_of(site)
    items = {normalize_url(str(item["canonical_url"])): item for item in run.items}
    wrong: dict[str, object] = dict.fromkeys(truth.keys() - items.keys(), "missing")
    wrong |= dict.fromkeys(items.keys() - truth.keys(), "should not be")
    if len(items) != len(run.items):
        wrong["twice"] = len(run.items) - len(items)
    for url in items.keys() & truth.keys():
        said = {name: list(v) if isinstance(v := truth[url][name], tuple) else v for name in FIELDS}
        said["article_body"] = "\n\n".join(
            block["text"] for block in truth[url]["blocks"] if block["role"] != "standfirst"
        )
        wrong |= {f"{url} {name}": (v, items[url][name]) for name, v in said.items() if v != items[url][name]}
    return wrong


@pytest.fixture(scope="module")
def by_chromium(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with running(EDITION) as newsroom:
        yield run_crawl(
            tmp_path_factory.mktemp("prisma"), "-a", "site=prisma.test", "-s", "RENDERER=playwright",
            http_proxy=newsroom.proxy_url, no_proxy="", NEWSSPIDER_SITES=SITES,
        )  # fmt: skip


def test_modern_site_to_the_letter(by_chromium: Run) -> None:
    """Chromium brings every article of a site of modules exactly, past its consent dialog and "load more"."""
    assert by_chromium.exit_code == 0, by_chromium.text
    assert wrong_items(by_chromium, "prisma.test") == {}
    assert by_chromium.counts("failed") == {}
    assert "WARNING" not in by_chromium.text
