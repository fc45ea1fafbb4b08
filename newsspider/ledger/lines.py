"""Feed files that a killed run left: a broken last line cut off, whole lines accounted for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from newsspider.errors import LedgerError
from newsspider.ledger.protocol import Ledger
from newsspider.ledger.rows import Completion, headline_mark

_BLOCK = 1 << 20


def recover(ledger: Ledger) -> int:
    """Account for the lines that earlier runs wrote and did not live to settle; return how many there were.

    Raises :class:`~newsspider.LedgerError` where a file can't be read or cut.
    """
    adopted = 0
    for name, offset in ledger.confirmed().items():
        path = Path(name)
        if path.exists() and not (path.is_fifo() or path.is_char_device()):  # those keep no lines
            try:
                cut_broken_line(path)
                adopted += ledger.adopt(tuple(completions(path, offset)))
            except OSError as error:
                raise LedgerError(
                    f"{path}: the feed of an earlier run can't be mended: {error.strerror}"
                ) from error
        ledger.confirm(name, None)
    return adopted


def cut_broken_line(path: Path) -> int:
    """Cut what stands after the last line end of the file *path*; return how many bytes that were."""
    with path.open("r+b") as file:
        size = end = file.seek(0, 2)
        while end:
            start = max(0, end - _BLOCK)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                end = start + found + 1
                break
            end = start
        if end < size:
            file.truncate(end)
    return size - end


def completions(path: Path, offset: int) -> Iterator[Completion]:
    """Give what the lines of the feed *path* from *offset* on complete; other lines are passed by."""
    with path.open("rb") as file:
        file.seek(offset)
        for line in file:
            completion = _completion(line, str(path), offset)
            if completion is not None:
                yield completion
            offset += len(line)


def _completion(line: bytes, file: str, offset: int) -> Completion | None:
    try:
        item = json.loads(line)
        completion = Completion(
            id=item["id"],
            version=int(item["version"]),
            content_hash=item["content_hash"] or "",
            newsspider_version=str(item["newsspider_version"]),
            file=file,
            offset=offset,
            headline=headline_mark(item["headline"]),
            url=str(item["url"]),
        )
        int(completion.content_hash or "0", 16)
        return completion if len(bytes.fromhex(completion.id)) == 16 else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
