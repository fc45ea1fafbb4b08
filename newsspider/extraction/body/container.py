"""The body inside the elements that a template names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from newsspider.extraction.body.blocks import blocks_of
from newsspider.extraction.body.evidence import page_description
from newsspider.extraction.body.segment import HIDDEN, Segments, segment
from newsspider.extraction.page import Node, Page
from newsspider.items import Block

_LEFT_OUT: Final = frozenset(
    ["aside", "nav", "footer", "form", "figure", "figcaption", "button", "noscript", "address"]
)
# WordPress and others frame a table, a quotation or a listing in a <figure>
_FRAMED: Final = frozenset(("table", "blockquote", "pre"))
_AROUND: Final = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|adslot|ad[-_]?(?:slot|unit|container|wrapper|label)|sponsor\w*|promo\w*|newsletter\w*"
    r"|related\w*|recirc\w*|recommend\w*|share|sharing|social\w*|captions?|credits?|embed\w*|comments?"
    r"|paywall|outbrain|taboola|read[-_]?(?:more|also|next)|also[-_]?read|byline|breadcrumbs?)(?:$|[\s_-])"
)
_MOST: Final = 0.4  # share of the container's text from which an element's name says nothing


def read_container(
    page: Page, containers: Sequence[Node], *, drop: Collection[Node] = (), stop: Node | None = None
) -> tuple[Block, ...]:
    """Return the text of *containers* as blocks, in the order given, up to *stop* and without *drop*.

    A template's word is trusted; only what is never an article's text is left out: asides, captions, forms,
    hidden copies, and elements that are named for an ad, related links, sharing and the like. None of them is
    left out if it holds much of the text.
    """
    found = segment(containers, drop=frozenset(drop), stop=stop)
    return blocks_of(found, _inside(found), page_description(page))


def _inside(found: Segments) -> tuple[int, ...]:
    # the size of what lies before each node: what lies in one is a run of nodes
    before = [0] * (len(found.tags) + 1)
    for item in found.items:
        before[item.node + 1] += item.size
    before = [*accumulate(before)]
    most = _MOST * before[-1]
    frames = {parent for node, parent in enumerate(found.parents) if found.tags[node] in _FRAMED}
    out: list[bool] = []
    for node, (parent, end) in enumerate(zip(found.parents, found.ends, strict=True)):
        if parent < 0 or out[parent]:
            out.append(parent >= 0)
        else:
            small = before[end] - before[node] <= most
            frame = node in frames and found.tags[node] == "figure"
            out.append(small and not frame and _around(found, node))
    return tuple(number for number, item in enumerate(found.items) if not out[item.node])


def _around(found: Segments, node: int) -> bool:
    return (
        found.tags[node] in _LEFT_OUT
        or bool(found.flags[node] & HIDDEN)
        or _is_named_for_more(found.names[node])
    )


@lru_cache(maxsize=1024)
def _is_named_for_more(names: str) -> bool:
    # lower-case names and a pattern that minds case: one that does not costs twice as much
    return _AROUND.search(names[:300].lower()) is not None
