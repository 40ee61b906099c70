"""Carries deliveries from the outbox to Telegram, a few at a time.

A delivery is claimed once it is its turn, committed as `sending` if the lease is still ours, and then sent, once: no
waiting in between. What becomes of it is written down, even where the database needs a while to take it.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot.delivery.planning import CATCH_UP
from bot.delivery.refusals import Outcome, outcome_of
from bot.storage.patience import patiently
from bot.telegram.limiter import seconds
from bot.telegram.sending import Target
from handlers.ports import Ask, Chat
from handlers.reply import Text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from random import Random

    from bot.delivery.circuit import Circuit
    from bot.storage.deliveries import Delivery, StoredDeliveries
    from bot.telegram.errors import Journal
    from bot.telegram.limiter import Limiter, Turn
    from bot.telegram.presence import Presence
    from handlers.ports import Handler, Services, Subscription

log = logging.getLogger(__name__)

IN_FLIGHT = 8
# Before what may have arrived is sent once more, and after a failure, doubling up to the longest.
UNSURE, FIRST, LONGEST = timedelta(seconds=30), timedelta(seconds=5), timedelta(minutes=5)
# Seconds that a database may refuse to note what became of a delivery.
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Road:
    """What the way to Telegram needs. `post` is the Clock route's handler; `send` posts once and returns an id.

    `renew` hears of a series whose closing post was sent, or whose topic is lost.
    """

    post: Handler
    send: Callable[[Text, Target, Turn], Awaitable[int]]
    limiter: Limiter
    circuit: Circuit
    chats: Presence
    renew: Callable[[Subscription], Awaitable[None]]
    lost: Callable[[], None]
    rng: Random


class Courier:
    """`wake` it when something is to be sent; it goes on until the outbox is empty."""

    def __init__(self, services: Services, deliveries: StoredDeliveries, road: Road, journal: Journal) -> None:
        self._services = services
        self._deliveries = deliveries
        self._road = road
        self._journal = journal
        self._ready = asyncio.Event()
        self._stopping = False
        self._workers: set[asyncio.Task[None]] = set()
        self._busy: set[asyncio.Task[None]] = set()
        self.in_hand: set[int] = set()

    def start(self) -> None:
        for number in range(IN_FLIGHT):
            self._workers.add(asyncio.create_task(self._work(), name=f"courier {number}"))

    def wake(self) -> None:
        if not self._stopping:
            self._ready.set()

    async def stop(self, within: float) -> None:
        """Take nothing more, let go of what is not begun, and finish what is, for at most `within` seconds."""
        self._stopping = True
        for worker in self._workers - self._busy:
            worker.cancel()
        if self._busy:
            await asyncio.wait(self._busy, timeout=within)
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def _work(self) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a worker is a task")
        while not self._stopping:
            await self._ready.wait()
            if not self._road.circuit.enter(task, self._now()):
                self._ready.clear()  # the next tick asks again
                continue
            await self._road.limiter.turn()
            self._busy.add(task)
            try:
                if not await self._carry_next():
                    self._ready.clear()
            except Exception as error:  # noqa: BLE001 - the next delivery must go whatever this one met
                self._ready.clear()
                self._journal.failed("a digest could not be handled", error)
            finally:
                self._road.circuit.left(task)
                self._busy.discard(task)

    async def _carry_next(self) -> bool:
        """Return whether there was anything to send."""
        delivery = None
        try:
            if not self._stopping:
                delivery = await self._deliveries.claim(self._now())
        finally:
            if delivery is None:
                self._road.limiter.give_back()
        if delivery is None:
            return False
        self.in_hand.add(delivery.id)
        try:
            await self._carry(delivery)
        finally:
            self.in_hand.discard(delivery.id)
        return True

    async def _carry(self, delivery: Delivery) -> None:
        # What waits is given up once a minute; the clock may have jumped, or the machine have slept, since then.
        if delivery.due_at < self._now() - CATCH_UP:
            self._road.limiter.give_back()
            await self._note(partial(self._deliveries.end, delivery, "skipped", "too late"))
            return
        turn = self._road.limiter.begin(delivery.subscription.chat_id)
        if isinstance(turn, float):
            self._road.limiter.give_back()
            await self._note(partial(self._deliveries.release, delivery, self._now() + timedelta(seconds=turn)))
            return
        begun = False
        try:
            text = await self._ready_to_send(delivery)
            if text is not None:
                begun = True
                await self._attempt(delivery, text, turn)
        finally:
            if not begun:
                self._road.limiter.drop(turn)

    async def _ready_to_send(self, delivery: Delivery) -> Text | None:
        """Return the post once it is committed that it is being sent; None where it is not to be."""
        try:
            text = await self._write(delivery.subscription)
        except Exception as error:  # noqa: BLE001 - a post that cannot be written holds up no other
            self._journal.failed("a digest could not be written", error, delivery=delivery.id)
            await self._later(delivery, f"it could not be written: {error!r}")
            return None
        if text is None:
            await self._note(partial(self._deliveries.end, delivery, "skipped"))
            return None
        if self._stopping:
            await self._note(partial(self._deliveries.release, delivery, self._now()))
            return None
        try:
            return text if await self._deliveries.begin(delivery, self._now()) else None
        except (SQLAlchemyError, OSError) as error:
            # Whether that was committed is not known, but nothing was sent: that is.
            self._journal.failed("the database does not answer", error)
            await self._note(partial(self._deliveries.release, delivery, self._now()))
            return None

    async def _write(self, subscription: Subscription) -> Text | None:
        chat = _chat(subscription)
        ask = Ask(chat=chat, person=None, text="", lang=subscription.langs[0], now=self._now())
        reply = await self._road.post(ask, self._services)
        return next((part for part in reply if isinstance(part, Text)), None)

    async def _attempt(self, delivery: Delivery, text: Text, turn: Turn) -> None:
        subscription = delivery.subscription
        try:
            message_id = await self._road.send(text, Target(subscription.chat_id, subscription.thread), turn)
        except TelegramError as error:
            await self._failed(delivery, error)
            return
        self._road.circuit.answered()
        now = self._now()
        await self._note(partial(self._deliveries.sent, delivery, text, message_id, now))
        late = (now - delivery.due_at).total_seconds()
        log.info("a digest was sent", extra={"delivery": delivery.id, "late_seconds": round(late)})
        if not text.facts:
            await self._road.renew(subscription)

    async def _failed(self, delivery: Delivery, error: TelegramError) -> None:
        outcome, reason, now = outcome_of(error), error.message, self._now()
        if outcome in (Outcome.DOWN, Outcome.UNSURE):
            self._road.circuit.failed(now)
        else:
            self._road.circuit.answered()
        if outcome is Outcome.UNSURE:
            await self._note(partial(self._deliveries.unsure, delivery, now + UNSURE, reason))
        elif outcome is Outcome.DOWN:
            await self._later(delivery, reason)
        elif isinstance(error, RetryAfter):
            wait = timedelta(seconds=seconds(error))
            await self._note(partial(self._deliveries.retry, delivery, now + wait, reason))
        elif isinstance(error, ChatMigrated):
            await self._road.chats.moved(delivery.subscription.chat_id, error.new_chat_id)
            await self._note(partial(self._deliveries.release, delivery, now))
        else:
            await self._given_up(delivery, outcome, reason)
            return
        log.warning("a digest was not sent; trying again", extra={"delivery": delivery.id, "because": repr(error)})

    async def _given_up(self, delivery: Delivery, outcome: Outcome, reason: str) -> None:
        if outcome is Outcome.NO_TOKEN:
            await self._note(partial(self._deliveries.release, delivery, self._now()))
            self._stopping = True
            self._road.lost()
        elif outcome is Outcome.TOPIC_LOST:
            await self._note(partial(self._deliveries.suspend, delivery, reason))
            await self._road.renew(delivery.subscription)
        else:
            await self._note(partial(self._deliveries.end, delivery, "dead", reason))
        if outcome is Outcome.LOST:
            await self._road.chats.left(delivery.subscription.chat_id, reason)
        log.error("a digest will not be sent", extra={"delivery": delivery.id, "because": reason})

    async def _later(self, delivery: Delivery, reason: str) -> None:
        pause = min(FIRST * 2 ** min(delivery.attempts, 10), LONGEST) * self._road.rng.uniform(0.5, 1.5)
        await self._note(partial(self._deliveries.retry, delivery, self._now() + pause, reason))

    async def _note(self, write: Callable[[], Awaitable[object]]) -> None:
        """Write down what became of a delivery. Raises what the database still raises after PATIENCE seconds."""
        await patiently(write, PATIENCE, self._journal.failed)

    def _now(self) -> datetime:
        return self._services.clock.now()


def _chat(subscription: Subscription) -> Chat:
    # Telegram's ids tell people (positive) from groups; which kind of group does not matter for a post.
    return Chat(subscription.chat_id, "private" if subscription.chat_id > 0 else "supergroup", "", subscription.thread)
