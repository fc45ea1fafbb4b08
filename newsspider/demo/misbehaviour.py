"""A newsroom that misbehaves on purpose: which story pages, and how, follows from their addresses.

Each function here is a :data:`~newsspider.demo.server.Faults`, to be named to a server process:
``newsspider.demo.misbehaviour:at_first`` or ``:always``. A server that does ``at_first`` gives each page
right from the second time on that it is asked.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from newsspider.demo.newsroom import Request, Response
from newsspider.demo.server import Delivery, faithful

STALL_SECONDS = 20.0
"""How long a page that stalls keeps its reader waiting: more than a crawl in a test should."""
_BOMB_MIB = 48
_STORY = re.compile(r"(?<!\d)\d{6,7}(?!\d)")
"""The number of an ordinary story, in its address on any of the sites."""


_NOTHING: Mapping[str, str] = {}


def _instead(
    response: Response, body: bytes, headers: Mapping[str, str] = _NOTHING, status: int = 200
) -> Delivery:
    """Deliver *body* in place of that of *response*, whose encoding it does not have."""
    kept = {name: value for name, value in response.headers.items() if name == "Content-Type"}
    return Delivery(response=Response(status, {**kept, **headers}, body))


def _reset(response: Response) -> Delivery:
    return Delivery(response=response, cut_after=0)


def _truncated(response: Response) -> Delivery:
    return Delivery(response=response, cut_after=len(response.body) // 2 + 1)


def _endless(response: Response) -> Delivery:
    headers = {**response.headers, "Content-Length": str(1 << 30)}
    return Delivery(response=replace(response, headers=headers))


def _dripping(response: Response) -> Delivery:
    return Delivery(response=response, pause=0.02, piece=1 + len(response.body) // 8)


def _stalled(response: Response) -> Delivery:
    return Delivery(response=response, delay=STALL_SECONDS)


def _garbled(response: Response) -> Delivery:
    return _instead(response, b"\x1f\x8b\x08\x00" + response.body, {"Content-Encoding": "gzip"})


@cache
def _bomb_body() -> bytes:
    return gzip.compress(bytes(_BOMB_MIB << 20))


def _bomb(response: Response) -> Delivery:
    return _instead(response, _bomb_body(), {"Content-Encoding": "gzip"})


def _broken(response: Response) -> Delivery:
    return _instead(response, b"<h1>Internal error</h1>", status=500)


def _busy(response: Response) -> Delivery:
    return _instead(response, b"<h1>Too busy</h1>", {"Retry-After": "1"}, status=503)


def _circling(response: Response) -> Delivery:
    return _instead(response, b"", {"Location": "?"}, status=302)


def _empty(response: Response) -> Delivery:
    return _instead(response, b"")


def _binary(response: Response) -> Delivery:
    return _instead(response, bytes(range(256)) * 20)


MISBEHAVIOUR: Mapping[str, Callable[[Response], Delivery]] = {
    "reset": _reset,
    "truncated": _truncated,
    "endless": _endless,
    "dripping": _dripping,
    "stalled": _stalled,
    "garbled": _garbled,
    "bomb": _bomb,
    "broken": _broken,
    "busy": _busy,
    "circling": _circling,
    "empty": _empty,
    "binary": _binary,
}
"""The ways, by name."""


def way_of(host: str, path: str) -> str | None:
    """Return the way in which the page misbehaves, none for half of the stories and all other pages.

    >>> way_of("newsx.test", "/"), way_of("newsx.test", "/world/rain-1000003/")
    (None, 'empty')
    """
    if not _STORY.search(path):
        return None
    draw = zlib.crc32(f"{host}{path}".encode()) % (2 * len(MISBEHAVIOUR))
    return [*MISBEHAVIOUR][draw] if draw < len(MISBEHAVIOUR) else None


def always(request: Request, response: Response) -> Delivery:
    """Deliver *response* in the way of its page."""
    way = way_of(request.host, request.path)
    return MISBEHAVIOUR[way](response) if way is not None else faithful(request, response)


_asked: Counter[tuple[str, str]] = Counter()


def at_first(request: Request, response: Response) -> Delivery:
    """Deliver *response* in the way of its page the first time, and right from then on."""
    _asked[request.host, request.path] += 1
    return (
        always(request, response) if _asked[request.host, request.path] == 1 else faithful(request, response)
    )
