"""The whole engine against the local Bot API server over HTTP, on a real database, by a clock that tests move."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import func, select

from bot.delivery.chats import Chats
from bot.delivery.circuit import Circuit
from bot.delivery.courier import Courier, Road
from bot.delivery.digests import Digests
from bot.playground.people import Member
from bot.playground.places import Founding, add_chat
from bot.playground.world import BOT_ID
from bot.storage.deliveries import StoredDeliveries
from bot.storage.listening import StoredListening
from bot.storage.preferences import ChatKeys
from bot.storage.schema import deliveries as rows
from bot.storage.subscriptions import StoredSubscriptions
from bot.telegram.errors import Journal
from bot.telegram.limiter import Limiter
from bot.telegram.polling import PollingBot, PollingRequest
from bot.telegram.request import AiohttpRequest
from bot.telegram.sending import Sender
from handlers.ports import Subscription
from handlers.reply import Posted, Text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

    from bot.playground.server import LocalBotApi
    from bot.storage.database import Database
    from bot.telegram.limiter import Turn
    from bot.telegram.photos import Photos
    from bot.telegram.presence import Presence
    from bot.telegram.progress import Unfinished
    from bot.telegram.sending import Target
    from handlers.ports import Ask, Clock, Handler, Services

    Send = Callable[[Text, Target, Turn], Awaitable[int]]

LIN = 1003
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
FINAL = ("sent", "dead", "skipped", "uncertain")


def daily(chat: int, due: datetime = NOW, **more: Any) -> Subscription:
    return Subscription(chat, None, EVERY_DAY, 9, "Asia/Shanghai", "en", due, **more)


async def post(ask: Ask, _: Services) -> tuple[Text]:
    """Say for whom and for which day it is, so that a repetition is seen."""
    return (Text(f"{ask.chat.id} {ask.now:%Y-%m-%d}", facts=(Posted(f"fact-{ask.now:%Y%m%d}", "m"),)),)


async def nobody_was_shown(_: Subscription) -> None:
    """No message tells of these posts that would have to be kept up to date."""


def groups(api: LocalBotApi, count: int, kind: str = "supergroup") -> list[int]:
    made = []
    for number in range(count):
        chat = add_chat(api.world, Founding(kind, f"Group {number}", LIN))
        chat.members[BOT_ID] = Member("member")
        made.append(chat.id)
    return made


def arrived(api: LocalBotApi) -> Counter[str]:
    """Every message of the bot, by its text, in whichever chat."""
    return Counter(
        message["text"]
        for chat in api.world.chats.values()
        for message in chat.messages.values()
        if message.get("from", {}).get("id") == BOT_ID and "text" in message
    )


async def until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for what production has no event for, since it need not know."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - as said
            await asyncio.sleep(0.002)


async def until_none(left: Callable[[], Awaitable[int]], seconds: float = 60.0) -> None:
    """Wait for other processes."""
    async with asyncio.timeout(seconds):
        while await left():  # noqa: ASYNC110 - they have no events for us
            await asyncio.sleep(0.05)


@dataclass
class Engine:
    """One running copy of the engine; tests do what its jobs would."""

    clock: Clock
    database: Database
    subscriptions: StoredSubscriptions
    deliveries: StoredDeliveries
    courier: Courier
    digests: Digests
    lost: asyncio.Event

    async def subscribe(self, *subscriptions: Subscription) -> None:
        for subscription in subscriptions:
            await self.subscriptions.save(subscription)

    async def settle(self) -> None:
        """Tick until there is nothing that could be done now."""
        while True:
            await self.digests.tick()
            await until(lambda: not (self.courier._ready.is_set() or self.courier._busy))
            waiting = await self.deliveries.waiting(self.clock.now())
            if not (waiting.due or waiting.ready) or self.courier._road.circuit.open:
                return

    async def states(self) -> Counter[str]:
        async with self.database.reading() as reading:
            counts = await reading.execute(select(rows.c.state, func.count().label("n")).group_by(rows.c.state))
            return Counter({row.state: row.n for row in counts})

    async def unfinished(self) -> int:
        async with self.database.reading() as reading:
            open_rows = rows.c.next_at.is_not(None) | rows.c.lease_until.is_not(None)
            return int((await reading.execute(select(func.count()).where(open_rows))).scalar_one())


def assembled(  # noqa: PLR0917 - what differs between tests
    database: Database, clock: Clock, name: str, send: Send, limiter: Limiter, handler: Handler = post
) -> Engine:
    journal, rng, lost = Journal(clock), Random(5), asyncio.Event()  # noqa: S311 - repeatable chance, no secret
    subscriptions = StoredSubscriptions(database, ChatKeys(b"a key of this test"))
    deliveries = StoredDeliveries(database, name)
    services = cast("Services", SimpleNamespace(clock=clock))
    chats = Chats(services, subscriptions, StoredListening(database), nobody_was_shown, journal)
    road = Road(handler, send, limiter, Circuit(rng), chats, nobody_was_shown, lost.set, rng)
    courier = Courier(services, deliveries, road, journal)
    return Engine(clock, database, subscriptions, deliveries, courier, Digests(clock, deliveries, courier), lost)


@asynccontextmanager
async def engine(  # noqa: PLR0917 - what differs between tests
    database: Database,
    api_url: str,
    token: str,
    clock: Clock,
    name: str = "me",
    rate: float = 0,
    handler: Handler = post,
) -> AsyncIterator[Engine]:
    """`rate` 0: as fast as it goes."""
    async with AsyncExitStack() as stack:
        limiter = Limiter(rate)
        requests = PollingRequest(), AiohttpRequest(read=2.0, connect=1.0)
        bot = PollingBot(token, api_url, requests, Journal(clock).poll_failed, limiter)
        await bot.initialize()
        stack.push_async_callback(bot.shutdown)
        sender = Sender(bot, cast("Presence", None), cast("Photos", None), cast("Unfinished", None))
        it = assembled(database, clock, name, sender.post, limiter, handler)
        it.courier.start()
        stack.push_async_callback(it.courier.stop, 10.0)
        yield it


def expected(chats: Iterable[int], *days: datetime) -> set[str]:
    return {f"{chat} {day:%Y-%m-%d}" for chat in chats for day in days or (NOW,)}
