"""Scrapy commands: crawl, demo, extract, ledger, sites."""
