"""Rows, completions and limits as the scripts take them, and as they give them back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from newsspider.ledger import kept
from newsspider.ledger.kept import STATES
from newsspider.ledger.redis.connection import Argument
from newsspider.ledger.refresh import Intervals
from newsspider.ledger.rows import ROLES, Completion, Entry, Lease, Limits, Outcome, Row, State

_NONE = -1
_KEY_BYTES = 11


def key_of(url: str) -> bytes:
    """Return the key of a URL's row: 88 bits of its SHA-1, so that with its letter it fills 16 bytes.

    >>> key_of("https://example.com/").hex()
    'b559c7edd3fb67374c1a25'
    """
    return hashlib.sha1(url.encode(), usedforsecurity=False).digest()[:_KEY_BYTES]


def seconds(moment: datetime | None) -> int:
    """Return *moment* as whole seconds since 1970; -1 for none."""
    return _NONE if moment is None else kept.seconds_of(moment)


def moment(seconds: int) -> datetime | None:
    """Return the moment, in UTC, of *seconds* since 1970; none for -1."""
    return None if seconds == _NONE else kept.moment_of(seconds)


def row_arguments(row: Row) -> Iterator[Argument]:
    """Give what ``enter`` of the scripts takes."""
    yield from (key_of(row.url), row.url, row.site, ROLES.index(row.role), row.depth)
    yield from (key_of(row.found_on) if row.found_on else b"", seconds(row.date))


def limit_arguments(limits: Limits) -> Iterator[Argument]:
    """Give what ``limits`` of the scripts takes."""
    yield _NONE if limits.max_pages is None else limits.max_pages
    yield _NONE if limits.related_depth is None else limits.related_depth
    yield from (seconds(limits.since), seconds(limits.until))


def completion_arguments(completion: Completion) -> Iterator[Argument]:
    """Give what ``completion`` of the scripts takes."""
    yield from (bytes.fromhex(completion.id), completion.version)
    yield bytes.fromhex(f"{int(completion.content_hash[:16] or '0', 16):016x}")
    yield from (completion.newsspider_version, completion.file, completion.offset, completion.headline)


def outcome_arguments(outcome: Outcome) -> Iterator[Argument]:
    """Give what ``settle`` takes of each outcome."""
    yield from (key_of(outcome.url), STATES.index(outcome.state), outcome.reason, outcome.validator or "")
    yield len(outcome.children)
    for child in outcome.children:
        yield from row_arguments(child)
    yield 0 if outcome.completion is None else 1
    if outcome.completion is not None:
        yield from completion_arguments(outcome.completion)


def intervals_text(intervals: Intervals) -> str:
    """Return *intervals* as ``settle`` reads them: seconds, of exported, dropped and failed URLs.

    >>> intervals_text(Intervals())
    '3600,21600,86400,604800;86400;600,3600,21600,86400,604800'
    """
    lists = (intervals.exported, intervals.dropped, intervals.failed)
    return ";".join(",".join(str(int(each.total_seconds())) for each in every) or "-" for every in lists)


def lease_of(reply: Sequence[Any]) -> Lease:
    """Return the lease that ``leased`` of the scripts describes."""
    return Lease(row=_row_of(reply[:6]), validator=reply[6].decode() or None)


def _row_of(reply: Sequence[Any]) -> Row:
    url, site, role, depth, found_on, date = reply
    return Row(
        url=url.decode(),
        role=ROLES[role],
        site=site.decode(),
        depth=depth,
        found_on=found_on.decode() or None,
        date=moment(date),
    )


def completion_of(reply: Sequence[Any]) -> Completion:
    """Return the completion that ``completions`` gave."""
    identity, url, version, content, made_by, run, file, offset, headline = reply
    return Completion(
        id=identity.hex(),
        version=version,
        content_hash=content.hex(),
        newsspider_version=made_by.decode(),
        file=file.decode(),
        offset=offset,
        headline=headline,
        url=url.decode(),
        run=run,
    )


def entry_of(reply: Sequence[Any], completion: Completion | None) -> Entry:
    """Return the entry that ``show`` gave."""
    state, reason, at, due, validator, holder, lease_ms, _ = reply[7:]
    since = moment(lease_ms // 1000 if holder else at)
    assert since is not None  # noqa: S101  # neither is ever -1
    return Entry(
        row=_row_of(reply[1:7]),
        state=State.LEASED if holder else STATES[state],
        reason=reason.decode(),
        at=since,
        due=moment(due),
        validator=validator.decode() or None,
        completion=completion if STATES[state] is State.EXPORTED else None,
    )
