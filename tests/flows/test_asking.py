"""People ask, tap and choose, over real HTTP."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.app import Running, running
from bot.config import load_settings
from bot.playground.clock import MovableClock
from bot.playground.server import LocalBotApi
from facts.script import in_traditional
from tests.flows.conftest import settings_for
from tests.flows.sim import BOT, LIN, Json, Sim, labels

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from facts.model import Lang

# One bot answers all of them; each test has people and a group of its own.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Sim, Running]]:
    async with LocalBotApi(MovableClock()) as api, Sim(api.url) as sim:
        settings = settings_for(api, load_settings(None).folder, tmp_path_factory.mktemp("state"))
        async with running(settings, api.clock) as bot:
            yield sim, bot


@pytest.fixture
def sim(stage: tuple[Sim, Running]) -> Sim:
    return stage[0]


@pytest.fixture
def bot(stage: tuple[Sim, Running]) -> Running:
    return stage[1]


@pytest_asyncio.fixture(loop_scope="module")
async def tom(sim: Sim) -> int:
    return int((await sim.post("user", first_name="Tom", language_code="en"))["user"]["id"])


@pytest_asyncio.fixture(loop_scope="module")
async def mei(sim: Sim) -> int:
    return int((await sim.post("user", first_name="Mei", language_code="zh-hans"))["user"]["id"])


@pytest_asyncio.fixture(loop_scope="module")
async def group(sim: Sim, tom: int, mei: int) -> int:
    """A supergroup that Tom made, with Mei and the bot, which has greeted it."""
    made = await sim.post("chat", kind="supergroup", title="Readers", user_id=tom, members=[mei, LIN])
    chat = int(made["chat"]["id"])
    await sim.post("member", chat_id=chat, user_id=BOT, status="member", by=tom)
    await sim.heard(chat)
    return chat


async def started(sim: Sim, user: int, payload: str = "") -> Json:
    await sim.post("start", user_id=user, payload=payload)
    return await sim.heard(user)


async def test_a_question_is_answered_in_english_with_its_evidence(sim: Sim, tom: int) -> None:
    await started(sim, tom)
    answer = await sim.ask(tom, "how much is the maximum reward")
    assert "200 million" in answer["text"].splitlines()[0]
    assert "para. 21" in answer["text"]
    assert any(entity["type"] == "expandable_blockquote" for entity in answer["entities"])


async def test_a_question_is_answered_in_chinese(sim: Sim, mei: int) -> None:
    await started(sim, mei)
    answer = await sim.ask(mei, "最高能奖多少钱")
    assert "2亿" in answer["text"].splitlines()[0]


async def test_the_language_of_the_question_goes_before_telegrams(sim: Sim, tom: int) -> None:
    await started(sim, tom)
    assert "2亿" in (await sim.ask(tom, "最高奖励多少"))["text"]


async def test_a_name_that_the_article_does_not_mention_is_said_to_be_absent(sim: Sim, mei: int) -> None:
    await started(sim, mei)
    answer = await sim.ask(mei, "南海有多少家数字经济企业")
    assert answer["text"].splitlines()[0] == "文章没提到南海"


async def test_a_deep_link_shows_its_fact(sim: Sim, bot: Running, tom: int) -> None:
    fact = bot.services.library.base.facts[0]
    card = await started(sim, tom, f"f_{fact.id}")
    assert card["text"].splitlines()[0].removeprefix("⚠️ ") == fact.title.en


async def test_topics_are_browsed_by_taps_that_edit_the_message(sim: Sim, bot: Running, tom: int) -> None:
    await started(sim, tom)
    topics = await sim.ask(tom, "/topics")
    label = labels(topics)[0]
    query = await sim.tap(tom, topics, label)
    listed = await sim.edited(tom)
    assert label in listed["text"]
    assert listed["message_id"] == topics["message_id"]
    assert (await sim.answered(query)).get("text", "") == ""


async def listed(sim: Sim, user: int, query: str) -> list[Json]:
    """The results of inline mode."""
    query_id = (await sim.post("inline", user_id=user, query=query))["inline_query_id"]
    results: list[Json] = (await sim.next("inline", lambda e: e["inline_query_id"] == query_id))["results"]
    return results


async def chosen(sim: Sim, user: int, label: str, chat: int | None = None) -> None:
    await sim.tap(user, await sim.ask(user, "/language", chat), label)
    await sim.edited(chat or user)


async def told(sim: Sim, act: str, chat: int, kind: str = "chat", code: str = "") -> None:
    """Wait for setMyCommands or deleteMyCommands in a chat."""

    def fits(event: Json) -> bool:
        scope, asked = json.loads(event["request"]["scope"]), event["request"].get("language_code", "")
        return (scope.get("chat_id"), scope["type"], asked) == (chat, kind, code)

    await sim.called(f"{act}MyCommands", fits)


async def menu(sim: Sim, user: int, chat: int) -> dict[str, str]:
    return {item["command"]: item["description"] for item in await sim.get("commands", user_id=user, chat_id=chat)}


async def test_one_rule_says_which_language_answers_in_private_in_groups_and_inline(
    sim: Sim, tom: int, group: int
) -> None:
    """A question in one language is answered in it, whatever was chosen; a mixed one follows the choice."""
    await started(sim, tom)

    async def titles(question: str) -> list[str]:
        answers = [await sim.ask(tom, question), await sim.ask(tom, f"/ask {question}", group)]
        inline = await listed(sim, tom, question)
        return [str(answer["text"]).partition("\n")[0] for answer in answers] + [inline[0]["title"]]

    top = (["Chancheng's top reward: 200 million yuan"] * 3, ["禅城最高奖励2亿元"] * 3)
    assert await titles("what is the 最高奖励") == top[0]
    for chat in (None, group):
        await chosen(sim, tom, "中文", chat)
    assert await titles("top 最高奖励 please") == top[1]  # another one: Telegram keeps what it listed
    assert await titles("how much is the maximum reward") == top[0]
    assert await titles("最高奖励多少") == top[1]


async def test_errors_speak_the_language_that_was_chosen(
    sim: Sim, bot: Running, tom: int, mei: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in (tom, mei):
        await started(sim, user)

    def fail(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(type(bot.services.library), "ask", fail)
    failed = {lang: bot.services.texts[lang]("failed") for lang in ("en", "zh")}
    assert (await sim.ask(mei, "GDP"))["text"] == failed["zh"]
    assert (await sim.ask(mei, "how much is the maximum reward"))["text"] == failed["en"]
    await chosen(sim, mei, "English")
    assert (await sim.ask(mei, "最高奖励多少"))["text"] == failed["en"]
    await chosen(sim, tom, "中文")
    card = await sim.ask(tom, "/start")
    assert (await sim.answered(await sim.tap(tom, card, labels(card)[0])))["text"] == failed["zh"]


async def test_the_command_menu_follows_the_language_that_was_chosen(sim: Sim, bot: Running, tom: int) -> None:
    await started(sim, tom)
    english, chinese = (bot.services.texts[lang]("command.topics") for lang in ("en", "zh"))
    assert (await menu(sim, tom, tom))["topics"] == english
    await chosen(sim, tom, "中文")
    await told(sim, "set", tom)
    assert (await menu(sim, tom, tom))["topics"] == chinese
    assert set(await menu(sim, tom, tom)) > {"forget", "subscribe"}
    await chosen(sim, tom, "跟 Telegram 一样")
    await told(sim, "delete", tom)
    assert (await menu(sim, tom, tom))["topics"] == english
    await chosen(sim, tom, "中文")
    await told(sim, "set", tom)
    await sim.forgotten(tom, "删掉")
    await told(sim, "delete", tom)
    assert (await menu(sim, tom, tom))["topics"] == english


async def test_a_groups_menus_follow_its_choice_and_administrators_keep_theirs(
    sim: Sim, bot: Running, tom: int, mei: int, group: int
) -> None:
    chinese = bot.services.texts["zh"]("command.topics")
    await chosen(sim, tom, "中文", group)
    for kind in ("chat", "chat_administrators"):
        await told(sim, "set", group, kind)
    member, admin = await menu(sim, mei, group), await menu(sim, tom, group)
    assert member["topics"] == admin["topics"] == chinese
    assert "subscribe" in admin
    assert "subscribe" not in member
    await chosen(sim, tom, "跟 Telegram 一样", group)
    for kind in ("chat", "chat_administrators"):
        await told(sim, "delete", group, kind)
    assert (await menu(sim, tom, group))["topics"] == bot.services.texts["en"]("command.topics")
    assert "subscribe" in await menu(sim, tom, group)


async def test_a_curators_menu_follows_the_choice_with_all_that_curators_have(sim: Sim, bot: Running) -> None:
    await started(sim, LIN)
    await told(sim, "set", LIN, code="zh")  # at the start
    langs: tuple[tuple[str, Lang], ...] = (("English", "en"), ("中文", "zh"))
    for label, lang in langs:
        await chosen(sim, LIN, label)
        await told(sim, "delete", LIN, code="zh")
        assert (await menu(sim, LIN, LIN))["reload"] == bot.services.texts[lang]("command.reload")
    await chosen(sim, LIN, "跟 Telegram 一样")
    await told(sim, "set", LIN, code="zh")


async def test_a_message_asked_by_replying_to_it_is_remembered_when_the_answer_missed(
    sim: Sim, tom: int, mei: int, group: int
) -> None:
    asked = await sim.say(mei, "how much is the maximum reward", group)
    await sim.say(tom, "/ask", group, reply_to=asked)
    answer = await sim.heard(group)
    assert answer["reply_to_message"]["message_id"] == asked
    await sim.tap(tom, answer, "Not what I meant")
    missed = await sim.heard(group)
    again = await sim.ask(tom, "/ask how much is the maximum reward", group)
    await sim.tap(tom, again, "Not what I meant")
    assert labels(missed) == labels(await sim.heard(group))


NASTY = {
    "4096 letters": "how much is the maximum reward " + "x" * 4065,
    "4096 Han": "最高奖励多少" + "钱" * 4090,
    "astral, in UTF-16 as long as allowed": "𠀀" * 2048,
    "right to left": "\u200fكم هي المكافأة القصوى؟ how much\u202e is the reward",
    "zero width": "how\u200b much\u200d is\ufeff the max\u00adimum rew\u2060ard",
    "HTML": "<b>how much</b> is <script>alert(1)</script> &lt; the \"maximum' reward & <a href=",
    "emoji": "🎉👨‍👩‍👧‍👦🏳️‍🌈 how much",
    "marks on marks": "h" + "\u0301" * 500 + "ow much",
    "only punctuation": "?!…。，",
    "control": "how\x01much\x7f",
    "like a template": "{reward} %s %(x)s ${x} {0.__class__}",
    "numbers": "9" * 4000,
    "newlines": "how much\n" * 400,
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
async def test_whatever_is_typed_gets_one_answer_and_no_failure(
    sim: Sim, bot: Running, tom: int, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    await started(sim, tom)
    answer = await sim.ask(tom, text)
    assert answer["text"] not in {bot.services.texts[lang]("failed") for lang in ("en", "zh")}
    assert "200 million" in (await sim.ask(tom, "how much is the maximum reward"))["text"]
    # The scheduler warns of a tick that a busy machine left out.
    told = [each for each in caplog.records if each.name != "apscheduler.scheduler"]
    assert not [each for each in told if each.levelname in {"ERROR", "WARNING"}]


@pytest.mark.parametrize(
    "data",
    [
        "x",
        "f:en:",
        "f:xx:top-reward",
        "n:en:" + "a" * 59,
        "t:en:999:new",
        "l:zh:start:x",
        "s:en:on",
        "a:b:c:d",
        "😀",
    ],
)
async def test_callback_data_that_no_button_has_changes_nothing(sim: Sim, tom: int, data: str) -> None:
    await started(sim, tom)
    card = await sim.ask(tom, "how much is the maximum reward")
    assert "out of date" in (await sim.answered(await sim.forge(tom, card, data)))["text"]


async def test_an_answer_in_a_group_replies_to_the_question(sim: Sim, mei: int, group: int) -> None:
    asked = await sim.say(mei, "/ask how much is the maximum reward", group)
    answer = await sim.heard(group)
    assert answer["reply_to_message"]["message_id"] == asked
    assert "200 million" in answer["text"]


async def test_in_a_group_the_bot_hears_its_name_and_replies_and_nothing_else(
    sim: Sim, tom: int, mei: int, group: int
) -> None:
    await sim.post("privacy", enabled=False)
    await sim.say(mei, "how much is the maximum reward", group)
    await sim.say(mei, "/unknown", group)
    await sim.say(mei, "/ask@another_bot how much is the maximum reward", group)
    mentioned = await sim.say(mei, "@chancheng_facts_bot how much is the maximum reward?", group)
    answer = await sim.heard(group)
    assert answer["reply_to_message"]["message_id"] == mentioned
    replied = await sim.say(tom, "which companies signed", group, reply_to=answer["message_id"])
    again = await sim.heard(group)
    assert again["reply_to_message"]["message_id"] == replied


@pytest.mark.parametrize(("text", "line"), [("/ask companies", "I'm not sure"), ("/ask zqx vvv", "I didn't find")])
async def test_unsure_in_a_group_it_says_one_line_and_offers_the_private_chat(
    sim: Sim, tom: int, group: int, text: str, line: str
) -> None:
    asked = await sim.say(tom, text, group)
    answer = await sim.heard(group)
    assert answer["reply_to_message"]["message_id"] == asked
    assert answer["text"].startswith(line)
    assert "\n" not in answer["text"]
    assert labels(answer) == ["Ask privately"]


async def test_where_a_question_shows_no_language_the_choice_goes_before_telegrams(
    sim: Sim, tom: int, mei: int
) -> None:
    for user in (tom, mei):
        await started(sim, user)
    chinese = (await sim.ask(mei, "GDP"))["text"]
    assert re.search("[一-龥]", chinese.splitlines()[0])
    assert not re.search("[一-龥]", (await sim.ask(tom, "GDP"))["text"])
    await sim.tap(tom, await sim.ask(tom, "/language"), "中文")
    await sim.edited(tom)
    assert (await sim.ask(tom, "GDP"))["text"] == chinese
    assert (await sim.ask(tom, "/nonsense"))["text"].startswith("没有这个命令\n")


async def test_a_question_in_traditional_characters_is_answered_in_them_and_so_is_what_follows(
    sim: Sim, tom: int, mei: int
) -> None:
    for user, label in ((tom, "English"), (mei, "中文")):
        await started(sim, user)
        await chosen(sim, user, label)
        card = await sim.ask(user, "最高獎勵多少錢")
        assert card["text"].startswith("禪城最高獎勵2億元\n用於支持")
        assert labels(card)[-2:] == ["不是我想問的", "⋯"]
        await sim.tap(user, card, "⋯")
        opened = await sim.edited(user)
        assert "為什麼這樣答" in labels(opened)
        await sim.tap(user, opened, "為什麼這樣答")
        assert (await sim.heard(user))["text"].startswith("為什麼這樣答\n你問的是：“最高獎勵多少錢”")
        share = opened["reply_markup"]["inline_keyboard"][0][1]["switch_inline_query"]
        assert (await listed(sim, user, share))[0]["title"] == "禪城最高獎勵2億元"
        assert (await sim.ask(user, "最高奖励多少钱"))["text"].startswith("禅城最高奖励2亿元")


async def test_where_nothing_shows_the_script_it_is_that_of_telegram(sim: Sim) -> None:
    user = int((await sim.post("user", first_name="Ming", language_code="zh-hant"))["user"]["id"])
    assert (await started(sim, user))["text"].startswith("禪城數字經濟規劃，問我就行")
    assert in_traditional((await sim.ask(user, "GDP"))["text"], otherwise=False)
    assert (await sim.ask(user, "/nonsense"))["text"].startswith("沒有這個命令")
    assert (await sim.ask(user, "最高奖励多少钱"))["text"].startswith("禅城最高奖励2亿元")
    picture = await sim.ask(user, "/figures")
    assert "據報道" in (picture.get("caption") or picture["text"]) or "億元" in (
        picture.get("caption") or picture["text"]
    )


async def test_a_question_that_is_too_long_is_read_to_a_point_and_that_is_said(sim: Sim, tom: int, mei: int) -> None:
    for user in (tom, mei):
        await started(sim, user)
    said = (await sim.ask(tom, "how much is the maximum reward? " + "please tell me " * 40))["text"]
    assert said.splitlines()[-1] == "I read the first 300 characters of your question."
    assert "200 million" in said
    assert "300" in (await sim.ask(mei, "最高奖励多少？" + "麻烦告诉我一下。" * 60))["text"].splitlines()[-1]


async def test_edited_messages_are_not_answered_again(sim: Sim, tom: int) -> None:
    await started(sim, tom)
    first = await sim.say(tom, "how much is the maximum reward")
    await sim.heard(tom)
    await sim.post("edit", user_id=tom, chat_id=tom, message_id=first, text="which companies signed")
    answer = await sim.ask(tom, "how big is Chancheng")
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
async def test_whatever_is_written_gets_one_answer(sim: Sim, text: str, tom: int) -> None:
    await started(sim, tom)
    answer = await sim.ask(tom, text)
    assert answer["text"]
    assert len(labels(answer)) <= 4


async def test_a_forged_button_is_answered_and_changes_nothing(sim: Sim, tom: int) -> None:
    await started(sim, tom)
    card = await sim.ask(tom, "how much is the maximum reward")
    for data in ("f:en:no-such-fact", "zzz:1", "l:xx", "tf:en:../../etc:0", "s:" + "9" * 60, "t:en:-1", "x:99:en", ":"):
        query = await sim.forge(tom, card, data)
        await sim.answered(query)


async def test_who_may_not_is_told_so_kindly_and_nothing_happens(
    sim: Sim, bot: Running, tom: int, mei: int, group: int
) -> None:
    await started(sim, tom)
    refused = await sim.ask(tom, "/reload")
    assert refused["text"]
    await sim.ask(mei, "/subscribe", group)
    panel = await sim.ask(tom, "/subscribe", group)
    query = await sim.tap(mei, panel, labels(panel)[0])
    assert (await sim.answered(query))["show_alert"]
    assert await bot.services.subscriptions.get(group, None) is None


async def test_curating_in_a_group_is_sent_to_the_private_chat(sim: Sim, group: int) -> None:
    sent = await sim.ask(LIN, "/reload", group)
    assert "url" in sent["reply_markup"]["inline_keyboard"][0][0]


async def test_menus_differ_by_language_place_and_role(sim: Sim, tom: int, mei: int, group: int) -> None:
    async def names(user: int, chat: int) -> set[str]:
        return {item["command"] for item in await sim.get("commands", user_id=user, chat_id=chat)}

    assert "reload" not in await names(tom, tom)
    assert "subscribe" in await names(tom, tom)
    assert "subscribe" not in await names(mei, group)
    assert "subscribe" in await names(tom, group)
    english = await sim.get("commands", user_id=tom, chat_id=tom)
    chinese = await sim.get("commands", user_id=mei, chat_id=mei)
    assert english[0]["description"] != chinese[0]["description"]


async def test_a_group_that_adds_the_bot_is_greeted(sim: Sim, group: int, tom: int) -> None:
    await sim.post("member", chat_id=group, user_id=BOT, status="left", by=tom)
    await sim.post("member", chat_id=group, user_id=BOT, status="member", by=tom)
    assert "/ask" in (await sim.heard(group))["text"]


async def test_a_link_that_adds_the_bot_and_starts_it_brings_one_greeting(sim: Sim, tom: int) -> None:
    chat = (await sim.post("chat", kind="supergroup", title="Linked", user_id=tom))["chat"]["id"]
    await sim.post("start", user_id=tom, chat_id=chat, payload="hello")
    greeting = (await sim.heard(chat))["text"]
    assert "/ask" in greeting
    assert "150" in (await sim.ask(tom, "/ask how big is Chancheng", chat))["text"]  # nothing stands between the two
    assert (await sim.ask(tom, "/start", chat))["text"] == greeting


async def test_in_a_forum_the_answer_comes_in_the_topic_of_the_question(sim: Sim, tom: int) -> None:
    forum = (await sim.post("chat", kind="forum", title="Forum", user_id=tom))["chat"]["id"]
    await sim.post("member", chat_id=forum, user_id=BOT, status="member", by=tom)
    await sim.heard(forum)
    topic = (await sim.post("topic", chat_id=forum, user_id=tom, name="Money"))["message_thread_id"]
    text = "/ask how much is the maximum reward"
    await sim.post("message", user_id=tom, chat_id=forum, text=text, message_thread_id=topic)
    assert (await sim.heard(forum))["message_thread_id"] == topic
    await sim.say(tom, text, forum)
    assert "message_thread_id" not in await sim.heard(forum)


async def test_an_anonymous_administrator_may_change_the_settings(sim: Sim, bot: Running, mei: int, group: int) -> None:
    await sim.post("member", chat_id=group, user_id=mei, status="administrator", anonymous=True)
    panel = await sim.ask(mei, "/subscribe", group)
    await sim.tap(mei, panel, labels(panel)[0])
    await sim.edited(group)
    assert await bot.services.subscriptions.get(group, None) is not None


async def test_more_under_an_answer_tells_why_and_goes_back(sim: Sim, tom: int) -> None:
    await started(sim, tom)
    card = await sim.ask(tom, "how much is the maximum reward")
    assert [len(row) for row in card["reply_markup"]["inline_keyboard"]] == [2, 2]
    await sim.tap(tom, card, "⋯")
    opened = await sim.edited(tom)
    assert labels(opened) == ["Why this answer?", "Share", "Back"]
    assert opened["text"] == card["text"]
    await sim.tap(tom, opened, "Why this answer?")
    assert "how much is the maximum reward" in (await sim.heard(tom))["text"]
    await sim.tap(tom, opened, "Back")
    assert (await sim.edited(tom))["reply_markup"] == card["reply_markup"]
