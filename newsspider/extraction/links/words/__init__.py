"""Word lists: what sites call their cards, their frames and their next pages, separated by commas."""

from __future__ import annotations

from importlib import resources


def read_words(name: str) -> frozenset[str]:
    """Return the entries of the list *name*; lines that start with ``#`` are comments.

    >>> "nav" in read_words("frames")
    True
    """
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(entry.strip() for line in lines for entry in line.split(",") if entry.strip())
