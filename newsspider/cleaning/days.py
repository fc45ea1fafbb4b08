"""The day in a dateline: read in any language, its year inferred from when the article came out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from newsspider.cleaning.data import rows

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:[.'’׳॰][^\W\d_]+)*")
_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})")
_EAST_ASIAN = re.compile(r"(?:(\d{4})\s*[年년]\s*)?(?:(\d{1,2})\s*[月월]\s*)?(\d{1,2})\s*[日일]")
_FILLERS = frozenset(
    (
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "de",
        "del",
        "of",
        "the",
        "º",
        "ª",
        "г",
        "года",
        "р",
        "року",
        "d",
        "a",
        "den",
        "le",
        "il",
        "el",
    )
)
_WEEKDAY, _MONTHS = 0, range(1, 13)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day of which the month or the year may be left unsaid."""

    day: int
    month: int | None
    year: int | None


def parse_day(text: str) -> Day | None:
    """Return the day that *text* states, if it states a day and nothing else.

    >>> parse_day("Dec. 5"), parse_day("29th April, 2020")
    (Day(day=5, month=12, year=None), Day(day=29, month=4, year=2020))
    >>> parse_day("２６日"), parse_day("22 января"), parse_day("May it rain")
    (Day(day=26, month=None, year=None), Day(day=22, month=1, year=None), None)
    """
    text = text.strip(" .,")
    if not text or len(text) > 40:
        return None
    match = _EAST_ASIAN.fullmatch(text)
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        return _checked(day, month, year)
    match = _NUMERIC.fullmatch(text)
    if match:
        return _numeric(match)
    return _spelled(_TOKEN.findall(text.casefold()))


def resolve(day: Day, near: date | None) -> date | None:
    """Return the calendar date of *day*: what it leaves unsaid is chosen so that it comes closest to *near*.

    >>> resolve(Day(30, 12, None), date(2025, 1, 2)), resolve(Day(4, 5, None), None)
    (datetime.date(2024, 12, 30), None)
    """
    if day.year and day.month:
        return _date(day.year, day.month, day.day)
    if near is None:
        return None
    years = (day.year,) if day.year else (near.year - 1, near.year, near.year + 1)
    months = (day.month,) if day.month else _MONTHS
    dates = [_date(year, month, day.day) for year in years for month in months]
    return min((one for one in dates if one), key=lambda one: abs((one - near).days), default=None)


def is_calendar_word(word: str) -> bool:
    """Tell whether the casefolded *word* names a month or a day of the week.

    >>> is_calendar_word("avril"), is_calendar_word("rain")
    (True, False)
    """
    return word in _calendar()


def _numeric(match: re.Match[str]) -> Day | None:
    first, second, last = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return _checked(last, second, first)
    year = last if last > 99 else 2000 + last
    if len(match[1]) > 2 or len(match[4]) == 3:
        return None
    # only the United States put the month first, and they write it with slashes
    if match[2] == "/" and first <= 12 < second:
        first, second = second, first
    return _checked(first, second, year)


def _spelled(tokens: list[str]) -> Day | None:
    calendar = _calendar()
    numbers: list[int] = []
    months: list[int] = []
    for token in tokens:
        if token.isdecimal():
            numbers.append(int(token))
            continue
        number = calendar.get(token)
        if number is None:
            if token not in _FILLERS:
                return None
        elif number != _WEEKDAY:
            months.append(number)
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        return None
    if len(numbers) == 1:
        return _checked(numbers[0], months[0], None)
    small, large = sorted(numbers)
    return _checked(small, months[0], large)


def _checked(day: int | None, month: int | None, year: int | None) -> Day | None:
    if day is None or not 1 <= day <= 31 or (month is not None and not 1 <= month <= 12):
        return None
    if year is not None and not 1900 <= year <= 2100:
        return None
    return Day(day, month, year)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _calendar() -> dict[str, int]:
    table = (row.split("\t") for row in rows("calendar.tsv"))
    return {name: int(number) for number, names in table for name in names.split("|")}
