"""What deploy/ has for scrapyd and systemd."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser
from configparser import ConfigParser
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsspider.commands.schedule import Command

DEPLOY = Path(__file__).parents[2] / "deploy"


def read(path: Path) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    assert parser.read(path) == [str(path)]
    return parser


def test_a_node_is_closed_to_others_and_keeps_our_feeds():
    """scrapyd listens on loopback, has no password in its file, remembers its jobs and replaces no feed."""
    scrapyd = read(DEPLOY / "scrapyd.conf")["scrapyd"]
    assert scrapyd["bind_address"] == "127.0.0.1"
    assert (scrapyd["username"], scrapyd["password"]) == ("", "")
    assert (scrapyd["items_dir"], scrapyd["jobs_dir"]) == ("", "")
    assert scrapyd["jobstorage"] == "scrapyd.jobstorage.SqliteJobStorage"


@pytest.mark.parametrize("unit", ["newsspider-schedule", "newsspider-schedule-once"])
def test_the_units_call_the_scheduler_as_it_wants_to_be_called(unit: str):
    """The command line of each unit is one that ``scrapy schedule`` takes, run by no root."""
    service = read(DEPLOY / f"{unit}.service")["Service"]
    program, word, *arguments = shlex.split(service["ExecStart"])
    assert (program.rpartition("/")[2], word) == ("scrapy", "schedule")
    parser = ArgumentParser()
    command = Command()
    command.settings = Settings()
    command.add_options(parser)
    options, rest = parser.parse_known_args(arguments)
    assert (options.once, str(options.file), rest) == (
        unit.endswith("once"),
        "/etc/newsspider/schedule.toml",
        [],
    )
    assert service["User"] == "newsspider"


def test_every_timer_has_its_service():
    """A timer starts the unit of its own name."""
    timers = list(DEPLOY.glob("*.timer"))
    assert timers
    assert all(timer.with_suffix(".service").exists() for timer in timers)
