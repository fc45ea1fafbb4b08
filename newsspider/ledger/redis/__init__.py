"""The ledger in one Redis server, which any number of workers on any number of machines share."""

from newsspider.ledger.redis.ledger import RedisLedger

__all__ = ["RedisLedger"]
