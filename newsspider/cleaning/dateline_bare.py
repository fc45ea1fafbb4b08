"""Datelines that nothing parts from the story: the dash was an image, or the site writes none."""

from __future__ import annotations

import re

from newsspider.cleaning.agencies import standard_name
from newsspider.cleaning.dateline_reading import Reading
from newsspider.cleaning.places import in_normal_case, is_region, population
from newsspider.items import Place

_LARGE = 100  # thousand people
_OUTLET = re.compile(r"[\w-]+\.(?:com|net|org|id|co\.id|vn)", re.IGNORECASE)
_CAPITALS = re.compile(r"(?P<place>[A-Z][A-Z.'’]*[A-Z](?:[ -][A-Z][A-Z.'’]*)*)(?P<comma>,)? (?=[\"“A-Z])")
# what a sentence begins with and a name does not: "PARIS Hilton" is a person, "BOSTON A bus" is not
_OPENING = re.compile(
    r"(?:A|An|The|In|On|At|For|From|After|Before|Under|With|When|While|As|It|There|This|These|He|She|They|One|"
    r"Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|More|Some|Most|Many|Several) "
)
_REGION_WORDS = 3


def read_bare(text: str) -> Reading | None:
    """Return the dateline at the start of *text* where no dash, colon or bracket follows it.

    A place in capitals needs its region, or the beginning of a sentence after it.

    >>> read_bare("NEW HAVEN, Conn. A woman was hurt").places
    (Place(name='New Haven', within='Conn.'),)
    >>> read_bare("BOSTON A bus hit a bridge").end
    7
    >>> read_bare("PARIS Hilton has a song"), read_bare("NATO, Russia Agree on a Date")
    (None, None)
    """
    return _outlet_first(text) or _in_capitals(text)


def is_outlet(text: str) -> bool:
    """Tell whether *text* is a news site's name as datelines write it.

    >>> is_outlet("Liputan6.com"), is_outlet("N.H.")
    (True, False)
    """
    return bool(_OUTLET.fullmatch(text))


def _outlet_first(text: str) -> Reading | None:
    # "Liputan6.com, Jakarta Menteri ...": outlet, comma and known place leave no doubt
    outlet, comma, rest = text[:60].partition(", ")
    agency = standard_name(outlet) if comma and is_outlet(outlet) else None
    words = rest.split(" ")
    for count in range(min(_REGION_WORDS, len(words) - 1), 0, -1):
        name = " ".join(words[:count])
        if agency and population(name) >= _LARGE:
            end = len(outlet) + 2 + len(name) + 1
            return Reading(0, end, (Place(name=in_normal_case(name)),), None, agency, certain=True)
    return None


def _in_capitals(text: str) -> Reading | None:
    match = _CAPITALS.match(text)
    if match is None:
        return None
    name = match["place"]
    if match["comma"]:
        return _with_region(text, match.end(), name)
    if population(name) < _LARGE or not _OPENING.match(text, match.end()):
        return None
    return Reading(0, match.end(), (Place(name=in_normal_case(name)),), None, None, certain=False)


def _with_region(text: str, at: int, name: str) -> Reading | None:
    words = text[at : at + 60].split(" ")
    for count in range(min(_REGION_WORDS, len(words) - 1), 0, -1):
        region = " ".join(words[:count])
        # an abbreviation is a region and nothing else; "NATO, Russia" and "INDIA, China" are two of a kind
        known = is_region(region) and (region.endswith(".") or (population(name) and not is_region(name)))
        after = words[count][:2].lstrip("\"“‘'")
        if known and after[:1].isupper():
            place = Place(name=in_normal_case(name), within=region)
            return Reading(0, at + len(region) + 1, (place,), None, None, certain=False)
    return None
