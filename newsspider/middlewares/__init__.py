"""Downloader middlewares: what a crawl of strangers' sites owes them, and what it must survive."""
