"""A worker's name: no other living worker has it, and the next one has it again where one was killed."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import socket
from itertools import count
from pathlib import Path

from newsspider.errors import LedgerError

_MOST = 1000


class Seat:
    """One of the names that the workers of an output folder have, in turn.

    Each is a file in the folder's ``workers``, held with ``flock``: the system takes the lock back from a
    worker that was killed, so the next one to start in the folder finds its name, and with it its feed.
    """

    def __init__(self, folder: Path) -> None:
        for number in count(1):
            path = folder / "workers" / str(number)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._held = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            except OSError as error:
                raise LedgerError(f"{path}: a worker's name can't be kept there: {error.strerror}") from error
            try:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                os.close(self._held)
                if number >= _MOST:
                    raise LedgerError(f"{path.parent}: {_MOST} workers are at work there already") from None
        self.name = os.read(self._held, 100).decode("ascii", "replace").strip() or self._new_name()
        """Letters, digits and hyphens: the machine's name and six random digits."""

    def leave(self) -> None:
        """Let the name go, for the next worker."""
        os.close(self._held)

    def _new_name(self) -> str:
        machine = re.sub(r"[^a-z0-9]+", "-", socket.gethostname().lower()).strip("-")[:40] or "worker"
        name = f"{machine}-{secrets.token_hex(3)}"
        os.pwrite(self._held, name.encode(), 0)
        return name
