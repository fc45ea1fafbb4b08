"""Where the scheduler's memory lasts: a small SQLite file, rows of JSON."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from newsspider.errors import ScheduleError
from newsspider.scheduling.memory import Memory, Run, Turn

_Value = TypeVar("_Value")

_FORMAT = 1
_TABLES = ("turns", "runs", "pins")
_TURN, _RUN, _PIN = TypeAdapter(Turn), TypeAdapter(Run), TypeAdapter(str)


class MemoryStore:
    """The memory at *path*; the file is made when it is first written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Memory:
        """Return what was saved last, nothing at first; raises :class:`~newsspider.ScheduleError`."""
        if not self.path.exists():
            return Memory()
        with self._connected() as base:
            return Memory(
                turns=_rows(base, "turns", _TURN),
                runs=_rows(base, "runs", _RUN),
                pins=_rows(base, "pins", _PIN),
            )

    def save(self, before: Memory, after: Memory) -> None:
        """Write what *after* has other than *before*: one transaction, on disk when this returns."""
        with self._connected() as base, base:
            _write(base, "turns", _changes(before.turns, after.turns, _TURN))
            _write(base, "runs", _changes(before.runs, after.runs, _RUN))
            _write(base, "pins", _changes(before.pins, after.pins, _PIN))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the memory for this process alone; :class:`~newsspider.ScheduleError` if another has it.

        The operating system takes the lock back when the process dies, however it dies.
        """
        lock = self.path.with_name(f"{self.path.name}.lock")
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise ScheduleError(
                f"{lock}: can't be made: {error.strerror}; NEWSSPIDER_OUTPUT may name another folder"
            ) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(held, 0)
            os.pwrite(held, str(os.getpid()).encode(), 0)
            yield
        except BlockingIOError:
            holder = os.read(held, 20).decode("ascii", "replace").strip() or "unknown"
            raise ScheduleError(
                f"{self.path}: another scrapy schedule is at work on it (process {holder})"
            ) from None
        finally:
            os.close(held)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=30)) as base:
                self._prepare(base)
                yield base
        except (sqlite3.Error, ValidationError, OSError) as error:
            raise ScheduleError(
                f"{self.path}: can't be used ({str(error).splitlines()[0]}): restore it or move it away; "
                "without it every job is due anew, and sites may be given to other nodes"
            ) from error

    def _prepare(self, base: sqlite3.Connection) -> None:
        (version,) = base.execute("PRAGMA user_version").fetchone()
        if version > _FORMAT:
            raise ScheduleError(f"{self.path}: made by a newer newsspider: upgrade this one")
        if version < _FORMAT:
            with base:
                for table in _TABLES:
                    base.execute(
                        f"CREATE TABLE IF NOT EXISTS {table} (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"
                    )
                base.execute(f"PRAGMA user_version = {_FORMAT}")


def _rows(base: sqlite3.Connection, table: str, kind: TypeAdapter[_Value]) -> dict[str, _Value]:
    rows = base.execute(f"SELECT key, value FROM {table}")  # noqa: S608  # one of three constants
    return {key: kind.validate_json(value) for key, value in rows}


def _changes(
    before: Mapping[str, _Value], after: Mapping[str, _Value], kind: TypeAdapter[_Value]
) -> dict[str, str | None]:
    """Return the new text of each row that is other than before; none where it is gone."""
    gone: dict[str, str | None] = dict.fromkeys(before.keys() - after.keys())
    return gone | {
        key: kind.dump_json(value).decode() for key, value in after.items() if before.get(key) != value
    }


def _write(base: sqlite3.Connection, table: str, rows: Mapping[str, str | None]) -> None:
    gone = [(key,) for key, value in rows.items() if value is None]
    kept = [(key, value) for key, value in rows.items() if value is not None]
    base.executemany(f"DELETE FROM {table} WHERE key = ?", gone)  # noqa: S608
    base.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", kept)  # noqa: S608
