from datetime import timedelta

from newsspider.items import Article
from newsspider.ledger import Refresh, headline_mark
from newsspider.ledger.sketch import PERMUTATIONS, bands_of, likeness, sketch_of
from newsspider.ledger.versions import decide
from tests.ledger.conftest import ROOT

WORDS = [f"word{n}" for n in range(400)]
TEXT = " ".join(WORDS)


def test_a_completion_is_kept_with_its_place(crawl):
    """What an outcome says of the article in the output is found by its id, with URL and run."""
    crawl.enter("/a")
    crawl.take()
    crawl.settle("/a", completion=crawl.completion(1, content_hash="fedcba9876543210" * 2, offset=1234))
    found = crawl.ledger.completions([f"{1:032x}", f"{2:032x}"])
    assert list(found) == [f"{1:032x}"]
    one = found[f"{1:032x}"]
    assert (one.content_hash, one.offset, one.file) == ("fedcba9876543210", 1234, "a.jsonl")
    assert (one.url, one.run) == ("https://example.com/a", crawl.start.run)


def test_a_later_version_takes_the_place_of_the_earlier(crawl):
    """The ledger names the last version of an article."""
    crawl.enter("/a")
    crawl.settle("/a", completion=crawl.completion(1))
    crawl.settle("/a", completion=crawl.completion(1, version=2, offset=99))
    assert crawl.ledger.completions([f"{1:032x}"])[f"{1:032x}"].version == 2


def test_lines_of_a_killed_run_are_adopted_once(crawl):
    """A line that was written and not settled is accounted for; one that was settled is not counted."""
    crawl.settle("/a", completion=crawl.completion(1, version=2))
    lines = [crawl.completion(1), crawl.completion(2)]
    assert crawl.ledger.adopt(lines) == 1
    assert crawl.ledger.adopt(lines) == 0
    assert crawl.ledger.completions([f"{1:032x}"])[f"{1:032x}"].version == 2


def adopted(crawl):
    """Adopt the line of an article at /a, and fetch that once more as the next run does."""
    crawl.enter("/a")
    crawl.ledger.adopt([crawl.completion(1, headline=headline_mark("Rain"), url=f"{ROOT}/a")])
    crawl.take()
    crawl.settle("/a", reason="unchanged")
    return crawl.ledger.completions([f"{1:032x}"]).get(f"{1:032x}")


def test_an_adopted_article_is_shown_at_its_url(crawl):
    """An article whose line was adopted has its URL, and the URL its article."""
    assert adopted(crawl).url == f"{ROOT}/a"
    assert crawl.show("/a").completion.id == f"{1:032x}"
    assert crawl.ledger.check() == ()


def test_an_adopted_article_is_forgotten_with_its_url(crawl):
    """Who forgets a URL forgets the adopted article that was read there."""
    adopted(crawl)
    crawl.ledger.end("finished", crawl.now)
    assert crawl.ledger.forget(f"{ROOT}/a") == 1
    assert crawl.ledger.completions([f"{1:032x}"]) == {}


def test_another_article_is_told_from_an_adopted_one(crawl):
    """An article elsewhere that claims the address of an adopted one is a conflict, and no new version."""
    other = Article(
        id=f"{1:032x}", url=f"{ROOT}/b", headline="Snow", content_hash="cd" * 8, newsspider_version="1"
    )
    decision = decide(other, adopted(crawl), Refresh.DUE, crawl.start.run)
    assert decision.kind == "conflict"


def test_the_confirmed_offset_of_a_feed_is_kept(crawl):
    """The offset that was confirmed last comes back after a kill."""
    crawl.ledger.confirm("a.jsonl", 10)
    crawl.ledger.confirm("a.jsonl", 20)
    crawl.die()
    crawl.begin()
    assert crawl.ledger.confirmed() == {"a.jsonl": 20}
    crawl.ledger.confirm("a.jsonl", None)
    assert crawl.ledger.confirmed() == {}


def test_the_feed_of_another_site_is_left_alone(sqlite_crawl):
    """A run sees the feed files of its own sites only: another crawl may be writing the others."""
    sqlite_crawl.ledger.confirm("a.jsonl", 10)
    sqlite_crawl.die()
    sqlite_crawl.begin(site="other.org")
    assert sqlite_crawl.ledger.confirmed() == {}


def test_notes_are_kept_by_site(crawl):
    """A note comes back for its site and name, and is replaced whole."""
    crawl.ledger.keep_note("example.com", "lines", "{}")
    crawl.ledger.keep_note("example.com", "lines", '{"Ad": 3}')
    assert crawl.ledger.note("example.com", "lines") == '{"Ad": 3}'
    assert crawl.ledger.note("other.org", "lines") is None


def test_a_copy_resembles_the_first(crawl):
    """A text with small edits is recognised as a copy of the first article that had it."""
    copy = " ".join(["agency", "report", *WORDS[:-8], "end"])
    assert crawl.ledger.resembling("a" * 32, sketch_of(TEXT), crawl.now) is None
    assert crawl.ledger.resembling("b" * 32, sketch_of(copy), crawl.now) == "a" * 32
    assert crawl.ledger.resembling("c" * 32, sketch_of(copy), crawl.now) == "a" * 32


def test_another_text_resembles_nothing(crawl):
    """A text that shares a quarter of another's wording is no copy."""
    other = " ".join(WORDS[:100] + [f"other{n}" for n in range(300)])
    crawl.ledger.resembling("a" * 32, sketch_of(TEXT), crawl.now)
    assert crawl.ledger.resembling("b" * 32, sketch_of(other), crawl.now) is None


def test_an_article_is_no_copy_of_itself(crawl):
    """A new version of an article does not resemble its own earlier one."""
    crawl.ledger.resembling("a" * 32, sketch_of(TEXT), crawl.now)
    assert crawl.ledger.resembling("a" * 32, sketch_of(TEXT), crawl.now) is None


def test_sketches_are_forgotten_after_ninety_days(sqlite_crawl):
    """A text is compared with those of the last 90 days, and older sketches leave the tables."""
    sqlite_crawl.ledger.resembling("a" * 32, sketch_of(TEXT), sqlite_crawl.now)
    sqlite_crawl.now += timedelta(days=92)
    assert sqlite_crawl.ledger.resembling("b" * 32, sketch_of(TEXT), sqlite_crawl.now) is None
    sqlite_crawl.next(Refresh.DUE)
    assert sqlite_crawl.ledger.check() == ()
    db = sqlite_crawl.ledger._db
    assert db.execute("SELECT count(*) FROM sketch").fetchone() == (1,)
    assert db.execute("SELECT count(*) FROM band").fetchone() == (len(bands_of(bytes(PERMUTATIONS))),)


def test_a_short_text_has_no_sketch():
    """Too few words tell nothing."""
    assert sketch_of("Breaking news, more to follow") is None


def test_scripts_without_spaces_are_sketched_by_character():
    """A Japanese text and its copy with one sentence changed are alike."""
    sentences = [f"第{n}回の会議は東京で開かれ議題{n * n}について話し合われた。" for n in range(30)]
    one, other = sketch_of("".join(sentences)), sketch_of("".join([*sentences[:-1], "以上である。"]))
    assert likeness(one, other) > 0.8
