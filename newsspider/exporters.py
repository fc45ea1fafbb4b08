"""Exporters: how articles are written."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from functools import cache
from typing import IO, Any

from scrapy.exporters import JsonLinesItemExporter
from scrapy.utils.serialize import ScrapyJSONEncoder

from newsspider.items import Article

_FALLBACK = ScrapyJSONEncoder()


def _plain(value: object) -> object:
    """Return *value* as JSON can hold it, one level deep: the encoder asks again for what is below."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    return _FALLBACK.default(value)


@cache  # an article has dozens of blocks, of one class
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_LINE = json.JSONEncoder(ensure_ascii=False, default=_plain, separators=(",", ":"))


def as_line(article: Article) -> str:
    """Return *article* as one line of JSON, without the line's end."""
    return _LINE.encode(article)


class ArticleLinesExporter(JsonLinesItemExporter):
    """JSON Lines: one article a line, every field in order, each line flushed as it is written.

    For any item of any project. Scrapy's options (``fields`` with renaming, ``encoding``) keep their meaning,
    but text is UTF-8 as it is unless another encoding is asked for.
    """

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        options["encoding"] = options.get("encoding") or "utf-8"
        super().__init__(file, **options)  # type: ignore[arg-type]  # Scrapy says BytesIO and means any file

    def export_item(self, item: Any) -> None:
        """Write *item* as one whole line, and hand it to the operating system."""
        is_whole = type(item) is Article and self.fields_to_export is None
        line = as_line(item) if is_whole else _LINE.encode(dict(self.get_serialized_fields(item)))
        self.file.write(f"{line}\n".encode(self.encoding or "utf-8", "backslashreplace"))
        self.file.flush()
