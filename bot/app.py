"""The composition root: settings → a running Application. What starts last stops first."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot import schedule
from bot.clock import SystemClock
from bot.config import StartError, proxy_for
from bot.corrections import Corrections
from bot.curation.builder import Builder
from bot.curation.desk import Desk
from bot.curation.opening import opened
from bot.curation.revising import Revising
from bot.curation.work import place_of
from bot.delivery.cards import Cards
from bot.delivery.chats import Chats
from bot.delivery.circuit import Circuit
from bot.delivery.courier import Courier, Road
from bot.delivery.digests import Digests
from bot.pictures.studio import Studio
from bot.schedule import Job
from bot.scribe import Scribe
from bot.storage.acts import StoredActs
from bot.storage.bases import StoredBases
from bot.storage.database import Database
from bot.storage.deliveries import StoredDeliveries
from bot.storage.failures import StoredFailures
from bot.storage.listening import StoredListening
from bot.storage.migrating import migrate
from bot.storage.photos import StoredPhotos
from bot.storage.posted import StoredPosts
from bot.storage.preferences import ChatKeys, StoredPreferences
from bot.storage.questions import StoredQuestions
from bot.storage.subscriptions import StoredSubscriptions
from bot.storage.unfinished import StoredUnfinished
from bot.telegram.addressing import Addressing
from bot.telegram.edge import Edge
from bot.telegram.errors import Failures, Journal
from bot.telegram.files import TelegramFiles
from bot.telegram.gate import Gate
from bot.telegram.lanes import Lanes
from bot.telegram.limiter import Limiter
from bot.telegram.mending import Mending
from bot.telegram.menus import Menus
from bot.telegram.photos import Photos
from bot.telegram.polling import PollingBot, PollingRequest
from bot.telegram.reading import ALLOWED_UPDATES, Reader
from bot.telegram.request import AiohttpRequest, NoBotApiError
from bot.telegram.roles import Roles
from bot.telegram.rooms import TelegramRooms
from bot.telegram.sending import Sender
from facts.library import Library
from handlers import routes, zones
from handlers.ports import Services
from handlers.starting import Greetings
from handlers.texts import catalogues
from handlers.triggers import Clock as ClockTrigger

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.config import Settings
    from bot.curation.opening import Opened
    from handlers.ports import Clock, Handler

log = logging.getLogger(__name__)

# Seconds that stopping waits for answers and posts under way.
DRAIN = 10.0
SLOTS = 64


@dataclass(frozen=True, slots=True)
class Running:
    """`lost` is set when Telegram stops accepting the token: there is nothing left but to stop."""

    application: Application[Any, Any, Any, Any, Any, Any]
    services: Services
    lost: asyncio.Event


@dataclass(frozen=True, slots=True)
class _Parts:
    services: Services
    preferences: StoredPreferences
    listening: StoredListening
    edge: Edge
    menus: Menus
    lanes: Lanes
    digests: Digests
    courier: Courier
    corrections: Corrections
    desk: Desk
    studio: Studio
    scribe: Scribe
    mending: Mending


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock | None = None, builder: Builder | None = None
) -> AsyncIterator[Running]:
    """Start everything, poll `settings.api_url`, and on leaving stop in reverse order. Raises StartError.

    `builder`: one that has begun already.
    """
    async with AsyncExitStack() as stack:
        begun = builder or stack.enter_context(Builder(place_of(settings)))
        clock = clock or SystemClock()
        journal = Journal(clock)
        polling = PollingRequest(proxy=proxy_for(settings.api_url))
        limiter = Limiter(settings.send_rate)
        bot = await _connect(settings, polling, journal, limiter, stack)
        database = await Database.open(settings.database_url)
        stack.push_async_callback(database.close)
        await migrate(database)
        served = await opened(settings.folder, begun, StoredBases(database), clock.now())
        parts = _assemble(settings, bot, database, served, clock, limiter, journal)
        application = await _start(bot, parts, journal, stack)
        # Known before the first update: a group that is listened to is not passed over after a restart.
        await parts.preferences.refresh()
        await parts.listening.refresh()
        parts.desk.revisions.built(await served.read.matcher)
        polling.gate = parts.lanes
        await stack.enter_async_context(parts.mending.under_way())
        await _poll(application, stack)
        await parts.menus.begin(parts.preferences)
        log.info("ready", extra={"bot": bot.username, "facts": len(served.read.base.facts), "api": settings.api_url})
        try:
            yield Running(application, parts.services, bot.lost)
        finally:
            log.info("stopping")


async def _connect(
    settings: Settings, polling: PollingRequest, journal: Journal, limiter: Limiter, stack: AsyncExitStack
) -> PollingBot:
    if settings.token is None:
        raise StartError("BOT_TOKEN is not set: @BotFather gives one; put it into .env or the environment")
    everything = AiohttpRequest(connections=2 * SLOTS, proxy=proxy_for(settings.api_url))
    token = settings.token.get_secret_value()
    bot = PollingBot(token, settings.api_url, (polling, everything), journal.poll_failed, limiter)
    for request in (polling, everything):  # of a start that is cancelled the bot itself closes nothing
        stack.push_async_callback(request.shutdown)
    stack.push_async_callback(bot.shutdown)
    try:
        await bot.initialize()
    except InvalidToken:
        raise StartError(f"{settings.api_url} refuses BOT_TOKEN: compare it with what @BotFather shows") from None
    except NoBotApiError as error:
        raise StartError(f"what answers at {settings.api_url} is no Bot API: {error.message}") from None
    except TelegramError as error:
        raise StartError(f"no answer from the Bot API at {settings.api_url}: {error.message}") from None
    except (KeyError, TypeError, ValueError):
        raise StartError(f"what answers at {settings.api_url} is no Bot API") from None
    return bot


def _assemble(  # noqa: PLR0913, PLR0917 - everything meets here
    settings: Settings,
    bot: PollingBot,
    database: Database,
    served: Opened,
    clock: Clock,
    limiter: Limiter,
    journal: Journal,
) -> _Parts:
    library = Library(served.read.base)
    keys = ChatKeys(settings.hash_key)
    bases, failures = StoredBases(database), StoredFailures(database, journal.new)
    revisions = Revising(place_of(settings), library, bases, served.number)
    desk = Desk(revisions, StoredQuestions(database, keys), StoredActs(database, keys), bases, failures, clock)
    preferences = StoredPreferences(database, keys)
    listening = StoredListening(database)
    subscriptions = StoredSubscriptions(database, keys)
    studio = Studio(settings.font, settings.cache)
    texts = catalogues()
    scribe = Scribe(library, (*texts["zh"].texts, *zones.CHINESE.values()))
    deliveries = StoredDeliveries(database, secrets.token_hex(8), settings.send_rate)
    services = Services(
        library=library,
        preferences=preferences,
        listening=listening,
        subscriptions=subscriptions,
        rooms=TelegramRooms(bot),
        files=TelegramFiles(bot),
        pictures=studio,
        scribe=scribe,
        revisions=desk.revisions,
        questions=desk.questions,
        acts=desk.acts,
        failures=failures,
        greetings=Greetings(),
        deliveries=deliveries,
        clock=clock,
        texts=texts,
        zone=settings.time_zone,
        username=bot.username,
        inline=bool(bot.bot.supports_inline_queries),
    )
    cards = Cards(services, lambda edit, to: sender.edit(edit, to))  # noqa: PLW0108 - there is none before the chats
    chats = Chats(services, subscriptions, listening, cards.renew, journal)
    unfinished = StoredUnfinished(database)
    sender = Sender(bot, chats, Photos(bot, StoredPhotos(database)), unfinished)
    reader = Reader(routes.ROUTES, Addressing(bot.id, bot.username), listening.on)
    menus = Menus(bot, routes.ROUTES, services.texts, settings.named)
    roles, gate = Roles(bot, settings.named), Gate(settings.ask_rate)
    edge = Edge(services, reader, roles, sender, chats, gate, menus, journal)
    lanes = Lanes(reader.chat_id, partial(edge.apologise, handler=routes.FLOODED), slots=SLOTS)
    rng = random.Random()  # noqa: S311 - spreads attempts over time, no secret
    road = Road(_clock_handler(), sender.post, limiter, Circuit(rng), chats, cards.renew, bot.lost.set, rng)
    courier = Courier(services, deliveries, road, journal)
    corrections = Corrections(services, StoredPosts(database), sender.post, chats, journal, courier.in_hand)
    return _Parts(
        services,
        preferences,
        listening,
        edge,
        menus,
        lanes,
        Digests(clock, deliveries, courier),
        courier,
        corrections,
        desk,
        studio,
        scribe,
        Mending(unfinished, sender),
    )


def _clock_handler() -> Handler:
    return next(route.handle for route in routes.ROUTES if isinstance(route.trigger, ClockTrigger))


async def _start(
    bot: PollingBot, parts: _Parts, journal: Journal, stack: AsyncExitStack
) -> Application[Any, Any, Any, Any, Any, Any]:
    # A bounded queue: what does not fit waits with Telegram, not in memory.
    queue: asyncio.Queue[object] = asyncio.Queue(100)
    builder = Application.builder().bot(bot).update_queue(queue).concurrent_updates(parts.lanes).job_queue(None)
    application = builder.build()
    application.add_handler(parts.edge)
    application.add_error_handler(Failures(parts.edge, journal).handle)
    await application.initialize()
    stack.push_async_callback(application.shutdown)
    await application.start()
    parts.courier.start()
    stack.push_async_callback(_finish, application, parts)
    await stack.enter_async_context(schedule.running(_jobs(parts), journal.failed))
    return application


async def _poll(application: Application[Any, Any, Any, Any, Any, Any], stack: AsyncExitStack) -> None:
    if application.updater is None:
        raise RuntimeError("an Application that is built to poll has an Updater")
    await application.updater.start_polling(allowed_updates=ALLOWED_UPDATES, error_callback=lambda _: None)
    stack.push_async_callback(application.updater.stop)


def _jobs(parts: _Parts) -> tuple[Job, ...]:
    return (
        # What waited through a downtime may be too old to be sent now: that first.
        Job("give up", 60, parts.digests.give_up, at_once=True),
        Job("tick", 1, parts.digests.tick, at_once=True),
        Job("refresh", 1, parts.preferences.refresh),
        Job("listening", 1, parts.listening.refresh),
        Job("sweep", 5, parts.digests.sweep),
        Job("prune", 3600, parts.digests.prune),
        Job("corrections", 1, parts.corrections.tick),
        *parts.desk.jobs(),
    )


async def _finish(application: Application[Any, Any, Any, Any, Any, Any], parts: _Parts) -> None:
    """Answer what was already taken from Telegram and finish posts under way, for at most DRAIN seconds."""
    deadline = asyncio.get_running_loop().call_later(DRAIN, parts.lanes.abandon)
    delivered = asyncio.gather(parts.courier.stop(DRAIN), parts.corrections.stop(DRAIN))
    await application.stop()
    await parts.lanes.drained()
    await parts.desk.stop()
    await parts.studio.stop()
    await parts.scribe.stop()
    deadline.cancel()
    await delivered
