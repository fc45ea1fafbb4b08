"""Which pages of a run need a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from newsspider.extraction.page import Page
from newsspider.extraction.site import Site
from newsspider.extraction.skeleton import is_skeleton
from newsspider.ledger.rows import Row

_SURE_AFTER = 3
_LOOK_AGAIN_EVERY = 20


class Need:
    """Knows it from the site files before a page is fetched, else learns it from the pages.

    Where three pages of one kind on a site, one after the other, were empty without a browser, the next go
    to the browser at once; one in twenty is still fetched without, to see whether that holds.
    """

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self._sites = sites
        self._empty: Counter[tuple[str, bool]] = Counter()
        self._sent: Counter[tuple[str, bool]] = Counter()

    def is_known(self, row: Row) -> bool:
        """Tell whether the page of *row* is known, before it is fetched, to need a browser."""
        site = self._sites.get(row.site)
        if site is None or row.role in ("feed", "sitemap"):
            return False
        is_list = row.role == "section"
        if site.links.more if is_list else site.templates and all(t.render for t in site.templates):
            return True
        kind = (row.site, is_list)
        if row.role == "part":
            return self._empty[kind] > 0  # as the page that it is a part of, which was read just now
        if self._empty[kind] < _SURE_AFTER:
            return False
        self._sent[kind] += 1
        return self._sent[kind] % _LOOK_AGAIN_EVERY != 0

    def article_needs(self, page: Page, row: Row, template: str) -> bool:
        """Tell whether *page*, fetched without a browser, needs one: a template asks for it.

        *template* is the name of the one that read it.
        """
        templates = self._sites[row.site].templates
        return any(
            t.render and (any(e.nodes(page) for e in t.match) if t.match else template in (t.name, "generic"))
            for t in templates
        )

    def is_empty(self, page: Page, row: Row, *, found: bool) -> bool:
        """Tell whether *page*, fetched without a browser, is a skeleton, and learn from it.

        It is none where something was *found* on it: text, or links.
        """
        empty = not found and is_skeleton(page)
        kind = (row.site, row.role == "section")
        self._empty[kind] = self._empty[kind] + 1 if empty else 0
        return empty
