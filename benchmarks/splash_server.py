"""A Splash for the tests: the one that ``SPLASH_URL`` names, or one of our own on the loopback."""

from __future__ import annotations

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_server

SERVE = Path(__file__).parents[2] / "shared" / "splash" / "serve"
"""Beside the project, where there is one: installs a Splash if need be, and serves it."""
_INSTALLED = Path(os.environ.get("SPLASH_HOME", "/var/tmp/splash-for-checks")) / "bin" / "python"
_START_SECONDS = 240.0


def why_missing() -> str:
    """Return why there is no Splash to be had, nothing where there is one."""
    if os.environ.get("SPLASH_URL"):
        return ""
    if SERVE.exists() and (_INSTALLED.exists() or os.environ.get("CI") == "true"):
        return ""
    return "these tests need a Splash server: set SPLASH_URL"


@contextmanager
def running_splash() -> Iterator[str]:
    """Give the URL of a Splash that answers; one that was started for it ends with the context."""
    url = os.environ.get("SPLASH_URL")
    if url:
        yield url
        return
    with create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([str(SERVE), str(port)], **silent)  # type: ignore[call-overload]
    try:
        yield _when_ready(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait()


def _when_ready(url: str, process: subprocess.Popen[bytes]) -> str:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), direct.open(f"{url}/_ping", timeout=2):
            return url
        time.sleep(0.2)
    raise RuntimeError(f"Splash did not start at {url}")
