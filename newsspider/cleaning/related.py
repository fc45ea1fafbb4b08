"""The rule ``related``: links to other stories that stand in the text."""

from __future__ import annotations

import re

from newsspider.cleaning.lines import line_rules, strip
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import drop_all
from newsspider.items import Article, Block

RULE = "related"
_POINTER = re.compile(r"(?:>>|☞)\s?\S.{0,200}")
_TITLE = re.compile(r".{8,160}(?<![.,;:])")
_MANY = 8


def related(article: Article, policy: CleaningPolicy) -> Article:
    """Remove "Also Read: …" and its kin, and the list of titles under a label that stands alone.

    >>> read = Article(blocks=(Block(role="paragraph", text="It rained."),
    ...                        Block(role="heading", text="Lesen Sie auch"),
    ...                        Block(role="list_item", text="Wie es schneite")))
    >>> related(read, CleaningPolicy()).article_body
    'It rained.'
    """
    going: set[int] = set()
    for index, block in enumerate(article.blocks):
        going.update(range(index + 1, index + 1 + _titles_after(article.blocks, index)))
        if _POINTER.fullmatch(block.text):
            going.add(index)
    return strip(drop_all(article, going, RULE), RULE)


def _titles_after(blocks: tuple[Block, ...], index: int) -> int:
    if len(blocks[index].text) > 40 or RULE not in line_rules(blocks[index].text):
        return 0
    count = 0
    for block in blocks[index + 1 : index + 2 + _MANY]:
        if block.role != "list_item" or not _TITLE.fullmatch(block.text):
            break
        count += 1
    return count if count <= _MANY else 0
