"""The rule ``copyright``: who owns the text."""

from __future__ import annotations

import re

from newsspider.cleaning.lines import strip
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import drop_all
from newsspider.items import Article

RULE = "copyright"
# a line that is short, begins with the sign or bears it before a year, and tells no story;
# "(c) The court held ..." is the third of a list
_SIGNED = re.compile(
    r"[<(\[{\s]*(?:©|ⓒ|℗|\(c\)\s*(?=copyright|[\d©])).{1,200}|.{0,60}(?:©|ⓒ)\s?(?:19|20)\d\d.{0,160}",
    re.IGNORECASE,
)
_SIGNS = ("©", "ⓒ", "℗", "(c)", "(C)")
_HEAD = 64


def copyright(article: Article, policy: CleaningPolicy) -> Article:
    """Remove lines that state the copyright.

    >>> from newsspider.items import Block
    >>> lines = ("It rained.", "© 2024 Example News", "Copyright 2024 Example. All rights reserved.")
    >>> read = Article(blocks=tuple(Block(role="paragraph", text=line) for line in lines))
    >>> copyright(read, CleaningPolicy()).article_body
    'It rained.'
    """
    if _has_sign("\n".join([block.text for block in article.blocks])):  # one look, and most have none
        signed = [index for index, block in enumerate(article.blocks) if _is_signed(block.text)]
        article = drop_all(article, signed, RULE)
    return strip(article, RULE)


def _has_sign(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)


def _is_signed(text: str) -> bool:
    # the sign first: what may come before it is tried at length
    return _has_sign(text[:_HEAD]) and bool(_SIGNED.fullmatch(text))
