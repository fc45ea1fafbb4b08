"""Pages with gold: corpora of two forms, read as one.

A corpus is a folder, in either form:

- ``gold.jsonl`` and ``pages/<id>.html.gz`` (bytes as saved), the form of newsspider's own corpora;
- ``ground-truth.json`` and ``html/<id>.html.gz``, a clone of the public article-extraction benchmark.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from newsspider.extraction.identity import registrable_domain

Half: TypeAlias = Literal["tune", "held", "all"]

UNKNOWN_URL = "https://unknown.invalid/page"
"""Stands for the URL of a page whose gold has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One page of a corpus and what a person says it holds; None where the corpus does not say."""

    id: str
    site: str
    """What the page shares layouts with: the corpus's own name of the site, else the registrable domain."""
    url: str
    path: Path
    text: str
    headline: str | None = None
    authors: tuple[str, ...] | None = None
    """The people and offices of the byline, one by one."""
    byline: str | None = None
    """The byline as one text."""
    date_published: str | None = None
    keywords: tuple[str, ...] | None = None
    fetched: datetime | None = None
    """When the page was saved, UTC."""
    has_standfirst: bool | None = None
    """Whether the text begins with the standfirst."""
    must_have: tuple[str, ...] = ()
    must_not_have: tuple[str, ...] = ()

    def body(self) -> bytes:
        """Return the page's bytes."""
        return gzip.decompress(self.path.read_bytes())


def read_corpus(folder: Path, half: Half = "all") -> list[Gold]:
    """Return the pages of the corpus in *folder*, in its order.

    Raises FileNotFoundError where *folder* holds neither form.
    """
    pages = _own_form(folder) if (folder / "gold.jsonl").exists() else _public_form(folder)
    return [page for page in pages if half in ("all", half_of(page.site))]


def half_of(site: str) -> Half:
    """Return the half that *site* belongs to: all of its pages are tuned on, or none.

    >>> half_of("bbc"), half_of("yahoo")
    ('held', 'tune')
    """
    return "held" if int(hashlib.sha256(site.encode()).hexdigest(), 16) % 2 else "tune"


def _own_form(folder: Path) -> Iterator[Gold]:
    # not splitlines: it also breaks at U+2028, which stands unescaped inside JSON strings
    for line in (folder / "gold.jsonl").read_text("utf-8").rstrip("\n").split("\n"):
        row = json.loads(line)
        if "text" not in row:
            raise ValueError(f"{folder}: page {row['id']} has no gold text; this is no corpus of articles")
        yield Gold(
            id=row["id"],
            site=row.get("site") or _domain(row.get("url")) or row["id"],
            url=row.get("url") or UNKNOWN_URL,
            path=folder / "pages" / f"{row['id']}.html.gz",
            text=row["text"],
            headline=row.get("headline"),
            authors=_strings(row, "authors"),
            byline=row.get("author"),
            date_published=row.get("date_published"),
            keywords=_strings(row, "keywords"),
            fetched=_utc(row.get("crawled")),
            has_standfirst=bool(row["body"][0].get("summary")) if row.get("body") else None,
            must_have=_strings(row, "must_have") or (),
            must_not_have=_strings(row, "must_not_have") or (),
        )


def _public_form(folder: Path) -> Iterator[Gold]:
    for name, row in json.loads((folder / "ground-truth.json").read_text("utf-8")).items():
        yield Gold(
            id=name,
            site=_domain(row.get("url")) or name,
            url=row.get("url") or UNKNOWN_URL,
            path=folder / "html" / f"{name}.html.gz",
            text=row.get("articleBody") or "",
        )


def _utc(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def _strings(row: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    values = row.get(key)
    return tuple(values) if values else None


def _domain(url: str | None) -> str | None:
    return registrable_domain(url) if url else None
