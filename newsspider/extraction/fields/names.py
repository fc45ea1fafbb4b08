"""Names that people commonly bear: what tells somebody's name from other words where nothing marks it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from newsspider.cleaning.places import population
from newsspider.extraction.fields.data import words

_EAST_ASIAN = {
    "chinese surnames": re.compile("[\u3400-\u9fff]{2,4}"),
    "japanese surnames": re.compile("[\u3041-\u30ff\u3400-\u9fff]{3,6}"),
    "korean surnames": re.compile("[\uac00-\ud7af]{2,4}"),
}
_TOWN = 50
_SURNAME = (1, 2, 3)


def is_known_name(text: str) -> bool:
    """Tell whether *text* is built like a name and has in it a given name that many people bear.

    Of a Chinese, Japanese or Korean name it is the surname that is known. A town is nobody.

    >>> is_known_name("José Pérez Soto"), is_known_name("Harbour Life"), is_known_name("San Jose")
    (True, False, False)
    >>> is_known_name("山田 太郎"), is_known_name("共同通信")
    (True, False)
    """
    if _is_east_asian(text.replace(" ", "")):
        return True
    parts = [] if population(text) else text.split()
    # the family name comes first in Hungary
    return len(parts) > 1 and bool({_plain(parts[0]), _plain(parts[-1])} & _given_names())


def is_town(text: str) -> bool:
    """Tell whether *text* is a town of some size, and does not begin as people's names do.

    >>> is_town("Buenos Aires"), is_town("Juan Aldama"), is_town("Harbour Life")
    (True, False, False)
    """
    return population(text) >= _TOWN and _plain(text.partition(" ")[0]) not in _given_names()


def may_hold_name(line: str) -> bool:
    """Tell, quickly, whether *line* may hold a known name."""
    return not line.isascii() or not _given_names().isdisjoint(map(_plain, line.split()))


def _is_east_asian(name: str) -> bool:
    lists = words("names.tsv")
    return any(
        form.fullmatch(name) and any(name[:end] in lists[kind] for end in _SURNAME if end < len(name))
        for kind, form in _EAST_ASIAN.items()
    )


def _plain(name: str) -> str:
    if name.isascii():
        return name.lower().strip(".,")
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip(".,")


@cache
def _given_names() -> frozenset[str]:
    lists = words("names.tsv")
    return frozenset[str]().union(*(names for kind, names in lists.items() if kind not in _EAST_ASIAN))
