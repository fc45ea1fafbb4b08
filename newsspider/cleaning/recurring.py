"""The rule ``recurring``: lines that many articles of one site share. Not part of ``clean``."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from newsspider.cleaning.line_counts import line_key
from newsspider.cleaning.removal import drop_all
from newsspider.items import Article

RULE = "recurring"


def lines_of(article: Article) -> frozenset[str]:
    """Return the keys of the lines that *article* had before this rule, for :meth:`LineCounts.add`.

    >>> from newsspider.items import Removal
    >>> gone = Removal(rule="recurring", text="Watch us live", block=0, start=None)
    >>> lines_of(Article(removed=(gone,))) == {line_key("Watch us live")}
    True
    """
    left = {line_key(block.text) for block in article.blocks}
    gone = {line_key(removal.text) for removal in article.removed if removal.rule == RULE}
    return frozenset((left | gone) - {""})


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
    if not lines:
        return article
    going = lines - {
        line_key(article.headline or ""),
        line_key(article.dateline.raw if article.dateline else ""),
    }
    gone = [index for index, block in enumerate(article.blocks) if line_key(block.text) in going]
    if len(gone) == len(article.blocks):
        return article
    return drop_all(article, gone, RULE)
