"""Pages that are empty until a script has run."""

from __future__ import annotations

import re

from lxml import etree

from newsspider.extraction.page import Node, Page

_NOT_PROSE = frozenset(
    ("script", "style", "noscript", "template", "svg", "a", "nav", "header", "footer", "button", "select")
)
_SCRIPTS = etree.XPath(
    "boolean(//script[@src] or //script[@type='module'] or //script[string-length() > 200])"
)
_PASSWORD = etree.XPath("boolean(//input[@type='password'])")
# what front ends call the element that they build the page in
_MOUNT = re.compile(r"(?i)(?:__next|__nuxt|react-?root|app-?root|root|app|main-app|q-app|svelte|gatsby)")
_JAVASCRIPT = re.compile(r"(?i)java\s?script")
_MUCH_PROSE = 250
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
    if not _SCRIPTS(page.root) or _PASSWORD(page.root):
        return False
    body = page.root.find("body")
    if body is None:
        return True
    prose = _prose(body)
    if prose > _MUCH_PROSE:
        return False
    return prose < _NOTHING or _asks_for_scripts(page) or _has_empty_mount(body)


def _prose(body: Node) -> int:
    """Return how many characters of text *body* has outside links and frame, counted until they are many."""
    length = 0
    walker = etree.iterwalk(body, events=("start", "end"))
    for event, node in walker:
        if event == "start" and node.tag in _NOT_PROSE:
            walker.skip_subtree()
        else:
            length += len(((node.text if event == "start" else node.tail) or "").strip())
            if length > _MUCH_PROSE:
                break
    return length


def _asks_for_scripts(page: Page) -> bool:
    asked = ("".join(node.itertext()) for node in page.elements.tagged("noscript"))
    return any(_JAVASCRIPT.search(text) for text in asked)


def _has_empty_mount(body: Node) -> bool:
    """Tell whether an element that front ends build their pages in has next to no text."""
    # one walk that counts, because such elements may be nested in each other a thousand times
    length = 0
    mounts: list[tuple[Node, int]] = []
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            if _MOUNT.fullmatch(node.get("id") or str(node.tag)):
                mounts.append((node, length))
            length += len((node.text or "").strip())
        else:
            if mounts and mounts[-1][0] is node and length - mounts.pop()[1] < _NOTHING:
                return True
            length += len((node.tail or "").strip())
    return False
