"""One parsed document and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, wraps
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, cast

from lxml import etree

from newsspider.errors import ExtractionError
from newsspider.extraction.addresses import join
from newsspider.extraction.charset import is_binary, resolve
from newsspider.extraction.crowded_tags import without_crowded_tags
from newsspider.extraction.elements import Elements, Node
from newsspider.extraction.json_ld import JsonObject, article_rank, choose_news, flatten
from newsspider.extraction.json_text import Json, read_json
from newsspider.extraction.microdata import is_titled, read_microdata
from newsspider.extraction.state import State
from newsspider.extraction.text import fold, normalize

if TYPE_CHECKING:
    from parsel import Selector

__all__ = ["Node", "Page", "once_a_page"]

_T = TypeVar("_T")
_Ts = TypeVarTuple("_Ts")

_META_NAMES = ("name", "property", "itemprop", "http-equiv")


class Page:
    """A document: its URL and its bytes, parsed once into one tree that nobody changes.

    *encoding* is the charset that the HTTP header names, if any; it is a hint, weighed by
    :func:`newsspider.extraction.charset.resolve`. Raises :class:`~newsspider.ExtractionError` for bytes that
    are no document. Everything but the tree is read when it is first asked for, and kept.
    """

    def __init__(self, body: bytes, url: str, *, encoding: str | None = None) -> None:
        self.url = url
        if not body or body.isspace():
            raise ExtractionError(f"{url}: the document is empty")
        if is_binary(body, encoding):
            raise ExtractionError(f"{url}: the document is binary, not HTML")
        self.encoding, utf8 = resolve(body, encoding)
        self.root: Node = _parse(utf8, url)
        self._remembered: dict[tuple[object, ...], object] = {}

    @cached_property
    def selector(self) -> Selector:
        """A parsel selector on the tree."""
        from parsel import Selector  # noqa: PLC0415 - the library itself needs none

        return Selector(root=self.root, type="html", base_url=self.base_url)

    @cached_property
    def base_url(self) -> str:
        """The URL that the page's links are relative to."""
        stated = (node.get("href") for node in self.elements.tagged("base"))
        return join(self.url, next((href for href in stated if href is not None), ""))

    def absolute(self, link: str) -> str:
        """Return *link* as an absolute URL, or an empty string where it is none."""
        link = link.strip()
        if "/." not in link:
            # most links of a page need no reading: urljoin takes 20 us for each
            if link.startswith(("https://", "http://")) and "[" not in link:
                return link
            if link.startswith("/") and not link.startswith("//"):
                return self._origin + link
        return join(self.base_url, link)

    @cached_property
    def _origin(self) -> str:
        return join(self.base_url, "/").rstrip("/")

    @cached_property
    def meta(self) -> Mapping[str, tuple[str, ...]]:
        """Contents of the ``<meta>`` elements by lower-cased name, property or itemprop, in order."""
        found: dict[str, list[str]] = {}
        for node in self.elements.tagged("meta"):
            content = (node.get("content") or node.get("value") or "").strip()
            if content:
                for name in {(node.get(key) or "").strip().lower() for key in _META_NAMES} - {""}:
                    found.setdefault(name, []).append(content)
        return {name: tuple(values) for name, values in found.items()}

    @cached_property
    def elements(self) -> Elements:
        """The elements of the tree, by tag and by class."""
        return Elements(self.root)

    def meta_text(self, *names: str) -> str:
        """Return the first content of the first of *names* that has one, in normal form, else ''."""
        for name in names:
            for content in self.meta.get(name, ()):
                text = normalize(content)
                if text:
                    return text
        return ""

    @cached_property
    def json_ld(self) -> tuple[JsonObject, ...]:
        """Every JSON-LD object on the page, graphs, lists and main entities opened, in document order."""
        return flatten(self._json_ld_values())

    def _json_ld_values(self) -> Iterator[Json]:
        for node in self.elements.tagged("script"):
            if "ld+json" in node.get("type", "") and node.text:
                yield from read_json(node.text)

    @cached_property
    def linked(self) -> Mapping[str, JsonObject]:
        """The JSON-LD objects by their ``@id``, for values that only point to one."""
        found: dict[str, JsonObject] = {}
        for node in self.json_ld:
            key = node.get("@id")
            if isinstance(key, str) and len(node) > len(found.get(key, ())):
                found[key] = node
        return found

    @cached_property
    def news(self) -> JsonObject:
        """The JSON-LD object that is the page's article; empty where there is none."""
        return choose_news(self.json_ld, (self.url, self.meta_text("og:url")))

    @cached_property
    def microdata(self) -> tuple[JsonObject, ...]:
        """The page's microdata items in the shape of JSON-LD, each property a list."""
        return read_microdata(self.root, self.base_url)

    @cached_property
    def news_item(self) -> JsonObject:
        """The microdata item that is the page's article, of several one with its title or none, or empty."""
        articles = [item for item in self.microdata if article_rank(item)]
        if len(articles) > 1:
            title = fold(f"{self.meta_text('og:title')} {self.root.findtext('head/title', '')}")
            untitled = [item for item in articles if not (item.get("headline") or item.get("name"))]
            articles = [item for item in articles if is_titled(item, title)] or untitled
        return max(articles, key=lambda item: (article_rank(item), len(item)), default={})

    @cached_property
    def state(self) -> tuple[Json, ...]:
        """The objects that the page's front end embeds in scripts (Next, Nuxt, Fusion, Apollo ...)."""
        return self.scripts.read()

    @cached_property
    def scripts(self) -> State:
        """The page's scripts, for who needs the objects of only some of them."""
        return State(self.elements.tagged("script"))


def once_a_page(read: Callable[[Page, *_Ts], _T]) -> Callable[[Page, *_Ts], _T]:
    """Let *read*, a function of a page, be called once for a page and further arguments, then remembered."""

    @wraps(read)
    def remembering(page: Page, *args: *_Ts) -> _T:
        # without the page itself, or it would hold on to itself and wait for the garbage collector
        key = (read, *args)
        if key not in page._remembered:
            page._remembered[key] = read(page, *args)
        return cast("_T", page._remembered[key])

    return remembering


def _parse(body: bytes, url: str) -> Node:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(without_crowded_tags(body), parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ExtractionError(f"{url}: the document cannot be parsed as HTML: {error}") from error
    if root is None:
        raise ExtractionError(f"{url}: the document has no elements")
    for stray in tuple(root.itersiblings(etree.Element)):
        # a second <html> in the source is a second root to libxml2; to a reader it is the same page
        root.append(stray)
    return root
