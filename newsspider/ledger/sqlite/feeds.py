"""Feed files that are being written, and the sites whose articles go there.

A file belongs to the sites of its run: a crawl of other sites that runs at the same time leaves it alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsspider.ledger.sqlite.database import Database


def confirm(db: Database, file: str, offset: int, sites: Iterable[str]) -> None:
    """Note that the lines of *file* before *offset* are accounted for; the first time, for *sites*."""
    number = db.number(file)
    if db.execute("UPDATE feed SET confirmed = ? WHERE file = ?", (offset, number)).rowcount:
        return
    db.execute("INSERT INTO feed VALUES (?, ?)", (number, offset))
    db.executemany("INSERT INTO feed_site VALUES (?, ?)", [(number, db.number(site)) for site in sites])


def forget(db: Database, file: str, sites: Iterable[str]) -> None:
    """Note that *file* holds nothing more to account for of *sites*."""
    number = db.number(file)
    rows = [(number, db.number(site)) for site in sites]
    db.executemany("DELETE FROM feed_site WHERE file = ? AND site = ?", rows)
    db.execute("DELETE FROM feed WHERE file NOT IN (SELECT file FROM feed_site)")


def confirmed(db: Database, sites: Iterable[str]) -> dict[str, int]:
    """Return the files of *sites* with their offsets."""
    found = {}
    for site in sites:
        rows = db.execute(
            "SELECT feed.file, confirmed FROM feed JOIN feed_site USING (file) WHERE site = ?",
            (db.known_number(site),),
        )
        found.update({db.text(file): offset for file, offset in rows.fetchall()})
    return found
