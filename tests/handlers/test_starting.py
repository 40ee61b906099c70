from datetime import timedelta

import pytest

from handlers import starting
from handlers.ports import Handler
from handlers.reply import Text
from tests.handlers.fakes import GROUP, NOW, World, ask
from tests.handlers.limits import read, said


async def first(town: World, payload: str = "", **more: object) -> Text:
    (part,) = await said(starting.start, ask(payload, **more), town.services)  # type: ignore[arg-type]  # fields of Ask
    assert isinstance(part, Text)
    return part


def shape(part: Text) -> list[list[tuple[str, str | None]]]:
    return [[(button.label, button.data or button.url) for button in row] for row in part.buttons]


async def test_start_is_laid_out_as_voice_has_it(town: World) -> None:
    part = await first(town)
    assert read(part.html) == (
        "Ask me about Weir's harbour plan\n"
        "I know one article: Weir Post, 5 March 2021. Use your own words; typos are fine. Answers show their source; "
        "if it doesn't say, I'll tell you."
    )
    assert shape(part) == [
        [("How much does the harbour…", "x:0:en")],
        [("Who builds the harbour?", "x:1:en")],
        [("Topics", "t:en:0:new"), ("中文", "l:zh:start")],
    ]


async def test_start_in_chinese(town: World) -> None:
    part = await first(town, lang="zh")
    assert read(part.html) == (
        "堰城港口规划，问我就行\n我只懂一篇文章：《堰报》2021年3月5日的报道。怎么顺口怎么问，打错字也没关系。"
        "每个回答都有出处；文章没写的，我会直说。"
    )
    assert shape(part) == [
        [("建港要花多少钱？", "x:0:zh")],
        [("谁来建港？", "x:1:zh")],
        [("按主题看", "t:zh:0:new"), ("English", "l:en:start")],
    ]


async def greeted(town: World, *occasions: tuple[Handler, int]) -> list[bool]:
    """Whether each is greeted, by seconds since the first."""
    asks = ((handler, ask(chat=GROUP, now=NOW + timedelta(seconds=after))) for handler, after in occasions)
    return [bool(await handler(each, town.services)) for handler, each in asks]


async def test_being_added_and_started_at_once_brings_one_greeting_in_either_order(town: World) -> None:
    joined, start = starting.greet, starting.start
    assert await greeted(town, (joined, 0), (start, 1), (start, 2), (start, 3)) == [True, False, True, True]
    assert await greeted(town, (start, 100), (joined, 101), (joined, 102)) == [True, False, True]
    assert await greeted(town, (joined, 200), (start, 216)) == [True, True]


async def test_a_link_to_a_fact_shows_it(town: World) -> None:
    assert (await first(town, "f_harbour-cost", lang="zh")).html.startswith("<b>建港要花700万克朗</b>")
    assert (await first(town, "f_harbour-cost", chat=GROUP)).html.startswith("<b>The harbour costs")


async def test_a_link_to_a_fact_that_is_gone_says_so(town: World) -> None:
    part = await first(town, "f_gone")
    assert read(part.html) == (
        "That fact is no longer in my notes\n"
        "The link is older than my notes are now. Ask in your own words, or look by topic."
    )
    assert shape(part) == [[("Topics", "t:en:0:new")]]
    assert (await first(town, "f_gone", lang="zh", chat=GROUP)).html.startswith("<b>这条内容已经撤下了</b>")


@pytest.mark.parametrize("payload", ["ask", "f_", "f_A/../b", "<b>", "x" * 64, "f_harbour-cost\n1"])
async def test_any_other_payload_is_a_plain_start(town: World, payload: str) -> None:
    assert await first(town, payload) == await first(town)


async def test_a_group_is_greeted_as_voice_has_it(town: World) -> None:
    (part,) = await said(starting.greet, ask(chat=GROUP), town.services)
    assert isinstance(part, Text)
    assert read(part.html) == (
        "Hello! I answer questions about Weir's harbour plan\n"
        "My one source: Weir Post, 5 March 2021. Use /ask or reply to me; otherwise I'm quiet. Scheduled posts are off "
        "unless an administrator wants them."
    )
    assert shape(part) == [
        [("Ask privately", "https://t.me/chancheng_facts_bot?start=ask"), ("Set up posts", "s:en:open")]
    ]
    assert await first(town, chat=GROUP, now=NOW + timedelta(minutes=1)) == part
