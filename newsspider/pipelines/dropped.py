"""Why an item is not exported: exceptions that carry one word for the verdict."""

from __future__ import annotations

from datetime import datetime

from scrapy.exceptions import DropItem

from newsspider.ledger import Completion
from newsspider.reporting import Measure


class Dropped(DropItem):
    """An item that is not exported; *reason* is one word for the verdict."""

    measure: Measure = "dropped"

    def __init__(self, reason: str, message: str = "") -> None:
        self.reason = reason
        super().__init__(message or reason, log_level="DEBUG")


class LeftForLater(Dropped):
    """An item that a limit of this run keeps out; another run may export it."""

    measure = "left"

    def __init__(self, reason: str, date: datetime | None = None) -> None:
        super().__init__(reason)
        self.date = date
        """The last moment that the article can be of."""


class KnownArticle(Dropped):
    """An article whose text is in the output already; *completion* replaces what the ledger keeps of it."""

    def __init__(self, reason: str, completion: Completion | None = None) -> None:
        super().__init__(reason)
        self.completion = completion
