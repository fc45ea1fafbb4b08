"""An article in parts, joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsspider.extraction.text import fold
from newsspider.items import STANDFIRST, Article, Block, body_of

_NO_TEXT = frozenset(("login", "consent", "error"))
"""Types of pages that stand where a part of an article should be."""


def join_parts(head: Article, parts: Sequence[Article]) -> Article:
    """Return *head* with the text and the pictures of *parts*, in their order.

    A standfirst that the parts repeat comes once; what else opens a later part is text, however it looks
    there. A log-in form, a consent page or an error is no part. All other fields are the head's.

    >>> one = Article(blocks=(Block(role="standfirst", text="Why"), Block(role="paragraph", text="First.")))
    >>> two = Article(blocks=(Block(role="standfirst", text="Why"), Block(role="paragraph", text="Then.")))
    >>> join_parts(one, [two]).article_body
    'First.\\n\\nThen.'
    """
    parts = [part for part in parts if is_part(part)]
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


def is_part(page: Article) -> bool:
    """Tell whether *page* is what it should be, and not a form or a message in its place."""
    return page.page_type not in _NO_TEXT


def is_whole(view: Article, head: Article) -> bool:
    """Tell whether *view*, the page that should have all parts, has at least the text of *head*, the first.

    >>> head = Article(article_body="The first of three parts.")
    >>> is_whole(Article(article_body="Log in to read on.", page_type="login"), head)
    False
    """
    return is_part(view) and len(view.article_body) >= len(head.article_body)
