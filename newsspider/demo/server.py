"""HTTP/1.1 around a newsroom: origin server and forward proxy in one, on loopback only.

A client that asks for ``GET http://newsx.test/`` (as clients of a proxy do) and one that asks for ``GET /``
with ``Host: newsx.test`` get the same answer. Connections are kept alive; pipelined requests are answered in
order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from newsspider.demo.newsroom import Newsroom, Request, Response, plain

LOOPBACK = "127.0.0.1"
_HEAD_LIMIT = 64 * 1024
_BODILESS = (204, 304)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How a response goes out; the plain form of it, or one with a fault in it."""

    response: Response
    delay: float = 0.0
    """Seconds before the first byte."""
    cut_after: int | None = None
    """Bytes of the message after which the connection is reset; None sends it all."""
    pause: float = 0.0
    """Seconds between one piece and the next; 0 sends it in one."""
    piece: int = 1024
    """Bytes in a piece."""


Faults = Callable[[Request, Response], Delivery]


def faithful(request: Request, response: Response) -> Delivery:
    """Deliver *response* as it is: the hook that injects no fault."""
    del request
    return Delivery(response=response)


async def listen(newsroom: Newsroom, port: int = 0, faults: Faults = faithful) -> asyncio.Server:
    """Serve *newsroom* on loopback *port*, 0 for any free one."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: _Connection(newsroom, faults), LOOPBACK, port)


class _Connection(asyncio.Protocol):
    def __init__(self, newsroom: Newsroom, faults: Faults) -> None:
        self._newsroom = newsroom
        self._faults = faults
        self._received = bytearray()
        self._delivering: asyncio.Task[None] | None = None
        self._writable = asyncio.Event()
        self._writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - create_server gives no other
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        del error
        self._writable.set()
        if self._delivering:
            self._delivering.cancel()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._delivering is None:
            self._answer_next()

    def _answer_next(self) -> None:
        while not self._transport.is_closing():
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                if len(self._received) > _HEAD_LIMIT:
                    self._send(plain(431, "Too long a head."), keep=False)
                return
            request = _parse(bytes(self._received[:end]))
            length = request.headers.get("content-length", "0") if request else "0"
            if request is None or not length.isdecimal():
                self._send(plain(400, "No HTTP/1.1 request."), keep=False)
                return
            after = end + 4 + int(length)
            if len(self._received) < after:
                return
            del self._received[:after]
            delivery = self._faults(request, self._newsroom.handle(request))
            keep = request.headers.get("connection", "").lower() != "close"
            if delivery == Delivery(response=delivery.response):
                self._send(delivery.response, keep=keep, bare=request.method == "HEAD")
                continue
            self._delivering = asyncio.ensure_future(self._deliver(delivery, keep=keep))
            return

    def _send(self, response: Response, *, keep: bool, bare: bool = False) -> None:
        self._transport.write(_message(response, keep=keep, bare=bare))
        if not keep:
            self._transport.close()

    async def _deliver(self, delivery: Delivery, *, keep: bool) -> None:
        await asyncio.sleep(delivery.delay)
        message = _message(delivery.response, keep=keep)[: delivery.cut_after]
        piece = delivery.piece if delivery.pause else max(1, len(message))
        for start in range(0, len(message), piece):
            await self._writable.wait()
            self._transport.write(message[start : start + piece])
            await asyncio.sleep(delivery.pause)
        self._delivering = None
        if delivery.cut_after is not None:
            self._transport.abort() if delivery.cut_after == 0 else self._transport.close()
        elif keep:
            self._answer_next()
        else:
            self._transport.close()


def _parse(head: bytes) -> Request | None:
    first, *lines = head.decode("latin-1").split("\r\n")
    match first.split(" "):
        case [method, target, "HTTP/1.1" | "HTTP/1.0"]:
            pairs = (line.partition(":") for line in lines)
            headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
            host, path = _target(target, headers)
            return Request(method, host, path, headers)
    return None


def _target(target: str, headers: Mapping[str, str]) -> tuple[str, str]:
    if target.startswith("http://"):
        parts = urlsplit(target)
        return parts.hostname or "", (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return headers.get("host", "").partition(":")[0].lower(), target


def _message(response: Response, *, keep: bool, bare: bool = False) -> bytes:
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = ""
    body = b"" if bare or response.status in _BODILESS else response.body
    # a fault may set a length of its own
    headers = {
        **({} if response.status in _BODILESS else {"Content-Length": str(len(response.body))}),
        **response.headers,
        "Connection": "keep-alive" if keep else "close",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {response.status} {phrase}\r\n{lines}\r\n".encode("latin-1") + body
