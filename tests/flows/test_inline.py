"""Inline mode over real HTTP: typing in any chat, choosing, what is kept, and sharing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.flows.sim import GROUP, MEI, TOM, Json, Sim, button, labels

if TYPE_CHECKING:
    from bot.app import Running


@pytest.fixture(autouse=True)
def _running(bot: Running) -> None:
    """Every test here talks to the whole bot."""


async def typed(sim: Sim, user: int, query: str) -> Json:
    query_id = (await sim.post("inline", user_id=user, query=query))["inline_query_id"]
    return await sim.next("inline", lambda e: e["inline_query_id"] == query_id)


async def test_the_chosen_result_is_posted_as_the_card_and_the_bot_adds_nothing(sim: Sim) -> None:
    listed = await typed(sim, MEI, "最高能奖多少钱")
    assert 1 < len(listed["results"]) <= 10
    first = listed["results"][0]
    assert "2亿" in first["title"]
    await sim.post(
        "choose", user_id=MEI, chat_id=GROUP, inline_query_id=listed["inline_query_id"], result_id=first["id"]
    )
    posted = (await sim.next("message", lambda e: e["chat_id"] == GROUP and "via_bot" in e["message"]))["message"]
    assert posted["from"]["id"] == MEI
    assert posted["text"].startswith(first["title"])
    assert button(posted, "接着问")["url"].startswith("https://t.me/chancheng_facts_bot?start=f_")
    # In the private chat, too, it is no question: the next thing said there is what the bot answers.
    await sim.post("choose", user_id=MEI, chat_id=MEI, inline_query_id=listed["inline_query_id"], result_id=first["id"])
    assert "150" in (await sim.ask(MEI, "how big is Chancheng"))["text"]


async def test_the_same_question_in_a_clear_language_is_not_asked_again_and_an_unclear_one_is(sim: Sim) -> None:
    await typed(sim, TOM, "how much is the maximum reward")
    await typed(sim, MEI, "how much is the maximum reward")
    english, chinese = await typed(sim, TOM, ""), await typed(sim, MEI, "")
    assert english["results"][0]["id"] == chinese["results"][0]["id"]
    assert english["results"][0]["title"] != chinese["results"][0]["title"]
    calls = (await sim.get("outbox", method="answerInlineQuery"))["calls"]
    assert len(calls) == 3


async def test_sharing_an_answer_finds_its_very_fact_in_the_other_chat(sim: Sim) -> None:
    await sim.post("start", user_id=TOM, payload="f_gdp")
    card = await sim.heard(TOM)
    assert card["text"].startswith("⚠️")
    listed = await typed(sim, TOM, button(card, "Share")["switch_inline_query"])
    assert listed["results"][0]["id"] == "f-gdp"
    assert listed["results"][0]["title"] == card["text"].splitlines()[0]
    assert "Share" in labels(card)


async def test_whatever_is_typed_is_answered(sim: Sim) -> None:
    for query in ("<b>&", "x" * 256, "\u202e", "zqx vvv", "💰" * 50, "怎么申请"):
        assert "results" in await typed(sim, TOM, query)
