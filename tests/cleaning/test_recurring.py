"""Lines that recur across the articles of a site."""

from __future__ import annotations

import json

import pytest

from newsspider.cleaning.line_counts import LineCounts, line_key
from newsspider.cleaning.recurring import lines_of, recurring
from newsspider.items import Article, Block

LINE = "Catch the weather at nine"


def article(*texts: str, headline: str | None = None) -> Article:
    """Return an article with a paragraph for each of *texts*."""
    return Article(blocks=tuple(Block(role="paragraph", text=text) for text in texts), headline=headline)


def counted(with_line: int, without: int) -> LineCounts:
    """Return the counts of a site, so many of whose articles bear the line."""
    counts = LineCounts()
    for number in range(with_line + without):
        own = f"Story {'abcdefghijklmnopqrstuvwxyz'[number % 26] * (1 + number // 26)}"
        counts.add(lines_of(article(own, LINE) if number < with_line else article(own)))
    return counts


@pytest.mark.parametrize(
    ("with_line", "without", "known"),
    [(4, 6, True), (3, 7, False), (4, 17, False), (9, 0, False), (20, 80, True), (19, 81, False)],
)
def test_thresholds(with_line: int, without: int, *, known: bool) -> None:
    """A line recurs from three other articles and a fifth of the site's on, once the site is known."""
    assert (line_key(LINE) in counted(with_line, without).recurring()) is known


def test_recurring_lines_go() -> None:
    """A line of the snapshot goes, the story stays."""
    cleaned = recurring(article("It rained.", LINE), counted(10, 0).recurring())
    assert [block.text for block in cleaned.blocks] == ["It rained."]


def test_the_headline_stays() -> None:
    """A line that is this article's own headline stays."""
    assert recurring(article("It rained.", LINE, headline=LINE), counted(10, 0).recurring()).removed == ()


def test_not_everything_goes() -> None:
    """An article of which every line recurs is left as it is."""
    assert recurring(article(LINE), counted(10, 0).recurring()).removed == ()


def test_counts_survive_json() -> None:
    """Counts written as JSON and read back say the same."""
    counts = counted(10, 0)
    assert LineCounts.from_json(json.loads(json.dumps(counts.to_json()))).recurring() == counts.recurring()


@pytest.mark.parametrize("data", [{}, {"articles": "3", "counts": {}}, {"articles": 3, "counts": {"a": "b"}}])
def test_other_json_is_refused(data: dict[str, object]) -> None:
    """What ``to_json`` did not write is an error."""
    with pytest.raises(ValueError, match="line counts"):
        LineCounts.from_json(data)


def test_counts_are_bounded() -> None:
    """However many lines a site has, only so many are kept, and those that recur among them."""
    counts = LineCounts(bound=50)
    for number in range(200):
        counts.add(lines_of(article(LINE, "x" * (number % 150 + 1), "y" * (number % 149 + 1))))
    assert len(counts.counts) <= 50
    assert line_key(LINE) in counts.recurring()


def test_lines_that_went_are_counted() -> None:
    """What the rule took out still counts: else a line would come back as soon as it went."""
    read = article("It rained.", LINE)
    assert lines_of(recurring(read, {line_key(LINE)})) == lines_of(read)


def test_counts_fade() -> None:
    """A line that a site gave up is forgotten, and one that it took up is soon known."""
    counts = LineCounts(window=100)
    for number in range(1000):
        counts.add({"old" if number < 500 else "new", f"own {number}"})
    assert counts.recurring() == {"new"}
    assert counts.articles <= 100
    assert len(counts.counts) <= 200
