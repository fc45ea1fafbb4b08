"""``scrapy feed merge`` writes a file only where the ledger proves it whole."""

import json
from pathlib import Path

import pytest

from newsspider.ledger import SqliteLedger
from tests.commands.conftest import Scrapy

LINE = json.dumps({"id": "00" * 16, "version": 1, "site": "a.example", "date_published": None}) + "\n"


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A feed, and a file into which it was merged before."""
    (tmp_path / "one.jsonl").write_text(LINE)
    path = tmp_path / "merged.jsonl"
    path.write_text("as it was")
    return path


def test_a_ledger_that_is_not_there_is_not_made(scrapy: Scrapy, merged: Path) -> None:
    """With a mistyped LEDGER_URL nothing is written: neither a ledger nor the merged file."""
    ledger = merged.with_name("typo.sqlite")
    done = scrapy("feed", "merge", str(merged.parent), "-o", str(merged), LEDGER_URL=f"sqlite:///{ledger}")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "typo.sqlite: there is no ledger yet" in done.stderr
    assert not ledger.exists()
    assert merged.read_text() == "as it was"


def test_the_ledger_of_another_crawl_proves_nothing(scrapy: Scrapy, merged: Path) -> None:
    """A ledger that names none of the lines leaves the merged file as it was, and says what to look at."""
    ledger = merged.with_name("other.sqlite")
    SqliteLedger(ledger).close()
    done = scrapy("feed", "merge", str(merged.parent), "-o", str(merged), LEDGER_URL=str(ledger))
    assert done.returncode == 1
    assert "the ledger names none of these lines" in done.stderr
    assert "LEDGER_URL" in done.stderr
    assert merged.read_text() == "as it was"


@pytest.mark.parametrize("out", [".", "", "none/merged.jsonl"])
def test_a_place_that_cannot_be_written_is_named(scrapy: Scrapy, tmp_path: Path, out: str) -> None:
    """A folder, or a file in a folder that is not there, is refused in one line."""
    SqliteLedger(tmp_path / "a.sqlite").close()
    (tmp_path / "empty.jsonl").touch()
    done = scrapy(
        "feed", "merge", str(tmp_path / "empty.jsonl"), "-o", str(tmp_path / out) if out else "",
        LEDGER_URL=str(tmp_path / "a.sqlite"),
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "can't be written" in done.stderr
