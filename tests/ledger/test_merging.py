import json
from contextlib import closing
from dataclasses import replace

import pytest

from newsspider.commands.feed import feeds_at
from newsspider.errors import LedgerError
from newsspider.ledger.merging import Merging


class Desk:
    """Feeds in a folder, and a ledger that knows of their lines what a test lets it know."""

    def __init__(self, crawl, folder):
        self.crawl = crawl
        self.folder = folder
        self.files = []

    def write(self, name, *articles, settled=True, folder="."):
        """Write a feed of articles, each (number, version, site, date), and settle them."""
        path = self.folder / folder / name
        path.parent.mkdir(exist_ok=True)
        self.files.append(path)
        with path.open("ab") as file:
            for number, version, site, date in articles:
                offset = file.tell()
                item = {"id": f"{number:032x}", "version": version, "site": site, "date_published": date}
                file.write(json.dumps(item | {"file": name}).encode() + b"\n")
                if settled:
                    self.settle(number, version, f"/elsewhere/{name}", offset)

    def settle(self, number, version, file, offset):
        self.crawl.enter(f"/{number}")
        completion = self.crawl.completion(number, version=version, file=file, offset=offset)
        self.crawl.settle(f"/{number}", completion=replace(completion, url=f"https://example.com/{number}"))

    def merge(self):
        """Merge, and give the proof and the lines' (number, version, file)."""
        out = self.folder / "out"
        with closing(Merging(self.crawl.ledger, self.files)) as merging, out.open("wb") as file:
            merging.write(file)
            proof = merging.proof()
        items = [json.loads(line) for line in out.read_bytes().splitlines()]
        return proof, [(int(item["id"], 16), item["version"], item["file"]) for item in items]


@pytest.fixture
def desk(crawl, tmp_path):
    return Desk(crawl, tmp_path)


def test_the_lines_that_the_ledger_names_are_merged(desk):
    """Lines come by site, date in UTC and id, wherever they stood; the undated ones of a site come last."""
    east = "2026-05-04T01:00+05:30"
    desk.write("one.jsonl", (1, 1, "b", "2026-05-04"), (2, 1, "a", None), (3, 1, "a", east))
    desk.write("two.jsonl", (4, 1, "a", "2026-05-03T23:00Z"), (5, 1, "b", "2026-05-04"))
    proof, lines = desk.merge()
    assert [number for number, _, _ in lines] == [3, 4, 2, 1, 5]
    assert proof.holds(partial=False)
    assert (proof.named, proof.kept, proof.lines) == (5, 5, 5)


def test_what_the_ledger_does_not_name_is_left_out_and_counted(desk):
    """Raw duplicates, earlier versions, unsettled and broken lines are told apart; the sum is all lines."""
    desk.write("one.jsonl", (1, 1, "a", None), (2, 1, "a", None))
    desk.write("two.jsonl", (2, 1, "a", None), (9, 1, "a", None), settled=False)
    desk.write("new.jsonl", (1, 2, "a", None))
    (desk.folder / "two.jsonl").open("ab").write(b'{"id": 7}\n{"id": "00')
    proof, lines = desk.merge()
    assert lines == [(1, 2, "new.jsonl"), (2, 1, "one.jsonl")]
    assert (proof.raw_duplicates, proof.earlier, proof.unsettled, proof.no_articles) == (1, 1, 1, 2)
    assert proof.lines == 7
    assert proof.holds(partial=False)


def test_a_line_that_is_not_where_the_ledger_says_is_missing(desk):
    """A file that was changed after the crawl is found out, and the place is named."""
    desk.write("one.jsonl", (1, 1, "a", None), (2, 1, "a", None))
    path = desk.folder / "one.jsonl"
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])
    proof, _ = desk.merge()
    assert (proof.missing, proof.elsewhere) == (2, 0)
    assert not proof.holds(partial=True)
    assert proof.examples[0] == "one.jsonl, byte 0"


def test_a_feed_that_is_not_given_is_missed(desk):
    """Articles in other files fail the proof, but where a part of the feeds is asked for."""
    desk.write("one.jsonl", (1, 1, "a", None))
    desk.write("two.jsonl", (2, 1, "a", None))
    del desk.files[0]
    proof, lines = desk.merge()
    assert lines == [(2, 1, "two.jsonl")]
    assert (proof.missing, proof.elsewhere) == (0, 1)
    assert not proof.holds(partial=False)
    assert proof.holds(partial=True)


@pytest.mark.parametrize("date", ["9999-12-31T23:00:00-05:00", "0001-01-01T00:00:00+05:00"])
def test_a_date_at_an_end_of_the_calendar_is_sorted(desk, date):
    """An article whose date lies outside the calendar in UTC is merged as any other."""
    desk.write("one.jsonl", (1, 1, "a", date), (2, 1, "a", "2026-05-04"))
    proof, lines = desk.merge()
    assert sorted(number for number, _, _ in lines) == [1, 2]
    assert proof.holds(partial=False)


def test_lines_of_another_crawl_prove_nothing(desk):
    """Where the ledger has heard of none of the lines it is the wrong one, and nothing is proved."""
    desk.write("one.jsonl", (1, 1, "a", None), settled=False)
    proof, lines = desk.merge()
    assert (proof.named, lines) == (0, [])
    assert not proof.holds(partial=True)


def test_no_lines_and_no_articles_are_whole(desk):
    """A crawl that exported nothing has an empty file for its whole."""
    desk.write("one.jsonl")
    assert desk.merge()[0].holds(partial=False)


def test_a_number_that_is_too_large_is_no_article(desk):
    """A line whose version no database can hold is no article's."""
    desk.write("one.jsonl", (1, 1, "a", None))
    path = desk.folder / "one.jsonl"
    path.open("ab").write(b'{"id": "00", "version": 1e999, "site": "a", "date_published": null}\n')
    proof, lines = desk.merge()
    assert (proof.no_articles, len(lines)) == (1, 1)


def test_two_feeds_of_one_name_are_refused(desk):
    """A feed is known by its name, so two of one name can't be told apart."""
    desk.write("one.jsonl", (1, 1, "a", None), folder="x")
    desk.write("one.jsonl", (2, 1, "a", None), folder="y")
    with pytest.raises(LedgerError, match=r"one\.jsonl: there are two files of this name"):
        desk.merge()


def test_folders_stand_for_their_feeds_but_for_the_merged_one(tmp_path):
    """What was merged into the same folder before is no feed."""
    for name in ("b.jsonl", "a.jsonl", "all.jsonl", "a.verdict.json"):
        (tmp_path / name).touch()
    found = feeds_at([tmp_path, tmp_path / "a.jsonl"], tmp_path / "all.jsonl")
    assert [path.name for path in found] == ["a.jsonl", "b.jsonl"]
    with pytest.raises(LedgerError, match="no such file or folder"):
        feeds_at([tmp_path / "none"], tmp_path / "all.jsonl")


def test_a_folder_without_feeds_is_refused(tmp_path):
    """A wrong folder must not make an empty file of the merged one; the one that was merged is no feed."""
    (tmp_path / "all.jsonl").touch()
    with pytest.raises(LedgerError, match=r"there is no feed, whose name ends in \.jsonl"):
        feeds_at([tmp_path], tmp_path / "all.jsonl")
