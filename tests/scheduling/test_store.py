"""The scheduler's memory on disk."""

import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from newsdesk import MINUTE, NOON, job, with_run

from newsspider.errors import ScheduleError
from newsspider.scheduling.memory import Memory, ended, listened
from newsspider.scheduling.nodes import Answer, Ending
from newsspider.scheduling.store import MemoryStore


def test_what_is_saved_is_loaded(tmp_path: Path):
    """Turns, runs and pins come back as they were, and what is gone stays gone."""
    store = MemoryStore(tmp_path / "new" / "schedule.sqlite")
    assert store.load() == Memory()
    memory, run = with_run(Memory(), job("x", "x.com", "y.com"), "a", NOON + timedelta(microseconds=7))
    memory = listened(memory, Answer(node="a", problem="down"), NOON + MINUTE)
    store.save(Memory(), memory)
    assert store.load() == memory
    after = ended(memory, run, Ending(ok=True, headline="5 “articles”", has_log=True), is_remembered=True)
    store.save(memory, after)
    assert MemoryStore(store.path).load() == after


def test_a_second_scheduler_is_refused(tmp_path: Path):
    """Two processes do not schedule from one memory, and a dead one does not keep the lock."""
    store = MemoryStore(tmp_path / "schedule.sqlite")
    script = (
        "import sys; from pathlib import Path; from newsspider.scheduling.store import MemoryStore\n"
        "with MemoryStore(Path(sys.argv[1])).alone(): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        with (
            pytest.raises(ScheduleError, match=f"another scrapy schedule .*process {other.pid}"),
            store.alone(),
        ):
            pass
        other.kill()
    with store.alone():
        pass


def test_a_file_that_is_no_memory_is_one_line(tmp_path: Path):
    """A damaged file, a later version's and a folder are each named in one line."""
    damaged, newer = tmp_path / "damaged.sqlite", tmp_path / "newer.sqlite"
    damaged.write_bytes(b"no database" * 1000)
    with sqlite3.connect(newer) as base:
        base.execute("PRAGMA user_version = 99")
    for path, message in (
        (damaged, "restore it or move it away"),
        (newer, "newer newsspider"),
        (tmp_path, "can't be"),
    ):
        with pytest.raises(ScheduleError, match=message) as caught:
            MemoryStore(path).load()
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
