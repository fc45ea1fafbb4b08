"""The name that closes a text: "(Ada Berg)", a bold name alone, "Ada Berg is a bridge inspector"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from newsspider.extraction.fields.byline import is_bare, read_byline
from newsspider.extraction.fields.byline_labels import label_end
from newsspider.extraction.fields.marks import is_elsewhere
from newsspider.extraction.fields.names import is_known_name
from newsspider.extraction.fields.signatures import OUTSIDE, Signature
from newsspider.extraction.fields.stage import are_in_headline
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import node_text, normalize

_SIGNED = re.compile(
    r"\A(?:[(（【\[]\s*(?P<inside>[^()（）【】\[\]]{2,100})[)）】\]]|[—–-]{1,2}\s?(?P<behind>.{2,60}))\.?\Z"
)
_WHO = re.compile(
    r"\A(?P<name>[^\d,.]{5,40}?),?\s(?:is|was|teaches|writes|covers|lives|ist|est|es|è|é|är|er)\s"
)
_ROLE_AT_END = re.compile(r"(?:기자|특파원|記者|记者)(?:\s\S+@\S+)?\Z")
_SET_APART = re.compile(r"(?:text-)?align:?\s?-?(?:right|end)|has-text-align-right")
_BRACKETS = ("(", "（", "[", "【")
_BOLD = ("strong", "b", "em", "i")
_PROSE = 40
_MAX_LINE = 200
_LAST = 4


def closing(page: Page) -> Iterator[Signature]:
    """Yield the lines behind the last paragraph that sign the text."""
    for node in _last(page):
        line = node_text(node)
        name = _signed(node, line) if len(line) <= _MAX_LINE else ""
        people = read_byline(name).people if name else ()
        if people and all(map(is_known_name, people)) and not are_in_headline(people, page):
            yield Signature(line, ", ".join(people), (), (), is_labelled=False)


def _signed(node: Node, line: str) -> str:
    """Return the part of *line*, the text of *node*, that may be a name by the way in which it is set."""
    signed = _SIGNED.match(line)
    if signed:
        return signed["inside"] or signed["behind"]
    if _ROLE_AT_END.search(line) or label_end(line):
        return line
    only = node[0] if len(node) == 1 and not (node.text or "").strip() else None
    is_bold = only is not None and only.tag in _BOLD and not (only.tail or "").strip()
    is_apart = _SET_APART.search(f"{node.get('style')} {node.get('class')} {node.get('align')}")
    if not is_bold and not is_apart:
        return ""
    who = _WHO.match(line)
    # a town may stand below the name
    first = next(filter(None, map(normalize, node.itertext())), "")
    return who["name"] if who else first if is_bare(line) else ""


def _last(page: Page) -> Iterator[Node]:
    """Yield the elements behind the last long paragraph of the text, whose paragraphs have one parent."""
    lengths: dict[Node, int] = {}
    last: dict[Node, Node] = {}
    for paragraph in page.elements.tagged("p"):
        parent = paragraph.getparent()
        text = (paragraph.text or "").lstrip()
        if parent is not None and len(text) > _PROSE and not text.startswith(_BRACKETS):
            lengths[parent] = lengths.get(parent, 0) + len(text)
            last[parent] = paragraph
    longest = max(lengths, key=lambda parent: lengths[parent], default=None)
    if longest is not None and not is_elsewhere(last[longest], OUTSIDE):
        yield from islice(last[longest].itersiblings(), _LAST)
