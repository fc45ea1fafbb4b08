"""What is in the output, and which texts are nearly the same; inside a transaction of the caller's."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from newsspider.ledger.kept import REMEMBERED_DAYS
from newsspider.ledger.rows import Completion
from newsspider.ledger.sketch import ALIKE, bands_of, likeness
from newsspider.ledger.sqlite.database import Database, Value
from newsspider.ledger.sqlite.schema import content_key

_CANDIDATES = 50
"""Sketches compared a text, at most: series with one wording (horoscopes, tables) fill a band."""
_DAY = 86_400


def put_completion(db: Database, completion: Completion, run: int, key: int | None) -> None:
    """Note that *completion* is in the output, in place of an earlier version; *key* is its URL's."""
    db.execute(
        "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            bytes.fromhex(completion.id), key, completion.version, content_key(completion.content_hash),
            db.number(completion.newsspider_version), run, db.number(completion.file), completion.offset,
            completion.headline,
        ),
    )  # fmt: skip


def completion_of(db: Database, found: Sequence[Value]) -> Completion:
    """Return the completion that a row of ``article``, joined with its URL, holds."""
    _, identity, version, content, made_by, run, file, offset, headline, url = found
    return Completion(
        id=identity.hex() if isinstance(identity, bytes) else "",
        version=_whole(version),
        content_hash=f"{_whole(content) % (1 << 64):016x}",
        newsspider_version=db.text(_whole(made_by)),
        file=db.text(_whole(file)),
        offset=_whole(offset),
        headline=_whole(headline),
        url=url if isinstance(url, str) else "",
        run=_whole(run),
    )


COMPLETION = """
    SELECT a.url, a.id, a.version, a.hash, a.made_by, a.run, a.file, a.offset, a.headline, u.url
    FROM article a LEFT JOIN urls u ON u.key = a.url
"""


def adopt(db: Database, completions: Sequence[Completion], run: int) -> int:
    """Enter the *completions* that are new or of a later version; return how many were."""
    new = 0
    for completion in completions:
        found = db.execute(
            "SELECT version FROM article WHERE id = ?", (bytes.fromhex(completion.id),)
        ).fetchone()
        if found is None or found[0] < completion.version:
            put_completion(db, completion, run, db.key(completion.url))
            new += 1
    return new


def resembling(db: Database, article_id: str, sketch: bytes, now: int) -> str | None:
    """Return the earliest other article whose text is like that of *sketch*; where none is, keep *sketch*."""
    bands = bands_of(sketch)
    marks = ", ".join("?" * len(bands))
    candidates = db.execute(
        f"SELECT s.id, s.bytes FROM sketch s WHERE s.number IN"  # noqa: S608 (marks are question marks)
        f" (SELECT DISTINCT sketch FROM band WHERE band IN ({marks}) ORDER BY sketch DESC LIMIT ?)"
        " AND s.day >= ? ORDER BY s.number",
        (*bands, _CANDIDATES, now // _DAY - REMEMBERED_DAYS),
    ).fetchall()
    alike = [found.hex() for found, other in candidates if likeness(sketch, other) >= ALIKE]
    if alike:
        return alike[0] if article_id not in alike else None
    number = db.execute(
        "INSERT INTO sketch (id, day, bytes) VALUES (?, ?, ?)",
        (bytes.fromhex(article_id), now // _DAY, sketch),
    ).lastrowid
    db.executemany("INSERT INTO band VALUES (?, ?)", [(band, number) for band in bands])
    return None


def prune(db: Database, now: int, most: int) -> int:
    """Forget up to *most* sketches that are older than ``REMEMBERED_DAYS``; return how many."""
    old = db.execute("SELECT number, day, bytes FROM sketch ORDER BY number LIMIT ?", (most,)).fetchall()
    old = [(number, sketch) for number, day, sketch in old if day < now // _DAY - REMEMBERED_DAYS]
    for number, sketch in old:
        db.executemany(
            "DELETE FROM band WHERE band = ? AND sketch = ?", [(band, number) for band in bands_of(sketch)]
        )
        db.execute("DELETE FROM sketch WHERE number = ?", (number,))
    return len(old)


def _whole(value: Value) -> int:
    if not isinstance(value, int):
        raise sqlite3.DatabaseError(f"an article's row holds {value!r} where a number belongs")
    return value
