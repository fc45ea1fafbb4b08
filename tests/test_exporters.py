"""The JSON Lines exporter."""

from __future__ import annotations

import io
import json
from dataclasses import fields

from newsspider.exporters import ArticleLinesExporter, as_line
from newsspider.items import Article, Block


class Counted(io.BytesIO):
    flushed = 0

    def flush(self) -> None:
        self.flushed += 1


def exported(item: object, **options: object) -> dict[str, object]:
    file = Counted()
    exporter = ArticleLinesExporter(file, **options)
    exporter.export_item(item)
    assert file.flushed == 1
    assert file.getvalue().endswith(b"\n")
    assert file.getvalue().count(b"\n") == 1
    return json.loads(file.getvalue())


def test_all_fields_in_order() -> None:
    """A line has every field, empty ones too, in the item's order, and nested pieces as objects."""
    line = exported(Article(headline="Łódź", blocks=(Block(role="quote", text="Ja\nnein"),)))
    assert list(line) == [field.name for field in fields(Article)]
    assert line["blocks"] == [{"role": "quote", "text": "Ja\nnein"}]
    assert line["dateline"] is None


def test_text_is_utf8() -> None:
    """Letters are written as they are, not as escapes."""
    assert "Łódź" in as_line(Article(headline="Łódź"))


def test_fields_can_be_chosen_and_renamed() -> None:
    """Scrapy's option for fields keeps its meaning."""
    assert exported(Article(headline="Rain"), fields_to_export={"headline": "title"}) == {"title": "Rain"}


def test_other_items() -> None:
    """An item of any other kind is written as Scrapy would."""
    assert exported({"a": (1, 2)}) == {"a": [1, 2]}
