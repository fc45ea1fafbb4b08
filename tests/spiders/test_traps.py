"""What keeps a crawl from walking in circles, and from taking what is not there for an article."""

from __future__ import annotations

from tests.spiders.conftest import Answer, Crawl, ScriptedSite, address, listing, story


def test_a_list_without_an_end_is_left(crawl_site: Crawl, site: ScriptedSite) -> None:
    """After three list pages in a row with nothing new the next one is not read, in this run and the next."""
    for page in range(1, 12):
        more = f'<a rel="next" href="/news?page={page + 1}">Next</a>'
        site.says("/news" if page == 1 else f"/news?page={page}", listing(address(1), address(2), more=more))
    site.says(address(1), story(1))
    site.says(address(2), story(2))
    run = crawl_site("-a", "max_pages=50")
    assert len(run.items) == 2
    assert run.counts("pages")["section"] == 4
    assert run.counts("noted") == {"nothing_new": 1}
    assert "/news?page=5" not in site.paths()
    run = crawl_site("-a", "max_pages=50")
    assert run.counts("pages")["section"] == 3


def test_what_stands_for_missing_pages_is_no_article(crawl_site: Crawl, site: ScriptedSite) -> None:
    """A page that states no date and reads as the host's answer for a random path is dropped."""
    undated = story(1).replace("2026-03-04T05:06:07Z", "")
    site.says("/news", listing(address(1), address(2), address(3)))
    site.says(address(1), undated)
    site.says(address(2), undated)
    site.says(address(3), story(3).replace("2026-03-04T05:06:07Z", ""))
    site.otherwise = Answer(undated.encode())
    site.says("/robots.txt", Answer(b"", 404))
    run = crawl_site()
    assert [str(item["url"]).removeprefix(site.url) for item in run.items] == [address(3)]
    assert run.counts("dropped") == {"soft_404": 2}
    assert sum("no-such-page" in path for path in site.paths()) == 1
