"""Places that news is filed from: which names are known, and how they are written in running text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from newsspider.cleaning import data
from newsspider.cleaning.data import rows

PARTICLES = frozenset(
    [
        "of",
        "the",
        "and",
        "am",
        "an",
        "der",
        "den",
        "bei",
        "ob",
        "im",
        "und",
        "de",
        "la",
        "le",
        "les",
        "du",
        "des",
        "sur",
        "sous",
        "en",
        "et",
        "del",
        "los",
        "las",
        "el",
        "y",
        "do",
        "da",
        "dos",
        "das",
        "e",
        "di",
        "al",
        "upon",
        "on",
        "by",
        "aan",
        "op",
        "van",
        "ter",
        "te",
    ]
)
"""Words that stand in lower case inside a place's name."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\.?")
_SAINT = re.compile(r"\bst\b\.?")
_KEEP_UPPER = re.compile(r"(?:[A-Z]\.){2,}|U[AKS][AE]?|N[SY]W?|D\.?C\.?")


def population(name: str) -> int:
    """Return how many thousand people live in the largest place called *name*; 0 where none is known.

    >>> population("NEW DELHI") > 1000, population("St Louis") > 100, population("Reportage")
    (True, True, 0)
    """
    folded = name.casefold().replace("’", "'")
    found = _population(folded)
    if not found and _SAINT.search(folded):
        found = _population(_SAINT.sub("st.", folded)) or _population(_SAINT.sub("saint", folded))
    return found


def is_region(name: str) -> bool:
    """Tell whether *name* is a country, state or province as datelines write it.

    >>> is_region("FLA."), is_region("N.M."), is_region("Alemania"), is_region("Kayak")
    (True, True, True, False)
    """
    folded = name.casefold()
    return folded in _regions() or folded.rstrip(".") in _regions()


def is_abbreviation(name: str) -> bool:
    """Tell whether *name*, with its full stop, abbreviates a state or province.

    >>> is_abbreviation("Ala."), is_abbreviation("N.Y."), is_abbreviation("Iowa.")
    (True, True, False)
    """
    return name.endswith(".") and name.casefold() in _regions()


def in_normal_case(name: str) -> str:
    """Return *name* as running text writes it; a name that is not in capitals stays as it is.

    >>> names = ("SANTA FE", "RIO DE JANEIRO", "PORT-AU-PRINCE", "SAN'A", "Bad Ems")
    >>> [in_normal_case(name) for name in names]
    ['Santa Fe', 'Rio de Janeiro', 'Port-au-Prince', "San'a", 'Bad Ems']
    """
    if name != name.upper() or name == name.lower() or _KEEP_UPPER.fullmatch(name):
        return name

    def cased(match: re.Match[str]) -> str:
        word = match[0].lower()
        glued = match.start() > 0 and name[match.start() - 1] == "-"
        if match.start() and (word in PARTICLES or (glued and word in {"au", "à", "ye", "sheik"})):
            return word
        return word[0].upper() + word[1:]

    return _WORD.sub(cased, name)


@lru_cache(maxsize=4096)
def _population(folded: str) -> int:
    """Return the population of the place whose casefolded name is *folded*, 0 where it is not in the table.

    The table stays as it lies on the disk, sorted by those names, and is halved: to take it apart into rows
    costs more than a page has to ask of it.
    """
    table = _table()
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.index(b"\n", start)
        name, _, thousands = table[start:end].decode().partition("\t")
        name = name.casefold()
        if name == folded:
            return int(thousands)
        if name < folded:
            low = end + 1
        else:
            high = start
    return 0


@cache
def _table() -> bytes:
    """Return the rows of the places, without the comments before them."""
    table = (files(data) / "places.tsv").read_bytes()
    last_comment = table.rfind(b"\n#")
    return table[table.index(b"\n", last_comment + 1) + 1 :]


@cache
def _regions() -> frozenset[str]:
    names = {name.casefold() for name in rows("regions.txt")}
    return frozenset(names | {name.rstrip(".") for name in names})
