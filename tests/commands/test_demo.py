"""``scrapy demo``, run as users run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsspider.demo import Edition, Newsroom

ROOT = Path(__file__).parents[2]
PROJECT = "[settings]\ndefault = other_settings\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A Scrapy project that has newsspider's commands and nothing else of it."""
    (tmp_path / "scrapy.cfg").write_text(PROJECT)
    (tmp_path / "other_settings.py").write_text('COMMANDS_MODULE = "newsspider.commands"\n')
    return tmp_path


def can_be_interrupted() -> None:
    """Undo what a shell does to what it starts in the background: such a process ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def scrapy_demo(project: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command in *project*; it does not outlive the context."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(project), str(ROOT))),
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", "demo", *options],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=can_be_interrupted,  # noqa: PLW1509 - no thread runs here
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_it_serves_until_interrupted(project: Path) -> None:
    """It prints its proxy and hosts, answers through it, and ends cleanly on Ctrl-C."""
    with scrapy_demo(project, "--size=2", "--port=0") as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(9)]
        proxy = next(word for word in said[0].split() if word.startswith("http://127.0.0.1:"))
        client = urllib.request.build_opener(urllib.request.ProxyHandler({"http": proxy}))
        with client.open("http://newsx.test/") as answer:
            assert answer.read() == Newsroom(Edition(size=2)).respond("newsx.test", "/").body
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert "scrapy crawl news -a site=all" in said[-2]
    assert "http://m.newsx.test/" in "".join(said)
    assert (process.returncode, errors) == (0, "")


def test_it_writes_the_truth(project: Path) -> None:
    """--truth writes a line for every page and serves nothing."""
    with scrapy_demo(project, "--size=2", "--truth=truth.jsonl") as process:
        process.communicate(timeout=30)
    urls = [json.loads(line)["url"] for line in (project / "truth.jsonl").read_text().splitlines()]
    assert urls == [truth.url for truth in Newsroom(Edition(size=2)).truths()]


def test_an_impossible_newsroom_is_refused(project: Path) -> None:
    """A size of nothing is one clear line and a non-zero exit code."""
    with scrapy_demo(project, "--size=0") as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "size from 1 to 500000" in errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--port=99999"], "a port is from 0 to 65535, not 99999"),
        (["--truth=/"], "cannot write the truth to /: Is a directory"),
        (["--", "/"], "cannot run '/': Permission denied"),
    ],
)
def test_what_cannot_be_done_is_said(project: Path, arguments: list[str], message: str) -> None:
    """A port that is none, a file and a command that can't be written and run are told in a line."""
    with scrapy_demo(project, "--size=1", *arguments) as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode != 0
    assert message in errors
    assert "Traceback" not in errors


def test_a_taken_port_is_said(project: Path) -> None:
    """A port that is in use is one clear line and a non-zero exit code."""
    with scrapy_demo(project, "--size=1", "--port=0") as first:
        assert first.stdout
        port = first.stdout.readline().split("127.0.0.1:")[1].split()[0]
        with scrapy_demo(project, "--size=1", f"--port={port}") as second:
            _, errors = second.communicate(timeout=30)
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=20)
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in errors
