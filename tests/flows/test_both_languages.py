"""What other flows show in one language, in the other: curating in English, groups and privacy in Chinese."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING

import pytest

from tests.facts.bases import FACTS, written
from tests.flows.sim import BOT, GROUP, LIN, MEI, TOM, WAIT, Json, Sim, labels

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings

VAIN = "how many lanterns hang there"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "base")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Tom, who speaks English, runs the bot."""
    return settings.model_copy(update={"admin_ids": frozenset({TOM})})


async def started(sim: Sim, *users: int) -> None:
    for user in users:
        await sim.post("start", user_id=user)
        await sim.heard(user)


async def decided(sim: Sim, look: Json, label: str) -> str:
    await sim.tap(TOM, look, label)
    return str((await sim.decided(TOM))["text"])


async def sent(sim: Sim, name: str, content: bytes) -> None:
    encoded = base64.b64encode(content).decode()
    await sim.post("document", user_id=TOM, chat_id=TOM, name=name, content=encoded)


@pytest.mark.usefixtures("bot")
async def test_a_curator_looks_serves_and_goes_back_in_english(sim: Sim, folder: Path) -> None:
    await started(sim, TOM)
    text = (folder / FACTS).read_text(encoding="utf-8")
    (folder / FACTS).write_text(text.replace("The fact itself", "The fact again"), encoding="utf-8")
    await sim.say(TOM, "/reload")
    look = await sim.outcome(TOM)
    assert look["text"] == (
        "To look at: 0 added, 0 removed, 1 changed\nNothing has changed yet. With it there'd be 1 fact.\n\n"
        "The fact again\nTitle (English): “The fact itself” → “The fact again”\n\n"
        "No test questions: nothing was measured."
    )
    assert (await decided(sim, look, "Serve it")).startswith("Version 2 is served\n")
    versions = await sim.ask(TOM, "/rollback")
    assert versions["text"].startswith("Version 2 is served\nWhich one shall come back?")
    await sim.tap(TOM, versions, "Version 1")
    back = await sim.outcome(TOM)
    assert back["text"].startswith("Back to version 1: 0 added, 0 removed, 1 changed\n")
    assert await decided(sim, back, "Leave it") == "Left as it was\nVersion 2 goes on."
    did = [line.partition(" · ")[2] for line in (await sim.ask(TOM, "/acts"))["text"].splitlines()[1:]]
    assert did == [
        "Tom left a change unserved", "Tom looked at a change from version 1", "Tom served version 2",
        "Tom looked at a change from the folder",
    ]  # fmt: skip


@pytest.mark.usefixtures("bot")
async def test_what_was_asked_in_vain_is_told_in_english_and_in_the_statistics(sim: Sim) -> None:
    await started(sim, TOM, MEI)
    await sim.ask(MEI, VAIN)
    async with asyncio.timeout(WAIT):
        while VAIN not in (inbox := await sim.ask(TOM, "/inbox"))["text"]:  # it is written within a second
            pass
    told = f"“{VAIN}” · once, English"
    assert inbox["text"] == f"Asked in vain\nTap a question to see to it. What most people asked comes first.\n\n{told}"
    await sim.tap(TOM, inbox, VAIN)
    opened = await sim.edited(TOM)
    assert opened["text"].startswith(
        f"“{VAIN}”\nonce, English\nIt found nothing.\n\nAdd the question to a fact? The nearest:\n"
    )
    assert labels(opened) == ["The article", "Not in article", "Let it go", "Back"]
    stats = (await sim.ask(TOM, "/stats"))["text"]
    assert stats.startswith("Last 30 days · questions: 1, people: 1\nNot found: 1 (100%)\nEnglish 1, Chinese 0\n\n")
    assert f"\n\nAsked in vain\n{told}\n\n" in stats


@pytest.mark.usefixtures("bot")
async def test_files_that_cannot_be_taken_are_told_why_in_english(sim: Sim) -> None:
    await started(sim, TOM)
    await sent(sim, "x.exe", b"MZ\0")
    assert (await sim.heard(TOM))["text"].startswith("That's none of the facts' files\n")
    await sent(sim, "topics.yaml", b"- id: [a,, b]\n")
    assert (await sim.outcome(TOM))["text"] == (
        "Not served: 1 to mend\nPeople still get the facts served before.\n\n"
        "topics.yaml:1\ninside brackets something is missing here · take out a comma too many, or close the bracket"
    )


@pytest.mark.usefixtures("bot")
async def test_a_group_is_greeted_and_an_unsure_answer_is_one_line_in_chinese(sim: Sim) -> None:
    await started(sim, MEI)
    asked = await sim.say(MEI, "/ask 天空什么颜色", GROUP)
    unsure = await sim.heard(GROUP)
    assert (unsure["text"], labels(unsure)) == ("我没找到", ["私聊提问"])
    assert unsure["reply_to_message"]["message_id"] == asked
    for status in ("left", "member"):
        await sim.post("member", chat_id=GROUP, user_id=BOT, status=status, by=LIN)
    greeting = await sim.heard(GROUP)
    assert greeting["text"].startswith("大家好，")
    assert "提问用 /ask，或者回复我的消息；其他时候我不出声。" in greeting["text"]
    assert labels(greeting) == ["私聊提问", "设置推送"]


@pytest.mark.usefixtures("bot")
async def test_the_policy_and_what_forgetting_erases_are_told_in_chinese(sim: Sim) -> None:
    await started(sim, MEI)
    await sim.ask(MEI, "这篇文章说了什么")
    policy = await sim.ask(MEI, "/privacy")
    assert policy["text"].startswith("我记得很少：你选的语言、你的推送，还有30天内的问题\n")
    await sim.tap(MEI, policy, "不留我的问题")
    assert (await sim.edited(MEI))["text"].startswith("好，以后不留你的问题\n之前留的也删了。")
    assert (await sim.forgotten(MEI, "删掉")).splitlines()[:2] == [
        "没有需要删的", "现在我这里只留着：你“不留问题”的选择（记在加密编号下）。",
    ]  # fmt: skip
