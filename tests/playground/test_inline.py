"""Inline mode as the local server plays it: typing, answering, choosing, what is kept, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent

from bot.playground.inline import KEPT
from tests.playground.talking import BOT, GROUP, MEI, TOM, keys

if TYPE_CHECKING:
    from tests.playground.talking import Talk


def article(**more: object) -> dict[str, object]:
    content = {"message_text": "<b>Reward</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": "1", "title": "Reward", "input_message_content": content} | more


async def typed(talk: Talk, user: int = TOM, query: str = "reward") -> str:
    return str((await talk.sim("inline", user_id=user, query=query))["inline_query_id"])


async def asked(talk: Talk) -> list[Any]:
    return [update["inline_query"] for update in await talk.updates()]


async def test_what_is_typed_reaches_the_bot_and_the_chosen_answer_the_chat(talk: Talk) -> None:
    query = await typed(talk)
    (update,) = await asked(talk)
    assert (update["id"], update["from"]["id"], update["query"], update["offset"]) == (query, TOM, "reward", "")
    markup = keys(text="More", url="https://example.org/")
    await talk.call("answerInlineQuery", inline_query_id=query, results=[article(reply_markup=markup)])
    made = await talk.sim("choose", user_id=TOM, chat_id=GROUP, inline_query_id=query, result_id="1")
    message = talk.api.world.chats[GROUP].messages[made["message_id"]]
    assert message["text"] == "Reward"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    assert message["via_bot"]["id"] == BOT
    assert message["reply_markup"] == markup
    (heard,) = await talk.updates()
    assert heard["message"] == message


async def test_an_aiogram_bot_answers(talk: Talk) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(talk.api.url))
    content = InputTextMessageContent(message_text="x")
    result = InlineQueryResultArticle(id="1", title="Reward", input_message_content=content)
    button = InlineQueryResultsButton(text="Ask", start_parameter="ask")
    async with AiogramBot(talk.api.token, session=session) as bot:
        assert (await bot.get_me()).supports_inline_queries
        assert await bot.answer_inline_query(await typed(talk), [result], cache_time=0, button=button)


async def test_an_answer_is_kept_for_its_time_and_a_personal_one_for_its_person(talk: Talk) -> None:
    await talk.call("answerInlineQuery", inline_query_id=await typed(talk), results=[], cache_time=60)
    assert len(await asked(talk)) == 1
    await typed(talk, MEI)
    assert await asked(talk) == []
    await talk.sim("clock", move=61)
    mine = await typed(talk)
    await talk.call("answerInlineQuery", inline_query_id=mine, results=[], is_personal=True)
    await typed(talk)
    await typed(talk, MEI)
    assert [each["from"]["id"] for each in await asked(talk)] == [TOM, MEI]


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("RESULT_ID_DUPLICATE", {"results": [article(), article()]}),
        ("RESULT_ID_INVALID", {"results": [article(id="é" * 33)]}),
        ("ARTICLE_TITLE_EMPTY", {"results": [article(title=" ")]}),
        ("RESULTS_TOO_MUCH", {"results": [article(id=str(n)) for n in range(51)]}),
        ("message_text", {"results": [article(input_message_content={})]}),
        (
            "can't parse entities",
            {"results": [article(input_message_content={"message_text": "<b", "parse_mode": "HTML"})]},
        ),
        ("NEXT_OFFSET_INVALID", {"results": [], "next_offset": "x" * 65}),
        ("START_PARAM_INVALID", {"results": [], "button": {"text": "x"}}),
        ("expected an Array", {"results": {}}),
        ("query is too old", {"results": [], "inline_query_id": "1"}),
    ],
)
async def test_what_telegram_refuses_is_refused(talk: Talk, words: str, arguments: dict[str, object]) -> None:
    query = await typed(talk)
    assert words in await talk.refused("answerInlineQuery", **{"inline_query_id": query} | arguments)


async def test_what_cannot_be_chosen_is_told(talk: Talk) -> None:
    assert "no such result" in await talk.sim_refused(
        "choose", user_id=TOM, chat_id=GROUP, inline_query_id=await typed(talk), result_id="1"
    )
    assert "256" in await talk.sim_refused("inline", user_id=TOM, query="x" * 257)


async def test_of_a_flood_of_queries_the_oldest_are_too_old_to_be_answered(met: Talk) -> None:
    asked = [
        (await met.sim("inline", user_id=TOM, query=f"q {number}"))["inline_query_id"] for number in range(KEPT + 1)
    ]
    assert "query is too old" in await met.refused("answerInlineQuery", inline_query_id=asked[0], results=[])
    assert await met.call("answerInlineQuery", inline_query_id=asked[1], results=[]) is True
