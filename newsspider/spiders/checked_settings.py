"""The settings that a run reads: wrong ones told in one line before it starts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from scrapy.settings import BaseSettings

from newsspider.errors import ArgumentError
from newsspider.extraction.page_type import PageType
from newsspider.tables.file import nearest

if TYPE_CHECKING:
    from collections.abc import Collection

_Read: TypeAlias = Callable[[BaseSettings, str], float]

_WHOLE = (
    "CLOSESPIDER_ERRORCOUNT",
    "CLOSESPIDER_ITEMCOUNT",
    "CLOSESPIDER_PAGECOUNT",
    "CONCURRENT_ITEMS",
    "CONCURRENT_REQUESTS",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "DOWNLOAD_MAXSIZE",
    "MEMUSAGE_LIMIT_MB",
    "NEWSSPIDER_BARREN_LISTS",
    "NEWSSPIDER_DEAD_HOST_AFTER",
    "NEWSSPIDER_RENDER_CONCURRENCY",
    "NEWSSPIDER_RENDER_PAGES_PER_BROWSER",
    "REDIRECT_MAX_TIMES",
    "RETRY_TIMES",
)
_SECONDS = (
    "CLOSESPIDER_TIMEOUT",
    "DOWNLOAD_DELAY",
    "DOWNLOAD_TIMEOUT",
    "NEWSSPIDER_CRAWL_DELAY_MAX",
    "NEWSSPIDER_RETRY_AFTER_MAX",
    "NEWSSPIDER_ROBOTS_TIMEOUT",
)
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_FLAGS = ("NEWSSPIDER_PROGRESS", "NEWSSPIDER_VERDICT", "ROBOTSTXT_OBEY")
_NUMBERS: tuple[tuple[Collection[str], _Read, str], ...] = (
    (_WHOLE, BaseSettings.getint, "no whole number of 0 or more"),
    (_SECONDS, BaseSettings.getfloat, "no number of seconds, 0 or more"),
    (_FLAGS, BaseSettings.getbool, "neither True nor False"),
)
_WORDS: Mapping[str, Collection[str]] = {
    "NEWSSPIDER_NEAR_DUPLICATES": ("mark", "drop", "off"),
    "NEWSSPIDER_PAGE_TYPES": tuple(kind.value for kind in PageType),
    "NEWSSPIDER_ROBOTS_UNREACHABLE": ("disallow", "allow"),
}


def check_settings(settings: BaseSettings) -> None:
    """Raise :class:`~newsspider.ArgumentError` for the first setting that no run can work with.

    >>> check_settings(BaseSettings({"DOWNLOAD_DELAY": "soon"}))
    Traceback (most recent call last):
    ...
    newsspider.errors.ArgumentError: setting DOWNLOAD_DELAY = 'soon': no number of seconds, 0 or more
    """
    for names, read, wrong in _NUMBERS:
        for name in names:
            given = settings.get(name)
            if given is not None and not _is_number(settings, name, read):
                raise ArgumentError(f"setting {name} = {given!r}: {wrong}")
    for name, words in _WORDS.items():
        for word in settings.getlist(name):
            if word not in words:
                raise ArgumentError(f"setting {name}: {word!r} is none of its words{nearest(word, words)}")


def check_logging(settings: BaseSettings) -> None:
    """Raise :class:`~newsspider.ArgumentError` where the log can't be kept as *settings* say.

    >>> check_logging(BaseSettings({"LOG_LEVEL": "LOUD"}))
    Traceback (most recent call last):
    ...
    newsspider.errors.ArgumentError: setting LOG_LEVEL = 'LOUD': none of DEBUG, INFO, WARNING, ERROR, CRITICAL
    """
    level, file = settings.get("LOG_LEVEL"), settings.get("LOG_FILE")
    try:
        logging.NullHandler().setLevel(level)
    except (ValueError, TypeError):
        raise ArgumentError(f"setting LOG_LEVEL = {level!r}: none of {', '.join(_LEVELS)}") from None
    try:
        if file:
            Path(file).open("a", encoding=settings.get("LOG_ENCODING")).close()
    except (OSError, LookupError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ArgumentError(f"setting LOG_FILE = {file!r}: no log can be written there: {reason}") from None


def _is_number(settings: BaseSettings, name: str, read: _Read) -> bool:
    try:
        return 0 <= read(settings, name) < inf
    except (ValueError, TypeError, OverflowError):
        return False
