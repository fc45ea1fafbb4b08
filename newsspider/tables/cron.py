"""Cron expressions: five fields, as in crontab(5), read into the numbers that they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MOST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ITEM = re.compile(r"(?:(?P<all>\*)|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d+))?")


@dataclass(frozen=True, slots=True)
class _Field:
    """What one field may hold."""

    name: str
    least: int
    most: int
    words: tuple[str, ...] = ()
    """Words for the numbers from *least* on."""


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 7, _WEEKDAYS),
)


@dataclass(frozen=True, slots=True)
class CronTimes:
    """When a cron expression comes, number by number."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    """Of the month."""
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    """0 is Sunday."""
    either_day: bool
    """Whether a day of the month *or* of the week is enough: it is where neither field begins with ``*``."""


def read_cron(text: str) -> CronTimes:
    """Return the times that *text* stands for; a ValueError names the field that is wrong.

    >>> read_cron("*/20 6 * * mon-fri").minutes, read_cron("0 6 * * 7").weekdays
    ((0, 20, 40), (0,))
    """
    texts = text.split()
    if len(texts) != len(_FIELDS):
        raise ValueError(
            f"{text!r} is not a cron expression of five fields: minute, hour, day, month, weekday"
        )
    try:
        minutes, hours, days, months, weekdays = map(_numbers, texts, _FIELDS)
    except ValueError as error:
        raise ValueError(f"bad cron expression {text!r}: {error}") from None
    any_day, any_weekday = texts[2].startswith("*"), texts[4].startswith("*")
    if any_weekday and all(days[0] > _MOST_DAYS[month - 1] for month in months):
        raise ValueError(f"bad cron expression {text!r}: no month of it has that day")
    return CronTimes(
        minutes=minutes,
        hours=hours,
        days=days,
        months=months,
        weekdays=tuple(sorted({day % 7 for day in weekdays})),
        either_day=not any_day and not any_weekday,
    )


def _numbers(text: str, field: _Field) -> tuple[int, ...]:
    found: set[int] = set()
    for item in text.lower().split(","):
        match = _ITEM.fullmatch(item)
        if not match:
            raise ValueError(f"the {field.name} {item!r} is none")
        first = field.least if match["all"] else _number(match["first"], field)
        is_range = match["all"] or match["last"]
        if match["step"] and not is_range:
            raise ValueError(f"the {field.name} {item!r} has a step and no range")
        last = _number(match["last"], field) if match["last"] else field.most if match["all"] else first
        step = int(match["step"] or 1)
        if not step or last < first:
            raise ValueError(f"the {field.name} {item!r} never comes")
        found.update(range(first, last + 1, step))
    return tuple(sorted(found))


def _number(text: str, field: _Field) -> int:
    if text in field.words:
        return field.words.index(text) + field.least
    if not text.isascii() or not text.isdigit() or not field.least <= int(text) <= field.most:
        raise ValueError(f"the {field.name} {text!r} is not from {field.least} to {field.most}")
    return int(text)
