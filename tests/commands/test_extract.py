"""``scrapy extract``."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spiders.conftest import ROOT, ScriptedSite, site, story  # noqa: F401  # a fixture


def extract(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "scrapy", "extract", *arguments]
    return subprocess.run(command, check=False, cwd=ROOT, input=stdin, capture_output=True, timeout=60)


PAGE = story(1, more="<p>Advertisement</p>").encode()


def test_file(tmp_path: Path) -> None:
    """A file, gzipped or not, gives its article, cleaned, on standard output."""
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(PAGE))
    done = extract(str(path), "--url", "https://a.example/rain")
    assert done.returncode == 0, done.stderr
    article = json.loads(done.stdout)
    assert article["headline"] == "Council 1 agrees on the paint of its boats"
    assert article["url"] == "https://a.example/rain"
    assert article["content_hash"]


def test_standard_input_raw_and_explained() -> None:
    """``-`` reads standard input, ``--raw`` leaves cleaning out, ``--explain`` speaks on standard error."""
    done = extract("-", "--raw", "--explain", stdin=PAGE)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["content_hash"] is None
    assert b"read by: generic" in done.stderr


def test_an_address_that_no_page_has() -> None:
    """A saved page that says it has an impossible address is read all the same."""
    page = PAGE.replace(b"<head>", b'<head><link rel="canonical" href="http://[a.example/">')
    done = extract("-", stdin=page)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["url"] == "http://localhost/"


def test_url(site: ScriptedSite) -> None:  # noqa: F811
    """A URL is fetched."""
    site.says("/rain", story(1))
    done = extract(f"{site.url}/rain")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["url"] == f"{site.url}/rain"


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "words"),
    [
        (["-"], b"", 1, b"scrapy extract: -: the document is empty"),
        (["/nowhere/page.html"], b"", 2, b"No such file"),
        (["http://[a.example/"], b"", 2, b"'http://[a.example/' is no web address"),
        (["http://a.example:99999/"], b"", 2, b"'http://a.example:99999/' is no web address"),
        (["http://a.example/", "-s", "DOWNLOAD_TIMEOUT=x"], b"", 2, b"setting DOWNLOAD_TIMEOUT = 'x'"),
        (["http://a.example/", "-s", "RENDERER=x"], b"", 1, b"RENDERER = 'x'"),
        (["ftp://a.example/"], b"", 2, b"'ftp://a.example/' is no web address"),
        (["-", "--url", "http://[a.example/"], PAGE, 2, b"--url: 'http://[a.example/' is no web address"),
        (["-", "--url", "rain.html"], PAGE, 2, b"--url: 'rain.html' is no web address"),
        (["-", "--site", "nosuchsite"], PAGE, 1, b"no site is named 'nosuchsite'"),
    ],
)
def test_refusals(arguments: list[str], stdin: bytes, code: int, words: bytes) -> None:
    """What can't be read is one line on standard error and an exit code."""
    done = extract(*arguments, stdin=stdin)
    assert done.returncode == code
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == b""
