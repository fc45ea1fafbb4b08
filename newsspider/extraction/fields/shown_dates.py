"""The dates that readers see on a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.date_text import Moment, parse
from newsspider.extraction.fields.headings import title_heading
from newsspider.extraction.fields.labels import labelled
from newsspider.extraction.fields.marks import after, asides, is_elsewhere, is_in_linked_teaser, marked
from newsspider.extraction.fields.relative import relative
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import node_text

_MAX_TEXT = 120
_NOT_DATES = frozenset(("a", "time", "script", "style", "img", "button", "input"))
_RELATIVE = re.compile(
    (
        r"\d|yesterday|today|just now|gestern|heute|ayer|hoy|hier|aujourd|ieri|oggi|ontem|hoje|вчера|сегодня"
        r"|कल|昨日|어제"
    ),
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_UPDATE_WORDS = re.compile(
    r"updat|modif|aktualisier|actualiz|mis à jour|aggiornat|atualiz|обновл|更新|수정|zmodyf|güncel"
    r"|oppdater|uppdater",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(("aside", "nav", "footer", "form", "figure", "figcaption"))
_MAX_BELOW = 14
_MAX_LABEL = 25
_NEAR = 80
_MAX_LINE = 48
_YEAR = re.compile(r"(?:19|20)\d\d|[./-]\d\d\b")


def shown_dates(page: Page, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments that readers see at the head of the article, the likeliest first."""
    around = tuple(_around_heading(page))
    near = frozenset(around)
    times = [node for node in islice(page.elements.tagged("time"), 60) if not _is_anothers(node)]
    for node in _by_rank(times, near):
        for text in (node.get("datetime") or node.get("content") or "", node_text(node)[:_MAX_TEXT]):
            moment = parse(text, context) if _DIGIT.search(text) else None
            if moment is not None:
                yield Found(moment, "time", text)
                break
    dated = _dated_texts(page)
    yield from _moments([text for node, text in dated if node in near], context)
    yield from _dates_alone(around, context)
    # the day in the page's own header is that on which it was fetched
    yield from _moments([text for node, text in dated if node not in near], context)


def dates_beside(page: Page, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments of the asides that tell of the article."""
    dated = marked(page, "date")
    for aside in asides(page):
        for node in aside:
            text = node_text(node) if node.tag == "time" or node in dated else ""
            moment = parse(text, context) if len(text) <= _MAX_LINE else None
            if moment is not None and not _UPDATE_WORDS.search(text):
                yield Found(moment, "text", text)


def _dates_alone(nodes: Iterable[Node], context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments of the short texts of *nodes* that are a date and little else."""
    for node in nodes:
        for text in (node.text, node.tail):
            short = text.strip() if text and len(text) <= _MAX_LINE * 2 else ""
            if 6 <= len(short) <= _MAX_LINE and _YEAR.search(short) and not _is_anothers(node):
                moment = parse(short, context)
                if moment is not None and not _UPDATE_WORDS.search(short):
                    yield Found(moment, "text", short)


def _around_heading(page: Page) -> Iterator[Node]:
    """Yield the elements around the headline: a page's header often has the date above it."""
    heading = title_heading(page)
    if heading is None:
        return
    header = list(islice(heading.iterancestors("div", "header", "section"), 2))
    yield from islice(header[-1].iter(), _NEAR // 2) if header else ()
    yield from islice(after(heading), _NEAR)


def _dated_texts(page: Page) -> list[tuple[Node, str]]:
    """Return the elements marked as dates that may be the article's, with their texts."""
    found = []
    for node in islice(marked(page, "date"), 150):
        is_large = next(islice(node.iterdescendants(), _MAX_BELOW, None), None) is not None
        if is_large or node.tag in _NOT_DATES or _is_anothers(node):
            continue
        text = node_text(node)
        if len(text) <= _MAX_TEXT and _RELATIVE.search(text) and not _UPDATE_WORDS.search(text[:20]):
            found.append((node, text))
    return found


def _moments(texts: Sequence[str], context: Context) -> Iterator[Found[Moment]]:
    for text in texts[:20]:
        moment = parse(text, context)
        if moment is not None:
            yield Found(moment, "text", text)
    for text in texts[:3]:
        moment = relative(text, context)
        if moment is not None:
            yield Found(moment, "text", text)


def _by_rank(times: Iterable[Node], near: Collection[Node]) -> list[Node]:
    """Return *times* with those that say they are the publication first, then those *near* the headline."""

    def rank(node: Node) -> int:
        hints = f"{node.get('itemprop') or ''} {node.get('class') or ''} {node.get('pubdate') or ''}"
        if "datePublished" in hints or "publish" in hints or node.get("pubdate") is not None:
            return 0
        parent = node.getparent()
        around = node_text(parent)[:60] if parent is not None and len(parent) < 6 else ""
        if "dateModified" in hints or _UPDATE_WORDS.search(hints + around):
            return 3
        return 1 if node in near else 2

    return sorted(times, key=rank)


def labelled_dates(page: Page, kind: str, context: Context) -> Iterator[Found[Moment]]:
    """Yield the moments in or after a label such as "Published", wherever it stands."""
    for node in labelled(page, kind):
        beside = node.getnext()
        after_label = node_text(beside)[:_MAX_LINE] if beside is not None else ""
        for text in (node.text or "", node.tail or "", after_label):
            moment = parse(text, context) if _DIGIT.search(text) else None
            if moment is not None:
                yield Found(moment, "text", text.strip())
                break


def _is_anothers(node: Node) -> bool:
    """Tell whether *node* is in the page's frame or in a teaser: a list item or a link with a title."""
    item = next(islice(node.iterancestors("li"), 1), None)
    if item is not None and any(
        len(node_text(link)) > _MAX_LABEL for link in islice(item.iter("a", "h2", "h3"), 5)
    ):
        return True
    return is_in_linked_teaser(node) or is_elsewhere(node, _OUTSIDE)
