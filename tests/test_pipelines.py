# ruff: noqa: E501 - markup and long names are easier to read on one line
"""The item pipelines."""

from __future__ import annotations

import asyncio
import inspect
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.exceptions import DropItem
from scrapy.utils.misc import load_object
from scrapy.utils.test import get_crawler

from newsspider import addon, pipelines
from newsspider.cleaning import RULES, CleaningPolicy, clean
from newsspider.cleaning.line_counts import LineCounts, line_key
from newsspider.items import Article, Block, Image, article_id, body_of
from newsspider.ledger import Limits, Refresh, SqliteLedger, Start
from newsspider.ledger.flight import Flights, utc_now
from newsspider.ledger.recurrence import NOTE
from newsspider.pipelines import CleaningPipeline, Dropped
from newsspider.spiders.arguments import Arguments, read_arguments

PIPELINES = [load_object(path) for path in addon.PIPELINES]


def article(number: int = 1, **fields: Any) -> Article:
    url = f"https://a.example/{number}"
    blocks = (
        Block(role="paragraph", text="PARIS, May 4 (AFP) - It rained."),
        Block(role="paragraph", text="Advertisement"),
        Block(role="paragraph", text=f"It rained {number} times."),
    )
    made = Article(
        id=article_id(url), url=url, canonical_url=url, site="a.example", headline=f"Rain {number}",
        blocks=blocks, article_body=body_of(blocks),
    )  # fmt: skip
    return replace(made, **fields)


def pipeline(
    kind: type[pipelines.ArticlePipeline], settings: dict[str, object] | None = None, **arguments: str
) -> Any:
    crawler = get_crawler(settings_dict=settings or {})
    crawler.stats = crawler.settings and __import__("scrapy").statscollectors.MemoryStatsCollector(crawler)
    given = read_arguments(Arguments, {"url": "https://a.example/", **arguments})
    crawler.spider = SimpleNamespace(arguments=given, sites={})
    return kind(crawler)


def reason(kind: type[pipelines.ArticlePipeline], item: Article, **arguments: str) -> str:
    with pytest.raises(Dropped) as dropped:
        pipeline(kind, **arguments).process_item(item)
    return dropped.value.reason


def test_cleaning_mirrors_the_rules() -> None:
    """The cleaning pipelines apply every rule of the library, once and in the library's order."""
    rules = [rule for kind in PIPELINES if issubclass(kind, CleaningPipeline) for rule in kind.rules]
    assert rules == list(RULES)


def processed(kind: type[pipelines.ArticlePipeline], item: Any) -> Any:
    """Return what the pipeline makes of *item*, waited for as Scrapy does."""

    async def process() -> Any:
        made = pipeline(kind).process_item(item)
        return await made if inspect.isawaitable(made) else made

    return asyncio.run(process())


def test_pipelines_together_are_clean() -> None:
    """The chain of pipelines gives what the library's clean gives."""
    item = article()
    for kind in PIPELINES:
        item = processed(kind, item)
    assert item == clean(article())


@pytest.mark.parametrize("kind", PIPELINES)
def test_other_items_pass(kind: type[pipelines.ArticlePipeline]) -> None:
    """An item of another project's own passes every pipeline untouched."""
    item = {"anything": 1}
    assert processed(kind, item) is item


def test_page_types() -> None:
    """Pages of other types are dropped, with the type as the reason."""
    assert reason(pipelines.PageTypePipeline, article(page_type="login")) == "login"
    chosen = pipeline(pipelines.PageTypePipeline, {"NEWSSPIDER_PAGE_TYPES": "gallery"})
    assert chosen.process_item(article(page_type="gallery")).page_type == "gallery"


def test_required() -> None:
    """A headline and a body are required; a date is not, and its lack is counted."""
    assert reason(pipelines.RequiredPipeline, article(headline=None)) == "no_headline"
    assert reason(pipelines.RequiredPipeline, article(article_body="")) == "no_body"
    after = pipeline(pipelines.RequiredAfterCleaningPipeline)
    after.process_item(article())
    assert after.crawler.stats.get_value("newsspider/noted/undated/a.example") == 1


@pytest.mark.parametrize(
    ("date", "bounds", "expected"),
    [
        ("2026-03-04", {"since": "2026-03-05"}, "since"),
        ("2026-03-04T23:00:00-05:00", {"since": "2026-03-05"}, None),
        ("2026-03-05", {"until": "2026-03-04"}, "until"),
        ("2026-03-04T23:59:59Z", {"until": "2026-03-04"}, None),
        (None, {"since": "2026-03-05"}, None),
    ],
)
def test_date_window(date: str | None, bounds: dict[str, str], expected: str | None) -> None:
    """An article certainly outside the window is left for another run; one that may be inside is kept."""
    item = article(date_published=date)
    if expected:
        assert reason(pipelines.DateWindowPipeline, item, **bounds) == expected
    else:
        assert pipeline(pipelines.DateWindowPipeline, **bounds).process_item(item) is item


def test_duplicates() -> None:
    """The same canonical URL comes once, whatever URL led to it."""
    duplicates = pipeline(pipelines.DuplicatesPipeline)
    duplicates.process_item(article(1))
    with pytest.raises(DropItem):
        duplicates.process_item(article(1, url="https://m.a.example/1"))
    assert duplicates.process_item(article(2)).headline == "Rain 2"


def test_canonical_conflict() -> None:
    """Another headline and another body under the same canonical URL is another article, under its own URL."""
    duplicates = pipeline(pipelines.DuplicatesPipeline)
    duplicates.process_item(article(1))
    other = article(2, canonical_url="https://a.example/1", id=article_id("https://a.example/1"))
    kept = duplicates.process_item(other)
    assert kept.canonical_url == "https://a.example/2"
    assert kept.id == article_id("https://a.example/2")
    assert duplicates.crawler.stats.get_value("newsspider/noted/canonical_conflict/a.example") == 1


def test_a_canonical_conflict_at_an_address_that_reads_the_same() -> None:
    """Articles told apart by what identity takes for tracking are both kept, should their texts differ."""
    duplicates = pipeline(pipelines.DuplicatesPipeline)
    address = "https://a.example/article"
    for number in (1, 2, 3):
        item = article(number, url=f"{address}?icid={number}", canonical_url=address, id=article_id(address))
        assert duplicates.process_item(item).headline == f"Rain {number}"
    with pytest.raises(DropItem):
        duplicates.process_item(article(4, url=address, canonical_url=address, id=article_id(address)))


def test_a_lost_article_gives_its_place_back() -> None:
    """An article that a later pipeline drops does not count towards max_articles; its duplicate is none."""
    limit = pipeline(pipelines.MaxArticlesPipeline, max_articles="1")
    limit.process_item(article(1))
    with pytest.raises(Dropped, match="max_articles"):
        limit.process_item(article(2))
    limit._item_dropped(article(1), Dropped("duplicate"))
    with pytest.raises(Dropped, match="max_articles"):
        limit.process_item(article(2))
    limit._item_dropped(article(1), DropItem("no thanks"))
    assert limit.process_item(article(3)).headline == "Rain 3"


def test_images(tmp_path: Path) -> None:
    """The images pipeline asks for the article's pictures and notes the files it got."""
    crawler = get_crawler(settings_dict={"IMAGES_STORE": str(tmp_path)})
    images = pipelines.ArticleImagesPipeline.from_crawler(crawler)
    item = article(images=(Image(url="https://a.example/1.jpg"), Image(url="https://a.example/2.jpg")))
    requests = images.get_media_requests(item, None)
    assert [request.url for request in requests] == ["https://a.example/1.jpg", "https://a.example/2.jpg"]
    got = {"url": "https://a.example/1.jpg", "path": "full/1.jpg", "checksum": "abc", "status": "downloaded"}
    done = images.item_completed([(True, got), (False, OSError())], item, None)
    assert done.images_files == (got,)
    assert item.images_files == ()


def test_recurring_lines_go_by_the_ledger(tmp_path: Path) -> None:
    """What recurred on the site when the run began goes; a site file may say that it stays."""
    text = "It rained 1 times."
    with SqliteLedger(tmp_path / "ledger.sqlite") as ledger:
        counts = LineCounts(articles=10, counts={line_key(text): 10})
        ledger.keep_note("a.example", NOTE, json.dumps(counts.to_json()))
        flights = Flights(ledger, Start(run=1), Refresh.DUE, Limits(), utc_now)
        recurring = pipeline(pipelines.RecurringPipeline)
        assert recurring.process_item(article()) == article()
        recurring.crawler.engine = SimpleNamespace(scheduler=SimpleNamespace(flights=flights))
        cleaned = recurring.process_item(article(content_hash="ab"))
        assert [(gone.rule, gone.text) for gone in cleaned.removed] == [("recurring", text)]
        assert cleaned.content_hash == "ab"
        off = CleaningPolicy(off=frozenset({"recurring"}))
        recurring.crawler.spider.sites = {"a.example": SimpleNamespace(cleaning=off)}
        assert recurring.process_item(article()) == article()
