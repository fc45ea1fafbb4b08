"""What a crawl makes of sites that misbehave."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.spiders.conftest import Answer, Crawl, ScriptedSite, address, listing, story

SITE_FILE = """
format = 1
name = "{name}"
domains = ["{name}.test"]
sections = ["http://{name}.test/news"]
[crawl]
delay = 0.1
[[template]]
name = "story"
match = "article h1"
"""


def test_good_site(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A section page with two articles gives two items, exit code 0 and a verdict beside the feed."""
    site.says("/news", listing(address(1), address(2)))
    site.says(address(1), story(1))
    site.says(address(2), story(2))
    run = crawl_site()
    assert run.exit_code == 0, run.text
    assert sorted(item["headline"] for item in run.items) == [
        "Council 1 agrees on the paint of its boats",
        "Council 2 agrees on the paint of its boats",
    ]
    assert {item["found_on"] for item in run.items} == {f"{site.url}/news"}
    assert run.verdict["ok"] is True
    assert run.verdict["headline"].startswith("2 articles exported")


def test_section_404(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A section URL that answers 404 fails the run and is named as the reason."""
    run = crawl_site()
    assert run.exit_code == 1
    assert run.verdict["headline"] == "Nothing was exported: no page was fetched (http_404: 1)"
    assert run.counts("failed") == {"http_404": 1}


def test_section_403(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A section URL that answers 403 is not asked again."""
    site.says("/news", Answer(b"go away", 403))
    run = crawl_site()
    assert run.exit_code == 1
    assert run.counts("failed") == {"http_403": 1}
    assert site.paths().count("/news") == 1


def test_429_waits(crawl_site: Crawl, site: ScriptedSite) -> None:
    """429 with Retry-After is asked again after the time the server named, and nothing of it before."""
    site.says("/news", Answer(b"later", 429, {"Retry-After": "2"}), listing(address(1)))
    site.says(address(1), story(1))
    run = crawl_site()
    assert run.exit_code == 0, run.text
    assert len(run.items) == 1
    first, second = (at for at, path in site.asked if path == "/news")
    assert second - first >= 2


def test_429_of_one_site_stalls_no_other(crawl: Crawl, site: ScriptedSite, tmp_path: Path) -> None:
    """While a site that asked for patience is left alone, another one is crawled to its end."""
    (tmp_path / "sites").mkdir()
    for name, start, size in (("busy", 0, 60), ("calm", 100, 30)):
        (tmp_path / "sites" / f"{name}.test.toml").write_text(SITE_FILE.format(name=name))
        site.says(f"http://{name}.test/news", listing(*map(address, range(size))))
        for number in range(size):
            site.says(f"http://{name}.test{address(number)}", story(start + number))
    first = f"http://busy.test{address(0)}"
    site.says(first, Answer(status=429, headers={"Retry-After": "6"}), story(0))
    run = crawl("-a", "site=all", http_proxy=site.url, no_proxy="", NEWSSPIDER_SITES=str(tmp_path / "sites"))
    assert len(run.items) == 90, run.text
    refused, again = (moment for moment, path in site.asked if path == first)
    assert again - refused >= 6
    busy, calm = (
        [moment for moment, path in site.asked if path.startswith(f"http://{name}.test/")]
        for name in ("busy", "calm")
    )
    on_its_way = [moment for moment in busy if refused < moment < refused + 6]
    assert len(on_its_way) <= 1
    assert max(calm) < refused + 6


def test_429_of_many_sites_stalls_no_other(crawl: Crawl, site: ScriptedSite, tmp_path: Path) -> None:
    """Sites that ask for patience all at once do not fill the downloader, and nothing of them is lost."""
    (tmp_path / "sites").mkdir()
    busy = [f"busy{number}" for number in range(12)]
    for start, name in enumerate(busy):
        (tmp_path / "sites" / f"{name}.test.toml").write_text(SITE_FILE.format(name=name))
        site.says(f"http://{name}.test/news", listing(*map(address, range(3))))
        for number in range(3):
            later = Answer(status=429, headers={"Retry-After": "8"})
            site.says(f"http://{name}.test{address(number)}", later, story(100 * start + number))
    (tmp_path / "sites" / "calm.test.toml").write_text(SITE_FILE.format(name="calm"))
    site.says("http://calm.test/news", listing(*map(address, range(25))))
    for number in range(25):
        site.says(f"http://calm.test{address(number)}", story(5000 + number))
    run = crawl("-a", "site=all", http_proxy=site.url, no_proxy="", NEWSSPIDER_SITES=str(tmp_path / "sites"))
    assert len(run.items) == 25 + 3 * len(busy), run.text
    asked = [path for _, path in site.asked]
    again = next(n for n, path in enumerate(asked) if "busy" in path and "/20" in path and path in asked[:n])
    assert all(not path.startswith("http://calm.test/2") for path in asked[again:])


def test_429_too_long(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A server that asks for more patience than allowed is left alone."""
    site.says("/news", Answer(b"later", 429, {"Retry-After": "86400"}))
    run = crawl_site()
    assert run.counts("failed") == {"http_429": 1}
    assert site.paths().count("/news") == 1


def test_500_then_200(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A page that fails once and then answers loses nothing."""
    site.says("/news", Answer(b"oops", 500), listing(address(1)))
    site.says(address(1), Answer(b"oops", 500), story(1))
    run = crawl_site()
    assert run.exit_code == 0, run.text
    assert len(run.items) == 1


def test_redirect_loop(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A section that redirects in a circle ends, and the verdict says so."""
    site.says("/news", Answer(b"", 302, {"Location": "/other"}))
    site.says("/other", Answer(b"", 302, {"Location": "/news"}))
    run = crawl_site()
    assert run.exit_code == 1
    assert run.counts("failed") == {"redirect_loop": 1}


def test_redirect_off_site(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A redirect that leaves the site is not followed."""
    elsewhere = site.url.replace("127.0.0.1", "localhost")
    site.says("/news", Answer(b"", 302, {"Location": f"{elsewhere}/news2"}))
    site.says("/news2", listing(address(1)))
    run = crawl_site()
    assert run.counts("failed") == {"offsite": 1}
    assert "/news2" not in site.paths()


def test_robots_forbids(crawl_site: Crawl, site: ScriptedSite) -> None:
    """What robots.txt forbids is not fetched, and the first line says why nothing came."""
    site.says(
        "/robots.txt", Answer(b"User-agent: *\nDisallow: /news\n", headers={"Content-Type": "text/plain"})
    )
    site.says("/news", listing(address(1)))
    run = crawl_site()
    assert run.exit_code == 1
    assert "robots.txt forbids it" in run.verdict["headline"]
    assert "/news" not in site.paths()


def test_robots_never_answers(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A host whose robots.txt does not answer is not crawled, within its own short timeout."""
    site.says("/robots.txt", Answer(b"", seconds=30))
    site.says("/news", listing(address(1)))
    run = crawl_site("-s", "NEWSSPIDER_ROBOTS_TIMEOUT=1")
    assert run.exit_code == 1
    assert run.counts("failed") == {"robots_unreachable": 1}
    assert "Traceback" not in run.text


def test_robots_never_answers_but_allowed(crawl_site: Crawl, site: ScriptedSite) -> None:
    """By setting, a host without an answer is crawled all the same."""
    site.says("/robots.txt", Answer(b"", seconds=30))
    site.says("/news", listing(address(1)))
    site.says(address(1), story(1))
    run = crawl_site("-s", "NEWSSPIDER_ROBOTS_TIMEOUT=1", "-s", "NEWSSPIDER_ROBOTS_UNREACHABLE=allow")
    assert len(run.items) == 1


def test_robots_leads_inside(crawl_site: Crawl, site: ScriptedSite, other_site: ScriptedSite) -> None:
    """A robots.txt that redirects to a private address is not followed there; its host is not crawled."""
    site.says("/robots.txt", Answer(status=302, headers={"Location": f"{other_site.url}/robots.txt"}))
    site.says("/news", listing(address(1)))
    run = crawl_site()
    assert other_site.asked == []
    assert run.counts("failed") == {"robots_unreachable": 1}


def test_truncated_gzip(crawl_site: Crawl, site: ScriptedSite) -> None:
    """An article with a broken gzip body costs that page only, and leaves no traceback."""
    packed = gzip.compress(story(1).encode())
    site.says("/news", listing(address(1), address(2)))
    site.says(address(1), Answer(packed[: len(packed) // 2], headers={"Content-Encoding": "gzip"}))
    site.says(address(2), story(2))
    run = crawl_site()
    assert "Council 2 agrees on the paint of its boats" in [item["headline"] for item in run.items]
    assert "Traceback" not in run.text
    assert run.exit_code == 0, run.text


def test_empty_and_binary(crawl_site: Crawl, site: ScriptedSite) -> None:
    """Answers that are no document have failed, with a reason."""
    site.says("/news", listing(address(1), address(2)))
    site.says(address(1), Answer(b""))
    site.says(address(2), Answer(b"%PDF-1.7\n\x00\x01\x02\xff" * 50))
    run = crawl_site()
    assert run.items == []
    assert run.counts("failed") == {"no_document": 2}, run.verdict
