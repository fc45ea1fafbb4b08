"""Settings that no run can work with."""

import pytest
from scrapy.settings import BaseSettings, Settings

from newsspider import settings as project
from newsspider.errors import ArgumentError
from newsspider.spiders.checked_settings import check_logging, check_settings


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("CONCURRENT_REQUESTS", "x", "no whole number"),
        ("CONCURRENT_REQUESTS", "1.5", "no whole number"),
        ("NEWSSPIDER_BARREN_LISTS", -1, "no whole number of 0 or more"),
        ("DOWNLOAD_DELAY", "-1", "no number of seconds"),
        ("DOWNLOAD_TIMEOUT", "nan", "no number of seconds"),
        ("NEWSSPIDER_ROBOTS_TIMEOUT", "inf", "no number of seconds"),
        ("NEWSSPIDER_CRAWL_DELAY_MAX", [], "no number of seconds"),
        ("NEWSSPIDER_VERDICT", "perhaps", "neither True nor False"),
        ("NEWSSPIDER_NEAR_DUPLICATES", "of", "'of' is none of its words; did you mean 'off'?"),
        ("NEWSSPIDER_PAGE_TYPES", "article,liveblog", "did you mean 'live_blog'?"),
        ("NEWSSPIDER_ROBOTS_UNREACHABLE", "yes", "there are disallow, allow"),
    ],
)
def test_a_wrong_setting_is_one_line(name, value, reason):
    """The line names the setting, what it was given and what it takes."""
    with pytest.raises(ArgumentError) as told:
        check_settings(BaseSettings({name: value}))
    assert f"setting {name}" in str(told.value)
    assert reason in str(told.value)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"LOG_LEVEL": "LOUD"}, "'LOUD': none of DEBUG, INFO"),
        ({"LOG_FILE": "no/such/folder/log"}, "no log can be written there: No such file"),
        ({"LOG_FILE": "log", "LOG_ENCODING": "morse"}, "unknown encoding: morse"),
    ],
)
def test_a_log_that_cannot_be_kept_is_one_line(settings, reason, tmp_path, monkeypatch):
    """An unknown level, a file that can't be written and an unknown encoding are named with their setting."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArgumentError, match=reason):
        check_logging(BaseSettings({"LOG_LEVEL": "INFO"} | settings))


def test_the_projects_settings_are_right():
    """Scrapy's defaults and the project's pass, as numbers and as the text that ``-s`` gives."""
    settings = Settings()
    settings.setmodule(project)
    check_settings(settings)
    check_logging(settings)
    settings.update({"DOWNLOAD_DELAY": "0.5", "RETRY_TIMES": "2", "NEWSSPIDER_VERDICT": "False"})
    check_settings(settings)
