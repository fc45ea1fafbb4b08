"""The newsroom's server as a process of its own: ``python -m newsspider.demo.serve``.

It says on its first line of output where it listens, as JSON, and ends when its standard input does, so that
it never outlives whoever started it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module

from newsspider.demo.edition import Edition
from newsspider.demo.newsroom import Newsroom
from newsspider.demo.server import LOOPBACK, Faults, faithful, listen

_STOP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Running:
    """A newsroom that serves."""

    port: int
    """On 127.0.0.1."""
    pid: int
    """Of the server's process."""

    @property
    def proxy_url(self) -> str:
        """What to give as HTTP proxy to reach the newsroom's hosts."""
        return f"http://{LOOPBACK}:{self.port}"


@contextmanager
def running(
    edition: Edition, *, prepared: bool = False, faults: str | None = None, port: int = 0
) -> Iterator[Running]:
    """Serve the newsroom of *edition* in its own process for as long as the context lasts.

    On *port*, 0 for any free one. *prepared* makes all pages beforehand and serves them from memory. *faults*
    names a :data:`~newsspider.demo.server.Faults` function, ``package.module:function``, that the process can
    import.
    """
    arguments = [f"--{name}={getattr(edition, name)}" for name in Edition.__dataclass_fields__]
    arguments += [f"--port={port}"]
    arguments += ["--prepared"] if prepared else []
    arguments += [f"--faults={faults}"] if faults else []
    command = [sys.executable, "-m", __name__, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        first = process.stdout.readline()
        if not first:
            raise RuntimeError(f"the demo newsroom did not start; exit code {process.wait()}")
        try:
            yield Running(json.loads(first)["port"], process.pid)
        finally:
            process.stdin.close()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def main(arguments: Sequence[str]) -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m newsspider.demo.serve", description=__doc__)
    for name, entry in Edition.__dataclass_fields__.items():
        parser.add_argument(f"--{name}", type=type(entry.default), default=entry.default)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--prepared", action="store_true")
    parser.add_argument("--faults", type=_imported, default=faithful)
    options = parser.parse_args(arguments)
    newsroom = Newsroom(Edition(**{name: getattr(options, name) for name in Edition.__dataclass_fields__}))
    if options.prepared:
        newsroom.prepare(newsroom.urls())
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(newsroom, options.port, options.faults))


async def _serve(newsroom: Newsroom, port: int, faults: Faults) -> None:
    async with await listen(newsroom, port, faults) as server:
        print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
        await asyncio.to_thread(sys.stdin.read)


def _imported(name: str) -> Faults:
    module, _, function = name.partition(":")
    found: Faults = getattr(import_module(module), function)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
