"""A request's row: the plain data that the ``news`` spider's requests carry through retries and redirects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import cast

from scrapy import Request

from newsspider.ledger.rows import Row

META_KEY = "newsspider_row"
"""Where the row is in ``Request.meta``, as a dict of strings and numbers."""
_FIELDS = tuple(field.name for field in fields(Row))


def row_meta(row: Row) -> dict[str, object]:
    """Return the ``meta`` that makes a request of *row*."""
    return {META_KEY: {name: getattr(row, name) for name in _FIELDS}}


def row_of(request: Request | None) -> Row | None:
    """Return the row of *request*; None for requests of other spiders and of Scrapy itself."""
    data = request.meta.get(META_KEY) if request is not None else None
    return Row(**cast("Mapping[str, str]", data)) if data else None  # type: ignore[arg-type]
