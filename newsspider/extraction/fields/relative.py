"""Relative dates: "2 hours ago", "yesterday", in any of many languages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from newsspider.extraction.fields.context import Context
from newsspider.extraction.fields.date_text import Moment

_MAX_LENGTH = 60
_AGO = re.compile(
    r"\b(?:ago|yesterday|today|just now)\b|\bvor \d|gestern|heute|\bhace \d|\bayer\b|\bhoy\b|il y a"
    r"|\bhier\b|\bfa\b|ieri"
    r"|\bhá \d|ontem|назад|вчера|сегодня|önce|temu|sedan|siden|geleden|yang lalu|前|전\b|पहले|منذ",
    re.IGNORECASE,
)
_CLOCK_UNIT = re.compile(
    r"minut|hour|stund|heure|hora|ora\b|ore\b|час|мин|saat|godz|tim|uur|jam|時間|분|시간", re.IGNORECASE
)


def relative(text: str, context: Context) -> Moment | None:
    """Return the moment that a phrase such as "2 hours ago" means at ``now``."""
    if len(text) > _MAX_LENGTH or not _AGO.search(text):
        return None
    import dateparser  # noqa: PLC0415  # 0.1 s to import; few pages need it

    languages = [context.language.split("-")[0]] if context.language else None
    # a zone in the phrase says nothing of a span before now, and a clock time is not taken from here
    settings = {
        "RELATIVE_BASE": context.now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    try:
        when = dateparser.parse(text, languages=languages, settings=settings)
    except (ValueError, OverflowError, KeyError):
        return None
    if when is None or when > context.now.replace(tzinfo=None) + timedelta(days=1):
        return None
    zoned: datetime = when.replace(tzinfo=context.now.tzinfo, microsecond=0)
    if _CLOCK_UNIT.search(text):
        return Moment(zoned.isoformat(timespec="minutes"), "minute", "stated")
    return Moment(zoned.date().isoformat(), "day", "unknown")
