"""What is kept of people and of curators, for how long, and who may see it, over real HTTP; on a small base."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.app import running
from tests.facts.bases import FACTS, written
from tests.flows.sim import GROUP, LIN, MEI, TOM, WAIT, Json, Sim, button, labels

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from bot.playground.server import LocalBotApi

QUESTION, VAIN = "what does the article say", "how many lanterns hang in the harbour"
DAY = 24 * 3600


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "base")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Lin runs the bot; Mei keeps the facts, and no more."""
    return settings.model_copy(update={"curator_ids": frozenset({MEI})})


async def started(sim: Sim) -> None:
    for user in (TOM, MEI, LIN):
        await sim.post("start", user_id=user)
        await sim.heard(user)


async def until(sim: Sim, command: str, word: str, *, there: bool = True) -> Json:
    """Ask until the answer has the word, or has it no more: questions are written within a second."""
    async with asyncio.timeout(WAIT):
        while (word in (shown := await sim.ask(LIN, command))["text"]) is not there:
            pass
    return shown


def kept(state: Path) -> list[tuple[object, ...]]:
    """Every row of the database that belongs to people's questions and acts, as it stands on the disk."""
    with closing(sqlite3.connect(state / "bot.db")) as database:
        rows = (database.execute(f"select * from {table}") for table in ("questions", "unkept", "acts"))  # noqa: S608
        return [row for table in rows for row in table]


async def test_questions_are_kept_under_a_hash_and_go_after_thirty_days(
    sim: Sim, api: LocalBotApi, settings: Settings, tmp_path: Path
) -> None:
    async with running(settings, api.clock):
        await started(sim)
        await sim.ask(TOM, VAIN)
        await until(sim, "/inbox", "lanterns")
    rows = kept(tmp_path)
    assert any(VAIN in str(row) for row in rows)
    assert not any(str(TOM) in str(row) or "Tom" in str(row) for row in rows)
    await sim.move_clock(29 * DAY)
    async with running(settings, api.clock):
        assert "lanterns" in (await sim.ask(LIN, "/inbox"))["text"]
    await sim.move_clock(2 * DAY)
    async with running(settings, api.clock):
        await until(sim, "/inbox", "lanterns", there=False)
    assert not any(VAIN in str(row) for row in kept(tmp_path))


@pytest.mark.usefixtures("bot")
async def test_forget_says_what_it_erased_and_nothing_of_it_is_left(sim: Sim, tmp_path: Path) -> None:
    await started(sim)
    await sim.tap(TOM, await sim.ask(TOM, "/language"), "English")
    await sim.edited(TOM)
    await sim.tap(TOM, await sim.ask(TOM, "/subscribe"), "Turn on")
    await sim.edited(TOM)
    await sim.ask(TOM, VAIN)
    await until(sim, "/inbox", "lanterns")
    said = await sim.forgotten(TOM)
    for part in ("the language you chose", "your scheduled posts", "your questions"):
        assert part in said.splitlines()[0]
    assert "lanterns" not in (await sim.ask(LIN, "/inbox"))["text"]
    assert kept(tmp_path) == []
    assert (await sim.forgotten(TOM)).startswith("There was nothing to erase\n")


@pytest.mark.usefixtures("bot")
async def test_curators_see_what_was_asked_and_what_each_other_did(sim: Sim, folder: Path) -> None:
    await started(sim)
    for user, question in ((TOM, QUESTION), (MEI, "这篇文章说了什么"), (TOM, VAIN)):
        await sim.ask(user, question)
    stats = (await until(sim, "/stats", "2人问了3个问题"))["text"]
    assert "lanterns" in stats
    assert "英文2，中文1" in stats
    file = folder / FACTS
    file.write_text(file.read_text(encoding="utf-8").replace("The fact itself", "The fact again"), encoding="utf-8")
    look = await sim.reload()
    await sim.tap(LIN, look, labels(look)[0])
    await sim.decided(LIN)
    (folder / "topics.yaml").write_text("- id: [\n", encoding="utf-8")
    await sim.reload()
    did = (await sim.ask(LIN, "/acts"))["text"]
    assert [line.partition(" · ")[2] for line in did.splitlines()[1:]] == [
        "Lin 想换上文件夹里的改动，检查没通过", "Lin 换上了版本2", "Lin 看了文件夹里的改动",
    ]  # fmt: skip
    running, curating = ("/stats", "/acts", "/deliveries"), ("/inbox", "/reload", "/rollback", "/facts")
    for command in (*running, *curating):
        assert (await sim.ask(TOM, command))["text"].startswith("Only"), command
    assert (await sim.ask(LIN, "/acts"))["text"] == did
    for command in running:
        assert (await sim.ask(MEI, command))["text"] == "只有机器人管理员可以这么做。", command
    for command in curating:
        assert not (await sim.ask(MEI, command))["text"].startswith("只有"), command


@pytest.mark.usefixtures("bot")
async def test_what_an_administrator_sets_up_in_a_group_is_told_without_a_name_and_survives_forget(
    sim: Sim, tmp_path: Path
) -> None:
    await started(sim)
    panel = await sim.ask(TOM, "/subscribe", GROUP)
    await sim.tap(TOM, panel, "Turn on")
    panel = await sim.edited(GROUP)
    await sim.post("start", user_id=TOM, payload=button(panel, "All settings")["url"].partition("start=")[2])
    await sim.tap(TOM, await sim.heard(TOM), "Mute posts")
    await sim.edited(TOM)
    await sim.edited(GROUP)  # its card follows
    await sim.ask(TOM, "/unsubscribe", GROUP)
    await sim.edited(GROUP)
    await sim.tap(TOM, await sim.ask(TOM, "/listen", GROUP), "Turn on")
    await sim.edited(GROUP)
    await sim.tap(TOM, await sim.ask(TOM, "/language", GROUP), "中文")
    await sim.edited(GROUP)
    did = (await sim.ask(LIN, "/acts"))["text"].splitlines()[1:]
    assert [line.partition("“Chancheng readers”的管理员")[2] for line in did] == [
        "选了语言：中文", "打开了“不叫我，我也答”", "关掉了推送", "改了推送（改成静音）", "打开了推送",
    ]  # fmt: skip
    rows = kept(tmp_path)
    assert len(rows) == len(did)
    assert not any(str(TOM) in map(str, row) or "Tom" in str(row) for row in rows)
    assert "what you did as an administrator" in await sim.forgotten(TOM)
    assert kept(tmp_path) == rows
