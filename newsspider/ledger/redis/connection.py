"""The server: reached again when it was away, its scripts, its failures said in one line."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlencode, urlsplit

import redis
from redis.commands.core import Script

from newsspider.errors import LedgerError

Argument: TypeAlias = bytes | str | int

_SCRIPTS = resources.files("newsspider.ledger.redis").joinpath("scripts")
_SOCKET_SECONDS = 10.0
_LONGEST_PAUSE = 2.0
_AWAY = (redis.ConnectionError, redis.TimeoutError, redis.exceptions.BusyLoadingError)
_REFUSED = (redis.AuthenticationError, redis.exceptions.AuthorizationError)
# what redis-py makes of the error's first word, and those words that it leaves, as in an error of a script
_FAILURES: tuple[tuple[type[Exception], str, str], ...] = (
    (
        redis.exceptions.OutOfMemoryError,
        "OOM",
        "is full: its maxmemory is reached; give it more and go on: nothing is lost",
    ),
    (redis.exceptions.ReadOnlyError, "READONLY", "is a replica; LEDGER_URL must name the primary server"),
    (
        redis.exceptions.NoPermissionError,
        "NOPERM",
        "does not permit this user what a ledger needs: all commands on all keys of its database",
    ),
    (
        redis.AuthenticationError,
        "NOAUTH",
        "refuses this user or this password: set REDIS_PASSWORD, and REDIS_USERNAME if there is one",
    ),
    (
        redis.ResponseError,
        "MISCONF",
        "can't write to its disk, and takes nothing more; make room and go on: nothing is lost",
    ),
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the ledger is, as ``LEDGER_URL`` says it."""

    url: str
    """For redis-py, with credentials."""
    name: str
    """For people, without."""
    lease: float = 60.0
    """Seconds after which what a worker was handed, and did not renew, is handed out again; ``?lease=``."""
    patience: float = 60.0
    """Seconds that a server which was reached before is waited for; ``?patience=``."""


def address_of(url: str) -> Address:
    """Read a ``redis://``, ``rediss://`` or ``unix://`` URL.

    >>> address_of("redis://me:secret@cache:6380/2?lease=5").name
    'redis://cache:6380/2'
    >>> address_of("redis://cache/0?lease=soon")
    Traceback (most recent call last):
    ...
    newsspider.errors.LedgerError: redis://cache/0: lease='soon' is no number of seconds above 0
    """
    try:
        parts = urlsplit(url)
        place = f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError as error:
        raise LedgerError(f"LEDGER_URL is no address of a Redis server: {error}") from None
    name = f"{parts.scheme}://{place}{parts.path}"
    options = parse_qs(parts.query)
    seconds = {
        key: _seconds(name, key, options.pop(key)[-1]) for key in ("lease", "patience") if key in options
    }
    return Address(parts._replace(query=urlencode(options, doseq=True)).geturl(), name, **seconds)


def _seconds(name: str, key: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86_400:
        raise LedgerError(f"{name}: {key}={text!r} is no number of seconds above 0")
    return seconds


class Connection:
    """One ledger's server.

    A call that finds the server away is made again until it answers, for as long as the address is patient.
    So every script may be made twice. Where the connection had to be made anew, *returned* is called before
    the call itself, to say once more what the server may have forgotten.
    """

    def __init__(self, url: str) -> None:
        self.address = address_of(url)
        self.returned: Callable[[], None] = _nothing
        self.outages = 0
        """How often the connection had to be made anew."""
        self._connects = 0
        try:
            self._redis = redis.Redis.from_url(
                self.address.url,
                username=os.environ.get("REDIS_USERNAME"),
                password=os.environ.get("REDIS_PASSWORD"),
                socket_timeout=_SOCKET_SECONDS,
                socket_connect_timeout=_SOCKET_SECONDS,
                socket_keepalive=True,
                redis_connect_func=self._connected,
                retry=None,
            )
            self._redis.ping()
        except _REFUSED + _AWAY as error:
            if not isinstance(error, redis.exceptions.BusyLoadingError):
                raise self._failure(error) from None
            self._call(self._redis.ping)
        except (redis.RedisError, ValueError, TypeError) as error:
            raise LedgerError(f"{self.address.name}: {error}") from None
        self._scripts: dict[str, Script] = {}

    def run(self, script: str, *arguments: Argument) -> Any:
        """Run the script *script* and return its reply."""
        return self._call(lambda: self._script(script)(args=arguments))

    def command(self, *words: Argument) -> Any:
        """Run one command and return its reply."""
        return self._call(lambda: self._redis.execute_command(*words))  # type: ignore[no-untyped-call]

    def batch(self, commands: list[tuple[Argument, ...]]) -> list[Any]:
        """Run *commands*, which only read, in one go and return their replies."""

        def run() -> list[Any]:
            pipeline = self._redis.pipeline(transaction=False)
            for words in commands:
                pipeline.execute_command(*words)  # type: ignore[no-untyped-call]
            return pipeline.execute()

        found: list[Any] = self._call(run)
        return found

    def close(self) -> None:
        """Close the connection."""
        self._redis.close()

    def _script(self, name: str) -> Script:
        if name not in self._scripts:
            text = "".join(_SCRIPTS.joinpath(f"{part}.lua").read_text("utf-8") for part in ("prelude", name))
            self._scripts[name] = self._redis.register_script(text)
        return self._scripts[name]

    def _connected(self, connection: Any) -> None:
        self._connects += 1
        connection.on_connect()

    def _call(self, call: Callable[[], Any]) -> Any:
        until, pause = None, 0.1
        while True:
            try:
                self._reach()
                return call()
            except _REFUSED as error:
                raise self._failure(error) from None
            except _AWAY as error:
                until = until or time.monotonic() + self.address.patience
                if time.monotonic() + pause > until:
                    raise self._failure(error) from None
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            except redis.RedisError as error:
                raise self._failure(error) from None

    def _reach(self) -> None:
        connects = self._connects
        pool = self._redis.connection_pool
        pool.release(pool.get_connection())  # which finds out by itself where the other side has hung up
        if self._connects > connects > 0:
            self.outages += 1
            self.returned()

    def _failure(self, error: Exception) -> LedgerError:
        said = str(error)
        if isinstance(error, _AWAY):
            said = f"can't be reached ({error}); is redis-server running there? What is unsettled waits"
        if isinstance(error, _REFUSED):
            error = redis.AuthenticationError()
        for kind, word, text in _FAILURES:
            if (isinstance(error, kind) and kind is not redis.ResponseError) or word in said.split():
                said = text
                break
        return LedgerError(f"{self.address.name}: {said}")


def _nothing() -> None:
    """Do nothing."""
