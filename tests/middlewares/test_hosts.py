"""What is asked of a host that is down, and of one that is private."""

from contextlib import nullcontext
from ipaddress import ip_address
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Response
from scrapy.settings import Settings

from newsspider.extraction.site import CrawlRules, Site
from newsspider.fetching.refusal import NoPage, Refusal
from newsspider.fetching.row import SITE_KEY, row_meta
from newsspider.items import Article, Image
from newsspider.ledger import Row
from newsspider.middlewares.hosts import DeadHostMiddleware, PrivateAddressMiddleware
from newsspider.middlewares.robots import CrawlDelay
from newsspider.pipelines.images import ArticleImagesPipeline


def crawler(site=None, **settings):
    """A crawl of one site."""
    return SimpleNamespace(settings=Settings(settings), spider=SimpleNamespace(sites={"e": site}))


def request(url):
    """A request of the site."""
    return Request(url, meta=row_meta(Row(url=url, role="article", site="e")))


def site(**rules):
    """A site with these crawl rules."""
    return Site(stem="e", name="E", domains=("e.com",), crawl=CrawlRules(**rules))


def test_a_host_that_never_answers_is_left_alone():
    """After so many failures in a row a host is refused; another host is not."""
    middleware = DeadHostMiddleware(crawler(NEWSSPIDER_DEAD_HOST_AFTER=2))
    for _ in range(2):
        middleware.process_request(request("https://e.com/a"))
        middleware.process_exception(request("https://e.com/a"), DownloadTimeoutError())
    with pytest.raises(Refusal) as refused:
        middleware.process_request(request("https://e.com/b"))
    assert refused.value.reason == "host_down"
    middleware.process_request(request("https://other.com/"))


def test_an_answer_makes_a_host_live():
    """Failures count only in a row, and a refusal of ours is none."""
    middleware = DeadHostMiddleware(crawler(NEWSSPIDER_DEAD_HOST_AFTER=2))
    page = request("https://e.com/a")
    middleware.process_exception(page, DownloadTimeoutError())
    middleware.process_response(page, Response(page.url, status=500))
    middleware.process_exception(page, DownloadTimeoutError())
    middleware.process_exception(page, Refusal("robots", ""))
    middleware.process_request(page)


@pytest.mark.parametrize(
    "failure", [DownloadCancelledError("too large"), ResponseDataLossError(), NoPage("render_failed", "")]
)
def test_what_went_wrong_with_an_answer_is_no_silence(failure):
    """A host whose answers are too large, cut short or can't be rendered is not down."""
    middleware = DeadHostMiddleware(crawler(NEWSSPIDER_DEAD_HOST_AFTER=2))
    page = request("https://e.com/a")
    for _ in range(3):
        middleware.process_exception(page, failure)
    middleware.process_request(page)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.8", "[::1]", "localhost", "169.254.169.254"])
def test_a_private_address_is_refused_unless_the_site_allows_it(host):
    """A page's link to a private address is not followed; the site file can allow it."""
    page = request(f"http://{host}/admin")
    with pytest.raises(Refusal) as refused:
        PrivateAddressMiddleware(crawler(site())).process_request(page)
    assert refused.value.reason == "private_address"
    PrivateAddressMiddleware(crawler(site(private_addresses=True))).process_request(page)


@pytest.mark.parametrize(("meta", "allowed"), [({}, False), ({SITE_KEY: "e"}, True)])
def test_requests_without_a_row_are_refused_too(meta, allowed):
    """What is no page of a site gets a private address only for a site that allows it; other spiders do."""
    bare = Request("http://169.254.169.254/latest", meta=meta)
    middleware = PrivateAddressMiddleware(crawler(site(private_addresses=True)))
    with nullcontext() if allowed else pytest.raises(Refusal):
        middleware.process_request(bare)
    with pytest.raises(Refusal):
        PrivateAddressMiddleware(crawler(site())).process_request(bare)
    PrivateAddressMiddleware(SimpleNamespace(spider=SimpleNamespace())).process_request(bare)


def test_pictures_are_fetched_for_their_site():
    """A picture at a private address is refused, as a page there is, unless the article's site allows it."""
    article = Article(site="e", images=(Image(url="http://127.0.0.2/a.jpg"),))
    (picture,) = ArticleImagesPipeline.get_media_requests(None, article, None)
    with pytest.raises(Refusal):
        PrivateAddressMiddleware(crawler(site())).process_request(picture)
    PrivateAddressMiddleware(crawler(site(private_addresses=True))).process_request(picture)


def test_a_name_of_a_private_address_is_found_out():
    """What a name that leads inside has answered is thrown away; of a proxy's address nothing follows."""
    middleware = PrivateAddressMiddleware(crawler(site(), HTTPPROXY_ENABLED=True))
    page = request("https://inside.example/")
    middleware.process_request(page)
    answer = Response(page.url, ip_address=ip_address("192.168.1.1"))
    with pytest.raises(Refusal, match=r"192\.168\.1\.1"):
        middleware.process_response(page, answer)
    page.meta["proxy"] = "http://192.168.1.1:3128"
    assert middleware.process_response(page, answer) is answer


@pytest.mark.parametrize(
    ("asked", "ours", "delay"), [(5.0, 1.0, 5.0), (0.5, 1.0, 1.0), (None, 1.0, 1.0), (900, 1, 60)]
)
def test_the_larger_delay_counts(asked, ours, delay):
    """Of Crawl-delay and our own delay the larger one holds, up to a bound, also for requests under way."""
    slot = SimpleNamespace(delay=ours, concurrency=4)
    downloader = SimpleNamespace(
        slots={"e": slot}, per_slot_settings={"e": {"delay": ours}}, get_slot_key=lambda request: "e"
    )
    crawl = crawler(USER_AGENT="us")
    crawl.engine = SimpleNamespace(downloader=downloader)
    rules = SimpleNamespace(crawl_delay=lambda agent: asked)
    CrawlDelay(crawl).keep(rules, request("https://e.com/"))
    assert (downloader.per_slot_settings["e"]["delay"], slot.delay) == (delay, delay)
