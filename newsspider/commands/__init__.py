"""Scrapy commands: crawl, demo, extract, ledger, schedule, sites."""
