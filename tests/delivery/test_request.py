"""`python -m bot digest --now CHAT`, beside a running engine."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from bot.clock import SystemClock
from bot.config import load_settings
from bot.delivery.request import deliver_now
from bot.playground.server import LocalBotApi
from bot.storage.acts import StoredActs
from bot.storage.preferences import ChatKeys
from tests.delivery.ground import DAY, arrived, daily, engine, groups

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.storage.database import Database


@pytest.fixture
def settings(database: Database, database_url: str) -> Settings:
    return load_settings(None).model_copy(update={"database_url": database_url})


async def test_the_running_bot_posts_it_at_once_and_once(database: Database, settings: Settings) -> None:
    clock = SystemClock()
    async with LocalBotApi() as api, engine(database, api.url, api.token, clock) as it:
        asked, other = groups(api, 2)
        await it.subscribe(*(daily(chat, clock.now() + DAY) for chat in (asked, other)))
        wish = asyncio.create_task(deliver_now(settings, asked, None))
        while not wish.done():
            await it.settle()
        assert (await wish) == (True, "Sent.")
        assert list(arrived(api)) == [f"{asked} {clock.now():%Y-%m-%d}"]
        acts = await StoredActs(database, ChatKeys(settings.hash_key)).last(5)
        assert [(act.kind, act.chat) for act in acts] == [("posted_now", asked)]


async def test_an_operator_is_told_what_is_wrong(database: Database, settings: Settings) -> None:
    clock = SystemClock()
    sent, told = await deliver_now(settings, -5, None)
    assert not sent
    assert "no scheduled posts" in told
    async with LocalBotApi() as api, engine(database, api.url, api.token, clock) as it:
        [chat] = groups(api, 1)
        await it.subscribe(daily(chat, clock.now() + DAY))
        sent, told = await deliver_now(settings, chat, None, patience=0)
        assert not sent
        assert "is the bot running" in told


def test_the_command_says_so_too(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", database_url)
    assert main(["digest", "--now", "-5"]) == 1
    assert "no scheduled posts" in capsys.readouterr().out
