"""Many feeds into one: exactly the lines that the ledger names, and the proof of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from newsspider.errors import LedgerError
from newsspider.ledger.kept import moment_of, seconds_of
from newsspider.ledger.protocol import Ledger

_SHOWN = 5
_UNDATED = "~"
"""After all dates."""
# a database of its own in a file that SQLite makes and removes: it sorts more than the memory holds
_TABLES = """
PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;
CREATE TABLE given (path INTEGER PRIMARY KEY, file TEXT);
CREATE TABLE named (id BLOB PRIMARY KEY, version INTEGER, file TEXT, offset INTEGER) WITHOUT ROWID;
CREATE TABLE line (
    number INTEGER PRIMARY KEY, id BLOB, version INTEGER, path INTEGER, offset INTEGER, length INTEGER,
    site TEXT, date TEXT
);
CREATE VIEW kept AS SELECT line.* FROM line JOIN given USING (path)
    JOIN named USING (id, version, file, offset);
CREATE VIEW beside AS SELECT line.version AS version, named.version AS last
    FROM line LEFT JOIN named USING (id) WHERE number NOT IN (SELECT number FROM kept);
CREATE VIEW gone AS SELECT * FROM named WHERE id NOT IN (SELECT id FROM kept);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What became of every line, and of every article that the ledger names."""

    named: int
    """Articles in the output, by the ledger: one line each, that of the last version."""
    kept: int
    """Lines that were merged."""
    raw_duplicates: int
    """Lines left out because the same version of their article has another line."""
    earlier: int
    """Lines left out because their article has a later version."""
    unsettled: int
    """Lines left out because the ledger does not know them: their worker was killed, others did its work."""
    no_articles: int
    """Lines left out because they hold no article, or are cut short."""
    elsewhere: int
    """Articles whose line is in a file that was not given."""
    missing: int
    """Articles whose line is not where the ledger says, in the files that were given."""
    twice: int
    """Articles that would have more than one line."""
    examples: tuple[str, ...] = ()
    """Of what is elsewhere or missing: file and byte."""

    @property
    def lines(self) -> int:
        """Lines that were read."""
        return self.kept + self.raw_duplicates + self.earlier + self.unsettled + self.no_articles

    @property
    def knows_none(self) -> bool:
        """Whether there are lines and the ledger has heard of none: it is another crawl's."""
        return 0 < self.lines == self.unsettled + self.no_articles

    def holds(self, *, partial: bool) -> bool:
        """Tell whether nothing is missing or twice; where only a part is merged, of the files given."""
        is_whole = not self.missing and not self.twice and (partial or not self.elsewhere)
        return is_whole and not self.knows_none


class Merging:
    """The lines of *files*, compared with what *ledger* names.

    A feed is known by its file's name, so the files may have been moved or gathered from many machines since.
    Raises :class:`~newsspider.LedgerError` for two files of one name, and for one that can't be read.
    """

    def __init__(self, ledger: Ledger, files: Sequence[Path]) -> None:
        self._files = tuple(files)
        names = [path.name for path in files]
        same = next((name for name in names if names.count(name) > 1), None)
        if same is not None:
            raise LedgerError(f"{same}: there are two files of this name; a feed is known by its name")
        self._index = sqlite3.connect("")
        self._index.executescript(_TABLES)
        self._index.executemany("INSERT INTO given VALUES (?, ?)", enumerate(names))
        self._index.executemany(
            "INSERT INTO named VALUES (?, ?, ?, ?)",
            (
                (bytes.fromhex(each.id), each.version, Path(each.file).name, each.offset)
                for each in ledger.completed()
            ),
        )
        self._no_articles = 0
        for number, path in enumerate(files):
            try:
                with path.open("rb") as file:
                    self._index.executemany(
                        "INSERT INTO line VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", self._read(file, number)
                    )
            except OSError as error:
                raise LedgerError(f"{path}: can't be read: {error.strerror}") from error

    def proof(self) -> Proof:
        """Return what a merged file would hold and lack."""
        kept = self._count("SELECT count(*) FROM kept")
        examples = self._index.execute("SELECT file, offset FROM gone ORDER BY 1, 2 LIMIT ?", (_SHOWN,))
        return Proof(
            named=self._count("SELECT count(*) FROM named"),
            kept=kept,
            raw_duplicates=self._count("SELECT count(*) FROM beside WHERE version = last"),
            earlier=self._count("SELECT count(*) FROM beside WHERE version < last"),
            unsettled=self._count("SELECT count(*) FROM beside WHERE last IS NULL OR version > last"),
            no_articles=self._no_articles,
            elsewhere=self._count("SELECT count(*) FROM gone WHERE file NOT IN (SELECT file FROM given)"),
            missing=self._count("SELECT count(*) FROM gone WHERE file IN (SELECT file FROM given)"),
            twice=kept - self._count("SELECT count(DISTINCT id) FROM kept"),
            examples=tuple(f"{file or 'no file'}, byte {offset}" for file, offset in examples),
        )

    def write(self, out: IO[bytes]) -> None:
        """Write the lines that the ledger names to *out*: by site, date of publication in UTC, and id."""
        files: dict[int, IO[bytes]] = {}
        try:
            for number, offset, length in self._index.execute(
                "SELECT path, offset, length FROM kept ORDER BY site, date, id"
            ):
                if number not in files:
                    files[number] = self._files[number].open("rb")
                files[number].seek(offset)
                out.write(files[number].read(length))
        finally:
            for file in files.values():
                file.close()

    def close(self) -> None:
        """Forget all of it."""
        self._index.close()

    def _count(self, query: str) -> int:
        (found,) = self._index.execute(query).fetchone()
        return int(found)

    def _read(self, file: Iterable[bytes], number: int) -> Iterator[tuple[object, ...]]:
        offset = 0
        for line in file:
            found = _article(line) if line.endswith(b"\n") else None
            if found is None:
                self._no_articles += 1
            else:
                identity, version, site, date = found
                yield identity, version, number, offset, len(line), site, date
            offset += len(line)


def _article(line: bytes) -> tuple[bytes, int, str, str] | None:
    """Return id, version, site and sortable date of an article's line; None for any other."""
    try:
        item = json.loads(line)
        return (
            bytes.fromhex(item["id"]),
            int(item["version"]),
            str(item["site"]),
            _sortable(item["date_published"]),
        )
    except (ValueError, KeyError, TypeError, OverflowError):
        return None


def _sortable(date: str | None) -> str:
    """Return a date of an item so that text sorts as time does.

    >>> sorted([_sortable("2026-05-04T01:00:00+05:30"), _sortable("2026-05-03"), _sortable(None)])
    ['2026-05-03T00:00:00+00:00', '2026-05-03T19:30:00+00:00', '~']
    """
    if date is None:
        return _UNDATED
    moment = datetime.fromisoformat(date)
    # one that lies outside the calendar in UTC is the calendar's end
    return moment_of(seconds_of(moment if moment.tzinfo else moment.replace(tzinfo=UTC))).isoformat()
