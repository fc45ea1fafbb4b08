"""The headings that readers see, and which of them is the headline."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from newsspider.extraction.page import Node, Page, once_a_page
from newsspider.extraction.text import fold, node_text

MAX_LENGTH = 400
"""Characters of the longest text that may be a headline."""
BRAND_WORDS = 4
"""Words of the longest text that may be no more than a name."""
_HEADLINE = re.compile(r"headline|entry-title|article-?_{0,2}title|post-title")
_ELSEWHERE = ("aside", "nav", "footer")
# an aside that is never closed holds the article
_LANDMARKS = (*_ELSEWHERE, "article", "main")
_MIN_SHARE = 0.5
_MOST = 12
_MANY = 60
_FEW_PARTS = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that may be the headline."""

    text: str
    source: str
    """``h1``, or ``heading`` for one of a lower level."""
    is_crumb: bool
    """Whether it may be the last step of a trail of breadcrumbs: some pages put their only h1 there."""


def headings(page: Page, titles: Collection[str]) -> list[Heading]:
    """Return the headings that may be the headline, in document order, those of the first level first.

    *titles* are what the page states as its title, folded: a heading of a lower level that has one of them,
    alone or under a kicker, is one whatever its marks.
    """
    found = (
        Heading(text, "h1", _is_crumb(node))
        for node in islice(_on_stage(page.elements.tagged("h1")), _MOST)
        if 3 < len(text := node_text(node)) <= MAX_LENGTH
    )
    # a layout for phones and one for desks: the same heading twice
    first = list(dict.fromkeys(found))
    if any(fold(heading.text) in titles and not heading.is_crumb for heading in first):
        return first
    others = (
        Heading(text, "heading", is_crumb=False)
        for node in islice(_on_stage(page.elements.tagged("h2", "h3")), _MANY)
        if (text := _title_in(node, titles))
    )
    return [*first, *islice(others, _MOST)]


@once_a_page
def title_heading(page: Page) -> Node | None:
    """Return the heading under which author and date stand.

    It is the first that the page's title contains, else the first h1, else the first h2: older layouts have
    the name of the site or section in an h1 above the menu.
    """
    title = next((node.text or "" for node in page.elements.tagged("title")), "")
    stated = [fold(text[: 2 * MAX_LENGTH]) for text in (page.meta_text("og:title"), title)]
    first, second = page.elements.tagged("h1"), page.elements.tagged("h2")
    levels = (first[:_MANY], second[:_MANY], page.elements.tagged("h3")[:_MANY])
    own = next((node for node in chain(*levels) if _is_part_of(stated, node_text(node))), None)
    if own is not None or first:
        return own if own is not None else first[0]
    # layouts of tables set their titles in bold type
    texts = ((node, node.text or "") for node in page.root.iter() if node.tag != "title")
    plain = (node for node, text in texts if _is_part_of(stated, text))
    return next(chain(plain, second), None)


def _is_part_of(titles: Sequence[str], text: str) -> bool:
    if len(text) > MAX_LENGTH or text.isspace():
        return False
    folded = fold(text)
    return len(folded.split()) >= BRAND_WORDS and any(folded in title for title in titles)


def likeliest(candidates: Sequence[Heading], titles: Sequence[tuple[str, str]]) -> Heading | None:
    """Return the heading that is most like one of the stated *titles*, if one is like them at all."""
    stated_words = [frozenset(fold(title).split()) for title, _ in titles]
    scores = [max((_likeness(h.text, words) for words in stated_words), default=0.0) for h in candidates]
    best = max(
        range(len(candidates)), key=lambda at: (scores[at], not candidates[at].is_crumb, -at), default=None
    )
    return candidates[best] if best is not None and scores[best] > _MIN_SHARE else None


def only(candidates: Sequence[Heading]) -> Heading | None:
    """Return the heading that is the only one of the first level, if it is longer than a name."""
    first = [heading for heading in candidates if heading.source == "h1"]
    return first[0] if len(first) == 1 and len(first[0].text.split()) > BRAND_WORDS else None


def _on_stage(nodes: Iterable[Node]) -> Iterator[Node]:
    return (node for node in nodes if next(node.iterancestors(*_LANDMARKS), node).tag not in _ELSEWHERE)


def _is_crumb(node: Node) -> bool:
    """Tell whether *node* stands behind links or alone in a list item."""
    parent = node.getparent()
    is_alone = parent is not None and parent.tag == "li" and len(parent) == 1
    return is_alone or next(node.itersiblings("a", preceding=True), None) is not None


def _title_in(node: Node, titles: Collection[str]) -> str:
    """Return the text of *node*, or of the part of it that is one of *titles*, if it may be a headline."""
    text = node_text(node)
    if not 3 < len(text) <= MAX_LENGTH:
        return ""
    folded = fold(text)
    if folded in titles or _is_marked(f"{node.get('class') or ''} {node.get('itemprop') or ''}"):
        return text
    if not any(title in folded for title in titles):
        return ""
    parts = map(node_text, islice(node.iterdescendants(), _FEW_PARTS))
    return next((part for part in parts if fold(part) in titles), "")


@lru_cache(maxsize=4096)
def _is_marked(mark: str) -> bool:
    return bool(_HEADLINE.search(mark))


def _likeness(title: str, words: frozenset[str]) -> float:
    own = frozenset(fold(title).split())
    if own == words:
        return 1.0
    least = min(len(own), len(words))
    # of a few words all must be there: "Discord" is in many a title
    return len(own & words) / least * len(own) / (len(own) + 1) if least else 0.0
