"""The file: opened with care, written in short transactions, its failures said in one line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from newsspider.errors import LedgerError
from newsspider.ledger.sqlite.schema import APPLICATION_ID, DDL, VERSION, url_hash

Value: TypeAlias = bytes | int | str | None

_BUSY_SECONDS = 30.0
_CACHE_KIB = 4 * 1024
_DAMAGED = "is damaged; `scrapy ledger check` says how badly; restore a copy, or move it away to start afresh"
_DISK = "cannot be written: the disk is full or a size limit is reached; make room and go on: nothing is lost"
# https://www.sqlite.org/rescode.html; the first name that is a prefix of the error's counts
_FAILURES = {
    "SQLITE_FULL": _DISK,
    "SQLITE_IOERR_WRITE": _DISK,
    "SQLITE_IOERR_TRUNCATE": _DISK,
    "SQLITE_IOERR_FSYNC": _DISK,
    "SQLITE_IOERR_SHMSIZE": _DISK,
    "SQLITE_IOERR_SHORT_READ": _DAMAGED,
    "SQLITE_IOERR_CORRUPTFS": _DAMAGED,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": "is no ledger, or is damaged; move it away, or name another file in LEDGER_URL",
    "SQLITE_READONLY": "is read-only; a crawl must write to it and to its folder",
    "SQLITE_CANTOPEN": "cannot be opened; does its folder exist, and may it be written to?",
    "SQLITE_BUSY": f"is held by another process for more than {_BUSY_SECONDS:g} s",
}


class Database:
    """A connection to a ledger file, which is made where there is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            self._create()
        _refuse_truncated(path)
        with self._translated():
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_BUSY_SECONDS
            )
        try:
            self._prepare()
        except LedgerError:
            self.close()
            raise
        self._numbers: dict[str, int] = {}
        self._texts: dict[int, str] = {}

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Make failures inside a :class:`~newsspider.LedgerError`."""
        with self._translated():
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make what is inside one transaction, which an exception undoes."""
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # names that were entered in the transaction are gone with it
                self._numbers.clear()
                self._texts.clear()
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def execute(self, sql: str, values: Sequence[Value] = ()) -> sqlite3.Cursor:
        """Run one statement; inside :meth:`reading` or :meth:`writing`."""
        return self._connection.execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Sequence[Value]]) -> sqlite3.Cursor:
        """Run one statement with each of *rows*; inside :meth:`writing`."""
        return self._connection.executemany(sql, rows)

    def number(self, text: str) -> int:
        """Return the number of *text*, entered where it is new; inside :meth:`writing`."""
        number = self._numbers.get(text) or self.known_number(text)
        if number is None:
            number = self._connection.execute("INSERT INTO name (text) VALUES (?)", (text,)).lastrowid
            assert number is not None  # noqa: S101 (an INSERT has a row id)
            self._numbers[text] = number
        return number

    def known_number(self, text: str) -> int | None:
        """Return the number of *text*, if it has one."""
        number = self._numbers.get(text)
        if number is None:
            found = self._connection.execute("SELECT number FROM name WHERE text = ?", (text,)).fetchone()
            if found is None:
                return None
            number = self._numbers[text] = int(found[0])
        return number

    def text(self, number: int | None) -> str:
        """Return the text with *number*; empty for none."""
        if number is None:
            return ""
        if number not in self._texts:
            found = self._connection.execute("SELECT text FROM name WHERE number = ?", (number,)).fetchone()
            if found is None:
                raise LedgerError(f"{self.path}: {_DAMAGED}")
            self._texts[number] = str(found[0])
        return self._texts[number]

    def key(self, url: str) -> int | None:
        """Return the key of the row of *url*, if it has one."""
        found = self._connection.execute(
            "SELECT key FROM urls WHERE hash = ? AND url = ?", (url_hash(url), url)
        ).fetchone()
        return int(found[0]) if found else None

    def close(self) -> None:
        """Close the connection; SQLite folds its log into the file."""
        with self._translated():
            self._connection.close()

    def _create(self) -> None:
        # made aside and then linked into place, so that a kill leaves no half-made ledger behind
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(
                f"{self.path}: its folder cannot be made: {error.strerror}; NEWSSPIDER_OUTPUT or LEDGER_URL "
                "may name another"
            ) from error
        try:
            with self._translated(), closing(sqlite3.connect(draft)) as connection:
                connection.executescript("PRAGMA journal_mode = WAL;" + DDL)
            with suppress(FileExistsError):  # another process was faster
                os.link(draft, self.path)
        except OSError as error:
            raise LedgerError(f"{self.path}: cannot be made: {error.strerror}") from error
        finally:
            with suppress(OSError):
                draft.unlink()

    def _prepare(self) -> None:
        with self._translated():
            run = self._connection.execute
            application, version = (
                run(f"PRAGMA {key}").fetchone()[0] for key in ("application_id", "user_version")
            )
            if application != APPLICATION_ID:
                raise LedgerError(
                    f"{self.path}: is a database of another program; name another file in LEDGER_URL"
                )
            if version > VERSION:
                raise LedgerError(
                    f"{self.path}: was made by a newer newsspider (its version is {version}, this one knows "
                    f"{VERSION}); upgrade newsspider, or name another file in LEDGER_URL"
                )
            # the feed is flushed before its lines are settled here, so a commit that a power cut undoes costs
            # some fetches and no article; the log is synced when it is folded in
            run("PRAGMA synchronous = NORMAL")
            run(f"PRAGMA cache_size = -{_CACHE_KIB}")
            run("PRAGMA wal_autocheckpoint = 4000")
            run("PRAGMA trusted_schema = OFF")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", None) or "SQLITE_ERROR"
            failure = next((text for prefix, text in _FAILURES.items() if name.startswith(prefix)), None)
            raise LedgerError(f"{self.path}: {failure or error} ({name})") from error


def _refuse_truncated(path: Path) -> None:
    # SQLite takes an empty file for a new database, and sees that pages are missing only when it needs them
    try:
        with path.open("rb") as file:
            header = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        raise LedgerError(f"{path}: cannot be opened: {error.strerror}") from error
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return  # a checkpoint may have been cut short; the log has what the file lacks
    page_size = int.from_bytes(header[16:18], "big") or 1
    pages = int.from_bytes(header[28:32], "big")
    if size < 100 or (
        header.startswith(b"SQLite format 3\0") and size < pages * (65536 if page_size == 1 else page_size)
    ):
        raise LedgerError(
            f"{path}: is cut short: {size} bytes; restore a copy, or move it away to start afresh"
        )
