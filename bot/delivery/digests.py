"""The scheduled side of the bot: what its fixed jobs do."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.delivery.planning import CATCH_UP, plan

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.delivery.courier import Courier
    from bot.storage.deliveries import StoredDeliveries
    from handlers.ports import Clock

log = logging.getLogger(__name__)

# Subscriptions that are planned in one transaction: more would hold up others who write for too long.
BATCH = 5000
# A clock that goes back by less is only being corrected.
SET_BACK = timedelta(seconds=30)


class Digests:
    def __init__(self, clock: Clock, deliveries: StoredDeliveries, courier: Courier) -> None:
        self._clock = clock
        self._deliveries = deliveries
        self._courier = courier
        self._last: datetime | None = None

    async def tick(self) -> None:
        """Plan all that is due, and wake the courier if anything is to be sent. Raises what the database raises."""
        now = self._clock.now()
        last, self._last = self._last, now
        if last is not None and now < last - SET_BACK:
            log.warning("the clock was set back", extra={"seconds": round((last - now).total_seconds())})
            await self._deliveries.hurry(now)
        due, ready = await self._deliveries.waiting(now)
        if ready:
            self._courier.wake()
        if not due:
            return
        batch = partial(self._deliveries.plan, now, BATCH, partial(plan, now=now))
        if await batch() == BATCH:
            lanes = (self._plan_rest(batch) for _ in range(self._deliveries.lanes))
            ends = await asyncio.gather(*lanes, return_exceptions=True)
            if failed := next(filter(None, ends), None):
                raise failed
        self._courier.wake()

    async def _plan_rest(self, batch: Callable[[], Awaitable[int]]) -> None:
        while True:
            self._courier.wake()
            if await batch() < BATCH:
                return
            await asyncio.sleep(0)

    async def give_up(self) -> None:
        """Give up what is too old: before the first look at a start, and now and then."""
        if gone := await self._deliveries.give_up(self._clock.now() - CATCH_UP):
            log.warning("posts were too late to send", extra={"count": gone})

    async def sweep(self) -> None:
        """Put back what vanished copies had in hand."""
        if await self._deliveries.sweep(self._clock.now(), self._courier.in_hand):
            self._courier.wake()

    async def prune(self) -> None:
        """Forget what the ledger need not keep."""
        if gone := await self._deliveries.prune(self._clock.now()):
            log.info("old deliveries were forgotten", extra={"count": gone})
