"""Engines for the tests: the real Chromium and the real Splash, or a skip that says what is missing."""

from __future__ import annotations

import os
import shutil

import pytest


def need(found: object, what: str) -> None:
    """Skip where *found* is nothing; where CI runs, fail."""
    if found:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    need(path, "these tests need a browser: the Debian package chromium")
    return str(path)
