"""What is no text, and what vanishes while the bot is at it, over real HTTP; on a small base."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest

from handlers.routes import ROUTES, Command
from tests.facts.bases import written
from tests.flows.sim import BOT, GROUP, LIN, MEI, TOM, WAIT, Json, Sim, button, labels

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import Running

QUESTION = "what does the article say"
MEDIA = ("photo", "voice", "sticker")
SLOW = {"kind": "slow", "seconds": 0.5}
"""Long enough for something to happen while a call of the bot's is under way."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "base")


@pytest.fixture(autouse=True)
def _quiet(bot: Running, caplog: pytest.LogCaptureFixture) -> None:
    """Every test here talks to the whole bot, which must take all of this in its stride: it logs no error."""
    caplog.set_level(logging.WARNING)


async def started(sim: Sim, user: int) -> Json:
    await sim.post("start", user_id=user)
    return await sim.heard(user)


async def sent(sim: Sim, kind: str, user: int, chat: int, **more: object) -> int:
    return int((await sim.post("media", user_id=user, chat_id=chat, kind=kind, **more))["message_id"])


@pytest.mark.parametrize("kind", MEDIA)
async def test_in_private_what_is_no_text_gets_a_kind_word_on_what_to_do(sim: Sim, kind: str) -> None:
    for user, said in ((TOM, "I read text only\nWrite your question in words"), (MEI, "我只看得懂文字\n把问题打出来")):
        await started(sim, user)
        await sent(sim, kind, user, user)
        answer = await sim.heard(user)
        assert answer["text"].startswith(said)
        assert labels(answer) == []


async def test_words_under_a_photo_are_a_question(sim: Sim) -> None:
    await started(sim, TOM)
    answer = await _after(sim, await sent(sim, "photo", TOM, TOM, caption=QUESTION), TOM)
    assert "I read text only" not in answer["text"]
    assert answer["text"] == (await sim.ask(TOM, QUESTION))["text"]


async def _after(sim: Sim, message_id: int, chat: int) -> Json:
    answer = await sim.heard(chat)
    assert answer["reply_to_message"]["message_id"] == message_id
    return answer


@pytest.mark.parametrize("kind", MEDIA)
async def test_in_a_group_what_is_no_text_is_passed_over_unless_it_is_meant_for_the_bot(sim: Sim, kind: str) -> None:
    await sim.post("privacy", enabled=False)
    await sent(sim, kind, MEI, GROUP)  # passed over: the next answer is for what comes after it
    asked = await sim.say(MEI, f"/ask {QUESTION}", GROUP)
    answer = await _after(sim, asked, GROUP)
    replied = await sent(sim, kind, MEI, GROUP, reply_to=answer["message_id"])
    assert (await _after(sim, replied, GROUP))["text"].startswith("我只看得懂文字\n")
    if kind == "sticker":
        return
    mentioned = await sent(sim, kind, TOM, GROUP, caption=f"@chancheng_facts_bot {QUESTION}")
    assert "I read text only" not in (await _after(sim, mentioned, GROUP))["text"]


@pytest.mark.parametrize("chat", [TOM, GROUP])
async def test_a_question_deleted_before_its_answer_is_answered_all_the_same(sim: Sim, chat: int) -> None:
    await started(sim, TOM)
    await sim.post("fault", method="sendMessage", **SLOW)
    asked = await sim.say(TOM, f"/ask {QUESTION}", chat)
    await sim.post("delete", user_id=TOM, chat_id=chat, message_id=asked)
    answer = await sim.heard(chat)
    assert "reply_to_message" not in answer
    assert answer["text"]


async def test_a_question_edited_before_its_answer_gets_one_answer_to_what_it_was(sim: Sim) -> None:
    await started(sim, TOM)
    await sim.post("fault", method="sendMessage", **SLOW)
    asked = await sim.say(TOM, QUESTION)
    await sim.post("edit", user_id=TOM, chat_id=TOM, message_id=asked, text="/help")
    assert "/topics" not in (await _after(sim, asked, TOM))["text"]
    again = await sim.say(TOM, QUESTION)
    await _after(sim, again, TOM)


async def test_a_message_deleted_under_a_tap_leaves_the_button_at_rest_and_the_bot_well(
    sim: Sim, caplog: pytest.LogCaptureFixture
) -> None:
    await started(sim, TOM)
    topics = await sim.ask(TOM, "/topics")
    await sim.post("fault", method="editMessageText", **SLOW)
    tapped = await sim.tap(TOM, topics, labels(topics)[0])
    await sim.answered(tapped)
    await sim.post("delete", user_id=TOM, chat_id=TOM, message_id=topics["message_id"])
    gone = await sim.called("editMessageText", lambda call: not call["ok"])
    assert "message to edit not found" in gone["response"]["description"]
    late = await sim.forge(TOM, topics, button(topics, labels(topics)[0])["callback_data"])
    await sim.answered(late)
    assert (await sim.ask(TOM, QUESTION))["text"]
    assert caplog.records == []


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_removed_from_a_group_in_mid_dialogue_it_stays_well_and_greets_on_its_return(
    sim: Sim, bot: Running, caplog: pytest.LogCaptureFixture, status: str
) -> None:
    await started(sim, TOM)
    panel = await sim.ask(TOM, "/subscribe", GROUP)
    await sim.tap(TOM, panel, "Turn on")
    panel = await sim.edited(GROUP)
    await sim.post("start", user_id=TOM, payload=button(panel, "All settings")["url"].partition("start=")[2])
    private = await sim.heard(TOM)
    await sim.post("fault", method="sendMessage", **SLOW)
    await sim.say(TOM, f"/ask {QUESTION}", GROUP)
    await sim.post("member", chat_id=GROUP, user_id=BOT, status=status, by=LIN)
    refused = await sim.called("sendMessage", lambda call: call["request"]["chat_id"] == str(GROUP) and not call["ok"])
    assert refused["response"]["error_code"] == 403
    tapped = await sim.tap(TOM, private, "Mute posts")
    assert (await sim.answered(tapped))["show_alert"]
    kept = await bot.services.subscriptions.get(GROUP, None)
    assert kept is not None
    assert not kept.silent
    assert (await sim.ask(TOM, QUESTION))["text"]
    await sim.post("member", chat_id=GROUP, user_id=BOT, status="member", by=TOM)
    assert "Hello" in (await sim.heard(GROUP))["text"]
    assert caplog.records == []


async def test_what_is_for_the_private_chat_alone_is_refused_in_a_group_even_to_a_curator(
    sim: Sim, bot: Running
) -> None:
    await started(sim, LIN)
    words = bot.services.texts["zh"]
    commands = [route.trigger.name for route in ROUTES if route.private_only and isinstance(route.trigger, Command)]
    assert {"subscriptions", "forget", "reload", "inbox"} <= set(commands)
    for command in commands:
        answer = await sim.ask(LIN, f"/{command}", GROUP)
        assert (answer["text"], labels(answer)) == (words("elsewhere"), [words("button.private")])


HOSTILE = "<b>&amp;</b> *_[x](y)_* `<script>`"


async def test_markup_in_names_titles_and_files_is_shown_as_it_was_written(sim: Sim, bot: Running) -> None:
    person = int((await sim.post("user", first_name=HOSTILE, language_code="en"))["user"]["id"])
    await started(sim, person)
    made = await sim.post("chat", kind="supergroup", title=HOSTILE, user_id=person, members=[])
    group = int(made["chat"]["id"])
    await sim.post("member", chat_id=group, user_id=BOT, status="member", by=person)
    await sim.heard(group)
    panel = await sim.ask(person, "/subscribe", group)
    await sim.tap(person, panel, "Turn on")
    payload = button(await sim.edited(group), "All settings")["url"].partition("start=")[2]
    await sim.post("start", user_id=person, payload=payload)
    assert f"“{HOSTILE}”" in (await sim.heard(person))["text"]
    assert HOSTILE in str((await sim.ask(person, "/subscriptions"))["text"])
    await started(sim, LIN)
    await sim.post("document", user_id=LIN, chat_id=LIN, name=f"{HOSTILE}.yaml", content="eA==")
    assert (await sim.heard(LIN))["text"].startswith("这不是资料里的文件")
    await sim.ask(person, f"{HOSTILE} lanterns")
    async with asyncio.timeout(WAIT):
        while "lanterns" not in (inbox := await sim.ask(LIN, "/inbox"))["text"]:
            pass
    assert f"{HOSTILE} lanterns" in inbox["text"]
