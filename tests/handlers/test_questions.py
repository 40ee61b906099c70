import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facts.verdict import Answer, Candidate, Choices, NoMatch, NotInSource, Verdict
from handlers import questions
from handlers.ports import Ask
from handlers.reply import Button, Edit, Text, Toast
from tests.handlers.fakes import GROUP, World, ask, tap, world
from tests.handlers.limits import read, said
from tests.handlers.town import BASE, BUILDER, COST, MAYOR, OPENING


def found(*facts_found: object) -> tuple[Candidate, ...]:
    return tuple(Candidate(fact, 1.0) for fact in facts_found if isinstance(fact, type(COST)))


VERDICTS: dict[str, Verdict] = {
    "which one": Choices("en", found(COST, BUILDER, OPENING)),
    "哪一个": Choices("zh", found(COST, BUILDER)),
    "the mayor of the harbour": Answer("en", found(MAYOR)),
    "what the harbour costs and its opening day": Answer("en", found(COST, OPENING)),
    "nothing": NoMatch("en"),
    "something": NoMatch("en", found(COST)),
    "jobs?": NotInSource("en", gap=BASE.gaps[0], facts=found(BUILDER)),
}


@pytest.fixture
def told() -> World:
    return world(BASE, VERDICTS)


async def text_of(told: World, asked: Ask) -> Text:
    (part,) = await said(questions.answer, asked, told.services)
    assert isinstance(part, Text)
    return part


def labels(part: Text | Edit) -> list[list[str]]:
    return [[button.label for button in row] for row in part.buttons]


async def test_a_question_is_answered_with_the_card_as_a_reply_to_it(town: World) -> None:
    part = await text_of(town, ask("how much does the harbour cost"))
    assert part.quote
    assert part.html.startswith("<b>The harbour costs 7 million crowns</b>\n")
    assert labels(part) == [["The builder", "Opening day"], ["Not what I meant", "⋯"]]
    assert part.buttons[1][0].data == "n:en:harbour-cost"


async def test_the_answer_speaks_the_language_of_the_question(town: World) -> None:
    part = await text_of(town, ask("建港要花多少钱", "en"))
    assert part.html.startswith("<b>建港要花700万克朗</b>")
    assert labels(part)[-1] == ["不是我想问的", "⋯"]


@pytest.mark.parametrize("question", ["2000 2001", "what is 造价 or price"])
async def test_a_question_in_no_clear_language_is_answered_in_that_of_the_chat(town: World, question: str) -> None:
    assert re.search("[一-龥]", (await text_of(town, ask(question, "zh"))).html.partition("\n")[0])
    assert not re.search("[一-龥]", (await text_of(town, ask(question, "en"))).html.partition("\n")[0])


async def test_a_doubt_stands_unfolded_before_the_evidence(town: World) -> None:
    html = (await text_of(town, ask("when does the harbour open"))).html
    assert html.startswith("<b>⚠️ The harbour opens on 1 May 2024</b>")
    assert html.index("Doubt: elsewhere") < html.index("Target, reported") < html.index("<blockquote expandable>")


async def test_what_to_do_about_an_answer_stands_below_its_related_facts(told: World) -> None:
    assert labels(await text_of(told, ask("jobs?"))) == [["The builder"], ["Not what I meant", "⋯"]]


async def test_choices_are_buttons_and_none_of_these(told: World) -> None:
    part = await text_of(told, ask("which one"))
    assert labels(part) == [["Harbour's cost", "The builder"], ["Opening day", "None of these"]]
    assert [button.data for row in part.buttons for button in row] == [
        "f:en:harbour-cost", "f:en:harbour-builder", "f:en:harbour-opening", "n:en:-",
    ]  # fmt: skip


async def test_nothing_found_offers_a_next_step(told: World) -> None:
    assert labels(await text_of(told, ask("nothing"))) == [["Topics"]]
    assert labels(await text_of(told, ask("something"))) == [["Harbour's cost", "Topics"]]


@pytest.mark.parametrize("question", ["which one", "哪一个", "nothing", "something"])
async def test_in_a_group_doubt_takes_one_line_and_a_way_to_the_private_chat(told: World, question: str) -> None:
    part = await text_of(told, ask(question, chat=GROUP))
    assert "\n" not in part.html
    (row,) = part.buttons
    assert [button.url for button in row] == ["https://t.me/chancheng_facts_bot?start=ask"]


async def test_small_talk_gets_words_and_no_buttons(town: World) -> None:
    part = await text_of(town, ask("thanks"))
    assert (part.html, part.buttons) == ("You're welcome. Ask on.", ())


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_ask_without_a_question_says_how(town: World, text: str) -> None:
    part = await text_of(town, ask(text))
    assert "/ask How much does the harbour cost?" in read(part.html)
    assert not part.quote


async def test_ask_in_reply_to_a_message_asks_that_message(town: World) -> None:
    part = await text_of(town, ask("", chat=GROUP, quoted="how much does the harbour cost"))
    assert part.html.startswith("<b>The harbour costs")


async def test_a_long_question_is_cut_and_that_is_said(town: World) -> None:
    part = await text_of(town, ask("how much does the harbour cost " + "x" * 4000))
    assert read(part.html).endswith("\nI read the first 300 characters of your question.")
    whole = await text_of(town, ask("how much does the harbour cost"))
    assert "300" not in whole.html


async def test_an_example_is_answered_as_if_typed(town: World) -> None:
    (part,) = await said(questions.example, tap("1:zh"), town.services)
    assert isinstance(part, Text)
    assert part.html.startswith("<b>港口由 Weir Works 承建</b>")


@pytest.mark.parametrize("data", ["", "2:en", "9:zh", "0:xx", "-1:en", "0:en:0"])
async def test_an_example_that_is_gone_is_answered_over_the_chat(town: World, data: str) -> None:
    (part,) = await said(questions.example, tap(data), town.services)
    assert isinstance(part, Toast)


async def missed(told: World, data: str, quoted: str | None) -> Edit:
    (part,) = await said(questions.not_meant, tap(data, quoted=quoted), told.services)
    assert isinstance(part, Edit)
    return part


async def test_not_what_i_meant_offers_what_else_was_found_and_what_belongs_to_it(told: World) -> None:
    part = await missed(told, "en:mayor-view", "the mayor of the harbour")
    assert labels(part) == [["Harbour's cost", "Topics"]]
    part = await missed(told, "en:harbour-cost", "which one")
    assert labels(part) == [["The builder", "Opening day"], ["Topics"]]
    part = await missed(told, "en:harbour-cost", "what the harbour costs and its opening day")
    assert labels(part) == [["Opening day", "The builder"], ["Topics"]]


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("a" * 301, "a" * 300),
        ("b " * 149 + "reward", "b " * 149),
        ("b " * 148 + "pay reward", "b " * 148 + "pay "),
        ("奖" * 301, "奖" * 300),
        ("b " * 150 + "reward", "b " * 150),
        ("short", "short"),
    ],
)
def test_a_question_that_is_cut_loses_no_half_a_word(question: str, read: str) -> None:
    assert questions.within(question) == read


async def test_not_what_i_meant_without_the_question_offers_related_facts(told: World) -> None:
    assert labels(await missed(told, "en:harbour-cost", None)) == [["The builder", "Opening day"], ["Topics"]]


async def test_when_nothing_is_closer_it_is_said_kindly_and_topics_are_offered(told: World) -> None:
    for data, quoted in (("en:-", "which one"), ("en:-", "nothing"), ("en:gone", None), ("en:-", "thanks")):
        part = await missed(told, data, quoted)
        assert labels(part) == [["Topics"]]
        assert "I didn't find anything closer" in part.html


@given(st.text(max_size=500), st.booleans(), st.sampled_from(["en", "zh"]))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_asked_gets_a_sound_reply(town: World, question: str, group: bool, lang: str) -> None:  # noqa: FBT001 - drawn
    asked = ask(question, "en" if lang == "en" else "zh", **({"chat": GROUP} if group else {}))
    assert await said(questions.answer, asked, town.services)


@given(st.text(max_size=80))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_forged_taps_are_answered_over_the_chat(town: World, data: str) -> None:
    for handler in (questions.example, questions.not_meant):
        assert await said(handler, tap(data), town.services)


def test_the_buttons_that_offer_facts_carry_the_language() -> None:
    assert questions._offers((COST,), "zh") == (Button("建港花费", data="f:zh:harbour-cost"),)
