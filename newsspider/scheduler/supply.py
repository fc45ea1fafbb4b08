"""Where the scheduler has its rows from."""

from __future__ import annotations

from typing import Protocol

from newsspider.ledger import Lease, Row
from newsspider.ledger.flight import Flights


class Supply(Protocol):
    """Hands out the rows of a ledger; the one place that knows whether others work with it too."""

    flights: Flights
    """What was handed out and is not settled."""

    def enter(self, row: Row) -> bool:
        """Enter a row that the run starts from; False where it is known and not to be fetched now."""

    def next_lease(self) -> Lease | None:
        """Return a row to be fetched now; None where there is none, or where the engine gets them unasked."""

    def has_more(self) -> bool:
        """Tell whether there is a row to be handed out, or may be."""

    def look_again(self) -> None:
        """Note that rows were entered, or that a fetch is over."""

    def stop(self) -> None:
        """Hand out nothing more."""

    def close(self) -> None:
        """Count what nobody else knows, and let go of what is held; the ledger is closed by then."""
