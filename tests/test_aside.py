"""Work beside the event loop comes back to it, with what it gave or raised."""

import asyncio
import threading

import pytest

from newsspider.aside import aside


def test_the_loop_goes_on_while_work_is_done():
    """Work that waits for the loop's own thread gets what it waits for: it runs in another one."""
    said = threading.Event()

    async def both():
        work = asyncio.ensure_future(aside(lambda: said.wait(30)))
        await asyncio.sleep(0)
        said.set()
        return await work

    assert asyncio.run(both())


def test_what_work_raises_is_raised_where_it_is_awaited():
    """An error is the caller's, as if the work had been done on the spot."""
    with pytest.raises(ZeroDivisionError):
        asyncio.run(aside(lambda: 1 / 0))
