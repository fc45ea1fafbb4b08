from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from newsspider.extraction.body.choice import bar_of, choose, likely
from newsspider.extraction.body.completion import complete
from newsspider.extraction.body.evidence import gather
from newsspider.extraction.body.model import load
from newsspider.extraction.body.segment import segment
from tests.extraction.body.pages import page, paragraphs


def test_a_sure_page_is_cut_near_a_half() -> None:
    """Where scores are sure, a doubtful long segment stays out."""
    bar = bar_of(np.array([0.99, 0.99, 0.3, 0.01]), np.array([500.0, 500.0, 400.0, 50.0]))
    assert 0.3 < bar <= 0.5


def test_an_unsure_page_is_cut_lower() -> None:
    """Where nothing reaches a half, the likeliest segments still make a body."""
    assert bar_of(np.array([0.4, 0.35, 0.02]), np.array([500.0, 500.0, 500.0])) <= 0.35


@pytest.mark.parametrize(("size", "kept"), [(3000.0, [0, 1, 3]), (300.0, [0, 3])])
def test_unsure_parts_between_sure_ones_are_kept_if_those_are_long(size: float, kept: list[int]) -> None:
    """An unsure part inside a long article is its own; what stands as unsure after it is not."""
    scores, sizes = np.array([0.99, 0.4, 0.01, 0.99, 0.4]), np.array([1.0, 0.5, 0.5, 1.0, 0.5]) * size
    inside = likely(scores, sizes, links=np.zeros(5))
    assert inside.nonzero()[0].tolist() == kept


def test_a_named_standfirst_far_above_the_body_belongs_to_it() -> None:
    """Many buttons between a standfirst under the headline and the body do not part them."""
    buttons = "".join(f'<li><a href="/share/{number}">Channel {number}</a></li>' for number in range(20))
    lead = '<h2 class="subtitle">Divers need the channel to themselves until summer</h2>'
    story = page(f"<h1>Harbour to close for six weeks</h1>{lead}<ul>{buttons}</ul>{paragraphs()}")
    found = segment([story.root])
    texts = [item.text for item in found.items]
    lead_at, start = (
        texts.index("Divers need the channel to themselves until summer"),
        texts.index("Channel 19") + 1,
    )
    opinion = load().judge(found, gather(story, None))
    doubted = replace(opinion, scores=np.where(np.arange(len(texts)) == lead_at, 0.1, opinion.scores))
    assert complete(found, range(start, start + 5), doubted)[0] == lead_at


def test_the_lower_bar_of_an_unsure_page_is_not_for_teasers() -> None:
    """Where nothing is sure, text is kept and as doubtful lines that are all link are not."""
    teasers = "".join(
        f'<li><a href="/story/{number}">The mayor of Lowport opens bridge number {number}</a></li>'
        for number in range(20)
    )
    story = page(f"<h1>Harbour to close for six weeks</h1>{paragraphs()}<ul>{teasers}</ul>")
    found = segment([story.root])
    opinion = load().judge(found, gather(story, None))
    unsure = replace(opinion, scores=np.full(len(found.items), 0.4))
    kept = [found.items[number] for number in choose(found, unsure).kept]
    assert kept
    assert not any(item.linked for item in kept)
