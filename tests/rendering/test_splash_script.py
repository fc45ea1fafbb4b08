"""What Splash is told to do with a page, run by the real Splash."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any
from uuid import uuid4

import pytest
from scrapy import Request

from newsspider.demo import Edition
from newsspider.demo.serve import running
from newsspider.rendering.order import RenderOrder
from newsspider.rendering.splash import splash_meta

ORDER = RenderOrder(timeout=20)


def told(splash: str, url: str, proxy: str | None = None) -> dict[str, Any]:
    """Return what *splash* makes of the page at *url*."""
    request = Request(url, meta={"proxy": proxy} if proxy else {})
    args = splash_meta(request, ORDER)["args"] | {"calm_seconds": 0.2}
    call = urllib.request.Request(
        f"{splash}/execute", json.dumps(args).encode(), {"Content-Type": "application/json"}
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(call, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read().decode()) from error
    return found


def test_status_comes_through(splash: str) -> None:
    """A page that is not there is a 404, with what it says."""
    with running(Edition(size=3, sites="scripted")) as newsroom:
        # Splash's WebKit remembers a page that it has loaded before, and then takes it for a good one
        found = told(splash, f"http://tidewater.test/nowhere-{uuid4()}", newsroom.proxy_url)
    assert found["http_status"] == 404


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "user@127.0.0.1"]
)
def test_nothing_from_inside(splash: str, address: str) -> None:
    """Splash loads nothing from private addresses, however they are written: not even from itself."""
    port = splash.rpartition(":")[2].strip("/")
    found = told(splash, f"http://{address}:{port}/_ping")
    assert "maxrss" not in found.get("html", "")
    assert found.get("error"), found
