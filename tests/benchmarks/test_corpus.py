"""Reading corpora of both forms."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.corpus import UNKNOWN_URL, half_of, read_corpus


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A corpus of newsspider's own form, with three pages of two sites."""
    rows = [
        {"id": "a", "site": "one", "url": "https://one.example/a", "text": "Rain\u2028fell.",
         "authors": ["Ann Lee"], "body": [{"summary": ["Rain"]}], "crawled": "2026-05-04 10:00:00"},
        {"id": "b", "url": "https://www.two.co.uk/b", "text": "Sun", "author": "Bo, editor"},
        {"id": "c", "text": "Wind", "body": [{"summary": []}]},
    ]  # fmt: skip
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "gold.jsonl").write_text(lines, "utf-8")
    (tmp_path / "pages").mkdir()
    for row in rows:
        (tmp_path / "pages" / f"{row['id']}.html.gz").write_bytes(gzip.compress(b"<p>" + row["id"].encode()))
    return tmp_path


def test_own_form(own: Path) -> None:
    """Every page has its bytes, its site and what gold says; what gold does not say is None."""
    a, b, c = read_corpus(own)
    assert (a.site, b.site, c.site) == ("one", "two.co.uk", "c")
    assert (a.authors, b.authors, b.byline) == (("Ann Lee",), None, "Bo, editor")
    assert (a.has_standfirst, b.has_standfirst, c.has_standfirst) == (True, None, False)
    assert a.text == "Rain\u2028fell."
    assert a.fetched is not None
    assert a.fetched.isoformat() == "2026-05-04T10:00:00+00:00"
    assert c.url == UNKNOWN_URL
    assert b.body() == b"<p>b"


def test_halves(own: Path) -> None:
    """The two halves are all pages, and no site is in both."""
    tune, held = read_corpus(own, "tune"), read_corpus(own, "held")
    assert sorted(page.id for page in tune + held) == ["a", "b", "c"]
    assert all(half_of(page.site) == "tune" for page in tune)
    assert not {page.site for page in tune} & {page.site for page in held}


def test_public_form(tmp_path: Path) -> None:
    """A clone of the public benchmark is read by its ground truth and its html folder."""
    truth = {"f00": {"articleBody": "Rain.", "url": "https://news.example.com/a"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), "utf-8")
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "f00.html.gz").write_bytes(gzip.compress(b"<p>Rain."))
    (page,) = read_corpus(tmp_path)
    assert (page.id, page.site, page.text, page.body()) == ("f00", "example.com", "Rain.", b"<p>Rain.")


def test_no_gold_text(tmp_path: Path) -> None:
    """A corpus without gold texts is refused by name, not scored as empty."""
    (tmp_path / "gold.jsonl").write_text('{"id": "1", "next_css": "a"}\n', "utf-8")
    with pytest.raises(ValueError, match="page 1 has no gold text"):
        read_corpus(tmp_path)
