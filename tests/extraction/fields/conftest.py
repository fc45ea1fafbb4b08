"""What every field test needs: a moment and a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from newsspider.extraction.fields.context import Context
from newsspider.extraction.page import Page


@pytest.fixture
def context() -> Context:
    return Context(datetime(2026, 11, 22, 12, 30, tzinfo=UTC), language="en", site_names=("News Test",))


@pytest.fixture
def page() -> Callable[..., Page]:
    def make(html: str, url: str = "https://news.test/world/river-bridge-reopens") -> Page:
        return Page(html.encode(), url)

    return make
