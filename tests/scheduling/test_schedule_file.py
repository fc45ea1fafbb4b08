"""The schedule file."""

from datetime import timedelta
from pathlib import Path

import pytest

from newsspider.errors import ScheduleError
from newsspider.scheduling.schedule_file import ScheduleTable, read_schedule_file

NODE = '[[node]]\nname = "a"\nurl = "http://127.0.0.1:6800/"\n'
JOB = '[[job]]\nname = "x"\nevery = "15m"\n'


def read(folder: Path, text: str) -> ScheduleTable:
    path = folder / "schedule.toml"
    path.write_text(text, encoding="utf-8")
    return read_schedule_file(path)


def test_what_is_left_out_has_a_default(tmp_path: Path):
    """An empty file is one node on this machine, and jobs have what they need."""
    empty = read(tmp_path, "")
    assert [(node.name, node.url) for node in empty.node] == [("local", "http://127.0.0.1:6800")]
    table = read(tmp_path, NODE + JOB)
    assert (table.node[0].url, table.node[0].credentials) == ("http://127.0.0.1:6800", "SCRAPYD")
    assert (table.job[0].every, table.job[0].spider) == (timedelta(minutes=15), "news")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("jiter = '2m'", "unknown key 'jiter'; did you mean 'jitter'?"),
        ("[[job]]\nname = 'x'\nevry = '1m'", "[[job]] of 'x', unknown key 'evry'; did you mean 'every'?"),
        ("[[job]]\nname = 'x'\nevery = '1 hour'", "[[job]] of 'x', key 'every': '1 hour' is not a duration"),
        ("[[job]]\nname = 'x'\nevery = '0m'", "key 'every': '0m' is no time at all"),
        ("[[job]]\nname = 'x'\nevery = '9999999999d'", "is too long"),
        ("[[job]]\nname = 'x'\ncron = '0 25 * * *'", "the hour '25' is not from 0 to 23"),
        ("[[job]]\nname = 'x'", "[[job]] of 'x': needs one of 'every' and 'cron'"),
        (JOB + JOB, "[[job]], key 'name': 'x' is taken"),
        (NODE + NODE, "[[node]], key 'name': 'a' is taken"),
        ("[[job]]\nname = '../x'\nevery = '1m'", "'../x' is no name"),
        (JOB + "args = { max_pages = 2 }", "key 'max_pages': must be text"),
        (JOB + "settings = { LEDGER_URL = 'redis://me:secret@r/0' }", "has a password in it"),
        (NODE.replace("http://", "http://me:secret@"), "the URL of 127.0.0.1 has a user name in it"),
        (NODE.replace("http://", "ftp://"), "is not the URL of a node"),
        (NODE.replace(":6800", ":68000"), "[[node]] of 'a', key 'url': is not the URL of a node"),
        (NODE.replace("127", "[127"), "[[node]] of 'a', key 'url': is not the URL of a node"),
        (NODE + 'credentials = "node b"', "'node b' is not the first part of names of environment variables"),
        ("node = []", "no [[node]]: a schedule file needs at least one"),
        ("timezone = 'Mars'", "key 'timezone': 'Mars' is not an IANA time zone"),
        (NODE + "sites = ['x']\n" + NODE.replace('"a"', '"b"') + "sites = ['x']", "'x' is on two nodes"),
        ("node", "not a TOML file"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, text: str, message: str):
    """Each mistake is one line with the file, the table and the key, and no password is repeated in it."""
    with pytest.raises(ScheduleError) as caught:
        read(tmp_path, text)
    line = str(caught.value)
    assert message in line
    assert line.startswith(f"{tmp_path}/schedule.toml: ")
    assert "\n" not in line
    assert "secret" not in line


def test_a_file_that_is_not_there(tmp_path: Path):
    """A file that was named has to be there."""
    with pytest.raises(ScheduleError, match="there is no such schedule file"):
        read_schedule_file(tmp_path / "none.toml")
