"""The newsroom as a function: the same edition gives the same pages, and each page holds its truth."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import tracemalloc
import zlib
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin

import lxml.html
import pytest

from newsspider.demo import Edition, Newsroom, Truth, write_truths
from newsspider.demo.desk import Standing
from newsspider.demo.newsroom import split

PLACEHOLDERS = (
    "Advertisement",
    "ADVERTISEMENT",
    "Also Read",
    "READ MORE",
    "Lesen Sie auch",
    "With inputs",
    "(Reporting by",
)
SMALL = Edition(size=90)


def fetch(newsroom: Newsroom, url: str) -> str:
    """Return the text of the page at *url*, which must be there."""
    response = newsroom.respond(*split(url))
    assert response.status == 200, url
    return response.body.decode("cp1252" if "meridian-wire" in url else "utf-8")


def visible(page: str) -> str:
    """Return all text of *page*, that of its embedded state too, white space folded."""
    state = re.search(r'<script id="__NEXT_DATA__"[^>]*>(.*?)</script>', page, re.DOTALL)
    strings = " ".join(_strings(json.loads(state[1]))) if state else ""
    return " ".join(f"{lxml.html.document_fromstring(page).text_content()} {strings}".split())


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from _strings(part)
        case list():
            for part in value:
                yield from _strings(part)


def links(page: str, url: str) -> set[str]:
    """Return the URLs that *page* links to."""
    return {urljoin(url, html.unescape(href)) for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', page)}


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return Newsroom(SMALL)


@pytest.fixture(scope="module")
def truths(newsroom: Newsroom) -> list[Truth]:
    return list(newsroom.truths())


def test_the_same_edition_gives_the_same_bytes(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Two newsrooms of one edition agree on every truth and, to the byte, on pages of every kind."""
    other = Newsroom(Edition(size=90))
    assert list(other.truths()) == truths
    for truth in truths[::7]:
        assert other.respond(*split(truth.url)) == newsroom.respond(*split(truth.url))


def test_another_seed_gives_other_stories(truths: list[Truth]) -> None:
    """No body of one seed is found under another."""
    bodies = {truth.article_body for truth in truths if truth.exported}
    assert not bodies & {
        truth.article_body for truth in Newsroom(Edition(seed=2, size=20)).truths() if truth.exported
    }


def test_a_larger_newsroom_has_the_same_newest_stories(truths: list[Truth]) -> None:
    """Size adds older stories and changes no text of the newer ones."""
    larger = {truth.url: truth.article_body for truth in Newsroom(Edition(size=120)).truths()}
    assert all(larger[truth.url] == truth.article_body for truth in truths)


def test_every_block_is_on_its_page(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Headline, dateline, each block and each credit of the truth are on the page or on one of its parts."""
    for truth in truths:
        if not truth.exported:
            continue
        text = " ".join(visible(fetch(newsroom, url)) for url in (truth.url, *truth.parts))
        cells = [cell for block in truth.blocks for cell in block.text.split(" | ")]
        raw = [truth.dateline.raw] if truth.dateline else []
        for piece in [truth.headline, *truth.authors, *cells, *raw, *truth.credits, *truth.keywords]:
            assert piece in text, (truth.url, piece)


def test_no_placeholder_is_true(truths: list[Truth]) -> None:
    """No ad label, related line or credit line is in any true block."""
    found = [b.text for truth in truths for b in truth.blocks if any(word in b.text for word in PLACEHOLDERS)]
    assert found == []


def test_placeholders_are_on_the_pages(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Each site's articles carry lines that a reader must leave out."""
    lines = {
        "newsx.test": ("Advertisement · Scroll to continue", "Also Read: ", "With inputs from agencies."),
        "harbour-notes.test": ("READ MORE:", "Sign up for our newsletter"),
        "meridian-wire.test": ("ADVERTISEMENT", "Related stories"),
        "nordblatt.test": ("Lesen Sie auch: ",),
    }
    for host, wanted in lines.items():
        url = next(truth.url for truth in truths if truth.site == host and "1000000" in truth.url)
        text = visible(fetch(newsroom, url))
        assert [line for line in wanted if line not in text] == []


def test_no_two_articles_share_a_body() -> None:
    """1,200 articles have 1,200 bodies."""
    bodies = [truth.article_body for truth in Newsroom(Edition(size=300)).truths() if truth.exported]
    assert len(bodies) == len(set(bodies)) > 1200


def test_every_article_is_reachable_from_the_home_pages(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Following links of home and section pages only leads to every article."""
    seen: set[str] = set()
    waiting = [f"http://{host}/" for host in newsroom.hosts]
    while waiting:
        url = waiting.pop()
        found = links(fetch(newsroom, url), url) - seen
        seen |= found
        lists = {url for face in newsroom.faces for url in face.list_urls()}
        waiting += sorted(found & lists)
    assert {truth.url for truth in truths} <= seen


def test_the_sitemaps_name_every_ordinary_article(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Index, split files and gzip taken together list all ordinary articles and nothing else."""
    named: set[str] = set()
    for face in newsroom.faces:
        index = fetch(newsroom, face.absolute(face.path("sitemap")))
        for url in re.findall(r"<loc>(.*?)</loc>", index):
            body = newsroom.respond(*split(url)).body
            text = (gzip.decompress(body) if url.endswith(".gz") else body).decode()
            named |= {html.unescape(found) for found in re.findall(r"<loc>(.*?)</loc>", text)}
    standing = {face.absolute(face.link(number)) for face in newsroom.faces for number in Standing}
    assert named == {truth.url for truth in truths} - standing


def test_feeds_link_the_newest_articles(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Each feed links 50 articles that exist, by tracked addresses."""
    for face in newsroom.faces:
        feed = lxml.html.etree.fromstring(fetch(newsroom, face.absolute(face.path("feed"))).encode())
        found = [link.text.partition("utm_")[0].rstrip("?&") for link in feed.iter("link")][1:]
        assert len(found) == 50
        assert set(found) <= {truth.url for truth in truths}


def test_related_links_make_cycles(truths: list[Truth]) -> None:
    """Following related links from an article comes back to it."""
    related = {truth.url: truth.related_urls for truth in truths}
    start = next(truth.url for truth in truths if "1000000" in truth.url)
    assert any(start in related[further] for further in related[start])


def test_related_links_are_on_the_page(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Each related URL of the truth is a link of the page."""
    for truth in truths[::5]:
        assert set(truth.related_urls) <= links(fetch(newsroom, truth.url), truth.url)


def test_one_article_has_five_addresses(newsroom: Newsroom) -> None:
    """On each site one article answers at four or five addresses, all linked on the first section page."""
    for face in newsroom.faces:
        url = face.absolute(face.list_path(face.beat.sections[0], 1))
        addresses = set(face.five_addresses(Standing.FIVE))
        headline = face.desk.outline(Standing.FIVE).headline
        assert len(addresses) >= 4
        assert addresses <= links(fetch(newsroom, url), url)
        if face.beat.host != "nordblatt.test":
            assert all(headline in visible(fetch(newsroom, address)) for address in addresses)


def test_the_broadcaster_claims_secure_canonicals(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Desktop, AMP and mobile pages of one article state one canonical URL, on https."""
    face, truth = newsroom.faces[0], truths[0]
    assert truth.canonical_url.startswith("https://newsx.test/")
    for url in face.five_addresses(Standing.FIVE):
        assert f'<link rel="canonical" href="{truth.canonical_url}">' in fetch(newsroom, url)


def test_the_agency_claims_its_home_page(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Every agency page states the home page as canonical, and the truth does not believe it."""
    for truth in (truth for truth in truths if truth.site == "meridian-wire.test" and truth.exported):
        assert '<link rel="canonical" href="http://meridian-wire.test/">' in fetch(newsroom, truth.url)
        assert truth.canonical_url == truth.url


def test_an_address_without_a_story_answers_200(newsroom: Newsroom) -> None:
    """An article's address that leads nowhere is a soft 404; any other unknown path is a real one."""
    gone = newsroom.respond("newsx.test", "/world/nothing-to-see-42/")
    assert (gone.status, b"Page not found" in gone.body) == (200, True)
    assert newsroom.respond("newsx.test", "/no/such/page").status == 404


@pytest.mark.parametrize(
    "path",
    ["/world/page/99/", "/world/page/0/", "/tag/no-such-tag/", "/author/nobody/", "/sitemap-articles-9.xml"],
)
def test_a_list_that_does_not_exist_is_404(newsroom: Newsroom, path: str) -> None:
    """List pages beyond the last, unknown topics and sitemaps are not found."""
    assert newsroom.respond("newsx.test", path).status == 404


def test_tag_and_author_pages_list_their_articles(newsroom: Newsroom) -> None:
    """The tag and author links of an article lead to pages that link back to it."""
    url = newsroom.faces[0].absolute(newsroom.faces[0].link(1_000_000))
    for topic in sorted(
        found for found in links(fetch(newsroom, url), url) if "/tag/" in found or "/author/" in found
    ):
        assert url in links(fetch(newsroom, topic), topic)


def test_the_agency_speaks_windows_1252(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Agency pages are not UTF-8 and name their charset in the document only."""
    quoting = next(t for t in truths if t.site == "meridian-wire.test" and "“" in t.article_body)
    response = newsroom.respond(*split(quoting.url))
    assert response.headers["Content-Type"] == "text/html"
    assert b"windows-1252" in response.body
    with pytest.raises(UnicodeDecodeError):
        response.body.decode()


def test_pages_of_real_size_hold_the_same_truth() -> None:
    """Weight pads a page to between two and four thirds of it and leaves the text alone."""
    heavy, light = Newsroom(Edition(size=3, weight=225_000)), Newsroom(Edition(size=3))
    assert list(heavy.truths()) == list(light.truths())
    for truth in heavy.truths():
        if truth.page_type == "consent":
            continue
        page = fetch(heavy, truth.url)
        assert 150_000 <= len(page) <= 310_000
        assert all(cell in visible(page) for block in truth.blocks[:3] for cell in block.text.split(" | "))


def test_a_revision_edits_its_share_and_nothing_else() -> None:
    """One revision changes about a tenth of the bodies; all others, and all addresses, stay."""
    before = {t.url: t for t in Newsroom(Edition(size=200)).truths()}
    after = {t.url: t for t in Newsroom(Edition(size=200, revision=1, edited=0.1)).truths()}
    changed = [url for url in before if before[url].article_body != after[url].article_body]
    assert before.keys() == after.keys()
    assert 40 <= len(changed) <= 120
    assert all((before[url] == after[url]) == (url not in changed) for url in before)


def test_fresh_stories_come_on_top() -> None:
    """Fresh stories are the newest of their sections, and the older ones do not move."""
    before, after = Newsroom(Edition(size=30)), Newsroom(Edition(size=30, fresh=3))
    added = {t.url for t in after.truths()} - {t.url for t in before.truths()}
    assert len(added) == 3 * len(after.faces)
    assert {t.url for t in before.truths()} < {t.url for t in after.truths()}


def test_a_page_is_sent_once_and_then_304(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Validators of a page answer 304 until a revision changes it."""
    host, path = split(truths[-1].url)
    first = newsroom.respond(host, path)
    by_tag = {"if-none-match": first.headers["ETag"]}
    by_date = {"if-modified-since": first.headers["Last-Modified"]}
    assert [newsroom.respond(host, path, known).status for known in (by_tag, by_date)] == [304, 304]
    edited = Newsroom(Edition(size=90, revision=1, edited=1.0))
    assert [edited.respond(host, path, known).status for known in (by_tag, by_date)] == [200, 200]


def test_gzip_only_where_asked_for(newsroom: Newsroom, truths: list[Truth]) -> None:
    """A client that takes gzip gets the same page zipped."""
    host, path = split(truths[-1].url)
    zipped = newsroom.respond(host, path, {"accept-encoding": "gzip, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == newsroom.respond(host, path).body


def test_prepared_pages_are_the_same(newsroom: Newsroom, truths: list[Truth]) -> None:
    """Pages made beforehand are those made on demand."""
    prepared = Newsroom(SMALL)
    prepared.prepare([truths[0].url, truths[-1].url])
    for truth in (truths[0], truths[-1]):
        assert prepared.respond(*split(truth.url)) == newsroom.respond(*split(truth.url))


def test_pictures_are_pictures(newsroom: Newsroom, truths: list[Truth]) -> None:
    """An article's image is a PNG whose data unzip."""
    body = newsroom.respond(*split(truths[0].images[0].url)).body
    start = body.index(b"IDAT") + 4
    assert body.startswith(b"\x89PNG")
    assert len(zlib.decompressobj().decompress(body[start:])) == 180 * (1 + 3 * 320)


def test_an_unknown_host_is_named(newsroom: Newsroom) -> None:
    """A host outside the newsroom gets 502 and is told which ones there are."""
    response = newsroom.respond("example.org", "/")
    assert response.status == 502
    assert b"newsx.test" in response.body


def test_the_smallest_newsroom_has_all_kinds_of_pages() -> None:
    """One story a site is enough for every page to be made."""
    newsroom = Newsroom(Edition(size=1))
    for url in newsroom.urls():
        assert newsroom.respond(*split(url)).status == 200


def test_an_impossible_edition_is_refused() -> None:
    """Bounds are said in the message."""
    with pytest.raises(ValueError, match="size from 1 to"):
        Edition(size=0)


def test_truth_is_written_as_json_lines() -> None:
    """One line a truth, with every field."""
    file = io.StringIO()
    count = write_truths(Newsroom(Edition(size=1)).truths(), file)
    lines = file.getvalue().splitlines()
    assert len(lines) == count
    assert json.loads(lines[0])["canonical_url"].startswith("https://newsx.test/")


def test_a_hundred_thousand_stories_take_constant_memory() -> None:
    """Walking truths and pages of a newsroom of 100,000 stories a site keeps less than 16 MB."""
    newsroom = Newsroom(Edition(size=100_000))
    face = newsroom.faces[0]
    list(islice(newsroom.truths(), 1200))  # the caches are full
    tracemalloc.start()
    try:
        for truth in islice(newsroom.truths(), 3000):
            assert truth.url
        for number in range(900_001, 1_000_001, 2000):
            newsroom.respond(*split(face.absolute(face.link(number))))
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert kept < 16 * 2**20
