"""What a kill -9 leaves in a chat, and what the next start makes of it; each life is a process of its own."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.config import PREFIX, ROOT
from bot.playground.faults import Fault
from tests.facts.bases import written
from tests.flows.sim import LIN, TOM, WAIT, Sim

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from pathlib import Path

    from bot.playground.server import LocalBotApi

LOST = {
    TOM: "I was restarted before this was done\n"
    "Sorry. Nothing was changed. Please start it again; files have to be sent again, too.",
    LIN: "没看完，我中途重启了\n抱歉。什么都没改动，请再来一次；发过的文件也要重新发。",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "base")


async def life(api: LocalBotApi, folder: Path, state: Path) -> Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)} | {
        "BOT_TOKEN": api.token,
        "BOT_API_URL": api.url,
        "BOT_CURATOR_IDS": f"{TOM},{LIN}",
        "BOT_DATABASE_URL": f"sqlite:///{state / 'bot.db'}",
        "BOT_FACTS_DIR": str(folder),
        "BOT_SEND_RATE": "0",
        "BOT_LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=state, env=environment)


async def until_noted(state: Path, count: int) -> None:
    """Wait until that many messages about work under way are noted on the disk."""
    async with asyncio.timeout(WAIT):
        while True:
            with closing(sqlite3.connect(state / "bot.db")) as database:
                if len(database.execute("select * from unfinished").fetchall()) == count:
                    return
            await asyncio.sleep(0.01)


async def test_after_a_kill_in_mid_review_the_next_start_tells_each_curator_that_it_came_to_nothing(
    api: LocalBotApi, sim: Sim, folder: Path, tmp_path: Path
) -> None:
    first = await life(api, folder, tmp_path)
    try:
        for user in LOST:
            await sim.post("start", user_id=user)
            await sim.heard(user)
        api.wire.faults.add(Fault("editmessagetext", 100, "slow", seconds=600))
        await sim.say(TOM, "/reload")
        await sim.post("document", user_id=LIN, chat_id=LIN, name="topics.yaml", content="LSBpZDogeAo=")
        standing = {user: await sim.heard(user) for user in LOST}
        await until_noted(tmp_path, len(LOST))
    finally:
        first.kill()
    await first.wait()
    assert [standing[user]["text"].splitlines()[0] for user in LOST] == ["Looking at it", "正在看"]
    api.wire.faults.clear()
    second = await life(api, folder, tmp_path)
    try:
        for user, said in LOST.items():
            mended = await sim.edited(user)
            assert (mended["message_id"], mended["text"]) == (standing[user]["message_id"], said)
        await until_noted(tmp_path, 0)
        await sim.say(TOM, "/reload")
        assert (await sim.outcome(TOM))["text"].startswith("Nothing to change: version 1\n")
    finally:
        second.terminate()
    assert await second.wait() == 0
