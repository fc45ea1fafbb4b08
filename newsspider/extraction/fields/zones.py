"""Time zones as news pages name them: offsets, abbreviations, IANA names."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# minutes east of UTC; abbreviations as in the IANA tz database and in the press of each country
_FIXED = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120,
    "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "МСК": 180, "TRT": 180, "GST": 240, "PKT": 300, "IST": 330,
    "NPT": 345,
    "WIB": 420, "ICT": 420,
    "WITA": 480, "WIT": 540, "HKT": 480, "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480,
    "JST": 540,
    "KST": 540, "ACST": 570, "AEST": 600, "ACDT": 630, "AEDT": 660, "NZST": 720, "NZDT": 780, "SAST": 120,
    "CAT": 120, "WAT": 60, "EAT": 180, "NST": -210, "NDT": -150, "AST": -240, "ADT": -180, "EST": -300,
    "EDT": -240,
    "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480,
    "HST": -600, "BRT": -180, "ART": -180, "CLT": -240, "CLST": -180, "COT": -300, "PET": -300, "VET": -240,
}  # fmt: skip
# one name for summer and winter: the date decides
_SEASONAL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "ΩΡΑ ΕΛΛΑΔΑΣ": "Europe/Athens",
}
# what an abbreviation means where the page is in this language, or for readers of this region
_LOCAL = {
    ("IST", "he"): "Asia/Jerusalem",
    ("IST", "en-IE"): "Europe/Dublin",
    ("IST", "ga"): "Europe/Dublin",
    ("CST", "zh"): "Asia/Shanghai",
    ("BST", "bn"): "Asia/Dhaka",
    ("BST", "en-BD"): "Asia/Dhaka",
    ("AST", "ar"): "Asia/Riyadh",
    ("PST", "en-PH"): "Asia/Manila",
    ("PST", "fil"): "Asia/Manila",
    ("PST", "en-PK"): "Asia/Karachi",
    ("PST", "ur"): "Asia/Karachi",
    ("GST", "en-GS"): "Atlantic/South_Georgia",
}
_NAMES = "|".join(sorted((*_FIXED, *_SEASONAL), key=len, reverse=True))
ZONE = re.compile(
    rf"\s{{0,2}}[\(\[]?(?:(?P<name>{_NAMES})(?![A-Za-zА-я]))?\s?"
    r"(?P<offset>[+\-−](?:\d{4,5}|\d{1,2}:?\d{0,2})(?!\d))?"
)
"""Matches a zone right after a time; may match nothing."""

_DAY = 24 * 60


def zone_of(match: re.Match[str], language: str | None) -> tzinfo | None:
    """Return the zone that a match of :data:`ZONE` names, or None; a number beats a name.

    >>> zone_of(ZONE.match(" GMT+0530"), None)
    datetime.timezone(datetime.timedelta(seconds=19800))
    """
    if match["offset"]:
        return _numeric(match["offset"])
    return _named(match["name"], language) if match["name"] else None


def localize(moment: datetime, zone: str | None) -> datetime | None:
    """Return *moment*, a wall clock time, in the zone of this IANA name; None where there is no such zone."""
    if not zone:
        return None
    try:
        local = moment.replace(tzinfo=ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        return None
    offset = local.utcoffset()
    return local.replace(tzinfo=timezone(offset)) if offset is not None else None


def _numeric(text: str) -> tzinfo | None:
    sign = 1 if text[0] == "+" else -1
    digits = text[1:]
    if ":" in digits:
        hours, _, minutes = digits.partition(":")
        total = int(hours) * 60 + int(minutes or 0)
    elif len(digits) == 5:  # seconds, as one Brazilian publisher writes them: -10800
        total = int(digits) // 60
    elif len(digits) >= 3:
        total = int(digits[:-2]) * 60 + int(digits[-2:])
    else:
        total = int(digits) * 60
    return timezone(timedelta(minutes=sign * total)) if total < _DAY * 15 // 24 else None


def _named(name: str, language: str | None) -> tzinfo | None:
    tag = language or ""
    local = _LOCAL.get((name, tag)) or _LOCAL.get((name, tag.split("-")[0]))
    place = local or _SEASONAL.get(name)
    if place:
        return ZoneInfo(place)
    return timezone(timedelta(minutes=_FIXED[name]))
