"""The types of values in tables: each checks its text and says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, PlainValidator

from newsspider.tables.cron import read_cron

_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+")
_DURATION = re.compile(r"(\d+)([smhd])")
_SPACE = re.compile(r"\s")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _pattern(value: object) -> re.Pattern[str]:
    if not isinstance(value, str):
        raise ValueError("must be a regular expression, as text")
    try:
        return re.compile(value)
    except re.error as error:
        raise ValueError(f"bad regular expression {value!r}: {error}") from error


def _matching(pattern: re.Pattern[str], want: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise ValueError(f"{value!r} is not {want}")
        return value

    return check


def domain_of(text: str) -> str:
    """Return a domain as URLs have it: in lower case, letters beyond ASCII encoded.

    >>> domain_of("Example.com"), domain_of("b\u00fccher.example")
    ('example.com', 'xn--bcher-kva.example')
    """
    try:
        return text.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return text.lower()


def web_address(value: str) -> str:
    """Return *value*, which a crawl can ask for; raises ValueError for what it can't.

    >>> web_address("http://paper.example:99999/")
    Traceback (most recent call last):
    ...
    ValueError: 'http://paper.example:99999/' is no web address; one starts with https:// and a host
    """
    try:
        parts = urlsplit(value)
        # a port is read when it is asked for
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        good = good and not _SPACE.search(parts.netloc) and bool(value.encode())
    except ValueError:
        good = False
    if not good:
        raise ValueError(f"{value!r} is no web address; one starts with https:// and a host")
    return value


def _zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ValueError, OSError, LookupError) as error:
        raise ValueError(f"{value!r} is not an IANA time zone, such as 'Europe/London'") from error


def _duration(value: object) -> timedelta:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise ValueError(f"{value!r} is not a duration, such as '15m', '6h' or '7d'")
    try:
        return timedelta(**{_UNITS[match[2]]: int(match[1])})
    except OverflowError as error:
        raise ValueError(f"{value!r} is too long") from error


def _period(value: object) -> timedelta:
    period = _duration(value)
    if not period:
        raise ValueError(f"{value!r} is no time at all")
    return period


def _cron(value: str) -> str:
    read_cron(value)
    return value


Regex = Annotated[re.Pattern[str], PlainValidator(_pattern)]
Duration = Annotated[timedelta, PlainValidator(_duration)]
Period = Annotated[timedelta, PlainValidator(_period)]
Url = Annotated[str, AfterValidator(web_address)]
Zone = Annotated[str, AfterValidator(_zone)]
Domain = Annotated[
    str, AfterValidator(_matching(_DOMAIN, "a bare domain, such as 'example.com'")), AfterValidator(domain_of)
]
Language = Annotated[str, AfterValidator(_matching(_LANGUAGE, "a language tag, such as 'en' or 'pt-BR'"))]
Cron = Annotated[str, AfterValidator(_cron)]
