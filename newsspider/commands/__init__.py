"""Scrapy commands: crawl, demo, extract, feed, ledger, schedule, sites."""
