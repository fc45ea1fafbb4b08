"""News agencies: every spelling that datelines and credits use, under one standard name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsspider.cleaning.data import rows

# call signs of broadcasters in North America: no list could keep up with them
_CALL_SIGN = re.compile(
    r"(?:[KW][A-Z]{2,3}|C[A-Z]{3})(?:-(?:TV|DT|FM|AM|LD))?(?:/(?:AP|CNN|CNN Newsource|Gray News))?"
)
_PARTS = re.compile(r"\s*/\s*|\s+(?:and|und|et|y|e|via)\s+|\s*=\s*|\s+-\s+")


def standard_name(text: str) -> str | None:
    """Return the standard name of the agency that *text* names; None where it names none.

    Where several are named, the first one that is known.

    >>> [standard_name(text) for text in ("REUTERS", "dpa/lno", "CNN and AP", "ロイター", "Kayak")]
    ['Reuters', 'dpa', 'CNN', 'Reuters', None]
    """
    text = text.strip(" .,:")
    names = agencies()
    found = names.get(text.casefold())
    if found:
        return found
    for part in _PARTS.split(text):
        found = names.get(part.strip(" .,").casefold())
        if found:
            return found
    return None


def is_call_sign(text: str) -> bool:
    """Tell whether *text* has the form of a North American broadcaster's call sign.

    >>> is_call_sign("KTRK"), is_call_sign("WABC/AP"), is_call_sign("NASA")
    (True, True, False)
    """
    return bool(_CALL_SIGN.fullmatch(text))


@cache
def agencies() -> dict[str, str]:
    """Return casefolded spelling → standard name."""
    return {spelling.casefold(): name for spelling, name in spellings()}


def spellings() -> Iterator[tuple[str, str]]:
    """Yield every spelling of an agency, and the agency's standard name."""
    for row in rows("agencies.tsv"):
        name, _, others = row.partition("\t")
        yield from ((spelling.strip(), name) for spelling in (name, *others.split("|")) if spelling.strip())
