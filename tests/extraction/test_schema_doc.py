"""docs/schema.md says what the classes say."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from newsspider import items

SECTIONS = re.split(
    r"^## ", (Path(__file__).parents[2] / "docs" / "schema.md").read_text("utf-8"), flags=re.MULTILINE
)


def rows(section: str) -> list[list[str]]:
    text = next(part for part in SECTIONS if part.startswith(f"{section}\n"))
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("name", ["Article", "Block", "Dateline", "Place", "Image", "Removal"])
def test_every_attribute_is_documented_in_order(name: str) -> None:
    """The tables list the classes' attributes, in the order of the feed."""
    documented = [row[0].strip("`") for row in rows(name)]
    assert documented == [field.name for field in dataclasses.fields(getattr(items, name))]


def test_zyte_attributes_exist() -> None:
    """Every attribute of zyte-common-items' Article is mapped or named as having no counterpart."""
    zyte = pytest.importorskip("zyte_common_items")
    mapped = {row[2].strip("`") for row in rows("Article")} - {"—"}
    article = next(part for part in SECTIONS if part.startswith("Article\n"))
    named = set(re.findall(r"`(\w+)`", article))
    attributes = {attribute.name for attribute in zyte.Article.__attrs_attrs__}
    assert mapped <= attributes
    assert attributes <= named
