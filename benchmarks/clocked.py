"""Scrapy with a clock that jumps: ``python -m benchmarks.clocked START JUMP -- crawl news ...``.

The ledger's clock stands START seconds beside the machine's, and JUMP seconds more from the tenth reading on.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from newsspider.ledger import flight


def jumping(clock: Callable[[], datetime], start: float, jump: float) -> Callable[[], datetime]:
    """Return *clock*, beside itself by *start* seconds, and by *jump* more after nine readings."""
    readings = itertools.count()

    def read() -> datetime:
        return clock() + timedelta(seconds=start + (jump if next(readings) > 8 else 0.0))

    return read


def main() -> None:
    """Set the clock, and hand on to Scrapy's command line."""
    start, jump, separator, *arguments = sys.argv[1:]
    if separator != "--":
        raise SystemExit(__doc__)
    # before anything takes it from there by name
    flight.utc_now = jumping(flight.utc_now, float(start), float(jump))
    from scrapy.cmdline import execute  # noqa: PLC0415

    execute(["scrapy", *arguments])


if __name__ == "__main__":
    main()
