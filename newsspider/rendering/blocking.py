"""What a rendered page may not load."""

from __future__ import annotations

import asyncio
import socket
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from urllib.parse import urlsplit

from newsspider.fetching.addresses import is_private
from newsspider.rendering.order import RenderOrder

NOT_LOADED = frozenset(("image", "media", "font", "texttrack", "eventsource", "manifest", "ping"))
"""Kinds of resource, in Playwright's words, of which no text comes."""
_LOCAL_SCHEMES = ("data", "blob", "about")


@lru_cache(maxsize=1)
def ad_hosts() -> frozenset[str]:
    """Return the hosts known for advertisements and measuring; all below them are meant too."""
    text = resources.files("newsspider.rendering").joinpath("ad_hosts.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def is_ad_host(host: str) -> bool:
    """Tell whether *host* is, or lies below, one of :func:`ad_hosts`.

    >>> [is_ad_host(h) for h in ("doubleclick.net", "ad.doubleclick.net", "notdoubleclick.net")]
    [True, True, False]
    """
    labels = host.lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in ad_hosts() for start in range(len(labels)))


class Stop(StrEnum):
    """Why a page may not load something."""

    UNWANTED = "unwanted"
    """It is on no web server, or on one for advertisements."""
    PRIVATE = "private"
    """It lies inside a machine or a network."""


class Gate:
    """Decides what the pages of one crawl may load; the addresses of hosts are looked up once."""

    def __init__(self) -> None:
        self._private: dict[str, asyncio.Task[bool]] = {}

    async def stop(self, url: str, order: RenderOrder, *, proxied: bool) -> Stop | None:
        """Return why the page of *order* may not load *url*; None where it may.

        Where a proxy fetches for us, names are not looked up: what they mean is the proxy's to know.
        """
        parts = urlsplit(url)
        if parts.scheme in _LOCAL_SCHEMES:
            return None
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host or is_ad_host(host):
            return Stop.UNWANTED
        if order.private or host in order.hosts:
            return None
        leads_inside = is_private(host) or (not proxied and await self._leads_inside(host))
        return Stop.PRIVATE if leads_inside else None

    async def _leads_inside(self, host: str) -> bool:
        if host not in self._private:
            self._private[host] = asyncio.ensure_future(_resolves_privately(host))
        return await asyncio.shield(self._private[host])


async def _resolves_privately(host: str) -> bool:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False  # the browser will not find it either
    return any(is_private(str(address[0]).partition("%")[0]) for *_, address in found)
