"""What each segment of the article is: paragraph, heading, list item, ..., and which one is the standfirst."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from newsspider.extraction.body.features import PROSE
from newsspider.extraction.body.segment import DATA_ROW, Segments
from newsspider.items import STANDFIRST, Role

_OWN: Final[dict[str, Role]] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "list_item", "dd": "list_item", "dt": "list_item", "blockquote": "quote", "pre": "preformatted",
}  # fmt: skip
_INHERITED: Final[dict[str, Role]] = {"blockquote": "quote", "pre": "preformatted"}
_LEAD_NAME: Final = re.compile(
    r"stand-?first|sub-?(?:title|headline|head\b|hed\b)|\bdek\b|\bdeck\b|excerpt|abstract|summary|chapo|sapo\b|strapline"
    r"|preface|ingress|vorspann|entradilla|bajada|perex|sottotitolo|abstract|teaser-?text|intro\b|\blede?\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d+")
_LONGEST: Final = 1200  # characters of a standfirst, with all its parts
_LEAST_BODY: Final = 250  # characters that must follow one


def roles_of(found: Segments, kept: Sequence[int]) -> list[Role]:
    """Return the role of each segment of *found* whose index *kept* lists, in order."""
    inherited = _inherited(found)
    roles: list[Role] = []
    for number in kept:
        node = found.items[number].node
        if found.flags[node] & DATA_ROW:
            roles.append("table_row")
            continue
        role = _OWN.get(found.tags[node]) or inherited[node]
        parent = found.parents[node]
        if role == "paragraph" and parent >= 0 and found.tags[parent] in ("li", "dd"):
            role = "list_item"
        roles.append(role)
    for at in range(_standfirst(found, kept)):
        roles[at] = STANDFIRST
    return roles


def _inherited(found: Segments) -> list[Role]:
    roles: list[Role] = []
    for node, tag in enumerate(found.tags):
        parent = found.parents[node]
        roles.append(_INHERITED.get(tag) or (roles[parent] if parent >= 0 else "paragraph"))
    return roles


def _standfirst(found: Segments, kept: Sequence[int]) -> int:
    """Return how many of the first kept segments are the standfirst.

    It is set apart from the body: by a parent of its own and another kind of element than the paragraphs have, or
    beside them by being a heading, all bold, or named for what it is.
    """
    prose = [number for number in kept if found.items[number].size >= PROSE / 2]
    if len(prose) < 2 or not kept:
        return 0
    kinds = Counter(_kind(found, number) for number in prose)
    parents = Counter(found.parents[found.items[number].node] for number in prose[1:])
    count = size = 0
    for number in kept:
        item = found.items[number]
        size += item.size
        if size > _LONGEST or not _set_apart(found, number, kinds, parents):
            break
        if count and found.parents[item.node] != found.parents[found.items[kept[0]].node]:
            break
        count += 1
    rest = sum(found.items[number].size for number in kept[count:])
    # a heading of its own is no standfirst, nor is a list of facts
    long_enough = any(found.items[number].size >= PROSE / 2 for number in kept[:count])
    return count if long_enough and rest >= _LEAST_BODY else 0


def _kind(found: Segments, number: int) -> tuple[str, str, str]:
    node = found.items[number].node
    # entry-1 and entry-2 are of one kind
    own, around = (_NUMBER.sub("", found.names[at]) for at in (node, max(found.parents[node], 0)))
    return found.tags[node], own, around


def _set_apart(
    found: Segments, number: int, kinds: Counter[tuple[str, str, str]], parents: Counter[int]
) -> bool:
    item = found.items[number]
    parent = found.parents[item.node]
    own_names = found.names[item.node]
    if _LEAD_NAME.search(own_names) or (_LEAD_NAME.search(found.names[max(parent, 0)]) and parents[parent] <= 1):
        return True
    if kinds[_kind(found, number)] > 1:
        return False
    if not parents[parent]:
        return True
    return found.tags[item.node] in ("h2", "h3", "h4") and item.size >= PROSE or item.bold >= 0.9 * len(item.text)
