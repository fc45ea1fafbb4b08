"""Taking text out of an article so that it can be put back to the letter.

Rules run one after another, each on what the one before left, yet a :class:`~newsspider.items.Removal`
names the place in the blocks that ``read`` gave: only there does a place mean the same to everybody.
These functions translate. Nothing else in the package changes ``blocks`` after they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, pairwise

from newsspider.items import Article, Block, Removal, body_of


def drop(article: Article, index: int, rule: str) -> Article:
    """Remove the whole of the block that is now at *index*.

    >>> a = Article(blocks=(Block(role="paragraph", text="One."), Block(role="paragraph", text="Ad")))
    >>> b = drop(a, 1, "ads")
    >>> b.article_body, b.removed
    ('One.', (Removal(rule='ads', text='Ad', block=1, start=None),))
    """
    return drop_all(article, (index,), rule)


def drop_all(article: Article, indexes: Iterable[int], rule: str) -> Article:
    """Remove the whole of the blocks that are now at *indexes*, in one pass however many they are.

    >>> a = Article(blocks=tuple(Block(role="paragraph", text=text) for text in ("Ad", "One.", "Ad")))
    >>> drop_all(a, (0, 2), "ads").article_body
    'One.'
    """
    going = set(indexes)
    if not going:
        return article
    left, removals = [], []
    for index, (block, original) in enumerate(zip(article.blocks, originals(article), strict=False)):
        if index in going:
            removals.append(Removal(rule=rule, text=block.text, block=original, start=None))
        else:
            left.append(block)
    blocks = tuple(left)
    return replace(
        article, blocks=blocks, article_body=body_of(blocks), removed=(*article.removed, *removals)
    )


def originals(article: Article) -> Iterator[int]:
    """Yield the place of each block among those that ``read`` gave, without end.

    >>> a = Article(blocks=tuple(Block(role="paragraph", text=text) for text in ("Ad", "One.", "Two.")))
    >>> [index for index, _ in zip(originals(drop(a, 0, "ads")), a.blocks)]
    [1, 2, 3]
    """
    gone = {removal.block for removal in article.removed if removal.start is None}
    return (original for original in count() if original not in gone)


def cut(article: Article, index: int, span: tuple[int, int], rule: str) -> Article:
    """Remove the characters *span* (start, end) from the block that is now at *index*.

    A cut that takes all of the block is a :func:`drop`.

    >>> a = Article(blocks=(Block(role="paragraph", text="PARIS (AP) - It rained."),))
    >>> b = cut(a, 0, (0, 13), "dateline")
    >>> b.article_body, b.removed
    ('It rained.', (Removal(rule='dateline', text='PARIS (AP) - ', block=0, start=0),))
    >>> restore(b) == a.blocks
    True
    """
    block = article.blocks[index]
    start, end = span
    if not 0 <= start < end <= len(block.text):
        raise ValueError(f"span {span} is not inside block {index}, which has {len(block.text)} characters")
    rest = block.text[:start] + block.text[end:]
    if not rest:
        return drop(article, index, rule)
    original = _original_index(article.removed, index)
    removals = tuple(_removals(article.removed, original, span, block.text, rule))
    blocks = (*article.blocks[:index], replace(block, text=rest), *article.blocks[index + 1 :])
    return replace(article, blocks=blocks, article_body=body_of(blocks), removed=article.removed + removals)


def restore(article: Article) -> tuple[Block, ...]:
    """Return the blocks as ``read`` gave them, rebuilt from what is left and from ``removed``.

    The role of a block that went whole is not recorded; it comes back as a paragraph.
    """
    whole = {removal.block: removal.text for removal in article.removed if removal.start is None}
    left = iter(article.blocks)
    restored = []
    for index in range(len(article.blocks) + len(whole)):
        block = Block(role="paragraph", text=whole[index]) if index in whole else next(left)
        text = block.text
        for start, piece in _parts(article.removed, index):
            text = text[:start] + piece + text[start:]
        restored.append(replace(block, text=text))
    return tuple(restored)


def _parts(removed: Sequence[Removal], block: int) -> list[tuple[int, str]]:
    return sorted((r.start, r.text) for r in removed if r.block == block and r.start is not None)


def _original_index(removed: Sequence[Removal], index: int) -> int:
    for gone in sorted(r.block for r in removed if r.start is None):
        if gone <= index:
            index += 1
    return index


def _original_offset(parts: Sequence[tuple[int, str]], offset: int) -> int:
    for start, piece in parts:
        if start <= offset:
            offset += len(piece)
    return offset


def _removals(
    removed: Sequence[Removal], block: int, span: tuple[int, int], text: str, rule: str
) -> list[Removal]:
    # a cut that spans the seam of an earlier one is two places in the original text
    parts = _parts(removed, block)
    start, end = span
    seams, taken = [], 0
    for at, piece in parts:
        if start < at - taken < end:
            seams.append(at - taken)
        taken += len(piece)
    bounds = [start, *dict.fromkeys(seams), end]
    return [
        Removal(rule=rule, text=text[a:b], block=block, start=_original_offset(parts, a))
        for a, b in pairwise(bounds)
    ]
