"""Dates of publication and of change where publishing systems put them, among dates that are others'."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsspider.extraction.reader import extract
from tests.extraction.fields.filled import filled

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
URL = "https://news.test/world/river-bridge-reopens"
TEXT = """
    <p>Rain fell on the old quay while the crews lowered the last span into place, and nobody went home.</p>
    <p>The feast is to be held on 14 June 2027, as it was on 2 July 1998, said the harbour master, who has
    kept the gate since 1987 and whose father kept it before him.</p>
"""
PAGE = """
    <!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | News Test</title>
    {head}</head><body><header class="site-header"><a href="/">News Test</a>
    <span class="today-date">Sunday, November 22, 2026</span> <span class="weather">7°C Mon 23 Nov</span>
    <nav><ul><li><a href="/town">Town</a></li></ul></nav></header><main>{body}</main>
    <aside class="sidebar"><h2>Most read</h2><ul><li><a href="/ferry">The ferry is late again, and the crews
    are tired of it</a> <time datetime="2026-11-20T08:00Z">20 Nov 2026</time></li></ul></aside>
    <footer><p>© 2005–2026 News Test. All rights reserved.</p></footer></body></html>
"""
CASES: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_name("dated_pages.toml").read_text("utf-8")
)


@pytest.mark.parametrize("name", CASES)
def test_a_dated_page(name: str) -> None:
    """The two dates are what the page states for its article: as much of each as it says, and no more."""
    case = CASES[name]
    article = extract(filled(PAGE, case, TEXT), case.get("url", URL), now=NOW)
    assert (article.date_published, article.date_modified) == (case.get("published"), case.get("modified"))
    for moment, precision, zone in (
        (article.date_published, article.date_published_precision, article.date_published_zone),
        (article.date_modified, article.date_modified_precision, article.date_modified_zone),
    ):
        assert moment is None or (precision, zone) == stated_in(moment)


def stated_in(moment: str) -> tuple[str, str]:
    """Return the precision and the zone that an ISO 8601 text has."""
    clock, *offset = re.split("[+-]", moment[11:])
    precision = {0: "day", 1: "minute", 2: "second"}[clock.count(":")]
    return precision, "stated" if offset else "unknown"
