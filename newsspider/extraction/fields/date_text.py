"""From the text of a date, as metadata and bylines have it, to a moment.

No zone is invented: a moment has one where the text names it, or where the site's own is known.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from newsspider.cleaning.data import rows
from newsspider.extraction.fields.calendars import (
    Month,
    from_jalali,
    gregorian_year,
    han_number,
    persian_month,
    year_of_era,
)
from newsspider.extraction.fields.context import Context
from newsspider.extraction.fields.zones import ZONE, localize, zone_of
from newsspider.items import Precision, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAX_LENGTH = 160
# "HealthDECEMBER 22, 2022Updated"
_GLUED = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ]{2})|(?<=\d{4})(?=[A-ZÀ-Þ][a-zß-ÿ]{2})")
_OFFSET_INSIDE = re.compile(r"\A(\d{4}-\d\d-\d\d)[+-]\d\d(?=\d\d:\d\d)")
_DIGITS = re.compile(r"\A((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\Z")
_EPOCH = re.compile(r"(?:/Date\()?(\d{10})(?:\d{3})?(?:\.0)?(?:\)/)?\Z")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})(?:([-/. |])(\d{1,2})\2\s?(\d{1,2})|(\d\d)(\d\d)(?=T|\Z))(?!\d{5})")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?![\d:])")
_HAN = re.compile(
    r"(?:(?P<era>令和|平成|民國|民国)\s?)?(\d{1,4}|元)\s?[年년]\s?(?:\([^()]{2,9}\))?\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?"
)
_HAN_NUMBERS = re.compile(r"[〇○零一二三四五六七八九十]{1,4}(?=[年月日])")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s?tháng\s?(\d{1,2}),?\s?(?:năm\s?)?(\d{4})", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:(?P<lead>午前|午後|오전|오후|上午|下午|凌晨|晚上)\s?)?(?<![\d:])(?P<hour>\d{1,2})\s?(?:[:h時시点點]|\.(?=\d\d(?!\.?\d)))\s?(?P<minute>\d{2}|\d(?=[分분]))"
    r"(?:\s?[:分분m]\s?(?P<second>\d{1,2})(?:[.,:](?P<fraction>\d+))?)?(?:\s?(?P<half>[AaPp]\.?\s?[Mm]\b\.?|[ap](?=\W|\Z)|[صم](?!\w)|[πμ]\.?\s?μ\b\.?|এএম|পিএম|(?:SA|CH|pagi|petang|malam)\b))?"
)
# "0941 GMT", "2130 hrs"
_FOUR_DIGITS = re.compile(
    r"(?<![\d:])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?=(?:GMT|UTC|BST|hrs|hours)\b)"
)
_HOUR_ONLY = re.compile(r"(?<![\d:])(?P<hour>1[0-2]|[1-9])\s?(?P<half>[AaPp]\.?[Mm]\b\.?)")
_BEFORE_ZONE = re.compile(r"\s?(?:hrs?|hours|Uhr)?[\s,]*", re.IGNORECASE)
_COMPACT_CLOCK = re.compile(r"T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)(?!\d)")
# not \w: vowel signs of Indic scripts and Thai are no letters
_WORD = re.compile(r"[^\s\d_.,;:|/()\[\]–—-]+(?:\.[^\W\d_]\.)?")
_DAY_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)(?:st|nd|rd|th|er|º|ª|\.)?")
_YEAR = re.compile(r"(?<!\d)((?:13|14|19|20|25)\d\d|[''’]\d\d)(?!\d)")
# "03-May-14", and Thai "3 พ.ค. 57"
_SHORT_YEAR = re.compile(r"(?:[^\W\d_][-/]|[\u0e00-\u0e7f]\.?\s)(\d\d)(?![\d:.])")
_AFTERNOON = re.compile(r"[Pp](?:\.?\s?[Mm]|\Z)|[μم]|午後|오후|下午|晚上|পিএম|CH|malam|petang")
# a twelve-hour clock in an American zone: "03.12.09, 06:00 PM EDT"
_AMERICAN = re.compile(r"\d\s?[ap]\.?m\.?\s\(?[ECMP][SD]?T\b", re.IGNORECASE)
# countries with news in English, by those domains that are not used for other things
_ENGLISH_COUNTRIES = {
    "ae", "au", "bd", "bw", "cy", "fj", "gh", "gi", "hk", "ie", "in", "ke", "lk", "mt", "mw", "my", "na",
    "ng", "nz", "ph", "pk", "rw", "sg", "tt", "tz", "ug", "uk", "za", "zm", "zw",
}  # fmt: skip
_MONTH_FIRST_REGIONS = {"en-US", "en-PH", "en-CA"}
# English abbreviations that are other months or days elsewhere
_PREFERRED = {
    "mar": 3,
    "may": 5,
    "jan": 1,
    "jun": 6,
    "jul": 7,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
    "feb": 2,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or an instant, with as much as is known of it."""

    iso: str
    """ISO 8601: a day, or a time without or with an offset."""
    precision: Precision
    """What the text states."""
    zone: Zone
    """Where the offset comes from; ``unknown`` where there is none."""

    def as_datetime(self) -> datetime:
        """Return the moment; without a zone where it has none."""
        return datetime.fromisoformat(self.iso)


def parse(text: str, context: Context) -> Moment | None:
    """Return the moment that *text* states, or None: no date in it, or one beyond ``now`` and a day.

    >>> context = Context(datetime(2024, 1, 1, tzinfo=UTC))
    >>> parse("Fri Apr 28 19:20:36 CEST 2023", context)
    Moment(iso='2023-04-28T19:20:36+02:00', precision='second', zone='stated')
    >>> parse("2018-04-18", context)
    Moment(iso='2018-04-18', precision='day', zone='unknown')
    >>> parse("yesterday, maybe", context)
    """
    text = _plain(text)
    if not text or len(text) > _MAX_LENGTH:
        return None
    moment = _from_iso(text) or _from_parts(text, context)
    if moment is None:
        return None
    moment = _placed(moment, context)
    return moment if _is_credible(moment, context.now) else None


def _plain(text: str) -> str:
    text = html.unescape(html.unescape(text)).strip()
    if not text.isascii():
        text = "".join(
            str(unicodedata.decimal(c)) if c.isdecimal() else c for c in unicodedata.normalize("NFKC", text)
        )
        text = re.sub("[\u200e\u200f\u061c\u202a-\u202e]", "", text).replace("،", ",")
        text = _HAN_NUMBERS.sub(lambda match: str(han_number(match[0])), text)
    text = _GLUED.sub(" ", text)
    # one publishing system prints the offset's hours between day and time: 2022-05-04-0305:49:00-10800
    return _DIGITS.sub(r"\1-\2-\3 \4:\5:\6", _OFFSET_INSIDE.sub(r"\1 ", text))


def _from_iso(text: str) -> Moment | None:
    if len(text) < 16 or text[4] != "-":
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    has_seconds = text.count(":", 0, 19) >= 2
    return _moment(moment, "second" if has_seconds else "minute")


def _from_parts(text: str, context: Context) -> Moment | None:
    epoch = _EPOCH.match(text)
    if epoch:
        return _moment(datetime.fromtimestamp(int(epoch[1]), UTC), "second")
    locale = _locale(context)
    found = _day(text, locale)
    if found is None:
        return None
    day, rest = found
    clock = _clock(rest)
    if clock is None:
        return Moment(day.isoformat(), "day", "unknown")
    hour, minute, second, end = clock
    try:
        # 24:00 is how some write the end of a day
        day, hour = (day + timedelta(days=1), 0) if hour == 24 else (day, hour)
        moment = datetime(day.year, day.month, day.day, hour, minute, second or 0)
        zone = _zone(rest, end, locale)
    except (ValueError, OverflowError):
        return Moment(day.isoformat(), "day", "unknown")
    return _moment(moment.replace(tzinfo=zone), "minute" if second is None else "second")


def _locale(context: Context) -> str | None:
    """Return the language tag by which numbers and abbreviations are read.

    A country's domain says more of its readers than ``lang="en-US"``, with which themes ship.
    """
    language = context.language
    if context.country not in _ENGLISH_COUNTRIES or (language or "en").partition("-")[0] != "en":
        return language
    return f"en-{context.country.upper()}"


def _moment(moment: datetime, precision: Precision) -> Moment:
    moment = moment.replace(microsecond=0)
    timespec = "seconds" if precision == "second" or moment.second else "minutes"
    return Moment(moment.isoformat(timespec=timespec), precision, "stated" if moment.tzinfo else "unknown")


def _placed(moment: Moment, context: Context) -> Moment:
    """Give a wall clock time the site's zone."""
    if moment.zone != "unknown" or moment.precision == "day":
        return moment
    local = localize(moment.as_datetime(), context.timezone)
    if local is None:
        return moment
    return replace(_moment(local, moment.precision), zone="site")


def _is_credible(moment: Moment, now: datetime) -> bool:
    when = moment.as_datetime()
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    # before the first news site there was no news page
    return when.year >= 1990 and when <= now + timedelta(days=1)


def _day(text: str, language: str | None) -> tuple[date, str] | None:
    """Return the day that *text* names and the text without it."""
    for pattern, order in _ORDERS:
        match = pattern.search(text)
        if match:
            try:
                return order(match, text, language), text[: match.start()] + " " + text[match.end() :]
            except ValueError:
                continue
    return _day_in_words(text)


def _han(match: re.Match[str], text: str, language: str | None) -> date:
    year = 1 if match[2] == "元" else int(match[2])
    return date(year_of_era(match["era"], year), int(match[3]), int(match[4]))


def _year_first(match: re.Match[str], text: str, language: str | None) -> date:
    year, month, day = int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])
    return from_jalali(year, month, day) if 1300 < year < 1500 else date(gregorian_year(year), month, day)


def _year_last(match: re.Match[str], text: str, language: str | None) -> date:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    year = gregorian_year(year)
    if first > 12 or (second <= 12 and not _is_month_first(match[2], text, language)):
        return date(year, second, first)
    return date(year, first, second)


def _vietnamese(match: re.Match[str], text: str, language: str | None) -> date:
    return date(int(match[3]), int(match[2]), int(match[1]))


def _is_month_first(separator: str, text: str, language: str | None) -> bool:
    if _AMERICAN.search(text):
        return True
    if separator == ".":
        return False
    if language is None or language == "en":
        # the twelve-hour clock goes with the American order, and the hyphen with the European
        return separator == "/" or bool(re.search(r"[AaPp]\.?[Mm]", text))
    return language in _MONTH_FIRST_REGIONS


_ORDERS = (
    (_HAN, _han),
    (_YEAR_FIRST, _year_first),
    (_YEAR_LAST, _year_last),
    (_VIETNAMESE, _vietnamese),
)
"""How days in numbers are written, and how to read each; days in words are tried after them."""


def _day_in_words(text: str) -> tuple[date, str] | None:
    years = [*_YEAR.finditer(text)] or [*_SHORT_YEAR.finditer(text)]
    months = list(_months_in(text)) if years else []
    for at, (start, end, month) in enumerate(months):
        # of "3 May 2024, updated 5 June 2025" each month has its own year
        year = min(years, key=lambda match: max(match.start(1) - end, start - match.end(1)))
        following = months[at + 1] if at + 1 < len(months) else None
        if following and following[0] < year.start(1) and following[2] != month:
            # "mar. 3 mai 2016": a weekday that is called like a month elsewhere
            continue
        day = _number_beside(text, (start, end), year.span(1))
        if day is None:
            continue
        try:
            found = month.on(_year(year[1], text[start]), int(day[1]))
        except ValueError:
            continue
        for first, last in sorted(((start, end), year.span(1), day.span()), reverse=True):
            text = f"{text[:first]} {text[last:]}"
        return found, text
    return None


def _months_in(text: str) -> Iterator[tuple[int, int, Month]]:
    """Yield the names of months in *text*, of one word or two, each with its start and end."""
    words = list(_WORD.finditer(text))
    for word, following in zip_longest(words, words[1:]):
        month, end = _month(word[0]), word.end()
        if month is None and following and not word[0].isascii():
            month, end = _month(text[word.start() : following.end()]), following.end()
        if month is not None:
            yield word.start(), end, month


def _year(digits: str, script: str) -> int:
    """Return the year that *digits* mean beside a month's name in a *script*: two in Thai count from 2500."""
    year = int(re.sub(r"\D", "", digits))
    return year + 2500 if year < 100 and "\u0e00" <= script <= "\u0e7f" else year


def _number_beside(text: str, word: tuple[int, int], year: tuple[int, int]) -> re.Match[str] | None:
    """Return the day's number next to the month: after it in English, before it in most languages."""
    best: tuple[int, re.Match[str]] | None = None
    for match in _DAY_NUMBER.finditer(text):
        start, end = match.span(1)
        if year[0] <= start < year[1] or text[end : end + 1] == ":" or text[start - 1 : start] == ":":
            continue
        gap = word[0] - end if end <= word[0] else start - word[1]
        if 0 <= gap <= 6 and (best is None or gap < best[0]):
            best = (gap, match)
    return best[1] if best else None


def _month(word: str) -> Month | None:
    key = _month_key(word)
    number = _months().get(key) or _months().get(key.removeprefix("ב"))
    return Month(number) if number else persian_month(key)


@cache
def _months() -> Mapping[str, int]:
    """Return the numbers of the months by name, for names that mean one month only in all languages known."""
    meanings: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows("calendar.tsv"):
        number, names = row.split("\t")[:2]
        if number.isdigit() and number != "0":
            for name in names.split("|"):
                meanings[_month_key(name)].add(int(number))
    found = {name: min(numbers) for name, numbers in meanings.items() if len(numbers) == 1}
    return found | _PREFERRED


def _month_key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().rstrip(".")


def _clock(text: str) -> tuple[int, int, int | None, int] | None:
    """Return hour, minute, second where stated, and where the clock time ends in *text*."""
    patterns = (_COMPACT_CLOCK, _CLOCK, _FOUR_DIGITS, _HOUR_ONLY)
    match = next(filter(None, (pattern.search(text) for pattern in patterns)), None)
    if match is None:
        return None
    groups = match.groupdict()
    hour, minute = int(groups["hour"]), int(groups.get("minute") or 0)
    second = int(groups["second"]) if groups.get("second") else None
    half = (groups.get("half") or groups.get("lead") or "").strip()
    if _AFTERNOON.match(half):
        hour += 12 if hour < 12 else 0
    elif half and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (second or 0) > 59:
        return None
    return hour, minute, second, match.end()


def _zone(text: str, at: int, language: str | None) -> tzinfo | None:
    behind = _BEFORE_ZONE.match(text, at)
    match = ZONE.match(text, behind.end() if behind else at)
    zone = zone_of(match, language) if match else None
    if zone is None:
        # "CET11:59:00+0100" has it after, "(GMT) 11:59" before the clock
        before = re.search(r"\b(UTC|GMT|CES?T|MES?Z)\s?\Z", re.split(r"\d{1,2}[:h]\d\d", text)[0])
        named = ZONE.match(before[1]) if before else None
        zone = zone_of(named, language) if named else None
    return zone
