"""Downloader middlewares: what a crawl of strangers' sites owes them, and what it must survive."""

MIDDLEWARES: dict[str, int | None] = {
    "newsspider.middlewares.offsite.OffsiteMiddleware": 50,
    "newsspider.middlewares.endless.EndlessListMiddleware": 60,
    "newsspider.middlewares.hosts.PrivateAddressMiddleware": 95,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsspider.middlewares.robots.RobotsTxtMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "newsspider.middlewares.retry.RetryMiddleware": 550,
    "newsspider.middlewares.hosts.DeadHostMiddleware": 560,
    "newsspider.middlewares.rendering.RenderingMiddleware": 565,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "newsspider.middlewares.refresh.MetaRefreshMiddleware": 580,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newsspider.middlewares.compression.HttpCompressionMiddleware": 590,
}
"""All of them, and those of Scrapy's that they replace, as ``DOWNLOADER_MIDDLEWARES`` takes them."""
