"""The public API of the library."""

from __future__ import annotations

import subprocess
import sys

import pytest

import newsspider

EXPECTED = [
    "Addon",
    "ArgumentError",
    "Article",
    "Block",
    "CleaningPolicy",
    "Dateline",
    "ExtractionError",
    "Image",
    "NewsspiderError",
    "Page",
    "PageType",
    "Place",
    "Removal",
    "Site",
    "SiteError",
    "Template",
    "__version__",
    "clean",
    "extract",
    "find_site",
    "load_site",
    "read",
]


def test_names() -> None:
    """The public names are these, in sorted order, and every one can be had."""
    assert newsspider.__all__ == EXPECTED == sorted(EXPECTED)
    for name in EXPECTED:
        assert getattr(newsspider, name) is not None


def test_unknown_name() -> None:
    """A name that does not exist is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="nothing"):
        newsspider.nothing  # noqa: B018


def test_import_needs_no_framework() -> None:
    """Importing the library, and extracting with it, loads neither Scrapy nor Twisted."""
    code = (
        "import sys, newsspider\n"
        "newsspider.clean(newsspider.extract(b'<h1>A</h1><p>Some words of a story.</p>', 'http://a.example/b'))\n"
        "print(sorted(m for m in ('scrapy', 'twisted', 'web_poet') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_same_bytes_same_article() -> None:
    """The same bytes give the same article."""
    page = b"<html lang=en><h1>Rain ends</h1><p>The rain ended on Monday, the weather office said.</p></html>"
    first = newsspider.extract(page, "https://a.example/rain")
    assert first == newsspider.extract(page, "https://a.example/rain")
