"""For people: counts, one URL's story, what is due, forgetting, and whether the ledger is sound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fnmatch import translate

from newsspider.errors import LedgerError
from newsspider.ledger.kept import STATES
from newsspider.ledger.redis.connection import Connection
from newsspider.ledger.redis.values import completion_of, entry_of, key_of
from newsspider.ledger.rows import Completion, Count, Entry, State

_MARK = "newsspider"
_ROWS = "u" + "?" * 11
_PAGE = 1000
_BUCKETS = 1 << 16


def is_there(url: str) -> bool:
    """Tell whether the database at *url* holds anything, without marking it as a ledger's."""
    redis = Connection(url)
    try:
        return bool(redis.command("DBSIZE"))
    finally:
        redis.close()


def claim(redis: Connection, version: int) -> None:
    """Mark an empty database as a ledger's; raises :class:`~newsspider.LedgerError` for any other's."""
    try:
        found = redis.command("HGET", _MARK, "ledger")
    except LedgerError as error:
        if "WRONGTYPE" not in str(error):
            raise
        found = b""
    if found is None and redis.command("DBSIZE") == 0:
        redis.command("HSET", _MARK, "ledger", version)
    elif not found:
        raise LedgerError(
            f"{redis.address.name}: this database holds another program's data; name one of its own in "
            f"LEDGER_URL, such as {redis.address.name.rstrip('/').rpartition('/')[0] or 'redis://host'}/1"
        )
    elif int(found) > version:
        raise LedgerError(
            f"{redis.address.name}: was made by a newer newsspider (its version is {int(found)}, this one "
            f"knows {version}); upgrade newsspider, or name another database in LEDGER_URL"
        )


def count(redis: Connection) -> tuple[Count, ...]:
    """Count all URLs by site, state and reason."""
    counts = []
    for field, urls in redis.command("HGETALL", "count").items():
        site, state, reason = field.decode().split("\t")
        counts.append(Count(site=site, state=_state(state), reason=reason, urls=int(urls)))
    return tuple(sorted(counts, key=lambda each: (each.site, each.state, each.reason)))


def entries(redis: Connection, keys: Sequence[bytes]) -> Iterator[Entry]:
    """Give all that is known of the rows *keys*."""
    replies = redis.run("show", *keys) if keys else []
    ids = [reply[-1] for reply in replies if reply[-1]]
    found = redis.run("completions", *ids) if ids else []
    completions = {reply[0]: completion_of(reply) for reply in found}
    for reply in replies:
        yield entry_of(reply, completions.get(reply[-1]))


def due(redis: Connection, now: int) -> Iterator[Entry]:
    """Iterate over the settled URLs whose time has come, the longest overdue first."""
    keys = redis.run("due", now)
    for first in range(0, len(keys), _PAGE):
        yield from entries(redis, keys[first : first + _PAGE])


def completed(redis: Connection) -> Iterator[Completion]:
    """Give what is in the output of every article."""
    for first in range(0, _BUCKETS, _PAGE):
        buckets = [number.to_bytes(2, "big") for number in range(first, min(first + _PAGE, _BUCKETS))]
        rests = redis.batch([("HKEYS", b"a" + bucket) for bucket in buckets])
        ids = [bucket + rest for bucket, some in zip(buckets, rests, strict=True) for rest in some]
        for start in range(0, len(ids), _PAGE):
            yield from map(completion_of, redis.run("completions", *ids[start : start + _PAGE]))


def forget(redis: Connection, pattern: str) -> int:
    """Forget the URLs that *pattern* matches, the articles read at them, and what their sites' notes say."""
    matches = re.compile(translate(pattern)).match
    gone = [key for key, entry in _rows(redis) if matches(entry.row.url)]
    for first in range(0, len(gone), _PAGE):
        crawled = redis.run("forget", *gone[first : first + _PAGE])
        if crawled:
            site, _, worker = crawled.decode().partition("\t")
            raise LedgerError(
                f"{redis.address.name}: another crawl of {site} is running on this ledger (worker {worker}); "
                "wait for it"
            )
    return len(gone)


def problems(redis: Connection) -> Iterator[str]:
    """Give what is wrong: counts that are not those of the rows, and rows that no one would ever find."""
    counts: Counter[tuple[str, State, str]] = Counter()
    wrong: Counter[str] = Counter()
    queued: dict[str, set[bytes]] = {}
    for key, entry in _rows(redis):
        site, leased = entry.row.site, entry.state is State.LEASED
        counts[site, entry.state, "" if leased else entry.reason] += 1
        if site not in queued:
            lists = redis.batch([("LRANGE", f"{kind}:{site}", 0, -1) for kind in ("q", "aside")])
            queued[site] = {key for some in lists for key in some}
        wrong["waiting URLs that are in no queue"] += entry.state is State.WAITING and key not in queued[site]
        settled = entry.state not in (State.WAITING, State.LEASED)
        wrong["settled URLs without a reason"] += settled and not entry.reason
        exported = entry.state is State.EXPORTED and entry.reason in ("new", "changed")
        wrong["exported URLs without their article"] += exported and entry.completion is None
    kept = {(each.site, each.state, each.reason): each.urls for each in count(redis)}
    wrong["counts that are not those of the URLs"] += sum(
        kept.get(each, 0) != counts[each] for each in kept.keys() | counts.keys()
    )
    yield from (f"{number} {what}" for what, number in wrong.items() if number)


def _rows(redis: Connection) -> Iterator[tuple[bytes, Entry]]:
    cursor = 0
    while True:
        cursor, names = redis.command("SCAN", cursor, "MATCH", _ROWS, "COUNT", _PAGE)
        for entry in entries(redis, [name[1:] for name in dict.fromkeys(names)]):
            yield key_of(entry.row.url), entry
        if not int(cursor):
            return


def _state(text: str) -> State:
    return State.LEASED if text == State.LEASED else STATES[int(text)]
