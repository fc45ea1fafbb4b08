"""The elements of a document, each looked at once: by tag, by an attribute, by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import lxml.html

Node: TypeAlias = lxml.html.HtmlElement


class Elements:
    """All elements below and with *root*, in document order.

    lxml makes an object for an element that is looked at and drops it when nobody holds it, and a walk over
    the tree for one tag goes to its end to see whether there is another. To hold on to all of them makes each
    later look cheaper; what is asked often is one pass for all who ask.
    """

    def __init__(self, root: Node) -> None:
        self._all = tuple(root.iter())
        self._by_value: dict[str, dict[str, list[Node]]] = {}
        self._with_class: dict[str, list[Node]] = {}

    def __iter__(self) -> Iterator[Node]:
        return iter(self._all)

    def tagged(self, *tags: str) -> Sequence[Node]:
        """Return the elements that have one of *tags*, in document order."""
        if len(tags) == 1:
            return self._by_tag.get(tags[0], ())
        wanted = frozenset(tags)
        return [node for node in self._all if node.tag in wanted]

    @cached_property
    def _by_tag(self) -> Mapping[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self._all:
            found[node.tag].append(node)
        return found

    def by_value(self, attribute: str) -> Mapping[str, list[Node]]:
        """Return the elements that have *attribute*, by its value, in document order."""
        if attribute not in self._by_value:
            # one attribute at a time: pages of real sites have four on an element, few of which are asked for
            found = self._by_value[attribute] = defaultdict(list)
            for node in self._all:
                value = node.get(attribute)
                if value is not None:
                    found[value].append(node)
        return self._by_value[attribute]

    def with_class(self, name: str) -> list[Node]:
        """Return the elements that have the class *name*, those with the same class attribute together."""
        if name not in self._with_class:
            stated = self.by_value("class")
            # a page repeats most of its class attributes, and that a text lacks a word is seen at once
            values = (value for value in stated if name in value and name in value.split())
            self._with_class[name] = [node for value in values for node in stated[value]]
        return self._with_class[name]
