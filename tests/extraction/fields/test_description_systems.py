"""Keywords, section, description, pictures and the like where publishing systems put them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from newsspider import Image, extract
from tests.extraction.fields.filled import filled

URL = "https://news.test/world/river-bridge-reopens"
TEXT = """
    <p>Rain fell on the old quay while the crews lowered the last span into place, and nobody went home.</p>
    <p>The feast is to be held in June, said the harbour master, who has kept the gate for long and whose
    father kept it before him.</p>
"""
PAGE = """
    <!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
    <body><header class="site"><a href="/">News Test</a><nav><ul><li><a href="/town">Town</a></li><li><a
    href="/world">World</a></li><li><a href="/en">English</a></li></ul></nav></header>
    <main>{body}</main><footer><p>© 2026 News Test</p></footer></body></html>
"""
CASES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("described_pages.toml").read_text("utf-8")
)


@pytest.mark.parametrize("name", CASES)
def test_a_described_page(name: str) -> None:
    """Each field is what the page states or shows for its article, and not what stands beside it."""
    case = CASES[name]
    article = extract(filled(PAGE, case, TEXT), case.get("url", URL))
    for field, value in case.get("gives", {}).items():
        found = getattr(article, field)
        if field == "images":
            assert found == tuple(Image(**picture) for picture in value)
        else:
            assert found == (tuple(value) if isinstance(value, list) else value)
    for field in case.get("gives_no", ()):
        assert not getattr(article, field)
