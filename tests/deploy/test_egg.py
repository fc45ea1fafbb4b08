"""The egg: whole, and as good zipped as the source tree is."""

from __future__ import annotations

import json
import os
import subprocess
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
READING = Path(__file__).with_name("reading.py")
Reading = dict[str, object]


def reading(python: Path, package: Path) -> Reading:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(python), str(READING), str(package)]
    done = subprocess.run(command, env=env, check=True, capture_output=True, timeout=120)
    return json.loads(done.stdout)


def test_the_zipped_egg_reads_as_the_source_tree_does(egg: Path, clone: Path, node_python: Path):
    """Site files, phrase lists and the model are read in the zip; pages give the same articles."""
    zipped, plain = reading(node_python, egg), reading(node_python, clone)
    assert str(zipped["from"]).startswith(str(egg))
    assert zipped["data"] == plain["data"]
    assert zipped["sites"] == plain["sites"]
    assert zipped["articles"] == plain["articles"]
    needed = {name for name in zipped["data"] if name.split("/")[1] in ("cleaning", "extraction", "sites")}
    assert len(needed) > 50
    assert needed <= set(zipped["read"])


def test_the_egg_names_the_settings_for_scrapyd(egg: Path):
    """scrapyd finds the project's settings by the egg's entry point."""
    with zipfile.ZipFile(egg) as archive:
        points = archive.read("EGG-INFO/entry_points.txt").decode()
    assert points.split() == ["[scrapy]", "settings", "=", "newsspider.settings"]


def test_the_requirements_of_a_node_are_those_of_the_project():
    """deploy/requirements.txt has the dependencies of pyproject.toml, scrapyd and the Redis client."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {*project["dependencies"], *extras["redis"]}
    wanted |= {line for line in extras["scrapyd"] if not line.startswith("scrapyd-client")}
    lines = (ROOT / "deploy" / "requirements.txt").read_text("utf-8").splitlines()
    assert {line for line in lines if line and not line.startswith("#")} == wanted
    assert [line for line in lines if line.endswith(extras["playwright"][0])] == [
        "# " + extras["playwright"][0]
    ]
