"""The rule ``photo_credits``: a picture's credit that reads as a line of text."""

from __future__ import annotations

import re

from newsspider.cleaning.lines import findings
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import drop_all
from newsspider.items import Article

RULE = "photo_credits"
_LONGEST = 160
# "Photo: A. Person. The rain goes on." is a caption's sentence, and more than a credit
_SENTENCE = re.compile(r"\w{3,}[.!?]\s+\w")


def photo_credits(article: Article, policy: CleaningPolicy) -> Article:
    """Remove lines that only say who took a picture.

    >>> from newsspider.items import Block
    >>> lines = ("It rained.", "Photo: A. Person", "Bild: A. Person/dpa", "A. Person/AFP via Getty Images")
    >>> read = Article(blocks=tuple(Block(role="paragraph", text=line) for line in lines))
    >>> photo_credits(read, CleaningPolicy()).article_body
    'It rained.'
    """
    going = [
        index
        for index, finding in findings(article.blocks)
        if RULE in finding.whole and _is_credit(article.blocks[index].text)
    ]
    return drop_all(article, going, RULE)


def _is_credit(text: str) -> bool:
    return len(text) <= _LONGEST and not _SENTENCE.search(text)
