"""Does again what the database did not take: it may be starting anew, or a connection may have died unnoticed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")


async def patiently(work: Callable[[], Awaitable[T]], seconds: float, failed: Callable[[str, Exception], None]) -> T:
    """Do it; where that fails, again and again for that long. Raises the last error; `failed` hears of the others.

    For what may as well be done twice: where an answer was lost, nobody knows whether it was committed.
    """
    loop = asyncio.get_running_loop()
    deadline, pause = None, 0.1
    while True:
        try:
            return await work()
        except (SQLAlchemyError, OSError) as error:
            now = loop.time()
            deadline = now + seconds if deadline is None else deadline  # to fail may have taken longer than that
            if now + pause > deadline:
                raise
            failed("the database does not answer", error)
        await asyncio.sleep(pause)
        pause = min(2 * pause, 2.0)
