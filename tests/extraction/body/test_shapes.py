"""Whole layouts, as shapes.toml has them: what each reads as."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newsspider.extraction.body import guess_body
from tests.extraction.body.pages import PARAGRAPHS, page

HEADLINE = "Harbour to close for six weeks"
SHAPES: dict[str, str] = tomllib.loads(Path(__file__).with_name("shapes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_layout_is_read_whole_and_alone(shape: str) -> None:
    """The paragraphs of the article are read, in order, and nothing that stands around or between them."""
    inner = SHAPES[shape].format(*PARAGRAPHS, headline=HEADLINE, rest=PARAGRAPHS[0][1:])
    assert [block.text for block in guess_body(page(inner), HEADLINE).blocks] == list(PARAGRAPHS)
