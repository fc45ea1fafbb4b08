"""The rule ``recurring``: lines that many articles of one site share. Not part of ``clean``."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from newsspider.cleaning.line_counts import line_key
from newsspider.cleaning.removal import drop_all
from newsspider.items import Article

RULE = "recurring"


def recurring(article: Article, lines: AbstractSet[str]) -> Article:
    """Remove the blocks whose key is in *lines*, a snapshot of :meth:`LineCounts.recurring`.

    Never the line that is the article's headline, nor the one that holds its dateline; and never all of the
    text: a site whose every line recurs is one that the counts do not understand.

    >>> from newsspider.items import Block
    >>> lines = ("It rained.", "Watch Example TV live!")
    >>> read = Article(blocks=tuple(Block(role="paragraph", text=line) for line in lines))
    >>> recurring(read, {line_key("watch example tv live")}).article_body
    'It rained.'
    """
    kept = {line_key(article.headline or ""), line_key(article.dateline.raw if article.dateline else "")}
    gone = [
        index
        for index, block in enumerate(article.blocks)
        if line_key(block.text) in lines and line_key(block.text) not in kept
    ]
    if len(gone) == len(article.blocks):
        return article
    return drop_all(article, gone, RULE)
