import subprocess
import sys

import pytest

from newsspider.errors import LedgerError
from newsspider.ledger.seat import Seat


def test_workers_that_live_together_have_different_names(tmp_path):
    """No two workers of a folder have one name while both live."""
    one, two = Seat(tmp_path), Seat(tmp_path)
    assert one.name != two.name
    assert one.name.replace("-", "").isalnum()


def test_a_name_that_was_left_is_the_next_workers(tmp_path):
    """Who comes after one that ended has its name."""
    one = Seat(tmp_path)
    one.leave()
    assert Seat(tmp_path).name == one.name


def test_a_killed_worker_leaves_its_name(tmp_path):
    """The system takes the name back from a process that was killed, however it was."""
    code = (
        "import os, pathlib, signal, sys; from newsspider.ledger.seat import Seat\n"
        "print(Seat(pathlib.Path(sys.argv[1])).name, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], check=False, capture_output=True, text=True)
    assert done.returncode == -9
    assert Seat(tmp_path).name == done.stdout.strip()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """A path below a file is one clear line."""
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="a worker's name can't be kept there"):
        Seat(tmp_path / "file")
