"""One parsed document and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import lxml.html
from lxml import etree
from parsel import Selector
from w3lib.encoding import html_to_unicode
from w3lib.html import get_base_url

from newsspider.errors import ExtractionError

Node = lxml.html.HtmlElement


class Page:
    """A document: its URL and its bytes, parsed once into one tree that nobody changes.

    *encoding* is the charset that the HTTP header names, if any; it is a hint, resolved by the rules of
    :func:`w3lib.encoding.html_to_unicode`. Raises :class:`~newsspider.ExtractionError` for bytes that are
    no document.
    """

    def __init__(self, body: bytes, url: str, *, encoding: str | None = None) -> None:
        self.url = url
        if not body.strip():
            raise ExtractionError(f"{url}: the document is empty")
        if b"\x00" in body[:1024] and not body[:4].startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
            raise ExtractionError(f"{url}: the document is binary, not HTML")
        header = f"text/html; charset={encoding}" if encoding else None
        self.encoding, self.text = html_to_unicode(header, body)
        self.root: Node = _parse(self.text, url)

    @cached_property
    def selector(self) -> Selector:
        """A parsel selector on the tree."""
        return Selector(root=self.root, type="html", base_url=self.base_url)

    @cached_property
    def base_url(self) -> str:
        """The URL that the page's links are relative to."""
        return str(get_base_url(self.text[:8192], self.url))

    @cached_property
    def meta(self) -> Mapping[str, tuple[str, ...]]:
        """Contents of the ``<meta>`` elements by lower-cased name, property or itemprop, in order."""
        found: dict[str, list[str]] = {}
        for node in self.root.iter("meta"):
            content = (node.get("content") or "").strip()
            for key in ("name", "property", "itemprop", "http-equiv"):
                name = (node.get(key) or "").strip().lower()
                if name and content:
                    found.setdefault(name, []).append(content)
        return {name: tuple(values) for name, values in found.items()}

    @cached_property
    def json_ld(self) -> tuple[Mapping[str, Any], ...]:
        """Every JSON-LD object on the page, graphs and lists flattened, in document order."""
        raise NotImplementedError


def _parse(text: str, url: str) -> Node:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ExtractionError(f"{url}: the document cannot be parsed as HTML: {error}") from error
    return root
