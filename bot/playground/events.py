"""What happens, told to the page as it happens: bounded queues, so that a reader that sleeps costs nothing."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


BACKLOG = 1000
# Tells a reader that fell behind to fetch /sim/state again: what was dropped is in there.
RESET = '{"type":"reset"}'


class Events:
    """Fans each event out to every reader as one line of JSON."""

    def __init__(self) -> None:
        self._readers: set[asyncio.Queue[str]] = set()

    @property
    def read(self) -> bool:
        """Whether anybody reads them."""
        return bool(self._readers)

    def publish(self, kind: str, **content: object) -> None:
        if not self._readers:
            return
        line = json.dumps({"type": kind, **content}, ensure_ascii=False, separators=(",", ":"))
        for queue in self._readers:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(RESET)
            else:
                queue.put_nowait(line)

    def close(self) -> None:
        """Tell every reader that the server stops, by an empty line."""
        for queue in self._readers:
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait("")

    @contextmanager
    def reading(self) -> Iterator[asyncio.Queue[str]]:
        """Give a queue of events from now on."""
        queue: asyncio.Queue[str] = asyncio.Queue(BACKLOG)
        self._readers.add(queue)
        try:
            yield queue
        finally:
            self._readers.discard(queue)
