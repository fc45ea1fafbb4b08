"""The kinds of failure a caller can meet, one class each."""

from __future__ import annotations


class NewsspiderError(Exception):
    """Base of all errors that newsspider raises on purpose; the message is one line fit for a user."""


class ExtractionError(NewsspiderError):
    """The bytes are no document: empty, or binary."""


class SiteError(NewsspiderError):
    """A site file is missing or wrong; the message names the file, the key and the way out."""

    def __init__(self, *problems: str) -> None:
        more = f" (and {len(problems) - 1} more: `scrapy sites --check`)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)
        self.problems = problems
        """All that is wrong, a line each; the message is the first."""


class ArgumentError(NewsspiderError):
    """An argument of a spider or a command, or a setting, is unknown or malformed."""


class RenderingError(NewsspiderError):
    """``RENDERER`` names no engine, or one that can't work as it is set up; the message names the setting."""


class LedgerError(NewsspiderError):
    """The ledger cannot be opened, read or written; the message names the file and the way out."""


class ScheduleError(NewsspiderError):
    """The schedule is wrong, or a scrapyd node cannot do its part; the message names the file or the node."""
