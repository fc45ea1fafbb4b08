# ruff: noqa: E501 - markup and long names are easier to read on one line
"""newsspider in somebody else's project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from scrapy.settings import Settings

from newsspider.addon import PIPELINES, Addon
from newsspider.middlewares import MIDDLEWARES
from newsspider.spiders.news import NewsSpider
from tests.spiders.conftest import ScriptedSite, site, story  # noqa: F401  # a fixture

SETTINGS = """
BOT_NAME = "theirs"
SPIDER_MODULES = ["theirs.spiders"]
ADDONS = {"newsspider.addon.Addon": 500}
ITEM_PIPELINES = {"theirs.pipelines.Shout": 300}
LOG_LEVEL = "WARNING"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
"""
PIPELINE = """
class Shout:
    def process_item(self, item):
        item.article_section = "SHOUTED"
        return item
"""
SPIDER = """
import scrapy
from newsspider.extraction.reader import extract

class Theirs(scrapy.Spider):
    name = "theirs"

    async def start(self):
        for url in self.urls.split(","):
            yield scrapy.Request(url)

    def parse(self, response):
        yield extract(response.body, response.url)
"""


def test_in_a_project_of_their_own(tmp_path: Path, site: ScriptedSite) -> None:  # noqa: F811
    """One line in ADDONS brings cleaning, the feed's form and the verdict; the project's own pipeline still works."""
    package = tmp_path / "theirs"
    package.mkdir()
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = theirs.settings\n")
    for name, text in {
        "__init__": "",
        "settings": SETTINGS,
        "pipelines": PIPELINE,
        "spiders": SPIDER,
    }.items():
        (package / f"{name}.py").write_text(text)
    site.says("/good", story(1, more="<p>Advertisement</p>"))
    site.says(
        "/login", "<html><body><h1>Log in</h1><form><input name=u><input type=password></form></body></html>"
    )
    command = [sys.executable, "-m", "scrapy", "crawl", "theirs", "-O", "out.jsonl"]
    urls = f"urls={site.url}/good,{site.url}/login"
    done = subprocess.run(
        [*command, "-a", urls], check=False, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    (line,) = (tmp_path / "out.jsonl").read_text().splitlines()
    item = json.loads(line)
    assert item["article_section"] == "SHOUTED"
    assert item["content_hash"]
    assert "Advertisement" not in item["article_body"]
    verdict = json.loads((tmp_path / "out.verdict.json").read_text())
    assert verdict["exported"] == 1
    assert "1 article exported" in done.stderr


def test_the_news_spider_brings_its_manners() -> None:
    """In a project that says nothing of them the spider has its middlewares; what the project sets stays."""
    offsite, robots = next(iter(MIDDLEWARES)), list(MIDDLEWARES)[4]
    settings = Settings({"DOWNLOADER_MIDDLEWARES": {robots: None, "theirs.Own": 300}})
    NewsSpider.update_settings(settings)
    placed = settings.getdict("DOWNLOADER_MIDDLEWARES")
    assert placed[offsite] == MIDDLEWARES[offsite]
    assert placed[robots] is None
    assert placed["theirs.Own"] == 300


def test_the_projects_own_settings_stay() -> None:
    """A pipeline that the project placed or switched off keeps its place, and its other pipelines stay."""
    first, second = PIPELINES[:2]
    settings = Settings({"ITEM_PIPELINES": {first: None, second: 999, "theirs.Own": 300}})
    Addon().update_settings(settings)
    placed = settings.getdict("ITEM_PIPELINES")
    assert placed[first] is None
    assert placed[second] == 999
    assert placed["theirs.Own"] == 300
    assert len(placed) == len(PIPELINES) + 1
