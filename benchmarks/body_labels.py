"""Which text segments of a page does its gold text consist of: the labels that the body model learns from.

Gold is one string, the page hundreds of segments, some of them twice, some only partly in gold. The labels
are the heaviest chain of segments whose places in gold rise with the page (a weighted longest increasing
subsequence); then segments out of order take what gold text is still uncovered.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.metrics import tokens

_GRAM = 3
_CANDIDATES = 6
_NEAR = 8
_JUMP = 2.5  # words that a chain must gain by a jump over the page: a menu has many of gold's words
_LONE = 4  # a segment of fewer words is never taken out of order


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    shared: int


def label(texts: Sequence[str], gold: str) -> list[float]:
    """Return for each text the share of its words that *gold* has at its place.

    >>> label(["Home", "It rained in Paris on Monday.", "Read more", "Nobody came home."],
    ...       "It rained in Paris on Monday. Nobody came home.")
    [0.0, 1.0, 0.0, 1.0]
    """
    wanted = [token.casefold() for token in tokens(gold)]
    bags = [[token.casefold() for token in tokens(text)] for text in texts]
    index = _Index(wanted)
    matches = [index.matches(bag) for bag in bags]
    labels = [0.0] * len(texts)
    covered = [False] * len(wanted)
    for number, match in _chain(matches, len(wanted)):
        labels[number] = match.shared / len(bags[number])
        covered[match.start : match.end] = [True] * (match.end - match.start)
    for number, found in enumerate(matches):
        if labels[number] or len(bags[number]) < _LONE:
            continue
        for match in found:
            free = covered[match.start : match.end].count(False)
            if free >= 0.8 * len(bags[number]):
                labels[number] = match.shared / len(bags[number])
                covered[match.start : match.end] = [True] * (match.end - match.start)
                break
    return labels


class _Index:
    def __init__(self, wanted: Sequence[str]) -> None:
        self._wanted = wanted
        self._grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._words: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(wanted):
            self._words[word].append(at)
            self._grams[tuple(wanted[at : at + _GRAM])].append(at)

    def matches(self, bag: Sequence[str]) -> list[_Match]:
        if len(bag) <= 2 * _GRAM:
            return self._exact(bag)
        return self._close(bag)

    def _exact(self, bag: Sequence[str]) -> list[_Match]:
        if not bag:
            return []
        rarest = min(range(len(bag)), key=lambda at: len(self._words.get(bag[at], ())))
        places = [at - rarest for at in self._words.get(bag[rarest], ())]
        size = len(bag)
        return [
            _Match(at, at + size, size)
            for at in places
            if at >= 0 and list(self._wanted[at : at + size]) == list(bag)
        ][:200]

    def _close(self, bag: Sequence[str]) -> list[_Match]:
        votes: Counter[int] = Counter()
        for at in range(len(bag) - _GRAM + 1):
            for place in self._grams.get(tuple(bag[at : at + _GRAM]), ())[:20]:
                votes[place - at] += 1
        found = []
        for offset, _ in votes.most_common(_CANDIDATES):
            start, end = max(0, offset), min(len(self._wanted), offset + len(bag))
            # words may have been put in or left out: look for the rest a little around
            near = Counter(self._wanted[max(0, start - 3) : end + 3])
            shared = (near & Counter(bag)).total()
            if shared >= 0.3 * len(bag):
                found.append(_Match(start, end, shared))
        return found


def _chain(matches: Sequence[Sequence[_Match]], size: int) -> list[tuple[int, _Match]]:
    """Return the heaviest chain of (segment, match) that rises in both, at most one match a segment."""
    # best chains by where they end in gold: ends rise, weights rise
    ends: list[int] = [0]
    weights: list[float] = [0.0]
    links: list[tuple[int, _Match, object] | None] = [None]
    for number, found in enumerate(matches):
        grown = []
        for match in found:
            # a run-on of a word or two between neighbours is alignment noise
            at = bisect_left(ends, match.start + 3) - 1
            previous = links[at]
            near = previous is not None and number - previous[0] <= _NEAR
            gain = match.shared - (0.0 if near else _JUMP)
            if gain > 0:
                grown.append((match.end, weights[at] + gain, (number, match, previous)))
        for end, total, link in grown:
            at = bisect_left(ends, end)
            if at < len(ends) and ends[at] == end:
                if weights[at] >= total:
                    continue
            elif weights[at - 1] >= total:
                continue
            else:
                ends.insert(at, end)
                weights.insert(at, 0.0)
                links.insert(at, None)
            weights[at], links[at] = total, link
            while at + 1 < len(ends) and weights[at + 1] <= total:
                del ends[at + 1], weights[at + 1], links[at + 1]
    chain = []
    link = links[-1]
    while link is not None:
        number, match, link = link  # type: ignore[assignment]
        chain.append((number, match))
    return chain[::-1]
