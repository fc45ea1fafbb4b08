"""The rule ``related``: links to other stories that stand in the text."""

from __future__ import annotations

import re

from newsspider.cleaning.lines import strip
from newsspider.cleaning.phrases import shipped
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import drop_all
from newsspider.items import Article, Block

RULE = "related"
# four words and more: ">> boot 0.7" is what a computer says
_POINTER = re.compile(r"(?:>>|☞)\s?(?=.{1,200}$)(?:\S+\s+){3,}\S.*")
_POINTERS = (">>", "☞")
_TITLE = re.compile(r".{8,160}(?<![.,;:])")
_MANY = 8
_LONGEST_LABEL = 40


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
        text = block.text
        if len(text) <= _LONGEST_LABEL and block.role != "list_item":
            going.update(range(index + 1, index + 1 + _titles_after(article.blocks, index)))
        if text.startswith(_POINTERS) and _POINTER.fullmatch(text):
            going.add(index)
    return strip(drop_all(article, going, RULE), RULE)


def _titles_after(blocks: tuple[Block, ...], index: int) -> int:
    count = 0
    for block in blocks[index + 1 : index + 2 + _MANY]:
        if block.role != "list_item" or not _TITLE.fullmatch(block.text):
            break
        count += 1
    # the label last: few short blocks stand before a list
    return count if 0 < count <= _MANY and RULE in shipped().named(blocks[index].text) else 0
