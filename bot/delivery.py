"""Digests: the tick plans what is due and sends what is planned.

Planning commits the delivery together with the next due time; a post is marked sent after Telegram took it. A crash
in between leaves it pending, and the next tick sends it: perhaps once more, never not at all. What could not be sent
within `CATCH_UP` is given up.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from bot.storage.deliveries import Plan
from bot.telegram.sending import Target, seconds
from handlers.ports import Ask, Chat
from handlers.reply import Text
from handlers.schedule import due_of, next_due, nominal_date

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.storage.deliveries import Delivery, StoredDeliveries
    from bot.storage.subscriptions import StoredSubscriptions
    from handlers.ports import Handler, Services, Subscription

log = logging.getLogger(__name__)

CATCH_UP = timedelta(hours=6)
RETRY = timedelta(seconds=30)
BATCH = 100
_CHAT_GONE = ("chat not found", "message thread not found", "topic_deleted", "topic_closed", "not enough rights")


class Digests:
    """`post` is the Clock route's handler, `send` posts one message once and returns its id."""

    def __init__(
        self,
        services: Services,
        subscriptions: StoredSubscriptions,
        deliveries: StoredDeliveries,
        post: Handler,
        send: Callable[[Text, Target], Awaitable[int]],
    ) -> None:
        self._services = services
        self._subscriptions = subscriptions
        self._deliveries = deliveries
        self._post = post
        self._send = send
        self._stopping = False

    async def tick(self) -> None:
        """Plan all that is due, then send a batch. Raises what the database raises."""
        now = self._services.clock.now()
        due, pending = await self._deliveries.waiting(now)
        if not (due or pending):
            return
        while await self._deliveries.plan(now, BATCH, partial(plan, now=now)) == BATCH:
            pass
        for delivery in await self._deliveries.to_send(now, now - CATCH_UP, BATCH):
            if self._stopping or not await self._deliver(delivery):
                return

    def stop(self) -> None:
        """End after the post under way; the rest waits for the next start."""
        self._stopping = True

    async def _deliver(self, delivery: Delivery) -> bool:
        """Return whether to go on: Telegram answers, and did not say to slow down."""
        now, chat = self._services.clock.now(), _chat(delivery.subscription)
        ask = Ask(chat=chat, person=None, text="", lang=delivery.subscription.langs[0], now=now, chosen=True)
        texts = [part for part in await self._post(ask, self._services) if isinstance(part, Text)]
        if not texts:
            await self._deliveries.skipped(delivery)
            return True
        try:
            message_id = await self._send(texts[0], Target(chat.id, chat.thread))
        except ChatMigrated as moved:
            await self._subscriptions.migrate(chat.id, moved.new_chat_id)
        except Forbidden as error:
            await self._subscriptions.suspend(chat.id, error.message)
        except BadRequest as error:
            await self._refused(delivery, error)
        except (RetryAfter, NetworkError) as error:
            wait = timedelta(seconds=seconds(error)) if isinstance(error, RetryAfter) else RETRY
            await self._deliveries.later(delivery, now + wait)
            log.warning("a digest was not sent; trying again", extra={"delivery": delivery.id, "because": repr(error)})
            return False
        else:
            await self._sent(delivery, texts[0], message_id, now)
        return True

    async def _sent(self, delivery: Delivery, text: Text, message_id: int, now: datetime) -> None:
        await self._deliveries.sent(delivery, text, message_id, now)
        if not text.facts:  # the closing post
            await self._subscriptions.end(delivery.subscription.chat_id, delivery.subscription.thread)
        late = (now - delivery.due_at).total_seconds()
        log.info("a digest was sent", extra={"delivery": delivery.id, "late_seconds": round(late)})

    async def _refused(self, delivery: Delivery, error: BadRequest) -> None:
        await self._deliveries.dead(delivery)
        if any(words in error.message.lower() for words in _CHAT_GONE):
            await self._subscriptions.suspend(delivery.subscription.chat_id, error.message)
        else:
            log.error("Telegram refuses a digest", extra={"delivery": delivery.id, "because": error.message})


class Chats:
    """`bot.telegram.presence.Presence`: keeps the subscriptions of lost chats for their return."""

    def __init__(self, services: Services, subscriptions: StoredSubscriptions) -> None:
        self._services = services
        self._subscriptions = subscriptions

    async def left(self, chat_id: int, reason: str) -> None:
        log.info("a chat cannot be written to", extra={"because": reason})
        await self._subscriptions.suspend(chat_id, reason)

    async def returned(self, chat_id: int) -> None:
        now = self._services.clock.now()
        for kept in await self._subscriptions.suspended(chat_id):
            await self._subscriptions.resume(chat_id, kept.thread, due_of(kept, now))

    async def moved(self, old: int, new: int) -> None:
        await self._subscriptions.migrate(old, new)


def plan(subscription: Subscription, now: datetime) -> Plan:
    """After a downtime only the latest post is made up for, and only within CATCH_UP of its time."""
    upcoming = partial(next_due, subscription.weekdays, subscription.hour, subscription.zone)
    missed = subscription.next_due_at or now
    following = upcoming(max(missed - timedelta(seconds=1), now - CATCH_UP))
    latest = None
    while following <= now:
        latest, following = following, upcoming(following)
    if latest is None:
        return Plan(following)
    date = nominal_date(latest, subscription.hour, subscription.zone)
    return Plan(following, latest, date, subscription.hour * 60)


def _chat(subscription: Subscription) -> Chat:
    # Telegram's ids tell people (positive) from groups; which kind of group does not matter for a post.
    return Chat(subscription.chat_id, "private" if subscription.chat_id > 0 else "supergroup", "", subscription.thread)
