"""A request's row: the plain data that the ``news`` spider's requests carry through retries and redirects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import cast

from scrapy import Request

from newsspider.ledger.rows import Row

META_KEY = "newsspider_row"
"""Where the row is in ``Request.meta``, as a dict of strings and numbers."""
SITE_KEY = "newsspider_site"
"""In ``Request.meta``: the site, by stem, for which something is fetched that is no row, as robots.txt is."""
_FIELDS = tuple(field.name for field in fields(Row))


def row_meta(row: Row) -> dict[str, object]:
    """Return the ``meta`` that makes a request of *row*."""
    return {META_KEY: {name: getattr(row, name) for name in _FIELDS}}


def row_of(request: Request | None) -> Row | None:
    """Return the row of *request*; None for requests of other spiders and of Scrapy itself."""
    data = request.meta.get(META_KEY) if request is not None else None
    return Row(**cast("Mapping[str, str]", data)) if data else None  # type: ignore[arg-type]


def site_of(request: Request) -> str | None:
    """Return the stem of the site that *request* is for; None for requests of other spiders.

    >>> site_of(Request("http://a.example/robots.txt", meta={SITE_KEY: "a.example"}))
    'a.example'
    """
    row = row_of(request)
    return row.site if row is not None else request.meta.get(SITE_KEY)
