"""An article in parts, joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsspider.extraction.text import fold
from newsspider.items import STANDFIRST, Article, Block, body_of


def join_parts(head: Article, parts: Sequence[Article]) -> Article:
    """Return *head* with the text and the pictures of *parts*, in their order.

    A standfirst that the parts repeat comes once; what else opens a later part is text, however it looks
    there. All other fields are the head's.

    >>> one = Article(blocks=(Block(role="standfirst", text="Why"), Block(role="paragraph", text="First.")))
    >>> two = Article(blocks=(Block(role="standfirst", text="Why"), Block(role="paragraph", text="Then.")))
    >>> join_parts(one, [two]).article_body
    'First.\\n\\nThen.'
    """
    if not parts:
        return head
    opening = {fold(block.text) for block in head.blocks if block.role == STANDFIRST}
    blocks: list[Block] = list(head.blocks)
    for part in parts:
        blocks += (_as_text(block) for block in part.blocks if fold(block.text) not in opening)
    images = {image.url: image for article in (head, *parts) for image in article.images}
    joined = tuple(blocks)
    return replace(head, blocks=joined, article_body=body_of(joined), images=tuple(images.values()))


def _as_text(block: Block) -> Block:
    return replace(block, role="paragraph") if block.role == STANDFIRST else block
