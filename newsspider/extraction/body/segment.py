"""From the tree to text blocks: one walk, without recursion, linear in the size of the page.

A block is a run of text that no block-level element interrupts; two ``<br>`` in a row end a paragraph, the
row of a table that holds data is one block. The walk keeps what a reader sees around each block (links,
bold, pictures before it, how far it stands from the block before) and, for each block-level element that
holds text, its parent, its tag and its names: a later step can judge an element by all that lies in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

from lxml import etree

from newsspider.extraction.page import Node
from newsspider.extraction.text import fold_space

_NOTHING: Final[frozenset[Node]] = frozenset()

# what ends with the element comes first, what does nothing last
_OPENS_BLOCK, _SETS_CELL, _LINKS, _STRESSES, *_OTHERS = range(11)
_SPANS, _BREAKS, _SHOWS, _SKIPS, _TABULATES, _PRESSES, _FLOWS = _OTHERS
_ELEMENTS: Final = {
    _OPENS_BLOCK: "html body p div section article main aside nav header footer figure figcaption form"
    " fieldset legend h1 h2 h3 h4 h5 h6 ul ol li dl dt dd caption thead tbody tfoot td th"
    " blockquote pre address center details summary hgroup noscript menu dir search option optgroup",
    _TABULATES: "table tr",
    _SKIPS: "script style template svg iframe object embed select textarea head title map canvas datalist"
    " video audio applet frameset math",
    _STRESSES: "b strong em i",
    _SHOWS: "img picture",
    _LINKS: "a",
    _SPANS: "span",
    _BREAKS: "br",
    _PRESSES: "button",
    _FLOWS: "abbr cite code del font hr input ins label link meta q s small sub sup time u wbr",
}


class _Effects(dict[str, int]):
    """What each tag does to the text around it."""

    def __missing__(self, tag: object) -> int:
        """Return the effect of a node that is none of the elements above."""
        if not isinstance(tag, str):
            return _SKIPS  # a comment, an instruction
        # custom elements mostly frame blocks
        return _OPENS_BLOCK if "-" in tag else _FLOWS


_EFFECTS: Final = _Effects({name: effect for effect, names in _ELEMENTS.items() for name in names.split()})
_HEADINGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6"))
_MEDIA: Final = frozenset(["iframe", "video", "audio", "svg", "object", "embed", "canvas"])

HIDDEN: Final = 1
"""Flag of a node that its markup hides."""
DATA_ROW: Final = 2
"""Flag of a row of a table of data."""

# scripts without spaces carry about two and a half times as much in a character as the Latin alphabet
_DENSE: Final = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_NAMING: Final = frozenset(("class", "id", "role", "itemprop"))
_HIDING: Final = frozenset(("style", "hidden", "aria-hidden"))
_UNSHOWN: Final = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_TABLE_LOOK: Final = 4000  # elements of a table looked at before it counts as layout
_CELL_LIMIT: Final = 400  # characters; a longer cell is a piece of a page, not a value


def weight(text: str) -> int:
    """Return how much *text* says, in Latin characters.

    >>> weight("abc"), weight("東京")
    (3, 5)
    """
    if text.isascii():
        return len(text)
    return len(text) + len(_DENSE.findall(text)) * 3 // 2


class Segment(NamedTuple):
    """A run of text as the walk found it."""

    text: str
    """White space folded, else as the page has it."""
    size: int
    """Its :func:`weight`."""
    node: int
    """Index of the innermost block-level element around it."""
    linked: int
    """Characters inside links."""
    links: int
    """Number of links."""
    bold: int
    """Characters in bold or italics."""
    media: int
    """Pictures, players and frames since the segment before."""
    up: int
    """Block-level elements closed since the segment before."""
    down: int
    """Block-level elements opened since the segment before."""
    broken: bool
    """Whether a line break, not an element, sets it off from the segment before."""
    names: str
    """Class of an inline element that holds its first text, or empty."""


@dataclass(slots=True)
class Segments:
    """All segments of a page and the block-level elements that hold them, both in document order."""

    items: list[Segment] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    """Index of each node's parent node; -1 for a root."""
    ends: list[int] = field(default_factory=list)
    """Index after the last node inside each node: what lies in a node is one run of nodes."""
    tags: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """Each node's class, id and role, as written."""
    flags: list[int] = field(default_factory=list)
    """Each node's own flags: :data:`HIDDEN`, :data:`DATA_ROW`."""


def segment(
    roots: Iterable[Node], *, drop: Collection[Node] = _NOTHING, stop: Node | None = None
) -> Segments:
    """Return the text segments of *roots*, without what lies in *drop* or from *stop* on."""
    walk = _Walk()
    for root in roots:
        if not walk.over(root, drop, stop):
            break
    return walk.finish()


def _steps(root: Node) -> Iterator[tuple[Node | None, Node | None]]:
    """Return the elements of *root* in document order, each with the one around it; None ends them."""
    # an event for the end of each element costs more than to see that it has ended
    parents = map(etree._Element.getparent, root.iter())
    return chain(zip(root.iter(), parents, strict=True), ((None, root.getparent()),))


def _lies_in(skipped: set[Node | None], element: Node | None, around: Node | None) -> bool:
    """Return whether *element* is skipped like what is around it; the first that is not ends that."""
    if around in skipped:
        skipped.add(element)
        return True
    skipped.clear()
    return False


class _Walk:
    def __init__(self) -> None:
        self.found = Segments()
        self._open: list[Node] = []  # block-level elements around what is read now
        self._nodes: list[int] = []  # those of them, the outermost, that are known to hold text
        self._depth = 0  # how many were around the last text
        self._pieces: list[str] = []
        self._linked = self._links = self._bold = self._media = 0
        self._names = ""
        self._anchors = self._emphases = 0
        self._breaks = 0  # <br> since the last text
        self._broken = False
        self._row: Node | None = None  # open row of data
        self._data_tables: set[Node] = set()

    def over(self, root: Node, drop: Collection[Node], stop: Node | None) -> bool:
        """Walk *root*; false if *stop* was met."""
        pieces, outside = self._pieces, root.getparent()
        path, effects = [outside], [_FLOWS]  # the elements open now, and what each does
        skipped: set[Node] = set()
        for element, around in _steps(root):
            if skipped and _lies_in(skipped, element, around):
                continue
            while path[-1] is not around:
                effect = effects.pop()
                if effect == _OPENS_BLOCK:
                    self._close_block()
                elif effect <= _STRESSES:
                    self._leave(effect)
                text = path.pop().tail
                if text and (pieces or not text.isspace()):
                    self._text(text)
            if element is None or element is stop:
                break
            effect = _EFFECTS[element.tag] if not drop or element not in drop else _SKIPS
            if effect == _OPENS_BLOCK:
                effect = self._open_block(element)
            elif effect < _FLOWS:
                effect = self._enter(element, effect)
            if effect == _SKIPS:
                skipped.add(element)
            else:
                text = element.text
                if text and (pieces or not text.isspace()):
                    self._text(text)
            path.append(element)
            effects.append(effect)
        self._flush()
        return element is None

    def finish(self) -> Segments:
        """Return what was found; what a stop has left open ends here."""
        for node in self._nodes:
            self.found.ends[node] = len(self.found.tags)
        return self.found

    def _enter(self, element: Node, effect: int) -> int:
        """Begin *element*; return what it does in the place where it stands."""
        if effect == _LINKS:
            self._anchors += 1
            self._links += 1
            self._note_names(element)
        elif effect == _SPANS:
            self._note_names(element)
        elif effect == _SKIPS:
            self._media += element.tag in _MEDIA
        elif effect == _STRESSES:
            self._emphases += 1
        elif effect == _BREAKS:
            self._break()
        elif effect == _SHOWS:
            self._media += 1
        elif effect == _TABULATES:
            return self._tabulate(element)
        elif effect == _PRESSES and not self._in_heading():
            return self._open_block(element)
        return effect

    def _leave(self, effect: int) -> None:
        if effect == _LINKS:
            self._anchors -= 1
        elif effect == _STRESSES:
            self._emphases -= 1
        else:
            self._pieces.append(" ")

    def _in_heading(self) -> bool:
        """Return whether what opens now is in a heading: a button there unfolds what is under it."""
        return bool(self._open) and self._open[-1].tag in _HEADINGS

    def _open_block(self, element: Node) -> int:
        if self._row is not None:
            self._cell(element.tag)
            return _SETS_CELL
        if self._pieces:
            self._flush()
        if self._links:
            self._links = 1 if self._anchors else 0
        self._open.append(element)
        return _OPENS_BLOCK

    def _close_block(self) -> None:
        if self._pieces:
            self._flush()
        self._open.pop()
        self._row = None
        self._broken = False
        if len(self._nodes) > len(self._open):
            self.found.ends[self._nodes.pop()] = len(self.found.tags)

    def _tabulate(self, element: Node) -> int:
        effect = self._open_block(element)
        if effect == _OPENS_BLOCK:
            if element.tag == "table" and _holds_data(element):
                self._data_tables.add(element)
            elif element.tag == "tr" and self._in_data_table(element):
                self._row = element
        return effect

    def _in_data_table(self, row: Node) -> bool:
        parent = row.getparent()
        if parent is not None and parent.tag != "table":
            parent = parent.getparent()
        return parent in self._data_tables

    def _cell(self, tag: str) -> None:
        apart = " | " if tag in ("td", "th") and any(map(str.strip, self._pieces)) else " "
        self._pieces.append(apart)

    def _break(self) -> None:
        if self._row is not None:
            self._pieces.append(" ")
            return
        self._breaks += 1
        if self._breaks == 2:
            self._flush()
            self._broken = True
        else:
            self._pieces.append("\n")

    def _note_names(self, element: Node) -> None:
        if not self._names and not self._pieces:
            self._names = element.get("class") or ""

    def _text(self, text: str) -> None:
        self._pieces.append(text)
        if self._anchors:
            self._linked += len(text.strip())
        if self._emphases:
            self._bold += len(text.strip())
        if self._breaks and not text.isspace():
            self._breaks = 0

    def _flush(self) -> None:
        if self._pieces:
            text = fold_space("".join(self._pieces))
            self._pieces.clear()
            if text and self._open:
                self._keep(text)
        self._linked = self._bold = 0
        self._links = 1 if self._anchors else 0
        self._names = ""
        self._breaks = 0

    def _keep(self, text: str) -> None:
        depth, known = len(self._open), len(self._nodes)
        up, down = self._depth - known, depth - known
        if down:
            self._note_blocks(self._open[known:])
        self.found.items.append(
            Segment(
                text, weight(text), self._nodes[-1], self._linked, self._links, self._bold,
                self._media, up, down, self._broken, self._names,
            )
        )  # fmt: skip
        self._depth = depth
        self._media = 0
        self._broken = False

    def _note_blocks(self, elements: Iterable[Node]) -> None:
        """Note block-level elements that turn out to hold text, each in the one before."""
        found, around = self.found, self._nodes
        parent = around[-1] if around else -1
        for element in elements:
            names, flags = "", DATA_ROW if element is self._row else 0
            for name, value in element.items():
                if name in _NAMING:
                    names = f"{names} {value}" if names else value
                elif name in _HIDING and _hides(name, value):
                    flags |= HIDDEN
            found.parents.append(parent)
            parent = len(found.tags)
            around.append(parent)
            found.tags.append(element.tag)
            found.names.append(names)
            found.flags.append(flags)
            found.ends.append(0)


def _hides(name: str, value: str) -> bool:
    if name == "style":
        return "none" in value and _UNSHOWN.search(value) is not None
    return name == "hidden" or value == "true"


def _holds_data(table: Node) -> bool:
    """Return whether *table* holds values, not a page's layout.

    Stops at the first nested table, so that tables in tables cost no more than their elements.
    """
    rows = cells = 0
    for seen, element in enumerate(table.iterdescendants()):
        tag = element.tag
        if tag in ("table", "form", "h1", "article") or seen > _TABLE_LOOK:
            return False
        if tag == "tr":
            rows += 1
        elif tag in ("td", "th"):
            cells += 1
        if (element.text and len(element.text) > _CELL_LIMIT) or (
            element.tail and len(element.tail) > _CELL_LIMIT
        ):
            return False
    return rows >= 2 and cells >= 2 * rows
