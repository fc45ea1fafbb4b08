"""What the body model learns from beside the pages as they are."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest

from benchmarks.body_disguises import disguise
from benchmarks.body_labels import label
from benchmarks.body_samples import Sample, left_out_by_habit
from benchmarks.metrics import tokens
from newsspider.extraction.body.segment import segment
from newsspider.extraction.body.wording import Evidence
from newsspider.extraction.page import Page

PARAGRAPHS = [
    f"On day {day} the ferry sailed {'very ' * day}late. Nobody on board knew why." for day in range(9)
]


def sample_of(inner: str, gold: list[str], name: str = "a") -> Sample:
    html = (
        f"<nav><a href=/>Harbour</a></nav><div class=story>{inner}</div><p class=end>Write to the port.</p>"
    )
    found = segment([Page(html.encode(), "https://one.example/a").root])
    texts = [item.text for item in found.items]
    labels, words = np.array(label(texts, "\n".join(gold))), [*map(tokens, texts)]
    return Sample("corpus", name, "one.example", tokens(" ".join(gold)), found, Evidence(), labels, words)


@pytest.fixture
def samples() -> list[Sample]:
    inner = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return [sample_of(inner, PARAGRAPHS, f"page {number}") for number in range(30)]


def test_the_article_stays(samples: list[Sample]) -> None:
    """A copy holds the article's words in their order, some cut, and gold is what is left of them."""
    by_id = {sample.id: sample for sample in samples}
    copies = disguise(samples)
    assert {copy.id for copy in copies} == by_id.keys()
    for copy in copies:
        rest = iter(by_id[copy.id].gold)
        assert all(word in rest for word in copy.gold)
        inside = [own for own, share in zip(copy.words, copy.labels, strict=True) if share]
        assert [word for own in inside for word in own] == copy.gold
        assert [tokens(item.text) for item in copy.found.items] == copy.words


def test_the_tree_is_sound(samples: list[Sample]) -> None:
    """Every element of a copy lies in its parent."""
    for copy in disguise(samples):
        found = copy.found
        for node, parent in enumerate(found.parents):
            assert parent < node < found.ends[node]
            assert parent < 0 or found.ends[node] <= found.ends[parent]


def test_copies_differ_and_are_the_same_each_time(samples: list[Sample]) -> None:
    """Lists, tables and boxes come up; a second run makes the same; the pages stay as they are."""
    before = deepcopy(samples)
    copies = disguise(samples)
    assert {"li", "tr", "div"} <= {tag for copy in copies for tag in copy.found.tags}
    assert [copy.found for copy in copies] == [copy.found for copy in disguise(samples)]
    assert [sample.found for sample in samples] == [sample.found for sample in before]


def test_names_say_nothing(samples: list[Sample]) -> None:
    """Every other page is also shown as it is, with class names that tell equal elements and nothing else."""
    for sample, copy in zip(samples[::2], disguise(samples)[len(samples) :], strict=True):
        assert copy.found.tags == sample.found.tags
        pairs = set(zip(sample.found.names, copy.found.names, strict=True))
        assert len({before for before, _ in pairs}) == len({after for _, after in pairs}) == len(pairs)
        assert "story" not in "".join(copy.found.names)


def test_lists_that_gold_habitually_lacks() -> None:
    """A plain list among the article's paragraphs that gold has not weighs nothing; one of links does."""
    plain, links = "<ul><li>Two boats<li>Six crew</ul>", "<ul><li><a href=/b>Port news</a></ul>"
    first, *rest = PARAGRAPHS
    sample = sample_of(f"<p>{first}{plain}{links}{''.join(f'<p>{text}</p>' for text in rest)}", PARAGRAPHS)
    texts = [item.text for item in sample.found.items]
    assert [texts[number] for number in np.flatnonzero(left_out_by_habit(sample))] == [
        "Two boats",
        "Six crew",
    ]
