"""A message says how far work is and becomes what comes of it, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, cast

import pytest
from telegram.ext import ExtBot

from bot.playground import acting
from bot.playground.clock import MovableClock
from bot.playground.faults import Fault, refusal
from bot.playground.server import LocalBotApi
from bot.telegram import progress
from bot.telegram.sending import Sender, Target
from handlers.reply import Button, Document, Text, Working

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.telegram.limiter import Turn
    from bot.telegram.photos import Photos
    from bot.telegram.presence import Presence
    from handlers.reply import Reply

LIN = 1003
ANSWER: Reply = (Text("<b>Done</b>", ((Button("Serve", "r:x"),),)), Document("all.txt", b"all"))


class Told:
    """What happened in the chat, in order, as it comes: the kind of event, and the text of the message."""

    def __init__(self, events: asyncio.Queue[str]) -> None:
        self._events = events

    async def next(self) -> tuple[str, str]:
        async with asyncio.timeout(10):
            while (event := json.loads(await self._events.get()))["type"] not in {"message", "edit", "delete"}:
                pass
        message: dict[str, Any] = event.get("message") or {}
        return event["type"], message.get("text") or message.get("document", {}).get("file_name", "")


@pytest.fixture
async def api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LocalBotApi]:
    monkeypatch.setattr(progress, "GAP", 0.01)
    async with LocalBotApi(MovableClock()) as server:
        acting.start(server.world, LIN)
        yield server


@pytest.fixture
async def sender(api: LocalBotApi) -> AsyncIterator[Sender]:
    async with cast("ExtBot[Turn]", ExtBot(api.token, f"{api.url}/bot")) as bot:
        yield Sender(bot, cast("Presence", None), cast("Photos", None))


@pytest.fixture
def told(api: LocalBotApi) -> Any:
    with api.world.events.reading() as events:
        yield Told(events)


async def test_it_says_what_was_told_last_and_becomes_the_first_text_of_the_reply(sender: Sender, told: Told) -> None:
    async def work(tell: Callable[[str], None]) -> Reply:
        assert await told.next() == ("message", "Looking")
        for number in range(100):
            tell(f"{number} of 100")
        assert await told.next() == ("edit", "99 of 100")
        tell("nearly")
        assert await told.next() == ("edit", "nearly")
        return ANSWER

    await sender.reply((Working("Looking", work),), Target(LIN))
    assert await told.next() == ("edit", "Done")
    assert await told.next() == ("message", "all.txt")


async def test_the_answer_of_work_that_is_done_at_once_comes_after_the_message_about_it(
    sender: Sender, told: Told
) -> None:
    async def work(tell: Callable[[str], None]) -> Reply:
        tell("never seen")
        return ANSWER[:1]

    await sender.reply((Working("Looking", work),), Target(LIN))
    assert (await told.next())[0] == "message"
    assert await told.next() == ("edit", "Done")


async def test_where_the_message_was_deleted_the_answer_comes_as_a_new_one(
    api: LocalBotApi, sender: Sender, told: Told
) -> None:
    async def work(tell: Callable[[str], None]) -> Reply:
        await told.next()
        api.world.remove(api.world.chats[LIN], max(api.world.chats[LIN].messages))
        assert (await told.next())[0] == "delete"
        tell("seen by nobody")
        return ANSWER

    await sender.reply((Working("Looking", work),), Target(LIN))
    assert await told.next() == ("message", "Done")
    assert await told.next() == ("message", "all.txt")


async def test_an_answer_survives_an_edit_that_telegram_does_not_take(
    api: LocalBotApi, sender: Sender, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sending.BACKOFF", (0.01,))

    async def work(_: Callable[[str], None]) -> Reply:
        await told.next()
        return ANSWER[:1]

    api.wire.faults.add(Fault("editmessagetext", 1, "drop_after"))
    await sender.reply((Working("Looking", work),), Target(LIN))
    assert await told.next() == ("edit", "Done")
    assert [each["text"] for each in api.world.chats[LIN].messages.values()][1:] == ["Done"]


async def test_nothing_is_left_of_work_that_failed(sender: Sender, told: Told) -> None:
    async def work(_: Callable[[str], None]) -> Reply:
        await told.next()
        raise RuntimeError("broken on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        await sender.reply((Working("Looking", work),), Target(LIN))
    assert (await told.next())[0] == "delete"


async def test_a_message_that_cannot_be_sent_hides_neither_what_came_of_the_work_nor_what_went_wrong(
    api: LocalBotApi, sender: Sender, told: Told
) -> None:
    async def refused(events: asyncio.Queue[str]) -> None:
        async with asyncio.timeout(10):
            while json.loads(await events.get())["type"] != "call":
                pass

    async def done(reply: Reply) -> None:
        with api.world.events.reading() as events:

            async def work(_: Callable[[str], None]) -> Reply:
                await refused(events)
                if not reply:
                    raise RuntimeError("broken on purpose")
                return reply

            api.wire.faults.add(Fault("sendmessage", 1, "error", refusal(400)))
            await sender.reply((Working("Looking", work),), Target(LIN))

    await done(ANSWER)
    assert await told.next() == ("message", "Done")
    assert await told.next() == ("message", "all.txt")
    with pytest.raises(RuntimeError, match="on purpose"):
        await done(())


async def test_nothing_is_left_of_work_that_is_given_up_because_the_bot_stops(sender: Sender, told: Told) -> None:
    async def work(_: Callable[[str], None]) -> Reply:
        await asyncio.Event().wait()
        return ANSWER

    under_way = asyncio.create_task(sender.reply((Working("Looking", work),), Target(LIN)))
    assert await told.next() == ("message", "Looking")
    under_way.cancel()
    assert await told.next() == ("delete", "")
    with pytest.raises(asyncio.CancelledError):
        await under_way
