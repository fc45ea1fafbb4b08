"""The elements of a document, by tag and by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    import lxml.html

    # to its stubs the attributes of a plain element may be bytes, which those of a parsed document never are
    Node: TypeAlias = lxml.html.HtmlElement
else:
    Node = etree._Element

_ASKED_FOR = (
    "a", "article", "aside", "base", "figure", "h1", "h2", "h3", "link", "meta", "noscript", "p", "script",
    "time", "title",
)  # fmt: skip


# when an element's object goes, lxml climbs to the next one above that has an object still
_DEEP = etree.XPath(f"boolean({'/*' * 64})")


class Elements:
    """The elements below and with *root*, in document order.

    One walk serves all who ask for the tags that most pages are asked for. Only their elements are held: lxml
    makes an object for each that is looked at, and a thousand of them that stay cost the garbage collector
    more than it costs to make them anew. Of a page that is deeper than a page can sensibly be all are held.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._held = tuple(root.iter()) if _DEEP(root) else ()
        self._with_class: dict[str, list[Node]] = {}

    def tagged(self, *tags: str) -> Sequence[Node]:
        """Return the elements that have one of *tags*, in document order."""
        if len(tags) == 1 and tags[0] in _ASKED_FOR:
            return self._by_tag.get(tags[0], ())
        return list(self._root.iter(*tags))

    @cached_property
    def _by_tag(self) -> Mapping[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self._root.iter(*_ASKED_FOR):
            found[node.tag].append(node)
        return found

    def with_class(self, name: str) -> list[Node]:
        """Return the elements that have the class *name*, those with the same class attribute together."""
        if name not in self._with_class:
            # a page repeats most of its class attributes, and that a text lacks a word is seen at once
            values = (value for value in self._by_class if name in value and name in value.split())
            self._with_class[name] = [node for value in values for node in self._by_class[value]]
        return self._with_class[name]

    @cached_property
    def _by_class(self) -> Mapping[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self._root.iter():
            value = node.get("class")
            if value is not None:
                found[value].append(node)
        return found
