"""From segments to blocks: their text in normal form, their roles, and which of them is the standfirst."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from newsspider.extraction.body.evidence import spelled
from newsspider.extraction.body.nodes import PROSE
from newsspider.extraction.body.segment import DATA_ROW, Segments
from newsspider.extraction.text import normalize
from newsspider.items import STANDFIRST, Block, Role

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
_LIST_ITEMS: Final = frozenset(("li", "dd"))
_WRAPPERS: Final = 3  # levels from a text to the list item that it is all of
_NUMBER: Final = re.compile(r"\d+")
_LONGEST: Final = 1200  # characters of a standfirst, with all its parts
_LEAST_BODY: Final = 250  # characters that must follow one


def blocks_of(found: Segments, kept: Sequence[int], description: str) -> tuple[Block, ...]:
    """Return the segments of *found* whose indices *kept* lists, in order, as blocks.

    *description* is the page's own, as :func:`spelled`: a standfirst often says the same.
    """
    texts = (normalize(found.items[number].text) for number in kept)
    return tuple(
        Block(role=role, text=text)
        for role, text in zip(_roles(found, kept, description), texts, strict=True)
        if text
    )


def _roles(found: Segments, kept: Sequence[int], description: str) -> list[Role]:
    inherited = _Inherited(found)
    items = [_list_item(found, found.items[number].node) for number in kept]
    company = Counter(items)
    roles: list[Role] = []
    for number, item in zip(kept, items, strict=True):
        node = found.items[number].node
        if found.flags[node] & DATA_ROW:
            roles.append("table_row")
            continue
        role = _OWN.get(found.tags[node]) or inherited[node]
        if role == "paragraph" and item >= 0 and (item == found.parents[node] or company[item] == 1):
            role = "list_item"
        roles.append(role)
    for at in range(_standfirst(found, kept, description)):
        roles[at] = STANDFIRST
    return roles


def _list_item(found: Segments, node: int) -> int:
    """Return the list item around an element, -1 if none is near."""
    for _ in range(_WRAPPERS):
        node = found.parents[node]
        if node < 0 or found.tags[node] in _LIST_ITEMS:
            return node
    return -1


class _Inherited(dict[int, Role]):
    """The role that each node has from those around it."""

    def __init__(self, found: Segments) -> None:
        super().__init__({-1: "paragraph"})
        self._found = found

    def __missing__(self, node: int) -> Role:
        parents, tags = self._found.parents, self._found.tags
        way = []
        # up to the next node that is known, without recursion: trees may be deep
        while node not in self and tags[node] not in _INHERITED:
            way.append(node)
            node = parents[node]
        role = self[node] if node in self else _INHERITED[tags[node]]
        self.update(dict.fromkeys(way, role))
        return role


def _standfirst(found: Segments, kept: Sequence[int], description: str) -> int:
    """Return how many of the first kept segments are the standfirst.

    It is named for what it is, or set apart from the body: another kind of element than its paragraphs,
    and either a heading or, under a parent of its own, what the page's description says. When unsure it is
    body.
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
        if size > _LONGEST or not (
            _is_named(found, number, parents)
            or (kinds[_kind(found, number)] <= 1 and _is_set_apart(found, number, parents, description))
        ):
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
    return (
        found.tags[node],
        unnumbered(found.names[node]),
        unnumbered(found.names[max(found.parents[node], 0)]),
    )


@lru_cache(maxsize=1024)
def unnumbered(names: str) -> str:
    """Return *names* without numbers: entry-1 and entry-2 are of one kind."""
    return _NUMBER.sub("", names)


@lru_cache(maxsize=1024)
def names_a_lead(names: str) -> bool:
    """Return whether an element of these *names* holds a standfirst."""
    return _LEAD_NAME.search(names) is not None


def _is_named(found: Segments, number: int, parents: Counter[int]) -> bool:
    node = found.items[number].node
    parent = found.parents[node]
    return names_a_lead(found.names[node]) or (
        parents[parent] <= 1 and names_a_lead(found.names[max(parent, 0)])
    )


def _is_set_apart(found: Segments, number: int, parents: Counter[int], description: str) -> bool:
    item = found.items[number]
    if found.tags[item.node] in ("h2", "h3", "h4"):
        return item.size >= PROSE
    start = spelled(item.text[:80])[:60].rpartition(" ")[0]
    return not parents[found.parents[item.node]] and bool(start) and start in description
