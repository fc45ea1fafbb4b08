"""Commands as people call them: in a process of their own, in the project's folder."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
Scrapy = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def scrapy(tmp_path: Path) -> Scrapy:
    """Run ``scrapy`` with its output in the test's folder, and what is named as environment."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments],
            cwd=PROJECT,
            env=os.environ | {"NEWSSPIDER_OUTPUT": str(tmp_path / "output")} | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run
