"""Calendars of the news beside the Gregorian: Persian months, Thai, Japanese and Taiwanese years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from newsspider.extraction.fields.data import words

_ERAS: Mapping[str | None, int] = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911, None: 0}
_BUDDHIST = 543
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class Month:
    """A month as its name tells it."""

    number: int
    """1 to 12."""
    is_persian: bool = False

    def on(self, year: int, day: int) -> date:
        """Return the Gregorian day of *day* in this month of *year*; ValueError if there is none."""
        if self.is_persian:
            return from_jalali(year, self.number, day)
        if 1300 <= year < 1500:
            raise ValueError("a Persian year with another calendar's month")
        return date(gregorian_year(year + 2000 if year < _CENTURY else year), self.number, day)


def gregorian_year(year: int) -> int:
    """Return the Gregorian year of *year*, which may be counted the Thai way.

    >>> gregorian_year(2567), gregorian_year(2024)
    (2024, 2024)
    """
    return year - _BUDDHIST if 2500 < year < 2600 else year


def year_of_era(era: str | None, year: int) -> int:
    """Return the Gregorian year of the *year* of a Japanese or Taiwanese *era*; of none, the year itself.

    >>> year_of_era("令和", 6), year_of_era("民國", 113), year_of_era(None, 2024)
    (2024, 2024, 2024)
    """
    return _ERAS[era] + year


def han_number(text: str) -> int:
    """Return the number that *text*, a year, month or day in Chinese numerals, means.

    >>> han_number("二〇一四"), han_number("十二"), han_number("二十"), han_number("三")
    (2014, 12, 20, 3)
    """
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(map(_han_digit, text)))
    return 10 * int("".join(map(_han_digit, tens)) or 1) + int("".join(map(_han_digit, ones)) or 0)


def _han_digit(sign: str) -> str:
    return str(max("〇一二三四五六七八九".find(sign), 0))


def persian_month(name: str) -> Month | None:
    """Return the month of the Persian calendar that is called *name*, in Iran or Afghanistan.

    >>> persian_month("خرداد")
    Month(number=3, is_persian=True)
    """
    number = _persian_months().get(name)
    return Month(number, is_persian=True) if number else None


def from_jalali(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a day of the Persian calendar; ValueError if there is none.

    By the 33-year rule, which is right from 1799 to 2256.
    """
    if not (1300 <= year < 1500 and 1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError("no such day")
    year -= 979
    days = 365 * year + year // 33 * 8 + (year % 33 + 3) // 4
    days += 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1
    return date(1600, 3, 20) + timedelta(days=days)


@cache
def _persian_months() -> Mapping[str, int]:
    return {name: int(number) for number, names in words("persian_months.tsv").items() for name in names}
