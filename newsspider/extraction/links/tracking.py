"""Query parameters that say where a reader came from, and not what the page shows."""

from __future__ import annotations

import re

from newsspider.extraction.links.words import read_words

_TRACKING = re.compile(
    "|".join(re.escape(name).replace(r"\*", r"\w*") for name in sorted(read_words("tracking"))), re.IGNORECASE
)
# names that one site tracks its readers by and another tells its articles apart by: the value decides
_SESSION_NAMES = frozenset(("sid", "s", "phpsid", "session"))
_SESSION = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{20,}", re.IGNORECASE)
_SWITCHES = frozenset(("amp", "mobile", "print", "rss", "share", "shared"))
_ON = frozenset(("", "1", "true", "yes", "on", "y"))
_SOURCE_NAMES = frozenset(("ref", "partner", "cmp", "share", "shared", "rss"))
_SOURCE = re.compile(r"[a-z]+(?:[-_.][a-z]+)?")  # more words may be an article's title
_VIEW_NAMES = frozenset(("output", "view"))
_AMP = frozenset(("amp", "amphtml", "ampstory"))


def is_tracking(name: str, value: str) -> bool:
    """Tell whether the parameter *name* with *value* can be left out and the page stays the same.

    An article is fetched twice where this wrongly says no, and lost where it wrongly says yes. So a name that
    may be an article's number is believed to be one while its value is a number.

    >>> is_tracking("utm_source", "mail"), is_tracking("ref", "homepage"), is_tracking("amp", "1")
    (True, True, True)
    >>> is_tracking("sid", "1007"), is_tracking("sid", "0123456789abcdef0123456789abcdef")
    (False, True)
    """
    if _TRACKING.fullmatch(name):
        return True
    name, value = name.lower(), value.lower()
    return (
        (name in _SWITCHES and value in _ON)
        or (name in _VIEW_NAMES and value in _AMP)
        or (name in _SOURCE_NAMES and bool(_SOURCE.fullmatch(value)))
        or (name in _SESSION_NAMES and bool(_SESSION.fullmatch(value)))
    )
