"""Word lists that the fields read; each file says in its first lines what its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> Mapping[str, frozenset[str]]:
    """Return the words of the list *name*, lines of a kind and its words parted by ``|``, by kind.

    >>> "filed under" in words("labels.tsv")["tags"]
    True
    """
    found = {}
    for line in (files(__name__) / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, members = line.partition("\t")
            found[kind] = frozenset(members.split("|"))
    return found
