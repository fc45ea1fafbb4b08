"""The state that a front end embeds in its page: Next, Nuxt, Fusion, Apollo and their like."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence

from newsspider.extraction.elements import Node
from newsspider.extraction.json_text import MAX_LENGTH, Json, read_json, read_script_object

_JSON_TYPES = ("fusion/json", "text/x-component-data")
# the names under which front ends keep what they render, and what is assigned to them
_ASSIGNMENT = re.compile(
    r"(?:__[A-Z][A-Z0-9_]{2,40}__|__data|__state|__INITIAL\w{0,30}|globalContent|initialState|preloadedState"
    r"|INITIAL_STATE|APP_STATE|pageData|articleData)[\"']?\]?\s{0,3}=\s{0,3}(?=[{\[\"'(Jd])"
)
# one of these is in every name above; to look for them is quicker than to try the pattern all over
_IN_NAMES = ("__", "globalContent", "initialState", "preloadedState", "_STATE", "pageData", "articleData")
# what such a name is a property or a variable of; it stands before it, and few names have to be asked for it
_OWNER = re.compile(r"(?:window|self|globalThis|Fusion|\bvar|\blet|\bconst)\s{0,3}[.\[ ]\s{0,3}[\"']?\Z")
_LONGEST_OWNER = 24
_PARSE_CALL = re.compile(r"\(?JSON\.parse\(\s{0,3}(?:decodeURIComponent\(\s{0,3})?")
_DECODER = json.JSONDecoder(strict=False)
_MAX_TOTAL = 2 * MAX_LENGTH
_MAX_OBJECTS = 40
_MIN_LENGTH = 40
_MAX_ASSIGNMENTS = 6


class State:
    """What a document's scripts hold as data; a script is parsed when it is first asked for, and once."""

    def __init__(self, scripts: Sequence[Node]) -> None:
        self._scripts = scripts
        self._known: dict[Node, tuple[Json, ...]] = {}

    def read(self, may_hold: Callable[[str], bool] = bool) -> tuple[Json, ...]:
        """Return the objects of the scripts of which *may_hold* is true, JSON-LD left out, JSON first.

        It is asked with a script's text. At most 40 objects and 8,000,000 characters are read.
        """
        found: list[Json] = []
        budget = _MAX_TOTAL
        for script, text in self._blocks():
            if not may_hold(text):
                continue
            budget -= len(text)
            if budget < 0 or len(found) >= _MAX_OBJECTS:
                break
            found.extend(self._in(script, text))
        return tuple(found[:_MAX_OBJECTS])

    def _blocks(self) -> Iterator[tuple[Node, str]]:
        """Yield the scripts that are JSON, then those that are run, each with its text."""
        for is_wanted in (_is_json, _is_run):
            for script in self._scripts:
                text = script.text if is_wanted(script) else None
                if text and _MIN_LENGTH < len(text) <= MAX_LENGTH:
                    yield script, text

    def _in(self, script: Node, text: str) -> tuple[Json, ...]:
        if script not in self._known:
            values = _objects(text)
            self._known[script] = tuple(v for v in values if isinstance(v, dict | list) and v)
        return self._known[script]


def _is_json(script: Node) -> bool:
    kind = script.get("type", "")
    return kind.startswith("application/json") or kind in _JSON_TYPES or script.get("id") == "__NEXT_DATA__"


def _is_run(script: Node) -> bool:
    kind = script.get("type", "")
    return script.get("src") is None and (not kind or "javascript" in kind)


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
        begin = _next_assignment(text, at)
        if begin is None:
            return
        values, at = _assigned(text, begin)
        yield from values


def _next_assignment(text: str, at: int) -> int | None:
    """Return where the value begins that is assigned next from *at* on."""
    for match in _ASSIGNMENT.finditer(text, at):
        if _OWNER.search(text[max(0, match.start() - _LONGEST_OWNER) : match.start()]):
            return match.end()
    return None


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
