"""Work of C libraries that let go of the interpreter's lock, done beside the crawl."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

ResultT = TypeVar("ResultT")

# one thread is enough: it works a sixth of the time that the loop does
_THREAD = ThreadPoolExecutor(1, thread_name_prefix="aside")


async def aside(work: Callable[[], ResultT]) -> ResultT:
    """Return what *work* gives; it is done in another thread, and the event loop goes on meanwhile.

    Worth it only for what takes longer than to be handed over, some 0.1 ms, and holds no lock: to parse a
    page with lxml, to unpack it with zlib. Such *work* must not touch what the loop's thread changes.
    """
    return await asyncio.get_running_loop().run_in_executor(_THREAD, work)
