"""An example: a spider for one site."""

from newsspider.spiders.news import NewsSpider


class NewsXSpider(NewsSpider):
    """Crawls NewsX: ``scrapy crawl newsx``."""

    name = "newsx"
    site = "newsx.com"
