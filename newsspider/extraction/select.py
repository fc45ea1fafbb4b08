"""Expressions: how a site file points into a page.

Four kinds, told apart by their prefix:

- no prefix: a CSS selector, with parsel's ``::text`` and ``::attr(name)``;
- ``xpath:``: XPath 1.0;
- ``json:``: `JMESPath <https://jmespath.org/specification.html>`_ over the page's JSON-LD, the article's own
  node first, then over its embedded state;
- ``text:``: the smallest element whose folded text is the one given. Its values are the text of what
  follows the element, up to the next heading; its node is the element.

An expression is compiled once and has no state: it may be shared by all pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Protocol, TypeAlias, cast

import jmespath
from cssselect import Selector, SelectorError
from cssselect import parse as parse_css
from cssselect.parser import Class, Tree
from jmespath.exceptions import JMESPathError
from jmespath.visitor import TreeInterpreter
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from newsspider.extraction.json_text import Json
from newsspider.extraction.page import Node, Page, once_a_page
from newsspider.extraction.text import fold, node_text, normalize

# most elements have other classes, and plain contains() sees that without copying them: twice as fast
_CLASS_TEST = re.compile(
    r"@class and (contains\(concat\(' ', normalize-space\(@class\), ' '\), ' ([^' ]+) '\))"
)
_QUICK_CLASS_TEST = r"contains(@class, '\2') and \1"
_MOST_BEARERS = 500
_CLIMB = 8  # elements around a label that are looked at
_LONGEST = 1_000  # characters of a text that may be a label, with the white space around it
_NO_TEXT = ("script", "style")
_TRANSLATOR = HTMLTranslator()
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PREDICATE = re.compile(r"\[[^\]]*\]")
_EMPTY_PAGE = etree.fromstring("<html><body/></html>")


class Expression(Protocol):
    """One compiled expression of a site file."""

    @property
    def text(self) -> str:
        """The expression as written."""

    @property
    def selects(self) -> str:
        """What it finds: ``nodes`` of the tree, or ``text`` only."""

    def values(self, page: Page) -> tuple[str, ...]:
        """Return the texts it finds, in document order, normal form, none of them empty."""

    def nodes(self, page: Page) -> list[Node]:
        """Return the elements it finds, in document order; empty for an expression that finds only text."""


Alternatives: TypeAlias = tuple[Expression, ...]
"""Expressions of which the first that gives a value wins."""


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """Return *text* compiled. Raises :class:`ValueError`, with the reason, if it can't be.

    >>> compile_expression("h1.title").selects, compile_expression("time::attr(datetime)").selects
    ('nodes', 'text')
    >>> compile_expression("xpath://h1[")
    Traceback (most recent call last):
    ...
    ValueError: bad XPath '//h1[': Invalid expression
    """
    prefix, colon, rest = text.partition(":")
    kind = _KINDS.get(prefix.strip()) if colon else None
    source = rest.strip() if kind else text.strip()
    if not source:
        raise ValueError("the expression is empty")
    return (kind or _css)(text, source)


class _Tree:
    """CSS or XPath: a compiled query on the tree.

    *quick* may give the same sooner, from the elements that have a class.
    """

    def __init__(self, text: str, query: etree.XPath, selects: str, quick: _ByClass | None) -> None:
        self.text = text
        self.selects = selects
        self._query = query
        self._quick = quick

    def values(self, page: Page) -> tuple[str, ...]:
        read = (normalize(item) if isinstance(item, str) else node_text(item) for item in _found(page, self))
        return tuple(value for value in read if value)

    def nodes(self, page: Page) -> list[Node]:
        return [item for item in _found(page, self) if not isinstance(item, str)]

    def run(self, page: Page) -> list[Node | str]:
        found = self._quick.found(page) if self._quick is not None else None
        if found is None:
            found = self._query(page.root)
        return [found] if isinstance(found, str) else cast("list[Node | str]", found)


@once_a_page  # a match, a headline and a body are often the same element
def _found(page: Page, tree: _Tree) -> list[Node | str]:
    return tree.run(page)


@dataclass(frozen=True, slots=True)
class _ByClass:
    """A query that starts from the elements of some classes, which the page knows."""

    query: etree.XPath
    classes: Mapping[str, str]
    """The query's variables, and the class that the elements of each have."""

    def found(self, page: Page) -> object:
        """Return what it finds; None where the elements of a class are too many for it."""
        bearers = {variable: page.elements.with_class(name) for variable, name in self.classes.items()}
        # libxml2 compares each node of a variable with all before it
        if any(len(nodes) > _MOST_BEARERS for nodes in bearers.values()):
            return None
        return cast("object", self.query(page.root, **bearers))


class _Json:
    """JMESPath over what the page says of itself in JSON."""

    selects = "text"

    def __init__(self, text: str, query: jmespath.parser.ParsedResult) -> None:
        self.text = text
        self._query = query
        # search() makes one each time, which only the garbage collector can take away again
        self._interpreter = TreeInterpreter()

    def values(self, page: Page) -> tuple[str, ...]:
        for data in chain((page.news,), page.json_ld, _state(page)):
            try:
                found = self._interpreter.visit(self._query.parsed, data)
                values = tuple(value for value in _texts(found) if value)
            except JMESPathError:  # a function of the expression met a value of another type
                continue
            if values:
                return values
        return ()

    def nodes(self, page: Page) -> list[Node]:
        return []


class _Label:
    """Visible words: a heading such as "Filed under", found by its folded text."""

    selects = "nodes"

    def __init__(self, text: str, label: str) -> None:
        self.text = text
        self._wanted = fold(label)
        self._first = self._wanted.split()[0]

    def values(self, page: Page) -> tuple[str, ...]:
        for label in self.nodes(page):
            values = _following(label)
            if values:
                return values
        return ()

    def nodes(self, page: Page) -> list[Node]:
        found = (_climb(candidate, self._wanted) for candidate in self._candidates(page.root.iter()))
        return list(dict.fromkeys(node for node in found if node is not None))

    def _candidates(self, elements: Iterable[Node]) -> Iterator[Node]:
        """Yield the elements that have a text of their own with the label's first word in it."""
        first = self._first
        for node in elements:
            text, tail = node.text, node.tail
            if text and len(text) < _LONGEST and first in text.casefold() and node.tag not in _NO_TEXT:
                yield node
            if tail and len(tail) < _LONGEST and first in tail.casefold():
                yield from islice(node.iterancestors(), 1)


def _css(text: str, source: str) -> Expression:
    try:
        selectors = parse_css(source)
        query = _union(_path(one, "descendant-or-self::") for one in selectors)
        quick = _by_class(selectors)
    except SelectorError as error:
        raise ValueError(f"bad CSS selector {source!r}: {error}") from error
    return _tree(text, query, quick)


def _by_class(selectors: Sequence[Selector]) -> _ByClass | None:
    # to ask every element for its class takes half as long as the parse
    names = {f"class{at}": _leading_class(one.parsed_tree) for at, one in enumerate(selectors)}
    classes = {variable: name for variable, name in names.items() if name}
    if not classes:
        return None
    starts = (f"${variable}/self::" if name else "descendant-or-self::" for variable, name in names.items())
    query = _union(_path(one, start) for one, start in zip(selectors, starts, strict=True))
    return _ByClass(etree.XPath(query, smart_strings=False), classes)


def _union(paths: Iterable[str]) -> str:
    return _CLASS_TEST.sub(_QUICK_CLASS_TEST, " | ".join(paths))


def _path(selector: Selector, start: str) -> str:
    return _TRANSLATOR.selector_to_xpath(selector, start, translate_pseudo_elements=True)


def _leading_class(tree: Tree) -> str | None:
    """Return a class that the first compound of a CSS selector asks for.

    >>> [_leading_class(one.parsed_tree) for one in parse_css("div.story:not(.ad) > p.lead, p.lead, p > .a")]
    ['story', 'lead', None]
    """
    at: Tree | None = tree
    while at is not None and not isinstance(at, Class):
        at = getattr(at, "selector", None)
    return at.class_name if at is not None else None


def _xpath(text: str, source: str) -> Expression:
    return _tree(text, source, None)


def _tree(text: str, source: str, quick: _ByClass | None) -> Expression:
    try:
        query = etree.XPath(source, smart_strings=False)
        kind = query(_EMPTY_PAGE)  # unknown functions show only now
    except etree.XPathError as error:
        raise ValueError(f"bad XPath {source!r}: {error}") from error
    if not isinstance(kind, (str, list)):
        raise ValueError(f"bad XPath {source!r}: it gives a {type(kind).__name__}, not elements or text")
    last_step = _PREDICATE.sub("", source).rpartition("/")[2]
    only_text = isinstance(kind, str) or last_step.startswith(("@", "text("))
    return _Tree(text, query, "text" if only_text else "nodes", quick)


def _json(text: str, source: str) -> Expression:
    try:
        return _Json(text, jmespath.compile(source))
    except JMESPathError as error:
        reason = str(error).partition("\n")[0].rstrip(":")
        raise ValueError(f"bad JMESPath {source!r}: {reason}") from error


def _label(text: str, source: str) -> Expression:
    if not fold(source):
        raise ValueError(f"bad text {source!r}: it has no letter and no digit")
    return _Label(text, source)


_KINDS: Mapping[str, Callable[[str, str], Expression]] = {"xpath": _xpath, "json": _json, "text": _label}


def _state(page: Page) -> Iterator[Json]:
    yield from page.state  # costly to read, and mostly not needed


def _texts(found: object) -> Iterator[str]:
    """Yield what a JMESPath result holds as text: a string, a number, or a list of them."""
    if isinstance(found, str):
        # line breaks stay: in JSON they are all there is to tell paragraphs apart
        yield "\n".join(line for line in map(normalize, found.splitlines()) if line)
    elif isinstance(found, (int, float)) and not isinstance(found, bool):
        yield str(found)
    elif isinstance(found, list):
        for item in found:
            if not isinstance(item, list):
                yield from _texts(item)


def _opening(node: Node, length: int) -> str:
    """Return the folded start of the text of *node*: all of it, if it is not much longer than *length*.

    Both the pieces looked at and the part of each are bounded: a page may hold a million of either.
    """
    pieces: list[str] = []
    size = 0
    for piece in islice(node.itertext("*"), 50):
        pieces.append(piece.lstrip()[: 4 * length + 40])
        size += len(piece.strip())
        if size > 2 * length + 40:
            break
    return fold(" ".join(pieces))


def _climb(node: Node, wanted: str) -> Node | None:
    """Return the smallest element from *node* upwards whose folded text is *wanted*."""
    for element in islice(chain((node,), node.iterancestors()), _CLIMB):
        text = _opening(element, len(wanted))
        if text == wanted:
            return element
        if not wanted.startswith(text + " "):
            return None
    return None


def _following(label: Node) -> tuple[str, ...]:
    """Return the texts that *label* introduces, up to the next heading.

    They lie in what follows *label* or, where nothing does, in what follows the nearest element around it.
    A link or a list item each is a value where there are any, because a label mostly stands before tags.
    """
    for node in chain((label,), label.iterancestors()):
        pieces, ended = _until_heading(node)
        values = _values(pieces)
        if values or ended or node.tag == "body":
            return values
    return ()


def _until_heading(node: Node) -> tuple[list[Node | str], bool]:
    """Return what follows *node* inside its parent up to the next heading, and whether one was met."""
    pieces: list[Node | str] = [node.tail or ""]
    for sibling in node.itersiblings("*"):
        if next(sibling.iter(*_HEADINGS), None) is not None:
            return pieces, True
        pieces += (sibling, sibling.tail or "")
    return pieces, False


def _values(pieces: Sequence[Node | str]) -> tuple[str, ...]:
    for tag in ("a", "li"):
        parts = (part for piece in pieces if not isinstance(piece, str) for part in piece.iter(tag))
        values = tuple(text for text in map(node_text, parts) if text)
        if values:
            return values
    texts = (normalize(piece) if isinstance(piece, str) else node_text(piece) for piece in pieces)
    text = " ".join(text for text in texts if fold(text)).lstrip(" :：–—-")  # the colon may stand outside
    return (text,) if text else ()
