"""One lane a chat: in order within a chat, side by side between chats, and a flood in one holds up no other.

python-telegram-bot takes one of its slots before it asks anybody, so that with `concurrent_updates` one chat's burst
holds them all. Here it hands updates over one by one (a single slot, held only while queueing); the slots are ours,
behind the lanes. A lane holds `depth` updates, the rest of a burst is dropped with one notice: a lane that had to drop
takes nothing more until what waits with Telegram is fetched, so that whoever stands behind the burst waits for no more
than those. `waiting` bounds all lanes together, and where that is reached the next updates stay with Telegram.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telegram.ext import BaseUpdateProcessor

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    Work = Coroutine[Any, Any, Any]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Lane:
    """`notice` is said, after something was dropped, once the lane has come to its end and the burst to its own."""

    task: asyncio.Task[None]
    work: deque[Work] = field(default_factory=deque)
    notice: Work | None = None


class Lanes(BaseUpdateProcessor):
    """`lane_of`: an update's lane, None to ignore it. `overflow`: what tells a chat that its updates were dropped."""

    def __init__(
        self,
        lane_of: Callable[[object], int | None],
        overflow: Callable[[object], Work],
        *,
        slots: int = 64,
        depth: int = 32,
        waiting: int = 2048,
    ) -> None:
        super().__init__(1)
        self._lane_of = lane_of
        self._overflow = overflow
        self._depth = depth
        self._slots = asyncio.Semaphore(slots)
        self._room = asyncio.Semaphore(waiting)
        self._lanes: dict[int, Lane] = {}
        self._closed = False
        self._caught_up = asyncio.Event()
        self._caught_up.set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        work: Work = coroutine  # type: ignore[assignment]  # python-telegram-bot always passes a coroutine
        key = self._lane_of(update)
        if key is None or self._closed:
            work.close()
            return
        lane = self._lanes.get(key)
        if lane is not None and (lane.notice is not None or len(lane.work) >= self._depth):
            work.close()
            lane.notice = lane.notice or self._overflow(update)
            return
        await self._room.acquire()
        if self._closed:  # meanwhile
            work.close()
            return
        if key not in self._lanes:
            self._open(key)
        self._lanes[key].work.append(work)

    def room(self, key: int) -> int:
        """How many more updates a lane can take, with the one that lets it see that there are too many."""
        lane = self._lanes.get(key)
        if lane is None:
            return self._depth + 1
        return self._depth + 1 - len(lane.work) if lane.notice is None else 0

    def behind(self, *, more: bool) -> None:
        """Tell whether more updates wait with Telegram than were just fetched."""
        if more:
            self._caught_up.clear()
        else:
            self._caught_up.set()

    def _open(self, key: int) -> None:
        lane = Lane(asyncio.create_task(self._serve(key), name=f"lane {key}"))
        self._lanes[key] = lane
        lane.task.add_done_callback(lambda _: self._clear(key, lane))

    async def _serve(self, key: int) -> None:
        lane = self._lanes[key]
        while lane.work:
            async with self._slots:
                try:
                    await _run(lane.work.popleft())
                finally:
                    self._room.release()
            await asyncio.sleep(0)  # of a burst much is dropped without waiting for anything: others are heard between
        if lane.notice is not None:
            await self._caught_up.wait()
        del self._lanes[key]
        if lane.notice is not None:
            log.warning("a chat sent more than it could be answered")
            notice, lane.notice = lane.notice, None
            await _run(notice)

    def _clear(self, key: int, lane: Lane) -> None:
        # Only a lane that was given up still holds something; a cancelled task may never have begun.
        if self._lanes.get(key) is lane:
            del self._lanes[key]
        for work in [*lane.work, *([lane.notice] if lane.notice else [])]:
            work.close()
        for _ in lane.work:
            self._room.release()

    async def initialize(self) -> None:
        self._closed = False

    async def shutdown(self) -> None:
        self.abandon()
        await self.drained()

    async def drained(self) -> None:
        """Wait until every lane has come to its end. Nothing more is fetched meanwhile."""
        self._caught_up.set()
        while tasks := [lane.task for lane in self._lanes.values()]:
            await asyncio.wait(tasks)

    def abandon(self) -> None:
        """Take nothing more, and give up what is under way."""
        self._closed = True
        for lane in self._lanes.values():
            lane.task.cancel()


async def _run(work: Work) -> None:
    try:
        await work
    except Exception:
        log.exception("handling an update failed beyond the error handler")
