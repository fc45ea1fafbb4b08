"""A redis-server of one's own, on a free port of the loopback, for as long as a test or a benchmark lasts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        return self.url_by(self.port)

    @staticmethod
    def url_by(port: int) -> str:
        """The ledger's address by another way."""
        return f"redis://{LOOPBACK}:{port}/0?lease=10&patience=60"

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


class Relay:
    """The network between a server and those who ask it, which can be cut and mended."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._ends: set[socket.socket] = set()
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Break all connections, and take no new ones."""
        # a thread that waits in accept() keeps a socket open that is only closed
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in list(self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Take connections again, at the same port."""
        self._listener = socket.create_server((LOOPBACK, self.port))
        threading.Thread(target=self._listen, args=(self._listener,), daemon=True).start()

    def __enter__(self) -> Relay:
        return self

    def __exit__(self, *error: object) -> None:
        self.cut()

    def _listen(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _ = listener.accept()
                try:
                    there = socket.create_connection((LOOPBACK, self._to))
                except OSError:
                    here.close()
                    continue
                for one, other in ((here, there), (there, here)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        self._ends.add(one)
        with suppress(OSError):
            while data := one.recv(1 << 16):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
        self._ends.discard(one)
        one.close()


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
