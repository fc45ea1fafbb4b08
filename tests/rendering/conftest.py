"""Engines for the tests: the real Chromium and the real Splash, or a skip that says what is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from benchmarks.splash_server import SERVE, running_splash, why_missing
from tests.spiders.conftest import site  # noqa: F401  # a fixture

IN_CI = os.environ.get("CI") == "true"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        what = "these tests need a browser: the Debian package chromium"
        pytest.fail(what) if IN_CI else pytest.skip(what)
    return path


@pytest.fixture(scope="session")
def splash() -> Iterator[str]:
    """Return the URL of a Splash."""
    missing = why_missing()
    if missing:
        pytest.fail(missing) if IN_CI and SERVE.exists() else pytest.skip(missing)
    with running_splash() as url:
        yield url
