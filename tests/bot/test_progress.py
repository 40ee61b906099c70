"""A message says how far work is and becomes what comes of it, over real HTTP."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from bot.playground.faults import Fault, refusal
from bot.telegram.sending import Target
from handlers.reply import Button, Document, Text, Working
from tests.bot.standing import LIN, LOST, FakeUnfinished, Told, api, sender, told, unfinished

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.server import LocalBotApi
    from bot.storage.unfinished import Left
    from bot.telegram.sending import Sender
    from handlers.reply import Reply

__all__ = ["api", "sender", "told", "unfinished"]

ANSWER: Reply = (Text("<b>Done</b>", ((Button("Serve", "r:x"),),)), Document("all.txt", b"all"))


async def test_it_says_what_was_told_last_and_becomes_the_first_text_of_the_reply(sender: Sender, told: Told) -> None:
    async def work(tell: Callable[[str], None]) -> Reply:
        assert await told.next() == ("message", "Looking")
        for number in range(100):
            tell(f"{number} of 100")
        assert await told.next() == ("edit", "99 of 100")
        tell("nearly")
        assert await told.next() == ("edit", "nearly")
        return ANSWER

    await sender.reply((Working("Looking", work, LOST),), Target(LIN))
    assert await told.next() == ("edit", "Done")
    assert await told.next() == ("message", "all.txt")


async def test_the_answer_of_work_that_is_done_at_once_comes_after_the_message_about_it(
    sender: Sender, told: Told
) -> None:
    async def work(tell: Callable[[str], None]) -> Reply:
        tell("never seen")
        return ANSWER[:1]

    await sender.reply((Working("Looking", work, LOST),), Target(LIN))
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

    await sender.reply((Working("Looking", work, LOST),), Target(LIN))
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
    await sender.reply((Working("Looking", work, LOST),), Target(LIN))
    assert await told.next() == ("edit", "Done")
    assert [each["text"] for each in api.world.chats[LIN].messages.values()][1:] == ["Done"]


async def test_nothing_is_left_of_work_that_failed(sender: Sender, told: Told) -> None:
    async def work(_: Callable[[str], None]) -> Reply:
        await told.next()
        raise RuntimeError("broken on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        await sender.reply((Working("Looking", work, LOST),), Target(LIN))
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
            await sender.reply((Working("Looking", work, LOST),), Target(LIN))

    await done(ANSWER)
    assert await told.next() == ("message", "Done")
    assert await told.next() == ("message", "all.txt")
    with pytest.raises(RuntimeError, match="on purpose"):
        await done(())


async def test_work_that_is_given_up_because_the_bot_stops_says_so(
    sender: Sender, told: Told, unfinished: FakeUnfinished
) -> None:
    async def work(_: Callable[[str], None]) -> Reply:
        await asyncio.Event().wait()
        return ANSWER

    under_way = asyncio.create_task(sender.reply((Working("Looking", work, LOST),), Target(LIN)))
    assert await told.next() == ("message", "Looking")
    under_way.cancel()
    assert await told.next() == ("edit", "Lost")
    with pytest.raises(asyncio.CancelledError):
        await under_way
    assert unfinished.rows == {}


async def test_it_is_noted_only_while_it_stands(sender: Sender, told: Told, unfinished: FakeUnfinished) -> None:
    noted: list[list[Left]] = []

    async def work(tell: Callable[[str], None]) -> Reply:
        await told.next()
        tell("half of it")
        await told.next()
        noted.append(await unfinished.every())
        if len(noted) > 1:
            raise RuntimeError("broken on purpose")
        return ANSWER

    await sender.reply((Working("Looking", work, LOST),), Target(LIN))
    assert [(each.chat_id, each.html) for each in noted[0]] == [(LIN, LOST)]
    assert unfinished.rows == {}
    assert [(await told.next())[0] for _ in ANSWER] == ["edit", "message"]
    with pytest.raises(RuntimeError, match="on purpose"):
        await sender.reply((Working("Looking", work, LOST),), Target(LIN))
    assert len(noted[1]) == 1
    assert unfinished.rows == {}


async def test_what_comes_of_the_work_needs_no_database(sender: Sender, told: Told, unfinished: FakeUnfinished) -> None:
    async def work(_: Callable[[str], None]) -> Reply:
        await told.next()
        return ANSWER[:1]

    unfinished.broken = True
    await sender.reply((Working("Looking", work, LOST),), Target(LIN))
    assert await told.next() == ("edit", "Done")


async def test_a_message_that_stays_because_telegram_is_away_stays_noted(
    api: LocalBotApi, sender: Sender, told: Told, unfinished: FakeUnfinished
) -> None:
    async def work(_: Callable[[str], None]) -> Reply:
        await told.next()
        raise RuntimeError("broken on purpose")

    api.wire.faults.add(Fault("deletemessage", 1, "error", refusal(500)))
    with pytest.raises(RuntimeError, match="on purpose"):
        await sender.reply((Working("Looking", work, LOST),), Target(LIN))
    assert list(unfinished.rows.values()) == [LOST]
