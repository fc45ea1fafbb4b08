# ruff: noqa: E501 - markup and long names are easier to read on one line
"""What the spider's arguments and limits do."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest

from newsspider.items import Article
from newsspider.ledger import SqliteLedger, State
from tests.spiders.conftest import ROOT, Answer, Crawl, Run, ScriptedSite, address, listing, story

PLAIN_XML = {"Content-Type": "application/xml"}
LISTS_AND_PARTS = ("section", "feed", "sitemap", "part")


def test_fields_in_order(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A line of the feed has every field of the item, in the item's order."""
    site.says("/news", listing(address(1)))
    site.says(address(1), story(1))
    (item,) = crawl_site().items
    assert list(item) == [field.name for field in fields(Article)]


def test_max_articles_is_exact(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A run ends with as many articles as were asked for, though more were on their way."""
    site.says("/news", listing(*map(address, range(12))))
    for number in range(12):
        site.says(address(number), story(number))
    run = crawl_site("-a", "max_articles=3")
    assert len(run.items) == 3
    assert run.verdict["ended_by"] == "max_articles"
    assert run.exit_code == 0


@pytest.mark.parametrize(("pages", "articles"), [(1, 1), (2, 2), (5, 3)])
def test_max_pages(crawl_site: Crawl, site: ScriptedSite, pages: int, articles: int) -> None:
    """As many list pages of a section are read as max_pages says; what is left is counted and read later."""
    for page in (1, 2, 3):
        following = f'<a rel="next" href="/news?page={page + 1}">Next</a>' if page < 3 else ""
        site.says("/news" if page == 1 else f"/news?page={page}", listing(address(page), more=following))
        site.says(address(page), story(page))
    run = crawl_site("-a", f"max_pages={pages}")
    assert len(run.items) == articles
    assert run.counts("left") == ({"max_pages": 1} if pages < 3 else {})
    assert len(crawl_site().items) == 3


@pytest.mark.parametrize(("depth", "articles"), [(0, 1), (1, 2), (2, 3)])
def test_related_depth(crawl_site: Crawl, site: ScriptedSite, depth: int, articles: int) -> None:
    """Related links are followed as many steps as related_depth says, the rest in a wider run; circles end."""
    site.says("/news", listing(address(1)))
    for number in (1, 2, 3):
        following = address(number % 3 + 1)
        rail = f'<aside class="related"><h3><a href="{following}">Council agrees on paint again and again</a></h3></aside>'
        site.says(address(number), story(number, more=rail))
    run = crawl_site("-a", f"related_depth={depth}")
    assert len(run.items) == articles
    assert run.counts("left") == ({"related_depth": 1} if depth < 2 else {})
    assert len(crawl_site("-a", "related_depth=3").items) == 3


def test_since_stops_paging(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A list page of older articles only is the last; what it led to is left for a run that wants it."""
    old = "/2020/01/01/council-agreed-on-the-paint-of-boats-20001.html"
    site.says("/news", listing(old, more='<a rel="next" href="/news?page=2">Next</a>'))
    site.says("/news?page=2", listing(address(2)))
    site.says(address(2), story(2))
    run = crawl_site("-a", "since=2026-01-01")
    assert run.items == []
    assert run.counts("left") == {"since": 2}
    assert "since: 2" in str(run.verdict["headline"])
    assert "/news?page=2" not in site.paths()
    assert old not in site.paths()
    wider = crawl_site("-a", "since=2020-01-01")
    assert {"/news?page=2", old} <= set(site.paths())
    assert len(wider.items) == 1
    assert site.paths().count(address(2)) == 1


def test_until_is_inclusive(crawl_site: Crawl, site: ScriptedSite) -> None:
    """An article of the last day is exported, one of the day after is left for another run."""
    paths = ("/council-agrees-on-the-paint-of-boats-30001", "/council-agrees-on-the-paint-of-boats-30002")
    site.says("/news", listing(*paths))
    site.says(paths[0], story(1, date="2026-03-04T23:30:00Z"))
    site.says(paths[1], story(2, date="2026-03-05T00:30:00Z"))
    run = crawl_site("-a", "until=2026-03-04")
    assert [item["date_published"] for item in run.items] == ["2026-03-04T23:30:00+00:00"]
    assert run.counts("left") == {"until": 1}
    assert len(crawl_site().items) == 2


def test_feeds_and_sitemaps(crawl_site: Crawl, site: ScriptedSite) -> None:
    """Feeds that the home page names and sitemaps that robots.txt names, an index of gzipped ones, are read."""
    site.says("/", '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>')
    site.says(
        "/rss",
        Answer(
            f"<rss version='2.0'><channel><item><title>A</title><link>{site.url}{address(1)}</link>"
            "</item></channel></rss>".encode(),
            headers=PLAIN_XML,
        ),
    )
    index = f"<sitemapindex><sitemap><loc>{site.url}/s.xml.gz</loc></sitemap></sitemapindex>"
    urls = f"<urlset><url><loc>{site.url}{address(2)}</loc><lastmod>2026-03-04</lastmod></url></urlset>"
    site.says("/robots.txt", f"Sitemap: {site.url}/index.xml\n")
    site.says("/index.xml", Answer(index.encode(), headers=PLAIN_XML))
    site.says("/s.xml.gz", Answer(gzip.compress(urls.encode()), headers={"Content-Type": "application/gzip"}))
    site.says(address(1), story(1))
    site.says(address(2), story(2))
    run = crawl_site("-a", "discover=feeds,sitemaps")
    assert len(run.items) == 2, run.text
    assert run.counts("pages") == {"article": 2, "feed": 2, "sitemap": 3}


def test_feeds_of_a_home_page_that_is_the_start(crawl: Crawl, site: ScriptedSite) -> None:
    """A home page that is a section too gives its articles and the feeds that it names, from one fetch."""
    head = '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>'
    site.says("/", listing(address(1)).replace("<html><head>", head.removesuffix("</head>"), 1))
    feed = f"<rss version='2.0'><channel><item><link>{site.url}{address(2)}</link></item></channel></rss>"
    site.says("/rss", Answer(feed.encode(), headers=PLAIN_XML))
    for number in (1, 2):
        site.says(address(number), story(number))
    run = crawl("-a", f"url={site.url}/", "-a", "discover=sections,feeds", "-s", "DOWNLOAD_DELAY=0")
    assert len(run.items) == 2, run.text
    assert site.paths().count("/") == 1


def test_a_view_behind_a_log_in_is_not_taken(crawl_site: Crawl, site: ScriptedSite) -> None:
    """Where the one-page view is a log-in form, the article is joined from its parts."""
    site.says("/news", listing(address(1)))
    view = f"{address(1)}?page=all"
    site.says(
        view,
        "<html><head><title>Log in</title></head><body><main><h1>Log in to read on</h1><form action='/login'>"
        "<input name=user><input type=password name=password><button>Log in</button></form></main></body></html>",
    )
    links = (
        f'<div class="pages"><a href="{address(1)}?page=2">2</a><a href="{view}">All on one page</a></div>'
    )
    site.says(address(1), story(11, more=links))
    site.says(f"{address(1)}?page=2", story(12))
    (item,) = crawl_site().items
    assert view in site.paths()
    assert all(f"town {number} " in item["article_body"] for number in (11, 12))


def test_parts_are_joined(crawl_site: Crawl, site: ScriptedSite) -> None:
    """An article in three parts is one item whose body has the parts in page order."""
    site.says("/news", listing(address(1)))
    for part in (1, 2, 3):
        others = "".join(f'<a href="{address(1)}?page={n}">{n}</a>' for n in (2, 3) if n != part)
        page = story(10 + part, more=f'<div class="pages">{others}</div>')
        site.says(address(1) if part == 1 else f"{address(1)}?page={part}", page)
    (item,) = crawl_site().items
    places = [item["article_body"].index(f"town {number} ") for number in (11, 12, 13)]
    assert places == sorted(places)


def test_callback_error_fails_the_run(crawl: Crawl, site: ScriptedSite, tmp_path: Path) -> None:
    """An exception in a callback gives exit code 1, says what was lost, and is the reason in the ledger."""
    site.says("/news", listing(address(1)))
    site.says(address(1), story(1))
    run = crawl(
        "-a", f"url={site.url}/news", "-s", "DOWNLOAD_DELAY=0",
        "-s", "SPIDER_MODULES=tests.spiders.broken_spider", spider="broken",
    )  # fmt: skip
    assert run.exit_code == 1
    assert "1 page lost to an exception in a callback" in run.verdict["problems"]
    with SqliteLedger(run.output / "ledger.sqlite") as ledger:
        entry = ledger.show(site.url + address(1))
    assert entry is not None
    assert (entry.state, entry.reason) == (State.FAILED, "RuntimeError")


def article_pages(run: Run) -> tuple[int, int]:
    """Return how many pages of articles were read, and how many ends they had."""
    read = sum(n for what, n in run.counts("pages").items() if what not in LISTS_AND_PARTS)
    ends = [*run.counts("exported").values(), *run.counts("dropped").values()]
    return read, sum(ends) + sum(run.counts("failed").get(what, 0) for what in ("item_error", "feed"))


def test_every_page_of_an_article_has_one_end(crawl_site: Crawl, site: ScriptedSite) -> None:
    """Pages are what was exported and dropped; an empty answer is no page, one that is as it was is one."""
    site.says("/news", listing(address(1), address(2), address(3)))
    kept = {"Content-Type": "text/html", "ETag": '"1"'}
    site.says(address(1), Answer(story(1).encode(), headers=kept), Answer(b"", 304, kept))
    site.says(address(2), "<html><body><form><input type=password></form><p>Log in</p></body></html>")
    site.says(address(3), "")
    run = crawl_site()
    assert run.counts("failed") == {"no_document": 1}
    assert article_pages(run) == (2, 2)
    with closing(sqlite3.connect(run.output / "ledger.sqlite")) as db, db:
        db.execute("UPDATE urls SET due = 1 WHERE state = 2")
    run = crawl_site()
    assert run.counts("pages") == {"section": 1, "not_modified": 1}
    assert run.counts("dropped") == {"unchanged": 1}
    assert article_pages(run) == (1, 1)


def test_a_page_that_no_template_fits_is_counted(
    crawl_site: Crawl, site: ScriptedSite, tmp_path: Path
) -> None:
    """A site whose layout has changed shows in the verdict; pages of a type without a template do not."""
    (tmp_path / "own.toml").write_text(
        'format = 1\nname = "Own"\ndomains = ["127.0.0.1"]\n[crawl]\nprivate_addresses = true\n'
        '[[template]]\nname = "story"\n[template.fields]\nheadline = "h1"\nbody = ".story"\n'
    )
    site.says("/news", listing(*(address(number) for number in range(3))))
    site.says(address(0), story(0).replace("<article>", "<article class=story>"))
    site.says(address(1), story(1))
    site.says(address(2), "<html><body><form><input type=password></form><p>Log in</p></body></html>")
    run = crawl_site(NEWSSPIDER_SITES=str(tmp_path))
    assert {item["template"] for item in run.items} == {"story", "generic"}, run.text
    assert run.counts("noted") == {"no_template": 1}


@pytest.mark.parametrize("scheduler", ["BrokenScheduler", "BrokenAtTheEnd"])
def test_a_scheduler_that_breaks_ends_the_run(crawl_site: Crawl, site: ScriptedSite, scheduler: str) -> None:
    """An exception that nobody thought of ends the run with exit code 1 and one line; the next run goes on."""
    site.says("/news", listing(address(1)))
    site.says(address(1), story(1))
    run = crawl_site("-s", f"SCHEDULER=tests.spiders.broken_scheduler.{scheduler}")
    assert run.exit_code == 1
    assert run.verdict["ended_by"] == "scheduler_failed"
    assert len(run.verdict["problems"]) == 1
    assert run.text.count("The scheduler broke, and what is not settled waits: RuntimeError: broken on") == 1
    assert len(crawl_site().items) == 1


def test_a_sitemap_with_dates_outside_the_calendar(crawl_site: Crawl, site: ScriptedSite) -> None:
    """Articles that a sitemap dates to the first and the last day of the calendar are fetched as any other."""
    urls = "".join(
        f"<url><loc>{site.url}{address(number)}</loc><lastmod>{date}</lastmod></url>"
        for number, date in enumerate(("0001-01-01T00:00:00+01:00", "9999-12-31", "2026-03-04"))
    )
    site.says("/robots.txt", f"Sitemap: {site.url}/s.xml\n")
    site.says("/s.xml", Answer(f"<urlset>{urls}</urlset>".encode(), headers=PLAIN_XML))
    for number in range(3):
        site.says(address(number), story(number))
    run = crawl_site("-a", "discover=sitemaps")
    assert (run.exit_code, len(run.items)) == (0, 3), run.text


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["-a", "max_page=3", "-a", "site=newsx.com"],
            "unknown argument 'max_page': did you mean 'max_pages'?",
        ),
        (["-a", "max_articles=many", "-a", "site=newsx.com"], "argument 'max_articles'"),
        (["-a", "site=newsxx.com"], "did you mean 'newsx.com'"),
        (["-a", "url=nonsense"], "no web address"),
        (["-a", "url=https://a.example", "-s", "DOWNLOAD_DELAY=x"], "setting DOWNLOAD_DELAY = 'x'"),
        (["-a", "url=http://a.example:99999/"], "no web address"),
        (
            ["-a", "url=https://a.example", "-a", f"max_pages={10**30}"],
            "argument 'max_pages': input should be less",
        ),
        (["-a", "since=yesterday", "-a", "site=newsx.com"], "is no date"),
        ([], "nothing to crawl"),
    ],
)
def test_wrong_arguments(crawl: Crawl, arguments: list[str], line: str) -> None:
    """A wrong argument is one clear line and exit code 2, and nothing is written."""
    run = crawl(*arguments)
    assert run.exit_code == 2
    assert line in run.text
    assert len(run.text.splitlines()) == 1
    assert not run.output.exists()


def test_scrapyd_job(crawl_site: Crawl, site: ScriptedSite) -> None:
    """The argument that scrapyd adds is taken, and names the feed."""
    site.says("/news", listing(address(1)))
    site.says(address(1), story(1))
    run = crawl_site("-a", "_job=abc123")
    assert run.exit_code == 0, run.text
    assert [path.name for path in run.output.glob("*abc123.jsonl")]


def test_unwritable_feed_stops_at_start(crawl_site: Crawl, site: ScriptedSite, tmp_path: Path) -> None:
    """A feed that can't be written stops the crawl before the first request, with one line and exit code 1."""
    (tmp_path / "file").write_text("")
    site.says("/news", listing(address(1)))
    run = crawl_site("-O", f"{tmp_path}/file/feed.jsonl")
    assert run.exit_code == 1
    assert "The feed can't be written" in run.text
    assert "Traceback" not in run.text
    assert site.paths() == []


def test_unknown_format_stops_at_start(crawl_site: Crawl, site: ScriptedSite, tmp_path: Path) -> None:
    """A feed of an unknown format stops the crawl; Scrapy itself would go on without it."""
    run = crawl_site("-O", f"{tmp_path}/feed.nonsense")
    assert run.exit_code != 0
    assert site.paths() == []


def test_scrapys_feed_options_work(crawl_site: Crawl, site: ScriptedSite, tmp_path: Path) -> None:
    """-O, batches, gzip and renamed fields keep their meaning."""
    site.says("/news", listing(address(1), address(2)))
    site.says(address(1), story(1))
    site.says(address(2), story(2))
    feeds = {
        f"{tmp_path}/batch-%(batch_id)d.jsonl.gz": {
            "format": "jsonlines",
            "batch_item_count": 1,
            "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
            "fields": {"headline": "title", "url": "link"},
        }
    }
    run = crawl_site("-s", f"FEEDS={json.dumps(feeds)}")
    assert run.exit_code == 0, run.text
    lines = [gzip.decompress(path.read_bytes()).decode() for path in sorted(tmp_path.glob("batch-[12]*.gz"))]
    assert [list(json.loads(line)) for line in lines] == [["title", "link"]] * 2


def test_newsx_is_three_lines() -> None:
    """The example spider shows that a site's own spider needs a name and a site."""
    source = (ROOT / "newsspider/spiders/newsx.py").read_text()
    body = source.partition("class ")[2]
    assert 'name = "newsx"' in body
    assert 'site = "newsx.com"' in body
