"""Why a request is not sent, in a form that can be counted."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

NOTHING_NEW = "nothing_new"
"""The reason of a list page after others that had nothing new."""


class Refusal(IgnoreRequest):
    """A request that is not sent; *reason* is one word for the verdict."""

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)
