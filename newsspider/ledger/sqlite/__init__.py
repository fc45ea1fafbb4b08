"""The embedded ledger: one SQLite file, one machine."""

from newsspider.ledger.sqlite.ledger import SqliteLedger

__all__ = ["SqliteLedger"]
