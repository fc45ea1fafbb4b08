"""The ledger in one Redis server, which any number of workers on any number of machines share."""

from newsspider.ledger.redis.connection import address_of
from newsspider.ledger.redis.ledger import RedisLedger
from newsspider.ledger.redis.reports import is_there

__all__ = ["RedisLedger", "address_of", "is_there"]
