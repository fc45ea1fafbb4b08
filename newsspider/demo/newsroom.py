"""The newsroom: all demo sites of one edition, as one pure function from request to response."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime
from urllib.parse import urlsplit

from newsspider.demo.edition import Edition
from newsspider.demo.faces.agency import Agency
from newsspider.demo.faces.blog import Blog
from newsspider.demo.faces.face import Face
from newsspider.demo.faces.modern import Modern
from newsspider.demo.faces.newsx import NewsX
from newsspider.demo.faces.press import Content, Press
from newsspider.demo.faces.prisma import Prisma
from newsspider.demo.faces.scripted import Scripted
from newsspider.demo.faces.scripted_press import ScriptedPress
from newsspider.demo.faces.testimony import truths
from newsspider.demo.faces.tidewater import Tidewater
from newsspider.demo.truth import Truth

FACES: Mapping[str, tuple[type[Face], ...]] = {
    "plain": (NewsX, Blog, Agency, Modern),
    "scripted": (Tidewater, Prisma),
}
"""The sites of each kind of newsroom, in the order in which the truth lists them."""
_GZIP_LEVEL = 1
_NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks for."""

    method: str
    host: str
    path: str
    """With the query."""
    headers: Mapping[str, str]
    """Names in lower case."""


@dataclass(frozen=True, slots=True)
class Response:
    """What it gets."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Newsroom:
    """All sites of one *edition*.

    >>> newsroom = Newsroom(Edition(size=3))
    >>> newsroom.respond("newsx.test", "/robots.txt").status
    200
    >>> sum(1 for truth in newsroom.truths() if truth.exported)
    28
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.faces = tuple(face(edition) for face in FACES[edition.sites])
        self._by_host = {host: press for press in map(_press, self.faces) for host in press.face.hosts}
        self._prepared: dict[tuple[str, str], Response] = {}

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host that has pages."""
        return tuple(self._by_host)

    def truths(self) -> Iterator[Truth]:
        """Yield the truth of every page that looks like an article, site by site; nothing is kept."""
        for face in self.faces:
            yield from truths(face)

    def respond(self, host: str, path: str, headers: Mapping[str, str] = _NO_HEADERS) -> Response:
        """Return the answer of *host* for *path* (with query): whole, zipped if asked for, or 304."""
        response = self._prepared.get((host, path))
        if response is None:
            press = self._by_host.get(host)
            if press is None:
                return plain(
                    502, f"No host {host!r} in the demo newsroom; it has {', '.join(self._by_host)}."
                )
            response = _plain(press.answer(host, path))
        return _negotiate(response, headers)

    def prepare(self, urls: Iterable[str]) -> int:
        """Make the pages of *urls* now and keep them, zipped, in memory; return their size in bytes."""
        size = 0
        for url in urls:
            host, path = split(url)
            response = _packed(_plain(self._by_host[host].answer(host, path)))
            self._prepared[host, path] = response
            size += len(response.body)
        return size

    def urls(self) -> Iterator[str]:
        """Yield the addresses of all list pages and of all pages that look like articles."""
        for face in self.faces:
            yield from face.list_urls()
            for truth in truths(face):
                yield truth.url
                yield from (*truth.also_at, *truth.parts)

    def handle(self, request: Request) -> Response:
        """Return the answer to *request*."""
        answers: Mapping[str, Callable[[], Response]] = {
            "GET": lambda: self.respond(request.host, request.path, request.headers),
            "HEAD": lambda: self.respond(request.host, request.path, request.headers),
            "CONNECT": lambda: plain(
                501, "The demo newsroom speaks plain HTTP only; ask for http:// instead."
            ),
        }
        return answers.get(request.method, lambda: plain(405, f"{request.method} is not for newsrooms."))()


def _press(face: Face) -> Press:
    return ScriptedPress(face) if isinstance(face, Scripted) else Press(face)


def split(url: str) -> tuple[str, str]:
    """Return the host and the path, with query, of *url*.

    >>> split("http://newsx.test:80/a?b=1")
    ('newsx.test', '/a?b=1')
    """
    parts = urlsplit(url)
    return parts.hostname or "", (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def plain(status: int, text: str) -> Response:
    """Return a short answer in words."""
    return Response(status, {"Content-Type": "text/plain; charset=utf-8"}, f"{text}\n".encode())


def _plain(content: Content) -> Response:
    headers = {
        "Content-Type": content.media,
        "ETag": f'"{hashlib.blake2b(content.body, digest_size=12).hexdigest()}"',
        "Last-Modified": format_datetime(content.modified.astimezone(UTC), usegmt=True),
        "Vary": "Accept-Encoding",
    }
    return Response(content.status, headers, content.body)


def _packed(response: Response) -> Response:
    if not response.headers["Content-Type"].startswith(("text/", "application/xml")):
        return response
    body = gzip.compress(response.body, _GZIP_LEVEL, mtime=0)
    return Response(response.status, {**response.headers, "Content-Encoding": "gzip"}, body)


def _unpacked(response: Response) -> Response:
    headers = {name: value for name, value in response.headers.items() if name != "Content-Encoding"}
    return Response(response.status, headers, gzip.decompress(response.body))


def _negotiate(response: Response, asked: Mapping[str, str]) -> Response:
    """Return *response*, packed or not, as the headers of the request ask for it."""
    if response.status == 200 and _known(asked, response.headers):
        return Response(304, response.headers)
    packed, wanted = "Content-Encoding" in response.headers, "gzip" in asked.get("accept-encoding", "")
    if packed == wanted:
        return response
    return _packed(response) if wanted else _unpacked(response)


def _known(asked: Mapping[str, str], answer: Mapping[str, str]) -> bool:
    # RFC 9110: If-Modified-Since counts only where there is no If-None-Match
    if "if-none-match" in asked:
        return answer["ETag"] in asked["if-none-match"]
    return asked.get("if-modified-since") == answer["Last-Modified"]
