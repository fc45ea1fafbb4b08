import json

import pytest

from newsspider.errors import LedgerError
from newsspider.ledger.lines import completions, cut_broken_line, recover


def line(number, **more):
    """A feed line of the article *number*."""
    item = {
        "id": f"{number:032x}", "version": 1, "url": "https://example.com/a", "headline": "Storm",
        "content_hash": "ab" * 16, "newsspider_version": "1",
    }  # fmt: skip
    return (json.dumps(item | more) + "\n").encode()


@pytest.mark.parametrize("size", [10, 3_000_000])
def test_a_broken_last_line_is_cut(tmp_path, size):
    """What stands after the last line end goes, however long it is; what is whole stays."""
    feed = tmp_path / "a.jsonl"
    feed.write_bytes(b"whole\n" + b"x" * size)
    assert cut_broken_line(feed) == size
    assert feed.read_bytes() == b"whole\n"
    assert cut_broken_line(feed) == 0


def test_a_file_without_a_whole_line_is_emptied(tmp_path):
    """A single broken line leaves nothing."""
    feed = tmp_path / "a.jsonl"
    feed.write_bytes(b'{"id": "12')
    assert cut_broken_line(feed) == 10
    assert feed.read_bytes() == b""


def test_lines_of_a_killed_run_are_known_to_the_next(crawl, tmp_path):
    """Whole lines after the confirmed offset are accounted for with their place, the broken one is cut."""
    feed = tmp_path / "a.jsonl"
    feed.write_bytes(line(1) + line(2) + line(3)[:50])
    crawl.ledger.confirm(str(feed), len(line(1)))
    crawl.die()
    crawl.begin()
    assert recover(crawl.ledger) == 1
    known = crawl.ledger.completions([f"{n:032x}" for n in (1, 2, 3)])
    assert [(c.id[-1], c.file, c.offset) for c in known.values()] == [("2", str(feed), len(line(1)))]
    assert crawl.ledger.confirmed() == {}


def test_a_feed_that_is_gone_is_no_failure(crawl, tmp_path):
    """A file that somebody moved away has nothing to account for."""
    crawl.ledger.confirm(str(tmp_path / "gone.jsonl"), 10)
    assert recover(crawl.ledger) == 0


def test_lines_that_are_no_article_are_passed_by(tmp_path):
    """Foreign, damaged and hostile lines complete nothing."""
    feed = tmp_path / "a.jsonl"
    bad = [
        b"\n",
        b"null\n",
        b"[1]\n",
        b'{"id": "zz"}\n',
        line(1, id="ab"),
        line(1, content_hash="xyz"),
        b"\xff\n",
    ]
    feed.write_bytes(b"".join(bad) + line(7))
    assert [(c.id[-1], c.offset) for c in completions(feed, 0)] == [("7", sum(map(len, bad)))]


def test_a_feed_that_cannot_be_mended_is_named(crawl, tmp_path):
    """A path that is no file any more is one clear line."""
    (tmp_path / "a.jsonl").mkdir()
    crawl.ledger.confirm(str(tmp_path / "a.jsonl"), 0)
    with pytest.raises(LedgerError, match="feed of an earlier run can't be mended"):
        recover(crawl.ledger)
