"""The proxy that Scrapy has chosen for a request, for a browser to use."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from scrapy import Request


@dataclass(frozen=True, slots=True)
class Proxy:
    """A forward proxy."""

    server: str
    """``http://host:port``."""
    username: str = ""
    password: str = ""

    @property
    def url(self) -> str:
        """All of it as one URL."""
        scheme, _, host = self.server.partition("://")
        secret = f"{quote(self.username, safe='')}:{quote(self.password, safe='')}@" if self.username else ""
        return f"{scheme}://{secret}{host}"


def take_proxy(request: Request) -> Proxy | None:
    """Take the proxy out of *request*, credentials too: a browser would send them to the site.

    >>> request = Request("http://a.example/", meta={"proxy": "http://p:8080"})
    >>> request.headers["Proxy-Authorization"] = "Basic dTpzZWNyZXQ="
    >>> take_proxy(request), request.headers
    (Proxy(server='http://p:8080', username='u', password='secret'), {})
    """
    header = request.headers.pop("Proxy-Authorization", None)
    server = request.meta.get("proxy")
    if not server:
        return None
    secret = header[0] if isinstance(header, list) and header else header
    user, password = _credentials(secret if isinstance(secret, bytes) else b"")
    parts = urlsplit(server if "://" in server else f"http://{server}")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return Proxy(f"{parts.scheme}://{host}:{parts.port or 80}", user, password)


def _credentials(header: bytes) -> tuple[str, str]:
    kind, _, value = header.partition(b" ")
    if kind.lower() != b"basic":
        return "", ""
    try:
        user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote(user), unquote(password)
