"""Scheduled posts: subscribe, move the clock, and see them come, once."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.app import running
from bot.curation import aside
from facts.shelf import Shelf
from tests.flows.sim import BOT, GROUP, MEI, TOM, WAIT, Json, Sim, button

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Running
    from bot.config import Settings
    from bot.playground.server import LocalBotApi
    from tests.flows.conftest import Logged

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


async def subscribed(sim: Sim, user: int = TOM, chat: int = GROUP) -> datetime:
    """Take what the panel proposes, Mondays at nine; return the first due time."""
    panel = await sim.ask(user, "/subscribe", chat)
    await sim.tap(user, panel, "Turn on")
    assert "Every Monday at 09:00" in (await sim.edited(chat))["text"]
    now = datetime.fromisoformat((await sim.get("state"))["now"])
    monday = now.replace(hour=1, minute=0, second=0) + timedelta(days=(7 - now.weekday()) % 7)  # 09:00 in Shanghai
    return monday if monday > now else monday + WEEK


async def at(sim: Sim, moment: datetime) -> None:
    await sim.post("clock", to=moment.isoformat())


async def digests(sim: Sim, chat: int = GROUP) -> list[Json]:
    """Every post that was sent to a chat: they are numbered."""
    sent = (await sim.get("outbox", method="sendMessage"))["calls"]
    mine = [call for call in sent if call["ok"] and str(call["request"]["chat_id"]) == str(chat)]
    return [call for call in mine if "of 25, from a 2022 article" in call["request"]["text"]]


async def started(sim: Sim, user: int) -> None:
    await sim.post("start", user_id=user)
    await sim.heard(user)


@pytest.mark.usefixtures("bot")
async def test_a_subscribed_group_gets_each_post_exactly_once(sim: Sim) -> None:
    due = await subscribed(sim)
    await at(sim, due)
    first = await sim.heard(GROUP)
    assert "1 of 25" in first["text"]
    await at(sim, due + HOUR)
    await at(sim, due + WEEK)
    second = await sim.heard(GROUP)
    assert "2 of 25" in second["text"]
    assert first["text"].splitlines()[0] != second["text"].splitlines()[0]
    assert len(await digests(sim)) == 2


@pytest.mark.usefixtures("bot")
async def test_after_unsubscribing_nothing_comes(sim: Sim, bot: Running) -> None:
    due = await subscribed(sim)
    off = await sim.ask(TOM, "/unsubscribe", GROUP)
    assert off["text"]
    assert await bot.services.subscriptions.get(GROUP, None) is None
    await started(sim, TOM)
    await subscribed(sim, TOM, TOM)
    await at(sim, due)
    await sim.heard(TOM)
    assert await digests(sim) == []


async def test_what_fell_due_while_it_was_down_is_posted_once_and_only_if_recent(
    settings: Settings, api: LocalBotApi, sim: Sim
) -> None:
    async with running(settings, api.clock):
        due = await subscribed(sim)
    await at(sim, due + 3 * WEEK + 5 * HOUR)
    async with running(settings, api.clock):
        assert "1 of 25" in (await sim.heard(GROUP))["text"]
    await at(sim, due + 5 * WEEK + 7 * HOUR)
    async with running(settings, api.clock):
        await at(sim, due + 6 * WEEK)
        assert "2 of 25" in (await sim.heard(GROUP))["text"]
    assert len(await digests(sim)) == 2


class Gate:
    """What a process aside has built goes through it, once it is open; the base goes ahead."""

    PROGRAM = """
import pickle, sys
from bot.curation.__main__ import tell
from bot.curation.building import build
from bot.curation.work import Built

def told(what):
    if isinstance(what, Built):
        open({pipe!r}).read()
    tell(what)

build(pickle.load(sys.stdin.buffer), told)
"""

    def __init__(self, pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        os.mkfifo(pipe)
        self._pipe = pipe
        self._monkeypatch = monkeypatch

    def shut(self) -> None:
        """From now on a start finds nothing kept, and is told by a process; that one may find something."""
        program = self.PROGRAM.format(pipe=str(self._pipe))
        self._monkeypatch.setattr(aside, "COMMAND", (sys.executable, "-c", program))
        self._monkeypatch.setattr(Shelf, "has", lambda *_: False)
        self._monkeypatch.setattr(Shelf, "kept", lambda *_: None)

    async def open(self) -> None:
        await asyncio.to_thread(self._pipe.write_text, "go on", "utf-8")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Gate:
    return Gate(tmp_path / "gate", monkeypatch)


@pytest.mark.parametrize("changed", [False, True])
async def test_posts_go_out_while_the_matcher_is_still_built_and_questions_wait_for_it(
    settings: Settings, api: LocalBotApi, sim: Sim, folder: Path, gate: Gate, *, changed: bool
) -> None:
    async with running(settings, api.clock):
        await started(sim, TOM)
        due = await subscribed(sim)
    gate.shut()
    if changed:
        with (folder / "topics.yaml").open("a", encoding="utf-8") as file:
            file.write("# changed while the bot was down\n")
    await at(sim, due)
    await sim.say(TOM, "/topics")
    stop = asyncio.Event()
    bot = asyncio.create_task(until(stop, settings, api))
    assert "1 of 25" in (await sim.heard(GROUP))["text"]
    said = [event["message"] for event in sim.told if event["type"] == "message" and event["chat_id"] == TOM]
    assert not [message for message in said if message["from"]["id"] == BOT]
    await gate.open()
    assert (await sim.heard(TOM))["text"]
    stop.set()
    await bot


async def test_a_stop_while_the_matcher_is_still_built_is_in_order(
    settings: Settings, api: LocalBotApi, sim: Sim, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(settings, api.clock):
        due = await subscribed(sim)
    gate.shut()
    await at(sim, due)
    bot = asyncio.create_task(until(asyncio.Event(), settings, api))
    await sim.heard(GROUP)
    bot.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(bot, WAIT)
    monkeypatch.undo()
    async with running(settings, api.clock):
        await at(sim, due + WEEK)
        assert "2 of 25" in (await sim.heard(GROUP))["text"]
    assert len(await digests(sim)) == 2


async def until(stop: asyncio.Event, settings: Settings, api: LocalBotApi) -> None:
    async with running(settings, api.clock):
        await stop.wait()


async def test_what_waited_to_be_sent_again_through_a_downtime_is_not_sent_hours_later(
    settings: Settings, api: LocalBotApi, sim: Sim, logged: Logged
) -> None:
    async with running(settings, api.clock):
        due = await subscribed(sim)
        await sim.post("fault", method="sendMessage", error_code=502, times=50)
        await at(sim, due)
        await logged("a digest was not sent; trying again")
    await sim.post("clock", to=(due + 7 * HOUR).isoformat())
    api.wire.faults.clear()
    async with running(settings, api.clock):
        await at(sim, due + WEEK)
        assert "1 of 25" in (await sim.heard(GROUP))["text"]
    assert len(await digests(sim)) == 1


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    "fault",
    [
        {"error_code": 502},
        {"error_code": 429, "retry_after": 1},
        {"kind": "drop_before"},
    ],
)
async def test_a_post_that_telegram_did_not_take_comes_later(sim: Sim, fault: Json, logged: Logged) -> None:
    due = await subscribed(sim)
    await sim.post("fault", method="sendMessage", **fault)
    await at(sim, due)
    await logged("a digest was not sent; trying again")
    await at(sim, due + timedelta(minutes=5))
    assert "1 of 25" in (await sim.heard(GROUP))["text"]
    assert len(await digests(sim)) == 1


@pytest.mark.usefixtures("bot")
async def test_who_blocks_the_bot_is_left_alone_until_they_return(sim: Sim, bot: Running) -> None:
    await started(sim, TOM)
    due = await subscribed(sim, TOM, TOM)
    await sim.post("block", user_id=TOM, blocked=True)
    await started(sim, MEI)
    async with asyncio.timeout(WAIT):  # chats do not wait for each other
        while (kept := await bot.services.subscriptions.get(TOM, None)) is None or kept.next_due_at is not None:
            await sim.ask(MEI, "/help")
    await sim.post("block", user_id=TOM, blocked=False)
    await sim.ask(TOM, "/help")
    kept = await bot.services.subscriptions.get(TOM, None)
    assert kept is not None
    assert kept.next_due_at == due
    await at(sim, due)
    assert "1 of 25" in (await sim.heard(TOM))["text"]


@pytest.mark.usefixtures("bot")
async def test_posts_follow_a_group_that_becomes_a_supergroup(sim: Sim, bot: Running) -> None:
    founded = await sim.post("chat", kind="group", title="Small", user_id=TOM, members=[MEI])
    small = founded["chat"]["id"]
    await sim.post("member", chat_id=small, user_id=BOT, status="member")
    await sim.heard(small)
    due = await subscribed(sim, TOM, small)
    grown = (await sim.post("migrate", chat_id=small, user_id=TOM))["chat_id"]
    await at(sim, due)
    post = await sim.heard(grown)
    assert "1 of 25" in post["text"]
    old = button(post, "Post settings")["url"].partition("start=")[2].replace(str(grown), str(small))
    await sim.post("start", user_id=TOM, payload=old)
    assert (await sim.heard(TOM))["text"].startswith("Scheduled posts are on")
    assert await bot.services.subscriptions.get(small, None) is None
    assert "posts are on" in (await sim.ask(TOM, "/subscribe", grown))["text"]
