"""The tables of the embedded ledger, narrow because there are millions of rows.

Strings that repeat (sites, reasons, versions, feed files) are numbers of ``name``. A URL is found by a
32-bit hash and then compared, which takes a third of an index on the text. An ``urls`` row keeps the state
that the URL had before it was leased, so that a lease that is void leaves nothing to be guessed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from newsspider.ledger import kept

APPLICATION_ID = 0x6E777370
"""``nwsp``: marks the file as a ledger of newsspider."""
VERSION = 1
"""Of the tables; a ledger of a later version is refused."""

WAITING, LISTED, EXPORTED, DROPPED, FAILED = range(len(kept.STATES))

DDL = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};

CREATE TABLE name (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

CREATE TABLE urls (
    key INTEGER PRIMARY KEY,       -- in the order of discovery
    hash INTEGER NOT NULL,         -- of the URL
    url TEXT NOT NULL,
    site INTEGER NOT NULL,         -- name
    role INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    found_on INTEGER,              -- key of the page that linked here, or null
    date INTEGER,                  -- last moment that it can be of, seconds since 1970
    state INTEGER NOT NULL,
    reason INTEGER,                -- name; of a waiting one, why a run passed it by, or null
    run INTEGER NOT NULL,          -- that entered or settled it last
    at INTEGER NOT NULL,           -- when, seconds since 1970
    step INTEGER NOT NULL,         -- fetches in a row that ended in this state without news
    due INTEGER,                   -- when to fetch it again, seconds since 1970
    lease INTEGER,                 -- until when it is leased, seconds since 1970
    validator TEXT
);
CREATE INDEX urls_by_hash ON urls (hash);
-- all that the limits ask for: a million rows that they keep back are passed by without being read
CREATE INDEX urls_waiting ON urls (site, key, role, depth, date, reason, run)
    WHERE state = 0 AND lease IS NULL;
CREATE INDEX urls_due ON urls (site, due) WHERE due IS NOT NULL AND lease IS NULL;
CREATE INDEX urls_leased ON urls (site) WHERE lease IS NOT NULL;

CREATE TABLE article (
    id BLOB PRIMARY KEY,
    url INTEGER,                   -- key of the URL it was last read at, or null
    version INTEGER NOT NULL,
    hash INTEGER NOT NULL,         -- first 64 bits of content_hash
    made_by INTEGER NOT NULL,      -- name: the newsspider version
    run INTEGER NOT NULL,
    file INTEGER NOT NULL,         -- name
    offset INTEGER NOT NULL,
    headline INTEGER NOT NULL      -- headline_mark
) WITHOUT ROWID;

CREATE TABLE feed (file INTEGER PRIMARY KEY, confirmed INTEGER NOT NULL);
CREATE TABLE feed_site (file INTEGER, site INTEGER, PRIMARY KEY (file, site)) WITHOUT ROWID;
CREATE TABLE note (site INTEGER, name TEXT, text TEXT NOT NULL, PRIMARY KEY (site, name)) WITHOUT ROWID;
CREATE TABLE run (number INTEGER PRIMARY KEY, began INTEGER NOT NULL, seen INTEGER NOT NULL, ended TEXT);

CREATE TABLE sketch (number INTEGER PRIMARY KEY, id BLOB NOT NULL, day INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE band (band INTEGER, sketch INTEGER, PRIMARY KEY (band, sketch)) WITHOUT ROWID;
"""


def url_hash(url: str) -> int:
    """Return the 32-bit hash, signed, by which *url* is found.

    >>> url_hash("https://example.com/")
    -1233578054
    """
    return int.from_bytes(hashlib.blake2b(url.encode(), digest_size=4).digest(), "big", signed=True)


def to_column(moment: datetime | None) -> int | None:
    """Return *moment* as the tables keep it, whole seconds since 1970; null for none."""
    return None if moment is None else kept.seconds_of(moment)


def from_column(seconds: int | None) -> datetime | None:
    """Return the moment, in UTC, that the tables keep as *seconds*; none for null."""
    return None if seconds is None else kept.moment_of(seconds)


def content_key(content_hash: str) -> int:
    """Return the first 64 bits of a content hash as SQLite's signed integer.

    >>> content_key("ffffffffffffffffaa"), content_key("")
    (-1, 0)
    """
    value = int(content_hash[:16] or "0", 16)
    return value - (1 << 64) if value >= 1 << 63 else value
