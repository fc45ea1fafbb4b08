"""An egg as scrapyd-deploy makes it, and scrapyd nodes to send it to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from importlib.util import find_spec
from pathlib import Path

import pytest

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
