import pytest

from newsspider.items import Article
from newsspider.ledger import Completion, Refresh, headline_mark
from newsspider.ledger.versions import completion_of, decide

ARTICLE = Article(
    id="0" * 32, url="https://e.com/a", headline="Storm", content_hash="ab" * 16, newsspider_version="2"
)


def known(**more):
    """What the ledger keeps of the article, but for what is given."""
    kept = {
        "id": "0" * 32, "version": 3, "content_hash": "ab" * 8, "newsspider_version": "2",
        "url": "https://e.com/a", "headline": headline_mark("Storm"), "run": 1,
    }  # fmt: skip
    return Completion(**(kept | more))


OTHER = "cd" * 8
AMP = "https://e.com/amp/a"


@pytest.mark.parametrize(
    ("completion", "refresh", "kind", "version"),
    [
        (None, Refresh.DUE, "new", 1),
        (known(), Refresh.DUE, "unchanged", 3),
        (known(content_hash=OTHER), Refresh.DUE, "changed", 4),
        (known(newsspider_version="1", content_hash=OTHER), Refresh.DUE, "rebased", 3),
        (known(), Refresh.ALL, "again", 3),
        (known(content_hash=OTHER), Refresh.ALL, "changed", 4),
        (known(newsspider_version="1", content_hash=OTHER), Refresh.ALL, "again", 3),
        (known(run=2), Refresh.ALL, "unchanged", 3),
        (known(url=AMP), Refresh.DUE, "duplicate", 3),
        (known(url=AMP, content_hash=OTHER), Refresh.DUE, "duplicate", 3),
        (known(url=AMP, content_hash=OTHER, headline=1), Refresh.DUE, "conflict", 3),
        (known(url=""), Refresh.DUE, "unchanged", 3),
    ],
)
def test_what_becomes_of_an_article(completion, refresh, kind, version):
    """Hash, headline, URL and version of what is in the output decide what the article is now."""
    decision = decide(ARTICLE, completion, refresh, 2)
    assert (decision.kind, decision.version) == (kind, version)


def test_a_rebased_article_keeps_its_line_and_takes_the_new_hash():
    """What another newsspider version computed is replaced, the line in the feed stays where it is."""
    decision = decide(ARTICLE, known(newsspider_version="1", file="a.jsonl", offset=9), Refresh.DUE, 2)
    kept = decision.kept(ARTICLE)
    assert (kept.version, kept.file, kept.offset) == (3, "a.jsonl", 9)
    assert (kept.content_hash, kept.newsspider_version) == ("ab" * 16, "2")
    assert decide(ARTICLE, known(), Refresh.DUE, 2).kept(ARTICLE) is None


def test_a_completion_is_told_from_its_own_article():
    """What is kept of an exported article finds it unchanged."""
    kept = completion_of(ARTICLE)
    shortened = Completion(
        id=kept.id, version=1, content_hash=kept.content_hash[:16], newsspider_version="2",
        url=kept.url, headline=kept.headline,
    )  # fmt: skip
    assert decide(ARTICLE, shortened, Refresh.DUE, 1).kind == "unchanged"
