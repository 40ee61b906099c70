"""One at a time in what takes the processor, so that whoever waits for something else is heard in between."""

from __future__ import annotations

import asyncio
from collections import deque


class Turns:
    """Lets one begin in each round of the event loop, in the order in which they came.

    Answering takes milliseconds. Where dozens are ready at once, a round of the loop would be as long as all of them
    together, and everything that takes several rounds, as each look into the database does, that many times as long.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._calling = False

    async def take(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        if not self._calling:
            self._calling = True
            turn.get_loop().call_soon(self._next)
        await turn

    def _next(self) -> None:
        """Call the first who still waits; the others in the rounds that follow."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                turn.get_loop().call_soon(self._next)
                return
        self._calling = False
