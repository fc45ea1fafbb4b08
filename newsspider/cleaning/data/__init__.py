"""Tables that the cleaning rules read; each file names its source and licence in its first lines."""

from __future__ import annotations

from importlib.resources import files


def rows(name: str) -> list[str]:
    """Return the lines of the table *name* without its comments.

    >>> rows("calendar.tsv")[5].split("\\t")[0]
    '5'
    """
    text = (files(__name__) / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
