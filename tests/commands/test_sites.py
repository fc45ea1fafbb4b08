"""``scrapy sites`` lists the sites and checks their files."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SITE = 'format = 1\nname = "The Paper"\ndomains = ["paper.example"]\n[[template]]\nname = "story"\n'


@pytest.fixture
def sites(tmp_path):
    def run(*options: str, text: str = SITE) -> subprocess.CompletedProcess[str]:
        (tmp_path / "paper.example.toml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "scrapy", "sites", "-s", f"NEWSSPIDER_SITES={tmp_path}", *options]
        return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)

    return run


def test_own_and_shipped_sites_are_listed_with_their_templates(sites):
    """The table has a line for each site, own and shipped, with its templates and where it comes from."""
    result = sites()
    assert result.returncode == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert "story" in lines["paper.example"]
    assert "shipped" not in lines["paper.example"]
    assert "2025-05-05" in lines["newsx.com"]
    assert lines["newsx.com"].rstrip().endswith("shipped")


def test_an_argument_that_is_none_is_refused(sites):
    """A word that the command does not take is named, and not passed by."""
    result = sites("check")
    assert result.returncode == 2
    assert "takes no argument 'check'" in result.stderr


def test_check_passes_files_that_are_right(sites):
    """All files right: one line and exit code 0."""
    result = sites("--check")
    assert (result.returncode, result.stdout.count("\n")) == (0, 1)
    assert result.stdout.endswith("site files, all right\n")


def test_check_gives_a_line_an_error_and_fails(sites, tmp_path):
    """Each error of the user's folder is a line, and the exit code is 1; listing fails in the same way."""
    wrong = SITE.replace("domains", "domain").replace("name", "nam", 1)
    for result in (sites("--check", text=wrong), sites(text=wrong)):
        assert result.returncode == 1
        assert result.stdout.splitlines() == [
            f"{tmp_path}/paper.example.toml: unknown key 'nam'; did you mean 'name'?",
            f"{tmp_path}/paper.example.toml: unknown key 'domain'; did you mean 'domains'?",
            f"{tmp_path}/paper.example.toml: key 'name': is missing",
            f"{tmp_path}/paper.example.toml: key 'domains': is missing",
        ]


def test_a_folder_that_is_not_there_is_an_error():
    """A wrong NEWSSPIDER_SITES is said, not taken for an empty folder."""
    command = [sys.executable, "-m", "scrapy", "sites", "-s", "NEWSSPIDER_SITES=/nowhere/at/all"]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (
        1,
        "/nowhere/at/all: there is no such folder of site files\n",
    )
