"""For people: counts, one URL's story, what is due, forgetting, and whether the ledger is sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsspider.ledger import kept
from newsspider.ledger.kept import STATES
from newsspider.ledger.rows import ROLES, Count, Entry, Row, State
from newsspider.ledger.sqlite.articles import COMPLETION, completion_of
from newsspider.ledger.sqlite.database import Database
from newsspider.ledger.sqlite.schema import from_column, url_hash

_ENTRY = """
    SELECT u.key, u.url, u.role, u.site, u.depth, parent.url, u.date, u.state, u.reason, u.at,
        u.due, u.lease, u.validator
    FROM urls u LEFT JOIN urls parent ON parent.key = u.found_on
"""


def count(db: Database) -> tuple[Count, ...]:
    """Count all URLs by site, state and reason."""
    found = db.execute(
        "SELECT site, state, lease IS NOT NULL, reason, count(*) FROM urls GROUP BY 1, 2, 3, 4"
    )
    counts: dict[tuple[str, State, str], int] = {}
    for site, state, leased, reason, urls in found:
        state_now = State.LEASED if leased else STATES[state]
        key = (db.text(site), state_now, "" if leased else db.text(reason))
        counts[key] = counts.get(key, 0) + urls
    return tuple(
        Count(site=site, state=state, reason=reason, urls=urls)
        for (site, state, reason), urls in sorted(counts.items())
    )


def entry(db: Database, url: str) -> Entry | None:
    """Return all that is known of *url*."""
    found = db.execute(f"{_ENTRY} WHERE u.hash = ? AND u.url = ?", (url_hash(url), url)).fetchone()
    return _entry(db, found, _articles(db, "u.key = ?", found[0])) if found else None


def due(db: Database, now: int) -> Iterator[Entry]:
    """Iterate over the settled URLs whose time has come, the longest overdue first."""
    articles = _articles(db, "u.due <= ?", now)
    for found in db.execute(
        f"{_ENTRY} WHERE u.due <= ? AND u.lease IS NULL ORDER BY u.due", (now,)
    ).fetchall():
        yield _entry(db, found, articles)


def sites_of(db: Database, pattern: str) -> tuple[str, ...]:
    """Return the sites of the URLs that *pattern* matches."""
    return tuple(
        db.text(site) for (site,) in db.execute("SELECT DISTINCT site FROM urls WHERE url GLOB ?", (pattern,))
    )


def forget(db: Database, pattern: str) -> int:
    """Forget the URLs that *pattern* matches, the articles read at them, and what their sites' notes say."""
    db.execute("CREATE TEMP TABLE gone AS SELECT key, site FROM urls WHERE url GLOB ?", (pattern,))
    # an article that is new once more must not be counted twice among its site's
    db.execute(
        "DELETE FROM note WHERE site IN (SELECT site FROM gone WHERE key IN (SELECT url FROM article))"
    )
    db.execute("DELETE FROM article WHERE url IN (SELECT key FROM gone)")
    db.execute("UPDATE urls SET found_on = NULL WHERE found_on IN (SELECT key FROM gone)")
    forgotten = db.execute("DELETE FROM urls WHERE key IN (SELECT key FROM gone)").rowcount
    db.execute("DROP TABLE gone")
    return forgotten


_INVARIANTS = {
    "URLs in no known state": "SELECT count(*) FROM urls WHERE state NOT BETWEEN 0 AND 4",
    "URLs in no known role": "SELECT count(*) FROM urls WHERE role NOT BETWEEN 0 AND 4",
    "URLs that are in twice": "SELECT count(*) - count(DISTINCT url) FROM urls",
    "settled URLs without a reason": "SELECT count(*) FROM urls WHERE state > 0 AND reason IS NULL",
    "waiting URLs that are due": "SELECT count(*) FROM urls WHERE state = 0 AND due IS NOT NULL",
    "URLs of an unknown site": "SELECT count(*) FROM urls WHERE site NOT IN (SELECT number FROM name)",
    "articles whose URL is missing": "SELECT count(*) FROM article WHERE url NOT IN (SELECT key FROM urls)",
    "bands without their sketch": "SELECT count(*) FROM band WHERE sketch NOT IN (SELECT number FROM sketch)",
}


def problems(db: Database) -> Iterator[str]:
    """Give what is wrong: with the file, and, if that is sound, with what stands in it."""
    damage = [str(line) for (line,) in db.execute("PRAGMA integrity_check(20)")]
    if damage != ["ok"]:
        yield from damage
        return
    for what, query in _INVARIANTS.items():
        (number,) = db.execute(query).fetchone()
        if number:
            yield f"{number} {what}"


def _articles(db: Database, condition: str, value: int) -> dict[int, tuple[Any, ...]]:
    """Return the rows of the articles whose URL's row fulfils *condition*, by the key of the URL.

    All in one pass: there is no index of articles by their URLs.
    """
    return {found[0]: found for found in db.execute(f"{COMPLETION} WHERE {condition}", (value,))}


def _entry(db: Database, found: tuple[Any, ...], articles: dict[int, tuple[Any, ...]]) -> Entry:
    key, url, role, site, depth, parent, date, state, reason, at, due_at, lease, validator = found
    article = articles.get(key) if STATES[state] is State.EXPORTED else None
    return Entry(
        row=Row(
            url=url,
            role=ROLES[role],
            site=db.text(site),
            depth=depth,
            found_on=parent,
            date=from_column(date),
        ),
        state=State.LEASED if lease is not None else STATES[state],
        reason=db.text(reason),
        at=kept.moment_of(at if lease is None else lease),
        due=from_column(due_at),
        validator=validator,
        completion=completion_of(db, article) if article else None,
    )
