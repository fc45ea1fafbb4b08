"""The state that a front end embeds in its page: Next, Nuxt, Fusion, Apollo and their like."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from lxml import etree

from newsspider.extraction.json_text import MAX_LENGTH, Json, read_json, read_script_object

_JSON_SCRIPTS = etree.XPath(
    "//script[@id='__NEXT_DATA__' or starts-with(@type, 'application/json') or @type='fusion/json'"
    " or @type='text/x-component-data']"
)
_SCRIPTS = etree.XPath("//script[not(@src) and (not(@type) or contains(@type, 'javascript') or @type='')]")
# the names under which front ends keep what they render
_ASSIGNMENT = re.compile(
    r"(?:window|self|globalThis|Fusion|\bvar|\blet|\bconst)\s{0,3}[.\[ ]\s{0,3}[\"']?"
    r"(__[A-Z][A-Z0-9_]{2,40}__|__data|__state|__INITIAL\w{0,30}|globalContent|initialState|preloadedState"
    r"|INITIAL_STATE|APP_STATE|pageData|articleData)[\"']?\]?\s{0,3}=\s{0,3}(?=[{\[\"'(Jd])"
)
# one of these is in every name above; to look for them is far quicker than to try the pattern all over
_IN_NAMES = ("__", "globalContent", "initialState", "preloadedState", "_STATE", "pageData", "articleData")
_PARSE_CALL = re.compile(r"\(?JSON\.parse\(\s{0,3}(?:decodeURIComponent\(\s{0,3})?")
_DECODER = json.JSONDecoder(strict=False)
_MAX_TOTAL = 2 * MAX_LENGTH
_MAX_OBJECTS = 40
_MIN_LENGTH = 40
_MAX_ASSIGNMENTS = 6


def read_state(root: etree._Element) -> tuple[Json, ...]:
    """Return the objects embedded in the document's scripts, in document order, JSON-LD left out.

    At most 40 objects and 8,000,000 characters are read.
    """
    found: list[Json] = []
    budget = _MAX_TOTAL
    for text in _blocks(root):
        budget -= len(text)
        if budget < 0 or len(found) >= _MAX_OBJECTS:
            break
        found.extend(value for value in _objects(text) if isinstance(value, dict | list) and value)
    return tuple(found[:_MAX_OBJECTS])


def _blocks(root: etree._Element) -> Iterator[str]:
    for query in (_JSON_SCRIPTS, _SCRIPTS):
        nodes = query(root)
        for node in nodes if isinstance(nodes, list) else ():
            text = node.text if isinstance(node, etree._Element) else None
            if text and _MIN_LENGTH < len(text) <= MAX_LENGTH:
                yield text


def _objects(text: str) -> Iterator[Json]:
    start = text[:20].lstrip()
    if start.startswith(("{", "[", "<!--", "&quot;", "{&quot;")):
        yield from read_json(html.unescape(text) if "&quot;" in text[:20] else text)
        return
    if not any(part in text for part in _IN_NAMES):
        return
    at = 0
    # each is read from its place on, so a script of nothing but names must not be read a thousand times
    for _ in range(_MAX_ASSIGNMENTS):
        match = _ASSIGNMENT.search(text, at)
        if match is None:
            return
        values, at = _assigned(text, match.end())
        yield from values


def _assigned(text: str, at: int) -> tuple[tuple[Json, ...], int]:
    """Return what is assigned at *at*, and where to read on: behind it, if its end is known."""
    call = _PARSE_CALL.match(text, at)
    at = call.end() if call else at
    if not text.startswith(("{", "[", '"'), at):
        return (), at
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        value, end = None if text[at] == '"' else read_script_object(text[at:]), at
    if isinstance(value, str):
        return read_json(value) if value.lstrip()[:1] in ("{", "[") else (), end
    return (value,), end
