"""Why a request gives no page, in a form that can be counted."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

NOTHING_NEW = "nothing_new"
"""The reason of a list page after others that had nothing new."""


class NoPage(Exception):  # noqa: N818  # it says what is so, not that something is wrong
    """A request that gives no page; *reason* is one word for the verdict."""

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


class Refusal(NoPage, IgnoreRequest):
    """A request that is not sent."""
