"""An egg as scrapyd-deploy makes it, and scrapyd nodes to send it to."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
import requests
from requests.auth import HTTPBasicAuth

ROOT = Path(__file__).parents[2]
_CLONE = ("newsspider", "pyproject.toml", "setup.py", "scrapy.cfg", "README.md", "LICENSE")


@pytest.fixture(scope="session")
def scrapyd() -> None:
    """Skip what needs scrapyd where it is not installed; in CI it has to be."""
    if find_spec("scrapyd") is None or find_spec("scrapyd_client") is None:
        text = "needs scrapyd: pip install 'newsspider[scrapyd]'"
        pytest.fail(text) if os.environ.get("CI") == "true" else pytest.skip(text)


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what the project's egg is made from: building leaves files behind."""
    folder = tmp_path_factory.mktemp("clone")
    for name in _CLONE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="session")
def egg(clone: Path, scrapyd: None) -> Path:
    """Return the egg that ``scrapyd-deploy`` makes of the clone."""
    path = clone / "newsspider.egg"
    command = [sys.executable, "-m", "scrapyd_client.deploy", "--build-egg", str(path)]
    subprocess.run(command, cwd=clone, check=True, capture_output=True, timeout=120)
    return path


@pytest.fixture(scope="session")
def node_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment that has this one's packages, but no newsspider.

    A path in a ``.pth`` file is searched for modules, and its own ``.pth`` files, by which a project is
    installed editable, are not read.
    """
    folder = tmp_path_factory.mktemp("node")
    venv.create(folder)
    packages = next((folder / "lib").glob("python*/site-packages"))
    (packages / "packages.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin" / "python"


@dataclass
class Node:
    """A scrapyd process with a folder of its own, started as docs/deploying.md says."""

    name: str
    folder: Path
    python: Path
    credentials: dict[str, str]
    environment: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def auth(self) -> HTTPBasicAuth:
        names = ("SCRAPYD_USERNAME", "SCRAPYD_PASSWORD")
        return HTTPBasicAuth(*(self.credentials[name].encode() for name in names))

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def start(self) -> None:
        """Start the node and wait until it answers."""
        env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "LEDGER_URL")}
        env |= (
            self.credentials
            | self.environment
            | {"SCRAPYD_HTTP_PORT": str(self.port), "NEWSSPIDER_OUTPUT": str(self.output)}
        )
        with (self.folder / "scrapyd.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.python), "-m", "scrapyd", "--pidfile="],
                cwd=self.folder,
                env=env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(lambda: self.process.poll() is not None or self._answers(), "scrapyd answers")
        assert self.process.poll() is None, (self.folder / "scrapyd.log").read_text()

    def kill(self) -> None:
        """Kill the node with its jobs, as a power cut does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def ask(self, path: str, **parameters: str | list[str]) -> dict[str, object]:
        """Call the node's API."""
        method = "POST" if parameters else "GET"
        return requests.request(
            method, f"{self.url}/{path}", data=parameters, auth=self.auth, timeout=120
        ).json()

    def state(self, run: str) -> object:
        """Return what scrapyd calls the state of a job."""
        return self.ask(f"status.json?job={run}")["currstate"]

    def _answers(self) -> bool:
        try:
            return self.ask("daemonstatus.json")["status"] == "ok"
        except requests.ConnectionError:
            return False


@pytest.fixture(scope="session")
def until():
    """Wait for something."""
    return wait_until


def wait_until(true: Callable[[], object], what: str, seconds: float = 180) -> None:
    """Wait until *true* says so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.3)


@pytest.fixture
def make_node(node_python: Path, tmp_path: Path, scrapyd: None) -> Iterator[Callable[..., Node]]:
    """Start nodes; they are gone when the test ends."""
    nodes = []

    def make(name: str, **environment: str) -> Node:
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(ROOT / "deploy" / "scrapyd.conf", folder)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        credentials = {"SCRAPYD_USERNAME": "desk", "SCRAPYD_PASSWORD": "pa$$ w%rd"}
        node = Node(name, folder, node_python, credentials, environment, port)
        nodes.append(node)
        node.start()
        return node

    yield make
    for node in nodes:
        node.kill()
