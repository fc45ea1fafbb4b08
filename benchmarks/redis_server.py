"""A redis-server of one's own, on a free port of the loopback, for as long as a test or a benchmark lasts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = "127.0.0.1"
PROGRAM = shutil.which("redis-server")
_START_SECONDS = 10.0


@dataclass
class RedisServer:
    """A server that keeps its append-only file in *folder*."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The ledger's address; leases and patience are short, as tests are."""
        return f"redis://{LOOPBACK}:{self.port}/0?lease=4&patience=30"

    def start(self) -> None:
        """Start it, and wait until it has read its file and answers."""
        assert PROGRAM is not None, "the Debian package redis-server has it"
        self.process = subprocess.Popen(
            [
                PROGRAM, "--port", str(self.port), "--bind", LOOPBACK, "--dir", str(self.folder),
                "--save", "", "--appendonly", "yes", "--appendfsync", "everysec",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + _START_SECONDS
        while not self._answers():
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError(f"redis-server on port {self.port} did not start")
            time.sleep(0.02)

    def kill(self) -> None:
        """End it as kill -9 does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), 1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


@contextmanager
def running_redis(folder: Path) -> Iterator[RedisServer]:
    """Run a server with its file in *folder*."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    server = RedisServer(folder, port)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def why_missing() -> str:
    """Return why there is no server to be run; empty where there is one, and where its lack is a failure."""
    if PROGRAM is not None or os.environ.get("CI") == "true":
        return ""
    return "needs redis-server: install the Debian package redis-server"
