"""The body of a page that no template describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from newsspider.extraction.body import features, surroundings
from newsspider.extraction.body.blocks import blocks_of
from newsspider.extraction.body.choice import Choice, choose, without_second_copy
from newsspider.extraction.body.container import read_container
from newsspider.extraction.body.evidence import gather, stated_body
from newsspider.extraction.body.model import BodyModel, Opinion, load
from newsspider.extraction.body.others import in_cards, others
from newsspider.extraction.body.segment import Segments, segment, weight
from newsspider.extraction.body.stored import stored_body
from newsspider.extraction.body.wording import Evidence
from newsspider.extraction.page import Page
from newsspider.extraction.text import normalize
from newsspider.items import Block

_NAMES: Final[Sequence[str]] = (*features.NAMES, *surroundings.NAMES)
_REASONS: Final = 3
_SKELETON: Final = 0.5  # a tree with less than this share of the stated body does not hold the article
_LITTLE: Final = 400  # size of a body that is looked for in the page's data too
_STATED: Final = 200  # size from which a stated body can be the article


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a piece of the page's text is in the body, or is not."""

    text: str
    kept: bool
    score: float
    """0 (around the article) to 1 (of the article)."""
    reasons: tuple[str, ...]
    """What weighed most, in words; a rule's name where a rule decided."""


@dataclass(frozen=True)
class BodyGuess:
    """The blocks of the article and where they were found."""

    blocks: tuple[Block, ...]
    source: str
    """``tree``, ``json-ld:articleBody``, ``state`` or ``none``."""
    teasers: frozenset[str] = frozenset()
    """The texts of those blocks that announce other articles: on a page of teasers they are all there is."""
    _explanation: _Explanation | None = None

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Each piece of the page's text in order, kept or left; worked out when it is asked for."""
        return self._explanation.decisions() if self._explanation else ()


def guess_body(page: Page, headline: str | None) -> BodyGuess:
    """Return the body of *page*, whose headline is *headline* if that is known."""
    found = without_second_copy(segment([page.root]))
    blocks: tuple[Block, ...] = ()
    teasers = frozenset[str]()
    explanation = None
    size = 0
    if found.items:
        evidence = gather(page, headline)
        explanation = _judge(found, evidence)
        found, kept = explanation.found, explanation.choice.kept
        size = sum(found.items[number].size for number in kept)
        blocks = blocks_of(found, kept, evidence.description)
        teasers = frozenset(normalize(found.items[number].text) for number in explanation.cards)
    for source, other in _elsewhere(page, size):
        stated = _size(other)
        if stated >= _STATED and size < _SKELETON * stated:
            return BodyGuess(other, source, _explanation=explanation)
    return BodyGuess(blocks, "tree" if blocks else "none", teasers, explanation)


def _judge(found: Segments, evidence: Evidence) -> _Explanation:
    """Return what of *found* is the article, judged again without what turns out to be something else."""
    model = load()
    opinion = model.judge(found, evidence)
    choice = choose(found, opinion)
    cards = in_cards(found, choice.kept)
    apart = others(found, choice.kept, opinion, cards)
    left = [item for number, item in enumerate(found.items) if number not in apart]
    if not apart or not left:
        return _Explanation(found, model, opinion, choice, cards)
    rest = replace(found, items=left)
    opinion = model.judge(rest, evidence)
    choice = choose(rest, opinion)
    return _Explanation(rest, model, opinion, choice, in_cards(rest, choice.kept), found, apart)


def _elsewhere(page: Page, size: int) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Yield what the page's data gives as the article, where the tree gives one of that *size*."""
    yield "json-ld:articleBody", _paragraphs(stated_body(page))
    if size < _LITTLE:
        stored = stored_body(page)
        if stored is not None:
            yield "state", read_container(page, [stored])


def _size(blocks: tuple[Block, ...]) -> int:
    return sum(weight(block.text) for block in blocks)


def _paragraphs(stated: str) -> tuple[Block, ...]:
    texts = (normalize(line) for line in stated.splitlines())
    return tuple(Block(role="paragraph", text=text) for text in texts if text)


@dataclass(frozen=True, slots=True)
class _Explanation:
    found: Segments
    model: BodyModel
    opinion: Opinion
    choice: Choice
    cards: Mapping[int, int]
    """What was chosen and stands in cards of other articles, as :func:`in_cards` gives it."""
    page: Segments | None = None
    """The whole page, where *found* is only a part of it."""
    apart: Mapping[int, str] = field(default_factory=dict)
    """Which segments of it were taken off, and what they are."""

    def decisions(self) -> tuple[Decision, ...]:
        kept = set(self.choice.kept)
        judged = (
            Decision(item.text, number in kept, float(self.opinion.scores[number]), self._reasons(number))
            for number, item in enumerate(self.found.items)
        )
        return tuple(
            Decision(item.text, False, 0.0, (self.apart[number],)) if number in self.apart else next(judged)
            for number, item in enumerate((self.page or self.found).items)
        )

    def _reasons(self, number: int) -> tuple[str, ...]:
        if number in self.choice.vetoes:
            return (self.choice.vetoes[number],)
        row = self.opinion.matrix[number]
        blame = self.model.second.blame(row, self.model.typical)
        sign = 1.0 if self.opinion.scores[number] >= 0.5 else -1.0
        strongest = np.argsort(-sign * blame, kind="stable")[:_REASONS]
        return tuple(
            f"{_NAMES[column]} = {row[column]:.3g}" for column in strongest if sign * blame[column] > 0
        )
