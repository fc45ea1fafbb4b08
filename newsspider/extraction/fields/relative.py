"""Dates that count from now: "2 hours ago", "yesterday", "3 May, 9:41", in any of many languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache

from newsspider.extraction.fields.context import Context
from newsspider.extraction.fields.data import words
from newsspider.extraction.fields.date_lines import says_published
from newsspider.extraction.fields.date_text import Moment, parse

_MAX_LENGTH = 60
_AGO = re.compile(
    r"\b(?:ago|just now)\b|\bvor \d|\bhace \d|il y a|\bfa\b|\bhá \d|назад|önce|sedan|siden|geleden"
    r"|yang lalu|temu|тому|před \d|\bacum \d|sitten|trước|ที่แล้ว|πριν|前|전\b|पहले|আগে|منذ|پیش|לפני",
    re.IGNORECASE,
)
_CLOCK_UNIT = re.compile(
    r"minut|\bmin|hour|stund|heure|hora|ora\b|ore\b|час|мин|хвилин|годин|saat|dakika|godz|hodin|tim|uur|jam|menit|perc"
    r"|óra|tunti|ώρ|λεπτ|時間|小[时時]|分|시간|giờ|phút|ชั่วโมง|นาที|ساع|دقيق|دقیق|שע[הו]|דקות|घंटे|मिनट|ঘণ্টা|মিনিট",
    re.IGNORECASE,
)
_MONTH = timedelta(days=28)
_MOST_DIGITS = 4
_TODAY_AND_YESTERDAY: Mapping[str, tuple[str, str]] = {
    "en": ("today", "yesterday"), "de": ("heute", "gestern"), "fr": ("aujourd['’]hui", "hier"),
    "es": ("hoy", "ayer"), "ca": ("avui", "ahir"), "it": ("oggi", "ieri"), "pt": ("hoje", "ontem"),
    "ro": ("astăzi|azi", "ieri"), "nl": ("vandaag", "gisteren"), "sv": ("i ?dag", "i ?går"),
    "nb": ("i dag", "i går"), "no": ("i dag", "i går"), "da": ("i dag", "i går"),
    "fi": ("tänään", "eilen"), "et": ("täna", "eile"), "hu": ("ma", "tegnap"),
    "pl": ("dziś|dzisiaj", "wczoraj"), "cs": ("dnes", "včera"), "sk": ("dnes", "včera"),
    "hr": ("danas", "jučer"), "sr": ("данас|danas", "јуче|juče"), "bg": ("днес", "вчера"),
    "ru": ("сегодня", "вчера"), "uk": ("сьогодні", "вчора"), "el": ("σήμερα", "χθες"),
    "tr": ("bugün", "dün"), "ar": ("اليوم", "أمس"), "fa": ("امروز", "دیروز"), "he": ("היום", "אתמול"),
    "hi": ("आज", "कल"), "id": ("hari ini", "kemarin"), "vi": ("hôm nay", "hôm qua"),
    "ja": ("今日|本日", "昨日"), "ko": ("오늘", "어제"), "zh": ("今[天日]", "昨[天日]"),
}  # fmt: skip
_NUMBER = re.compile(r"\d+")
_WEEKDAYS = ("mon月월", "tue火화", "wed水수", "thu木목", "fri金금", "sat土토", "sun日일")
_WEEKDAY = re.compile(
    r"(?:\b|[(（])(mon|tue|wed|thu|fri|sat|sun|[月火水木金土日월화수목금토일](?=[)）]))", re.IGNORECASE
)
_AT_A_TIME = re.compile(r"\W*(?:\D{0,6}\d.*)?")
_CLOCK = re.compile(r"\d\s?[:.h時시点時]")
_DAY_AND_MONTH = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])")
_EAST_ASIAN = frozenset(("ja", "zh", "ko"))


def is_relative(text: str, context: Context) -> bool:
    """Tell whether *text* may be such a phrase."""
    return len(text) <= _MAX_LENGTH and bool(_AGO.search(text) or _days_ago(text, context) is not None)


def relative(text: str, context: Context) -> Moment | None:
    """Return the moment that a phrase such as "2 hours ago" or "yesterday" means at ``now``.

    One that counts in months or years tells no day.
    """
    if len(text) > _MAX_LENGTH:
        return None
    days = _days_ago(text, context)
    if days is not None:
        # a clock time is not taken from here: it is the site's, and of now only the zone is known
        return Moment((context.now - timedelta(days=days)).date().isoformat(), "day", "unknown")
    return _counted_back(text, context)


def in_last_year(text: str, context: Context) -> Moment | None:
    """Return the last moment before ``now`` that *text*, a weekday, a day and a clock time, may mean.

    The weekday tells whether it is one of the last twelve months at all.

    >>> from datetime import UTC
    >>> context = Context(datetime(2026, 1, 1, tzinfo=UTC))
    >>> in_last_year("Thu, Sep 11, 7:40 PM", context), in_last_year("Sun, Sep 11, 7:40 PM", context)
    (Moment(iso='2025-09-11T19:40', precision='minute', zone='unknown'), None)
    """
    weekday = _WEEKDAY.search(text)
    if weekday is None:
        return None
    for year in (context.now.year, context.now.year - 1):
        moment = without_year(text, year, context)
        if moment is not None:
            named = next(at for at, names in enumerate(_WEEKDAYS) if weekday[1].casefold() in names)
            return moment if moment.as_datetime().weekday() == named else None
    return None


def without_year(text: str, year: int, context: Context) -> Moment | None:
    """Return the moment that *text*, a day and a clock time without a year, means in *year*.

    >>> from datetime import UTC
    >>> without_year("5月3日 9時41分", 2024, Context(datetime(2026, 1, 1, tzinfo=UTC), language="ja"))
    Moment(iso='2024-05-03T09:41', precision='minute', zone='unknown')
    """
    if len(text) > _MAX_LENGTH or not _CLOCK.search(text):
        return None
    if "月" in text or "월" in text:
        return parse(f"{year}年{text}", context)
    if _language(context) in _EAST_ASIAN:
        day = _DAY_AND_MONTH.search(text)
        return parse(f"{year}/{text[day.start() :]}", context) if day else None
    return parse(f"{text} {year}", context)


def _counted_back(text: str, context: Context) -> Moment | None:
    """Return the moment that a phrase in *text* counts back to from now: "57 mins ago", "vor 2 Stunden"."""
    ago = _AGO.search(text)
    if ago is None:
        return None
    number = _NUMBER.search(text)
    if number is None:
        return _ago(_parsed(text, context), text, context)
    is_before = number.end() <= ago.start()
    phrase = text[number.start() : ago.end()] if is_before else text[ago.start() :]
    # the same is what dateparser gives, which takes 0.2 s to get ready
    unit = text[number.end() : ago.start() if is_before else None].strip(" .").casefold()
    minutes = _minutes().get(unit)
    if minutes is None:
        return _ago(_parsed(phrase, context), phrase, context)
    back = timedelta(minutes=minutes * int(number[0][:_MOST_DIGITS]))
    return _ago(context.now.replace(tzinfo=None) - back, phrase, context)


@cache
def _minutes() -> Mapping[str, int]:
    """Return how many minutes a unit has, by its words in any language."""
    return {word: int(minutes) for minutes, members in words("time_units.tsv").items() for word in members}


def _days_ago(text: str, context: Context) -> int | None:
    pattern = _day_words(_language(context))
    match = pattern.search(text) if pattern else None
    if match is None or not _AT_A_TIME.fullmatch(text, match.end()):
        return None
    # "By our man at Utah Today" is no date
    label = text[: match.start()].strip(" :,-–—|")
    is_label = not label or (says_published(label) and len(label.split()) <= 2)
    return (0 if match["today"] else 1) if is_label else None


@cache
def _day_words(language: str) -> re.Pattern[str] | None:
    names = _TODAY_AND_YESTERDAY.get(language)
    if names is None:
        return None
    return re.compile(
        rf"(?<![^\W\d_])(?:(?P<today>{names[0]})|(?P<yesterday>{names[1]}))(?![^\W\d_])", re.IGNORECASE
    )


def _language(context: Context) -> str:
    return (context.language or "en").split("-")[0]


def _parsed(phrase: str, context: Context) -> datetime | None:
    import dateparser  # noqa: PLC0415 - see above

    languages = [_language(context)] if context.language else None
    # a zone in the phrase says nothing of a span before now
    settings = {
        "RELATIVE_BASE": context.now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    try:
        return dateparser.parse(phrase, languages=languages, settings=settings)
    except (ValueError, OverflowError, KeyError):
        return None


def _ago(when: datetime | None, phrase: str, context: Context) -> Moment | None:
    """Return *when*, which *phrase* means, as exactly as it counts; None where it is too long ago."""
    now = context.now.replace(tzinfo=None)
    if when is None or not now - _MONTH < when <= now + timedelta(days=1):
        return None
    zoned: datetime = when.replace(tzinfo=context.now.tzinfo, microsecond=0)
    if _CLOCK_UNIT.search(phrase):
        return Moment(zoned.isoformat(timespec="minutes"), "minute", "stated")
    return Moment(zoned.date().isoformat(), "day", "unknown")
