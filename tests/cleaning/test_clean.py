"""``clean`` as a whole: pure, reversible, and the same whatever the order of the articles."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsspider.cleaning import RULES, clean, content_hash
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import restore
from newsspider.extraction.text import normalize
from newsspider.items import Article, Block, body_of

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpus"
PIECES = (
    "PARIS, May 4 (AFP) -",
    "NEW HAVEN, Conn.",
    "(CNN) --",
    "By Ann Writer DOHA (Reuters) -",
    "[울산=뉴시스]",
    "It rained all day.",
    "It rained “all day”,",
    "वाराणसी।",
    "下雨了。",
    "Advertisement",
    "ADVERTISEMENT:",
    "READ MORE: Hail",
    "[Read: Hail]",
    "Lesen Sie auch",
    ">> Hier finden Sie den ganzen Regen",
    "(Reporting by A. Writer; Editing by B. Sub)",
    "(With inputs from PTI)",
    "With inputs from agencies.",
    "Story continues below advertisement",
    "The team won.",
    "By Ann Writer",
    "Photo: A. Person/AFP via Getty Images",
    "© 2024 Example",
    "All rights reserved.",
    "Sign up for our newsletter",
    "5 min read",
    "Published 1 day ago",
    "(ANI)",
    "-",
    "…",
)
JOINTS = ("", " ", "  ", " · ", "\u00a0")
ROLES = ("standfirst", "heading", "paragraph", "paragraph", "list_item", "quote", "table_row", "preformatted")


def article(*texts: str, **fields: str) -> Article:
    """Return an article with a paragraph for each of *texts*."""
    blocks = tuple(Block(role="paragraph", text=text) for text in texts)
    return Article(blocks=blocks, article_body=body_of(blocks), **fields)  # type: ignore[arg-type]


def texts(blocks: tuple[Block, ...]) -> list[str]:
    """Return the texts of *blocks*."""
    return [block.text for block in blocks]


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Draw an article whose blocks are pieces glued together in all ways."""
    blocks = []
    for _ in range(draw(st.integers(0, 7))):
        pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4))
        text = pieces[0] + "".join(draw(st.sampled_from(JOINTS)) + piece for piece in pieces[1:])
        blocks.append(Block(role=draw(st.sampled_from(ROLES)), text=normalize(text)))  # type: ignore[arg-type]
    policy = draw(st.sampled_from(("2024-05-05", None)))
    return Article(blocks=tuple(blocks), article_body=body_of(tuple(blocks)), date_published=policy)


@settings(max_examples=150, deadline=None)
@given(articles())
def test_what_was_read_comes_back(read: Article) -> None:
    """Body and removals together give back the blocks that were read, to the letter."""
    cleaned = clean(read)
    assert texts(restore(cleaned)) == texts(read.blocks)
    assert cleaned.article_body == body_of(cleaned.blocks)
    if cleaned.dateline is not None:
        line = cleaned.dateline
        assert read.blocks[line.block].text[line.start :].startswith(line.raw)


@settings(max_examples=150, deadline=None)
@given(articles())
def test_cleaning_twice_is_cleaning_once(read: Article) -> None:
    """A cleaned article has nothing left to clean."""
    once = clean(read)
    assert clean(once) == once


@pytest.mark.parametrize("corpus", ["publishers", "site-eras"])
def test_corpus_text_comes_back(corpus: str) -> None:
    """Body and removals together give back every text of the corpus, to the letter."""
    gold = CORPORA / corpus / "gold.jsonl"
    if not gold.exists():
        pytest.skip("the corpora are not here")
    for line in gold.read_text("utf-8").rstrip("\n").split("\n"):
        read = article(*re.split(r"\n+", json.loads(line).get("text") or "It rained."))
        assert texts(restore(clean(read))) == texts(read.blocks)


def test_the_article_given_is_left_alone() -> None:
    """Cleaning returns a new article and changes nothing of the one it was given."""
    read = article("PARIS, May 4 (AFP) - It rained.", "Advertisement")
    clean(read)
    assert read == article("PARIS, May 4 (AFP) - It rained.", "Advertisement")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_can_be_switched_off(name: str) -> None:
    """A rule that the policy switches off removes nothing."""
    lines = (
        "By Ann Writer",
        "5 min read",
        "PARIS, May 4 (AFP) - It rained.",
        "Advertisement",
        "Story continues below",
        "READ MORE: Hail",
        "Sign up for our newsletter",
        "Share on Twitter",
        "Your browser does not support video",
        "Already a subscriber?",
        "We use cookies to help.",
        "Reporting by A. Writer",
        "Photo: A. Person",
        "This story has been updated.",
        "© 2024 Example",
        "Watch Example live",
    )
    policy = CleaningPolicy(lines=("Watch Example live",), off=frozenset({name}))
    assert name in {
        removal.rule for removal in clean(article(*lines), CleaningPolicy(lines=policy.lines)).removed
    }
    assert name not in {removal.rule for removal in clean(article(*lines), policy).removed}


def test_the_hash_is_that_of_the_cleaned_body() -> None:
    """Two articles that differ only in what cleaning takes have the same content hash."""
    assert clean(article("It rained.", "Advertisement")).content_hash == content_hash("It rained.")


def test_headings_and_prose_stay() -> None:
    """Prose that only begins like a placeholder is left alone."""
    prose = (
        "Anzeige gegen sie ist erstattet worden, teilte die Polizei mit.",
        "Share prices fell on Tuesday after the bank's warning.",
        "Related stories of flight and return fill the archive's second room.",
        "Sign language interpreters stood beside the minister.",
        "Read the room, she told them, and they did.",
        "Editors met on Monday to settle the dispute.",
    )
    assert clean(article(*prose)).removed == ()
