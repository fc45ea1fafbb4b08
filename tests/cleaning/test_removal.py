"""Text that was taken out can be put back to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.cleaning.removal import cut, drop, restore
from newsspider.items import Article, Block, body_of

TEXT = st.text("abc .", min_size=1, max_size=12)
STEP = st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))


def article(*texts: str) -> Article:
    """Return an article with a paragraph for each of *texts*."""
    blocks = tuple(Block(role="paragraph", text=text) for text in texts)
    return Article(blocks=blocks, article_body=body_of(blocks))


@given(st.lists(TEXT, min_size=1, max_size=5), st.lists(STEP, max_size=12))
def test_any_removals_restore(texts: list[str], steps: list[tuple[int, int, int]]) -> None:
    """Whatever is cut and dropped, in whatever order, the blocks come back to the letter."""
    original = cleaned = article(*texts)
    for pick, a, b in steps:
        if not cleaned.blocks:
            break
        index = pick % len(cleaned.blocks)
        size = len(cleaned.blocks[index].text)
        start, end = sorted((a % (size + 1), b % (size + 1)))
        cleaned = cut(cleaned, index, (start, end), "r") if start < end else drop(cleaned, index, "r")
    assert restore(cleaned) == original.blocks
    assert cleaned.article_body == body_of(cleaned.blocks)


@given(st.lists(TEXT, min_size=1, max_size=4), st.lists(STEP, max_size=8))
def test_places_are_those_of_the_original(texts: list[str], steps: list[tuple[int, int, int]]) -> None:
    """A cut names the block and offset at which its text stood in the blocks that were read."""
    original = cleaned = article(*texts)
    for pick, a, b in steps:
        if not cleaned.blocks:
            break
        index = pick % len(cleaned.blocks)
        start, end = sorted(
            (a % (len(cleaned.blocks[index].text) + 1), b % (len(cleaned.blocks[index].text) + 1))
        )
        if 0 < end - start < len(cleaned.blocks[index].text):
            cleaned = cut(cleaned, index, (start, end), "r")
    for removal in cleaned.removed:
        assert removal.start is not None
        there = original.blocks[removal.block].text[removal.start :]
        assert there.startswith(removal.text)


def test_nothing_is_changed_in_place() -> None:
    """A removal gives a new article and leaves the old one as it was."""
    old = article("One", "Two")
    new = drop(old, 0, "r")
    assert (len(old.blocks), len(new.blocks), old.removed) == (2, 1, ())


@pytest.mark.parametrize("span", [(-1, 2), (2, 2), (0, 99)])
def test_span_outside(span: tuple[int, int]) -> None:
    """A span that is not inside the block is an error, not a silent cut elsewhere."""
    with pytest.raises(ValueError, match="is not inside block 0"):
        cut(article("One"), 0, span, "r")
