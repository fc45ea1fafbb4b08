"""The rule ``site_lines``: what a site file or a user adds to the phrases."""

from __future__ import annotations

import re
from functools import lru_cache

from newsspider.cleaning.phrases import Phrases, index_of, phrases_in
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import drop_all
from newsspider.items import Article

RULE = "site_lines"
_LONGEST = 2000


def site_lines(article: Article, policy: CleaningPolicy) -> Article:
    """Remove the lines and patterns of *policy*; its lines are written as the shipped phrases are.

    >>> import re
    >>> from newsspider.items import Block
    >>> lines = ("It rained.", "WATCH Example TV live!", "Ref. 2024-17")
    >>> read = Article(blocks=tuple(Block(role="paragraph", text=line) for line in lines))
    >>> policy = CleaningPolicy(lines=("Watch Example TV live",), patterns=(re.compile(r"Ref\\. [\\d-]+"),))
    >>> site_lines(read, policy).article_body
    'It rained.'
    """
    if not policy.lines and not policy.patterns:
        return article
    index = _index(policy.lines)
    going = (
        at
        for at, block in enumerate(article.blocks)
        if index.rules(block.text) or _matches(block.text, policy.patterns)
    )
    return drop_all(article, going, RULE)


def _matches(text: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    return len(text) <= _LONGEST and any(pattern.fullmatch(text) for pattern in patterns)


@lru_cache(maxsize=256)
def _index(lines: tuple[str, ...]) -> Phrases:
    # a space, so that no line is taken for the name of a rule
    return index_of(phrase for line in lines for phrase in phrases_in(" " + " ".join(line.split()), RULE))
