"""The body of a page that no template describes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from newsspider.extraction.body import features, surroundings
from newsspider.extraction.body.choice import Choice, choose
from newsspider.extraction.body.evidence import gather, stated_body
from newsspider.extraction.body.features import Evidence
from newsspider.extraction.body.model import BodyModel, Opinion, load
from newsspider.extraction.body.roles import roles_of
from newsspider.extraction.body.segment import Segments, segment, weight
from newsspider.extraction.fields.context import Context
from newsspider.extraction.page import Page
from newsspider.extraction.text import normalize
from newsspider.items import Block

_NAMES: Final[Sequence[str]] = (*features.NAMES, *surroundings.NAMES)
_REASONS: Final = 3
_SKELETON: Final = 0.5  # a tree with less than this share of the stated body does not hold the article
_STATED: Final = 400  # size from which a stated body can be the article


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
    """``tree``, ``json-ld:articleBody`` or ``none``."""
    _explanation: _Explanation | None = None

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Each piece of the page's text in order, kept or left; worked out when it is asked for."""
        return self._explanation.decisions() if self._explanation else ()


def guess_body(page: Page, context: Context, headline: str | None) -> BodyGuess:
    """Return the body of *page*, whose headline is *headline* if that is known."""
    del context  # nothing that the body model sees depends on time or language
    found = segment([page.root])
    stated = stated_body(page)
    blocks: tuple[Block, ...] = ()
    explanation = None
    if found.items:
        evidence = gather(page, headline)
        model = load()
        opinion = model.judge(found, evidence)
        choice = choose(found, opinion.scores, opinion.matrix, evidence)
        blocks = blocks_of(found, choice.kept)
        explanation = _Explanation(found, model, opinion, choice)
    if weight(stated) >= _STATED and sum(weight(block.text) for block in blocks) < _SKELETON * weight(stated):
        return BodyGuess(_paragraphs(stated), "json-ld:articleBody", explanation)
    return BodyGuess(blocks, "tree" if blocks else "none", explanation)


def blocks_of(found: Segments, kept: Sequence[int]) -> tuple[Block, ...]:
    """Return the segments that *kept* lists as blocks."""
    texts = (normalize(found.items[number].text) for number in kept)
    return tuple(
        Block(role=role, text=text) for role, text in zip(roles_of(found, kept), texts, strict=True) if text
    )


def _paragraphs(stated: str) -> tuple[Block, ...]:
    texts = (normalize(line) for line in stated.splitlines())
    return tuple(Block(role="paragraph", text=text) for text in texts if text)


@dataclass(frozen=True, slots=True)
class _Explanation:
    found: Segments
    model: BodyModel
    opinion: Opinion
    choice: Choice

    def decisions(self) -> tuple[Decision, ...]:
        kept = set(self.choice.kept)
        return tuple(
            Decision(item.text, number in kept, float(self.opinion.scores[number]), self._reasons(number))
            for number, item in enumerate(self.found.items)
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
