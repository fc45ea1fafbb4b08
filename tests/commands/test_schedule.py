"""``scrapy schedule`` called wrongly, and without a node."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from newsspider.commands.schedule import Command

ROOT = Path(__file__).parents[2]
SITE = """
format = 1
name = "X"
domains = ["x.example"]
sections = ["https://x.example/news"]
{schedule}
[[template]]
name = "story"
"""


@dataclass
class Called:
    """What a call of the command gave."""

    exit_code: int
    out: str
    err: str


Call = Callable[..., Called]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run the command with a site file that has this table, and with this schedule file."""

    def run(
        *args: str, schedule: str = "", site: str = "[schedule]\nevery = '1h'", once: bool = True
    ) -> Called:
        (tmp_path / "sites").mkdir(exist_ok=True)
        (tmp_path / "sites" / "x.example.toml").write_text(SITE.format(schedule=site), encoding="utf-8")
        (tmp_path / "schedule.toml").write_text(schedule, encoding="utf-8")
        command = Command()
        command.settings = Settings(
            {
                "SPIDER_MODULES": ["newsspider.spiders"],
                "NEWSSPIDER_SITES": str(tmp_path / "sites"),
                "NEWSSPIDER_OUTPUT": str(tmp_path / "output"),
            }
        )
        command.run(list(args), Namespace(once=once and not args, file=tmp_path / "schedule.toml"))
        return Called(command.exitcode, *capsys.readouterr())

    return run


@pytest.fixture
def nobody() -> str:
    """Return a URL where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize(
    ("site", "schedule", "message"),
    [
        ("", "", "there is no job: no site file has a [schedule] table, and"),
        ("[schedule]\nevery = 'soon'", "", "[schedule], key 'every': 'soon' is not a duration"),
        ("[schedule]\ncron = '0 25 * * *'", "", "[schedule], key 'cron': bad cron expression"),
        ("[schedule]\nevery = '1h'\ncron = '* * * * *'", "", "[schedule]: needs one of 'every' and 'cron'"),
        (
            "[schedule]\nevery = '1h'\nargs = { max_page = '2' }",
            "",
            "x.example.toml: [schedule]: unknown argument 'max_page': did you mean 'max_pages'?",
        ),
        (
            "[schedule]\nevery = '1h'\nargs = { site = 'y.example' }",
            "",
            "key 'args': 'site' is the file's own",
        ),
        ("", "[[job]]\nname = 'y'\nevery = '1h'\nargs = { site = 'x.exampel' }", "did you mean 'x.example'?"),
        ("", "[[job]]\nname = 'y'\nevery = '1h'\nargs = { _job = '7' }", "'_job' is scrapyd's own name"),
        (
            "",
            "[[job]]\nname = 'y'\nevery = '1h'\nspider = 'new'",
            "there is no spider 'new'; did you mean 'news'?",
        ),
        (
            "[schedule]\nevery = '1h'",
            "[[node]]\nname = 'a'\nurl = 'http://127.0.0.1:1'\nsites = ['x.exampel']",
            "[[node]] of 'a', key 'sites': no job crawls 'x.exampel'; did you mean 'x.example'?",
        ),
    ],
)
def test_what_is_wrong_is_one_line(call: Call, site: str, schedule: str, message: str):
    """A wrong file is one line on standard error and exit code 2, and nothing is started."""
    called = call(site=site, schedule=schedule)
    assert called.exit_code == 2
    assert message in called.err
    assert called.err.startswith("scrapy schedule: ")
    assert called.err.count("\n") == 1


def test_a_node_that_is_down_is_said_and_the_job_stays_due(call: Call, nobody: str):
    """A round without its node names it and fails; the status says what waits, and fails too."""
    schedule = f"[[node]]\nname = 'a'\nurl = '{nobody}'"
    called = call(schedule=schedule)
    assert called.exit_code == 1
    assert f"node a ({nobody}): it is down (connection refused)" in called.err
    shown = call("status", schedule=schedule)
    assert shown.exit_code == 1
    assert shown.out.split()[:10] == [
        "job",
        "node",
        "last",
        "verdict",
        "next",
        "x.example",
        "-",
        "-",
        "-",
        "waits:",
    ]


def test_unknown_words_are_refused(call: Call):
    """There is one word besides the options."""
    with pytest.raises(UsageError):
        call("stat")


def test_a_job_of_the_schedule_file_comes_in_place_of_a_site_files(call: Call, nobody: str):
    """A job by the name of a site file's is the only one for it, and its own."""
    schedule = (
        f"[[node]]\nname = 'a'\nurl = '{nobody}'\n"
        "[[job]]\nname = 'x.example'\ncron = '0 6 * * *'\nargs = { site = 'x.example' }\n"
    )
    assert call(schedule=schedule).err.count("\n") == 1  # the node; nothing is due
    assert "06:00:00Z" in call("status", schedule=schedule).out


def test_the_daemon_goes_on_until_it_is_stopped(call: Call, nobody: str, tmp_path: Path):
    """Without --once it makes round after round, says what is new once, and ends well when it is told to."""
    call("status", schedule=f"poll = '1s'\n[[node]]\nname = 'a'\nurl = '{nobody}'")
    command = [sys.executable, "-m", "scrapy", "schedule", "--file", str(tmp_path / "schedule.toml")]
    env = os.environ | {
        "NEWSSPIDER_SITES": str(tmp_path / "sites"),
        "NEWSSPIDER_OUTPUT": str(tmp_path / "output"),
    }
    port = int(nobody.rpartition(":")[2])
    with (
        socket.create_server(("127.0.0.1", port)) as node,
        subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as daemon,
    ):
        node.settimeout(120)
        try:
            for _ in range(3):  # a node that hangs up on whoever asks
                node.accept()[0].close()
            daemon.send_signal(signal.SIGTERM)
            said = daemon.stderr.readlines()
        finally:
            daemon.kill()
    assert daemon.returncode == 0
    assert [line.rpartition(": ")[2] for line in said] == ["it can't be reached\n"] * 2
    assert [line.startswith("x.example: waits:") for line in said] == [False, True]
