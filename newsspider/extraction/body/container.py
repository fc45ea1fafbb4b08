"""The body inside the elements that a template names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
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
    r"|paywall|outbrain|taboola|read[-_]?(?:more|also|next)|also[-_]?read|byline|breadcrumbs?)(?:$|[\s_-])",
    re.IGNORECASE,
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
    sizes = [0] * len(found.tags)
    for item in found.items:
        sizes[item.node] += item.size
    for node in range(len(sizes) - 1, 0, -1):
        if found.parents[node] >= 0:
            sizes[found.parents[node]] += sizes[node]
    most = _MOST * sum(item.size for item in found.items)
    frames = {parent for node, parent in enumerate(found.parents) if found.tags[node] in _FRAMED}
    out: list[bool] = []
    for node, parent in enumerate(found.parents):
        frame = node in frames and found.tags[node] == "figure"
        named = not frame and _around(found, node) and sizes[node] <= most and parent >= 0
        out.append(named or (parent >= 0 and out[parent]))
    return tuple(number for number, item in enumerate(found.items) if not out[item.node])


def _around(found: Segments, node: int) -> bool:
    return (
        found.tags[node] in _LEFT_OUT
        or bool(found.flags[node] & HIDDEN)
        or _AROUND.search(found.names[node][:300]) is not None
    )
