"""Pages that are empty until a script has run."""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from newsspider.extraction.page import Node, Page

_PROSE = etree.XPath(
    "//body//text()[not(ancestor::*[self::script or self::style or self::noscript or self::template"
    " or self::svg or self::a or self::nav or self::header or self::footer or self::button"
    " or self::select])]",
    smart_strings=False,
)
_SCRIPTS = etree.XPath(
    "boolean(//script[@src] or //script[@type='module'] or //script[string-length() > 200])"
)
_NOSCRIPT = etree.XPath("//noscript")
_PASSWORD = etree.XPath("boolean(//input[@type='password'])")
_MOUNTS = etree.XPath("//body//*[@id or self::app-root or self::my-app]")
# what front ends call the element that they build the page in
_MOUNT = re.compile(r"(?i)(?:__next|__nuxt|react-?root|app-?root|root|app|main-app|q-app|svelte|gatsby)")
_JAVASCRIPT = re.compile(r"(?i)java\s?script")
_LEAST_PROSE = 250
_NOTHING = 60


def is_skeleton(page: Page) -> bool:
    """Tell whether *page* has scripts and next to no text, and shows that the scripts were to bring it.

    It shows so by a ``noscript`` that asks for JavaScript, by an empty element of the kind that front ends
    build their pages in, or by having no text at all. Text in links and in the page's frame does not count.

    >>> is_skeleton(Page(b'<div id="root"></div><script src="/app.js"></script>', "https://a.example/"))
    True
    >>> is_skeleton(Page(b"<p>Page not found</p>", "https://a.example/"))
    False
    """
    root = page.root
    if not _SCRIPTS(root) or _PASSWORD(root):
        return False
    prose = 0
    for text in cast("list[str]", _PROSE(root)):
        prose += len(text.strip())
        if prose > _LEAST_PROSE:
            return False
    return prose < _NOTHING or _asks_for_scripts(root) or _has_empty_mount(root)


def _asks_for_scripts(root: Node) -> bool:
    return any(_JAVASCRIPT.search("".join(node.itertext())) for node in cast("list[Node]", _NOSCRIPT(root)))


def _has_empty_mount(root: Node) -> bool:
    for node in cast("list[Node]", _MOUNTS(root)):
        named = _MOUNT.fullmatch(node.get("id") or str(node.tag))
        if named and len("".join(node.itertext()).strip()) < _NOTHING:
            return True
    return False
