"""Elements that hold something besides the article which reads like one: comments, teasers, the next article.

They are looked for only around what was taken for the article, and are told by their structure and by where
the headline is, which no score of single segments knows. None of them is found on a page that is all comments
or all teasers: it keeps its text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import Final

from newsspider.extraction.body.blocks import unnumbered
from newsspider.extraction.body.features import NAMES
from newsspider.extraction.body.lexicon import name_words
from newsspider.extraction.body.model import Opinion
from newsspider.extraction.body.nodes import PROSE
from newsspider.extraction.body.segment import Segment, Segments

_NODE: Final = attrgetter("node")
_SINCE_HEADLINE: Final = NAMES.index("after the headline")
_WHOLE: Final = 800  # size from which what was chosen beside the headline can be all of an article
_NEXT_ONES: Final = 3  # more articles beside each other are the entries of a blog
_TOP: Final = 4  # segments at the start of an article among which its heading is
_HEADINGS: Final = frozenset(("h1", "h2", "h3"))
_COMMENTS: Final = frozenset(
    ("comment", "comments", "commentlist", "commentaires", "comentarios", "commenti", "kommentare",
     "kommentarer", "komentarze", "komentari", "reacties", "yorum", "yorumlar", "disqus")
)  # fmt: skip
_CONSENT: Final = frozenset(
    ("consent", "gdpr", "cmpbox", "onetrust", "didomi", "usercentrics", "cookiebot", "truste", "quantcast",
     "iubenda", "borlabs")
)  # fmt: skip
_COOKIES: Final = frozenset(("cookie", "cookies"))
_DIALOG: Final = frozenset(
    ("banner", "notice", "bar", "message", "law", "policy", "popup", "modal", "overlay", "info", "dialog",
     "alert")
)  # fmt: skip
_CARDS: Final = 3  # teasers beside each other at least
_TITLE: Final = 15  # size of a linked title at least: shorter links are menus
_UNDER: Final = 3  # segments after a title among which its text begins
_LONGEST_TITLE: Final = 200
_EXCERPT: Final = 250  # size of the text under a title on average at most: more is the entry of a list


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What was taken for the article, and where it stands."""

    found: Segments
    kept: Sequence[int]
    headline: int
    """The element of the headline."""
    around: Sequence[int]
    """The elements around any of the segments *kept*, without those around the headline."""
    cards: Mapping[int, int]
    """Those of *kept* that stand in cards of other articles, each with its card."""


def others(
    found: Segments, kept: Sequence[int], opinion: Opinion, cards: Mapping[int, int]
) -> Mapping[int, str]:
    """Return the segments of *found* that lie in such elements, each with what it is.

    The elements are looked for around the segments *kept*, of which *cards* are :func:`in_cards`; all that
    lies in one is given, kept or not.
    """
    chosen = _look(found, kept, opinion, cards)
    if chosen is None:
        return {}
    return {
        number: what
        for rule, what in _RULES.items()
        for node in rule(chosen)
        for number in _numbers_in(found, node)
    }


def _look(found: Segments, kept: Sequence[int], opinion: Opinion, cards: Mapping[int, int]) -> _Chosen | None:
    titled = (opinion.matrix[:, _SINCE_HEADLINE] == 0.0).nonzero()[0]
    if not titled.size:
        return None
    headline = found.items[int(titled[0])].node
    own, around = set(_around(found, headline)), set[int]()
    for number in kept:
        node = found.items[number].node
        while node not in around and node not in own:
            around.add(node)
            node = found.parents[node]
    return _Chosen(found, kept, headline, sorted(around), cards)


def _comments(chosen: _Chosen) -> Sequence[int]:
    """What readers wrote stands in an element that is named for it, under the article."""
    found = chosen.found
    named = [node for node in chosen.around if _names_comments(found.names[node])]
    if not named:
        return ()
    # the article may stand in such an element too
    own = next((found.items[n].node for n in chosen.kept if _is_prose(found.items[n])), chosen.headline)
    return _outermost(found, [node for node in named if not _holds(found, node, own)])


def _consent(chosen: _Chosen) -> Sequence[int]:
    """A dialog that asks for consent lies over the article, before or after it in the source."""
    found = chosen.found
    asking = _outermost(found, [node for node in chosen.around if _names_consent(found.names[node])])
    if not asking:
        return ()
    # a page that only asks keeps its text
    return asking if any(map(_is_prose, _outside(found, range(len(found.items)), asking))) else ()


def _outside(found: Segments, numbers: Iterable[int], elements: Sequence[int]) -> Iterator[Segment]:
    """Yield those of the segments *numbers* that lie in none of *elements*."""
    inside = {number for node in elements for number in _numbers_in(found, node)}
    return (found.items[number] for number in numbers if number not in inside)


@lru_cache(maxsize=1024)
def _names_comments(names: str) -> bool:
    return not _COMMENTS.isdisjoint(name_words(names))


@lru_cache(maxsize=1024)
def _names_consent(names: str) -> bool:
    words = frozenset(name_words(names))
    return not _CONSENT.isdisjoint(words) or not (_COOKIES.isdisjoint(words) or _DIALOG.isdisjoint(words))


def in_cards(found: Segments, kept: Sequence[int]) -> Mapping[int, int]:
    """Return those of the segments *kept* that stand in cards of other articles, each with its card."""
    # most pages end here: little of what was chosen stands under a linked title
    under = (any(map(_is_title, found.items[max(0, number - _UNDER) : number])) for number in kept)
    cards = _cards(found) if sum(under) >= _CARDS else ()
    inside = {}
    for number in kept if cards else ():
        card = next((around for around in _around(found, found.items[number].node) if around in cards), None)
        if card is not None:
            inside[number] = card
    return inside


def _teasers(chosen: _Chosen) -> Sequence[int]:
    """Other articles are announced by cards of one kind: a linked title, and often some text under it."""
    found = chosen.found
    inside = chosen.cards
    rest = (found.items[number] for number in chosen.kept if inside and number not in inside)
    own = [item.node for item in rest if item.size >= PROSE / 2]
    if not own:
        return ()
    article = _smallest_around(found, (chosen.headline, *own))
    apart = {number: card for number, card in inside.items() if not _holds(found, article, card)}
    cards = sorted(set(apart.values()))
    if sum(found.items[number].size for number in apart) > _EXCERPT * len(cards):
        return ()
    branches = [node for node in chosen.around if not _holds(found, node, article)]
    return [node for node in _outermost(found, branches) if _holds_any(found, node, cards)]


def _cards(found: Segments) -> set[int]:
    """Return the largest elements with one linked title each that have others of their kind beside them."""
    titles = [item.node for item in found.items if _is_title(item)]
    before = [0] * (len(found.tags) + 1)
    for node in titles:
        before[node + 1] += 1
    before = [*accumulate(before)]
    kinds: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for title in titles:
        card, parent = title, found.parents[title]
        while parent >= 0 and before[found.ends[parent]] - before[parent] == 1:
            card, parent = parent, found.parents[parent]
        kinds[parent, *_kind(found, card)].add(card)
    return {card for kind in kinds.values() if len(kind) >= _CARDS for card in kind}


def _is_title(item: Segment) -> bool:
    return _TITLE <= item.size <= _LONGEST_TITLE and item.linked >= 0.9 * len(item.text)


def _next_articles(chosen: _Chosen) -> Sequence[int]:
    """An endless scroll puts the next article, under its own heading, after the one that was asked for."""
    found, headline = chosen.found, chosen.headline
    beside = _articles(chosen) or _twins(chosen)
    if not beside:
        return ()
    held = sum(item.size for item in _outside(found, chosen.kept, beside))
    following = [other for other in beside if _is_headed(found, other, headline, held)]
    return following if len(following) <= _NEXT_ONES else ()


def _articles(chosen: _Chosen) -> Sequence[int]:
    """Return the articles beside the one that holds the headline."""
    found, headline = chosen.found, chosen.headline
    own = next((around for around in _around(found, headline) if found.tags[around] == "article"), None)
    if own is None:
        return ()
    articles = [
        node for node in chosen.around if found.tags[node] == "article" and not _holds(found, own, node)
    ]
    return _outermost(found, articles)


def _twins(chosen: _Chosen) -> Sequence[int]:
    """Return the elements after one that holds the headline, beside it and of its kind."""
    found = chosen.found
    siblings = {
        found.parents[node]: node for node in _around(found, chosen.headline) if node != chosen.headline
    }
    return [
        node
        for node in chosen.around
        if (own := siblings.get(found.parents[node], node)) < node and _kind(found, own) == _kind(found, node)
    ]


def _is_headed(found: Segments, node: int, headline: int, held: int) -> bool:
    """Return whether an element begins with a heading that can be another article's headline."""
    top = [found.items[number].node for number in _numbers_in(found, node)[:_TOP]]
    if held >= _WHOLE and found.tags[node] == "article":
        return any(found.tags[inner] in _HEADINGS for inner in top)
    # a section of the article has a heading of another kind than its headline
    return held >= PROSE and any(_are_alike(found, headline, inner) for inner in top)


def _are_alike(found: Segments, heading: int, other: int) -> bool:
    (tag, names), (other_tag, others) = _kind(found, heading), _kind(found, other)
    return names == others and (tag == other_tag or (bool(names) and {tag, other_tag} <= _HEADINGS))


_RULES: Final[Mapping[Callable[[_Chosen], Sequence[int]], str]] = {
    _consent: "a dialog",
    _comments: "a comment",
    _teasers: "a teaser",
    _next_articles: "the next article",
}


def _kind(found: Segments, node: int) -> tuple[str, str]:
    return found.tags[node], unnumbered(found.names[node])


def _is_prose(item: Segment) -> bool:
    return item.size >= PROSE and item.linked < 0.5 * len(item.text)


def _around(found: Segments, node: int) -> Iterator[int]:
    """Yield *node* and the elements around it, the innermost first."""
    while node >= 0:
        yield node
        node = found.parents[node]


def _holds(found: Segments, around: int, node: int) -> bool:
    return around <= node < found.ends[around]


def _holds_any(found: Segments, around: int, nodes: Sequence[int]) -> bool:
    """Tell whether one of *nodes*, which are in order, lies in *around*."""
    first = bisect_left(nodes, around)
    return first < len(nodes) and _holds(found, around, nodes[first])


def _numbers_in(found: Segments, node: int) -> range:
    """Return which of the segments, in their order, lie in the element *node*."""
    start = bisect_left(found.items, node, key=_NODE)
    return range(start, bisect_left(found.items, found.ends[node], start, key=_NODE))


def _smallest_around(found: Segments, nodes: Iterable[int]) -> int:
    first, *_, last = sorted(nodes)
    return next(node for node in _around(found, first) if found.ends[node] > last)


def _outermost(found: Segments, nodes: Sequence[int]) -> Sequence[int]:
    """Return those of *nodes*, which are in order, that lie in no other of them."""
    end, outermost = 0, []
    for node in nodes:
        if node >= end:
            outermost.append(node)
            end = found.ends[node]
    return outermost
