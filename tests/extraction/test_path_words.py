"""What is concluded from the steps of a path."""

import tomllib
from importlib import resources

from newsspider.extraction import path_words
from newsspider.extraction.links.shape import NEVER, article_shape


def test_a_word_is_of_one_kind_and_folded():
    """No word stands twice in the table, and each is as a folded path has it."""
    text = resources.files(path_words.__package__).joinpath("path_words.toml").read_text(encoding="utf-8")
    words = [word for kind in tomllib.loads(text).values() for word in kind]
    assert len(words) == len(set(words))
    assert all(word == word.casefold() and "/" not in word for word in words)


def test_a_shelf_holds_lists_or_articles():
    """Below /archive/ an article may lie, below /category/ never; neither is believed as a canonical URL."""
    slug = "2024/05/03/rain-stops-play-in-leeds"
    assert article_shape(f"https://a.example/archive/{slug}") > 0
    assert article_shape(f"https://a.example/category/{slug}") == NEVER
    assert {"archive", "category"} <= path_words.LISTS
