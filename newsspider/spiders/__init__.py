"""Spiders: ``news`` for every site, and an example of one for a single site."""
