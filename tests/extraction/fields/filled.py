"""Whole pages around the piece of markup that a case is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TITLE = "The harbour bridge reopens after nine months"


def filled(page: str, case: Mapping[str, Any], text: str) -> bytes:
    """Return *page* with the language, head and body of *case* in it, and the title and *text* in these."""
    parts = {"language": "en", "head": "", "body": "<h1>{title}</h1>{text}"} | case
    for part, value in (*parts.items(), ("title", TITLE), ("text", text * 3)):
        page = page.replace(f"{{{part}}}", str(value))
    return page.encode()
