"""Chats that the bot loses in mid-run, in whichever way, as the server itself refuses; and those that move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.playground import membership, places
from bot.playground.people import Member
from tests.delivery.ground import DAY, LIN, NOW, Engine, arrived, daily, expected, groups, until
from tests.delivery.striking import attempts, slow, strike

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.clock import MovableClock
    from bot.playground.server import LocalBotApi
    from bot.playground.world import World


def kicked(world: World, chat: int) -> None:
    membership.change(world, world.chats[chat], world.people[LIN].user, world.bot, Member("kicked"))


def left(world: World, chat: int) -> None:
    membership.change(world, world.chats[chat], world.people[LIN].user, world.bot, Member("left"))


def muted(world: World, chat: int) -> None:
    silenced = Member("restricted", denied=frozenset({"can_send_messages"}))
    membership.change(world, world.chats[chat], world.people[LIN].user, world.bot, silenced)


def deleted(world: World, chat: int) -> None:
    del world.chats[chat]


@pytest.mark.parametrize(
    ("lose", "reason"),
    [
        (kicked, "Forbidden: bot was kicked from the supergroup chat"),
        (left, "Forbidden: bot is not a member of the supergroup chat"),
        (muted, "Not enough rights to send text messages to the chat"),
        (deleted, "Chat not found"),
    ],
)
async def test_a_group_lost_in_mid_run_is_suspended_alone_with_the_reason(
    it: Engine, api: LocalBotApi, clock: MovableClock, lose: Callable[[World, int], None], reason: str
) -> None:
    chats = groups(api, 20)
    await it.subscribe(*map(daily, chats))
    slow(api, 8, 0.2)
    await it.digests.tick()
    await until(lambda: len(it.courier.in_hand) == 8)
    lost = chats[-1]
    lose(api.world, lost)
    await it.settle()
    kept = await it.subscriptions.get(lost, None)
    assert kept is not None
    assert (kept.suspended, kept.next_due_at) == (reason, None)
    assert await it.states() == {"dead": 1, "sent": 19}
    clock.move(DAY.total_seconds())
    await it.settle()
    assert await it.states() == {"dead": 1, "sent": 38}
    assert arrived(api) == dict.fromkeys(expected(chats[:-1], NOW, NOW + DAY), 1)


@pytest.mark.parametrize(
    "words",
    [
        "Forbidden: the group chat was deleted",
        "Forbidden: user is deactivated",
        "Bad Request: group chat was deactivated",
        "Bad Request: CHANNEL_PRIVATE",
        "Bad Request: need administrator rights in the channel chat",
    ],
)
async def test_whatever_words_a_lost_chat_has_it_is_tried_once(it: Engine, api: LocalBotApi, words: str) -> None:
    [chat] = groups(api, 1)
    await it.subscribe(daily(chat))
    strike(api, 1000, code=403 if words.startswith("Forbidden") else 400, words=words)
    await it.settle()
    kept = await it.subscriptions.get(chat, None)
    assert kept is not None
    assert kept.suspended
    assert len(attempts(api)) == 1


def closed_topic(world: World, forum: int, topic: int) -> None:
    places.close_topic(world, forum, topic, closed=True)


@pytest.mark.parametrize(
    ("lose", "reason"), [(closed_topic, "Topic_closed"), (places.delete_topic, "Message thread not found")]
)
async def test_a_lost_topic_is_suspended_alone(
    it: Engine, api: LocalBotApi, lose: Callable[[World, int, int], None], reason: str
) -> None:
    [forum] = groups(api, 1, "forum")
    topics = [places.add_topic(api.world, forum, LIN, name) for name in ("News", "Chat")]
    await it.subscribe(*(replace(daily(forum), thread=topic) for topic in topics))
    lose(api.world, forum, topics[0])
    await it.settle()
    closed, still = [await it.subscriptions.get(forum, topic) for topic in topics]
    assert closed is not None
    assert still is not None
    assert closed.suspended == reason
    assert still.suspended is None
    assert await it.states() == {"dead": 1, "sent": 1}


async def test_a_post_follows_its_group_to_the_new_id(it: Engine, api: LocalBotApi) -> None:
    small, *others = groups(api, 3, "group")
    await it.subscribe(*map(daily, (small, *others)))
    grown = places.migrate(api.world, small, LIN).id
    await it.settle()
    assert arrived(api) == dict.fromkeys(expected([grown, *others]), 1)
    assert await it.subscriptions.get(small, None) is None
    assert await it.subscriptions.get(grown, None) is not None
