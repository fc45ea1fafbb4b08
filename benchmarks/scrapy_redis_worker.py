"""scrapy-redis, as its own README sets it up: the peer of :mod:`benchmarks.scale`.

python -m benchmarks.scrapy_redis_worker SETTINGS SPEC     both JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import redis
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.utils.test import get_crawler
from scrapy_redis.dupefilter import RFPDupeFilter
from scrapy_redis.queue import PriorityQueue

from benchmarks.ledger import url


class PeerSpider(Spider):
    """Section pages, their links, and of each article headline and text."""

    name = "peer"

    def __init__(self, hosts: list[str]) -> None:
        super().__init__()
        self.hosts = hosts

    async def start(self) -> AsyncIterator[Request]:
        """Yield the section page of every site."""
        for host in self.hosts:
            yield Request(f"http://{host}/news")

    def parse(self, response: Response) -> Iterator[Any]:
        """Yield the links of a list and the article of an article page."""
        links = response.css("article h3 a::attr(href)").getall()
        for link in links:
            yield response.follow(link, priority=10)
        if not links:
            yield {
                "url": response.url,
                "headline": response.css("h1::text").get(),
                "text": "\n\n".join(response.css("article p::text").getall()),
            }


def main() -> None:
    """Crawl until the shared queue is empty."""
    settings, spec = (json.loads(text) for text in sys.argv[1:3])
    process = CrawlerProcess(
        settings
        | {
            "SCHEDULER": "scrapy_redis.scheduler.Scheduler",
            "DUPEFILTER_CLASS": "scrapy_redis.dupefilter.RFPDupeFilter",
            "SCHEDULER_PERSIST": True,
            "REDIS_URL": spec["redis"],
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(PeerSpider, hosts=spec["hosts"])
    process.start()


def fill_peer(client: redis.Redis, urls: int) -> int:
    """Enter *urls* requests as its scheduler does; return the bytes that Redis uses then."""
    crawler = get_crawler(PeerSpider)
    crawler.request_fingerprinter = crawler.request_fingerprinter or _fingerprinter(crawler)
    spider = PeerSpider(hosts=[])
    spider.crawler = crawler
    seen = RFPDupeFilter(client, key="peer:dupefilter")
    queue = PriorityQueue(client, spider, key="peer:requests")
    for number in range(urls):
        request = Request(url(number), callback=spider.parse, priority=10)
        if not seen.request_seen(request):
            queue.push(request)
    return int(client.info("memory")["used_memory"])


def _fingerprinter(crawler: Any) -> Any:
    from scrapy.utils.misc import build_from_crawler, load_object  # noqa: PLC0415

    return build_from_crawler(load_object(crawler.settings["REQUEST_FINGERPRINTER_CLASS"]), crawler)


if __name__ == "__main__":
    main()
