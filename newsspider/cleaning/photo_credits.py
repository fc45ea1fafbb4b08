"""The rule ``photo_credits``: a picture's credit that reads as a line of text."""

from __future__ import annotations

import re

from newsspider.cleaning.lines import found_in
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import drop_all
from newsspider.items import Article, Block

RULE = "photo_credits"
_LONGEST = 160
# "Photo: A. Person. The rain goes on." is a caption's sentence, and more than a credit
_SENTENCE = re.compile(r"\w{3,}[.!?]\s+\w")


def photo_credits(article: Article, policy: CleaningPolicy) -> Article:
    """Remove lines that only say who took a picture.

    >>> lines = ("It rained.", "Photo: A. Person", "Bild: A. Person/dpa", "A. Person/AFP via Getty Images")
    >>> read = Article(blocks=tuple(Block(role="paragraph", text=line) for line in lines))
    >>> photo_credits(read, CleaningPolicy()).article_body
    'It rained.'
    """
    return drop_all(article, (i for i, block in enumerate(article.blocks) if _is_credit(block)), RULE)


def _is_credit(block: Block) -> bool:
    return len(block.text) <= _LONGEST and RULE in found_in(block).whole and not _SENTENCE.search(block.text)
