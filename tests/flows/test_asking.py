"""People ask, tap and choose, over real HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.flows.sim import GROUP, LIN, MEI, TOM, Json, Sim, labels

if TYPE_CHECKING:
    from bot.app import Running

pytestmark = pytest.mark.usefixtures("bot")


async def started(sim: Sim, user: int, payload: str = "") -> Json:
    await sim.post("start", user_id=user, payload=payload)
    return await sim.heard(user)


async def test_a_question_is_answered_in_english_with_its_evidence(sim: Sim) -> None:
    await started(sim, TOM)
    answer = await sim.ask(TOM, "how much is the maximum reward")
    assert "200 million" in answer["text"].splitlines()[0]
    assert "para. 21" in answer["text"]
    assert any(entity["type"] == "expandable_blockquote" for entity in answer["entities"])


async def test_a_question_is_answered_in_chinese(sim: Sim) -> None:
    await started(sim, MEI)
    answer = await sim.ask(MEI, "最高能奖多少钱")
    assert "2亿" in answer["text"].splitlines()[0]


async def test_the_language_of_the_question_goes_before_telegrams(sim: Sim) -> None:
    await started(sim, TOM)
    assert "2亿" in (await sim.ask(TOM, "最高奖励多少"))["text"]


async def test_a_name_that_the_article_does_not_mention_is_said_to_be_absent(sim: Sim) -> None:
    await started(sim, MEI)
    answer = await sim.ask(MEI, "南海有多少家数字经济企业")
    assert answer["text"].splitlines()[0] == "文章没提到南海"


async def test_a_deep_link_shows_its_fact(sim: Sim, bot: Running) -> None:
    fact = bot.services.library.base.facts[0]
    card = await started(sim, TOM, f"f_{fact.id}")
    assert card["text"].splitlines()[0].removeprefix("⚠️ ") == fact.title.en


async def test_topics_are_browsed_by_taps_that_edit_the_message(sim: Sim, bot: Running) -> None:
    await started(sim, TOM)
    topics = await sim.ask(TOM, "/topics")
    label = labels(topics)[0]
    query = await sim.tap(TOM, topics, label)
    listed = await sim.edited(TOM)
    assert label in listed["text"]
    assert listed["message_id"] == topics["message_id"]
    assert (await sim.answered(query)).get("text", "") == ""


async def test_a_chosen_language_goes_before_that_of_the_question(sim: Sim) -> None:
    await started(sim, TOM)
    panel = await sim.ask(TOM, "/language")
    await sim.tap(TOM, panel, "中文")
    await sim.edited(TOM)
    assert "2亿" in (await sim.ask(TOM, "how much is the maximum reward"))["text"]


async def test_an_answer_in_a_group_replies_to_the_question(sim: Sim) -> None:
    asked = await sim.say(MEI, "/ask how much is the maximum reward", GROUP)
    answer = await sim.heard(GROUP)
    assert answer["reply_to_message"]["message_id"] == asked
    assert "200 million" in answer["text"]


async def test_in_a_group_the_bot_hears_its_name_and_replies_and_nothing_else(sim: Sim) -> None:
    await sim.post("privacy", enabled=False)
    await sim.say(MEI, "how much is the maximum reward", GROUP)
    await sim.say(MEI, "/unknown", GROUP)
    await sim.say(MEI, "/ask@another_bot how much is the maximum reward", GROUP)
    mentioned = await sim.say(MEI, "@chancheng_facts_bot how much is the maximum reward?", GROUP)
    answer = await sim.heard(GROUP)
    assert answer["reply_to_message"]["message_id"] == mentioned
    replied = await sim.say(TOM, "which companies signed", GROUP, reply_to=answer["message_id"])
    again = await sim.heard(GROUP)
    assert again["reply_to_message"]["message_id"] == replied


async def test_edited_messages_are_not_answered_again(sim: Sim) -> None:
    await started(sim, TOM)
    first = await sim.say(TOM, "how much is the maximum reward")
    await sim.heard(TOM)
    await sim.post("edit", user_id=TOM, chat_id=TOM, message_id=first, text="which companies signed")
    answer = await sim.ask(TOM, "how big is Chancheng")
    assert "150" in answer["text"]


@pytest.mark.parametrize(
    "text",
    [
        "<b>how much</b> & <script>alert(1)</script> <i>reward",
        "x" * 4096,
        "多" * 4096,
        "💰🎉 how much reward? 👨‍👩‍👧‍👦",
        "كم تبلغ المكافأة القصوى",
        "how\u200b much\u200d is\ufeff the\u202e reward",
        "\u202emaximum reward\u202c",
        "𝓱𝓸𝔀 𝓶𝓾𝓬𝓱 𝓻𝓮𝔀𝓪𝓻𝓭",
        "`*_[]()~>#+-=|{}.!",
        "0",
    ],
)
async def test_whatever_is_written_gets_one_answer(sim: Sim, text: str) -> None:
    await started(sim, TOM)
    assert (await sim.ask(TOM, text))["text"]


async def test_a_forged_button_is_answered_and_changes_nothing(sim: Sim) -> None:
    await started(sim, TOM)
    card = await sim.ask(TOM, "how much is the maximum reward")
    for data in ("f:en:no-such-fact", "zzz:1", "l:xx", "tf:en:../../etc:0", "s:" + "9" * 60, "t:en:-1", "x:99:en", ":"):
        query = await sim.forge(TOM, card, data)
        await sim.answered(query)


async def test_who_may_not_is_told_so_kindly_and_nothing_happens(sim: Sim, bot: Running) -> None:
    await started(sim, TOM)
    refused = await sim.ask(TOM, "/reload")
    assert refused["text"]
    await sim.ask(MEI, "/subscribe", GROUP)
    panel = await sim.ask(TOM, "/subscribe", GROUP)
    query = await sim.tap(MEI, panel, labels(panel)[0])
    assert (await sim.answered(query))["show_alert"]
    assert await bot.services.subscriptions.get(GROUP, None) is None


async def test_curating_in_a_group_is_sent_to_the_private_chat(sim: Sim) -> None:
    sent = await sim.ask(LIN, "/reload", GROUP)
    assert "url" in sent["reply_markup"]["inline_keyboard"][0][0]


async def test_menus_differ_by_language_place_and_role(sim: Sim) -> None:
    async def names(user: int, chat: int) -> set[str]:
        return {item["command"] for item in await sim.get("commands", user_id=user, chat_id=chat)}

    assert "reload" not in await names(TOM, TOM)
    assert "subscribe" in await names(TOM, TOM)
    assert "subscribe" not in await names(MEI, GROUP)
    assert "subscribe" in await names(TOM, GROUP)
    tom, mei = await sim.get("commands", user_id=TOM, chat_id=TOM), await sim.get("commands", user_id=MEI, chat_id=MEI)
    assert tom[0]["description"] != mei[0]["description"]


async def test_a_group_that_adds_the_bot_is_greeted(sim: Sim, bot: Running) -> None:
    await sim.post("member", chat_id=GROUP, user_id=bot.application.bot.id, status="left", by=LIN)
    await sim.post("member", chat_id=GROUP, user_id=bot.application.bot.id, status="member", by=LIN)
    assert "/ask" in (await sim.heard(GROUP))["text"]
