"""Reading JSON that people and plug-ins wrote by hand: JSON-LD blocks and state embedded in scripts.

extruct's JSON-LD reader gives up on the first broken block of a page and drops all others, and takes 0.3 s to
import; here each block is tried on its own, strictly first, and mended with chompjs at last.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import chompjs

Json: TypeAlias = Any
"""What :func:`json.loads` gives."""

MAX_LENGTH = 4_000_000
"""Characters of one script that are looked at; state of real pages stays below 2,000,000."""

_DECODER = json.JSONDecoder(strict=False)
_OPENING = re.compile(r"\A(?:/\*\s*)?(?:<!--|<!\[CDATA\[|//\s*<!\[CDATA\[)\s*(?:\*/)?\s*")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_ENTITY_QUOTES = ("{&quot;", "[{&quot;", "{ &quot;", "{&#34;", "{&#034;", "{&#x22;")


def read_json(text: str) -> tuple[Json, ...]:
    r"""Return the JSON values that *text* holds one after another; broken ones are mended or left out.

    >>> read_json('{"a": 1,}')
    ({'a': 1},)
    >>> read_json('<!-- {"a": "it\\\'s\nhere"} -->')
    ({'a': "it's\nhere"},)
    >>> read_json('{"a": ')
    ()
    """
    text = text[:MAX_LENGTH].strip()
    values = tuple(_values(text))
    if values or not text:
        return values
    for attempt in _repairs(text):
        values = tuple(_values(attempt))
        if values:
            return values
    mended = read_script_object(_unwrapped(text))
    return () if mended is None else (mended,)


def _values(text: str) -> Iterator[Json]:
    at = 0
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value
        while at < len(text) and text[at] in " \t\r\n;,":
            at += 1


def _repairs(text: str) -> Iterator[str]:
    text = _unwrapped(text)
    yield text
    yield _TRAILING_COMMA.sub("", _BAD_ESCAPE.sub("", text))


def _unwrapped(text: str) -> str:
    """Return *text* without the comment marks around it, and with real quotes for entities."""
    text = _OPENING.sub("", text)
    for closing in ("-->", "]]>"):
        text = text.removesuffix(closing).rstrip().removesuffix("//").rstrip()
    return html.unescape(text) if text.startswith(_ENTITY_QUOTES) else text


def read_script_object(text: str) -> Json:
    """Return the JavaScript object or array that *text* starts with, or None.

    >>> read_script_object("{a: 'b', /* c */ d: [1, 2,],}; f()")
    {'a': 'b', 'd': [1, 2]}
    """
    try:
        return chompjs.parse_js_object(text[:MAX_LENGTH])
    except (ValueError, RecursionError, OverflowError):
        return None
