"""Asking a ledger without waiting for it: the loop that fetches pages must not stand still for a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from newsspider.errors import LedgerError
from newsspider.ledger.protocol import Ledger, SharedLedger

AnswerT = TypeVar("AnswerT")


class Clerk:
    """Puts questions to *ledger* in the order in which they come.

    One that is at hand answers at once; one across a network in a thread of the clerk's. When a question has
    failed there, all that were put after it fail too: each may build on the one before.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._failure: LedgerError | None = None
        self._thread = (
            ThreadPoolExecutor(1, thread_name_prefix="ledger") if isinstance(ledger, SharedLedger) else None
        )

    async def ask(self, question: Callable[[], AnswerT]) -> AnswerT:
        """Return the answer to *question*, which asks the ledger; raises what it raises."""
        if self._thread is None:
            return question()
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._answer, question)

    def close(self) -> None:
        """Close the ledger, after the last question."""
        if self._thread is not None:
            self._thread.shutdown(cancel_futures=True)
        self.ledger.close()

    def _answer(self, question: Callable[[], AnswerT]) -> AnswerT:
        if self._failure is not None:
            raise self._failure
        try:
            return question()
        except LedgerError as error:
            self._failure = error
            raise
