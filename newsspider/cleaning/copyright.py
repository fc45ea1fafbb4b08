"""The rule ``copyright``: who owns the text."""

from __future__ import annotations

import re

from newsspider.cleaning.lines import strip
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import drop_all
from newsspider.items import Article

RULE = "copyright"
# a line that is short, begins with the sign or bears it before a year, and tells no story
_SIGNED = re.compile(
    r"[<(\[{\s]*(?:©|ⓒ|\(c\)|℗).{1,200}|.{0,60}(?:©|ⓒ)\s?(?:19|20)\d\d.{0,160}", re.IGNORECASE
)


def copyright(article: Article, policy: CleaningPolicy) -> Article:
    """Remove lines that state the copyright.

    >>> from newsspider.items import Block
    >>> lines = ("It rained.", "© 2024 Example News", "Copyright 2024 Example. All rights reserved.")
    >>> read = Article(blocks=tuple(Block(role="paragraph", text=line) for line in lines))
    >>> copyright(read, CleaningPolicy()).article_body
    'It rained.'
    """
    signed = [index for index, block in enumerate(article.blocks) if _SIGNED.fullmatch(block.text)]
    return strip(drop_all(article, signed, RULE), RULE)
