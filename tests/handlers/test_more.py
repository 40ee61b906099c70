from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import callbacks, more, questions
from handlers.ports import Ask, Services
from handlers.reply import Button, Keys, Text, Toast
from tests.handlers.fakes import World, ask, tap
from tests.handlers.limits import read, said

COST, NEAR, GAP = "harbour-cost", "harbour-builder", callbacks.UNKNOWN_FACT
PRICE = "how much does the harbour cost"


async def keys(asked: Ask, services: Services) -> list[list[Button]]:
    handler = more.opened if asked.text.startswith("o") else more.closed
    (part,) = await said(handler, replace(asked, text=asked.text[1:]), services)
    assert isinstance(part, Keys)
    return [list(row) for row in part.buttons]


def share(rows: list[list[Button]]) -> str | None:
    return rows[0][1].share


@pytest.fixture
def anywhere(town: World) -> Services:
    return replace(town.services, inline=True)


async def test_more_opens_why_and_share_and_the_way_back(anywhere: Services) -> None:
    rows = await keys(tap(f"oen:{COST}", quoted=PRICE), anywhere)
    assert [[b.label for b in row] for row in rows] == [["Why this answer?", "Share"], ["Back"]]
    assert callbacks.shown(b.data for row in rows for b in row if b.data) == COST


@pytest.mark.parametrize("question", [PRICE, "how many jobs will there be", "when does the harbour open"])
async def test_back_brings_the_very_buttons_that_the_answer_had(town: World, question: str) -> None:
    (answer,) = await said(questions.answer, ask(question), town.services)
    assert isinstance(answer, Text)
    fact = callbacks.read_fact((answer.buttons[-1][-1].data or "").removeprefix("m:"))
    assert fact is not None
    assert await keys(tap(f"ben:{fact[1]}", quoted=question), town.services) == [list(row) for row in answer.buttons]


async def test_back_works_where_the_question_is_gone(town: World) -> None:
    rows = await keys(tap(f"ben:{COST}"), town.services)
    assert [b.label for row in rows for b in row] == ["The builder", "Opening day", "Not what I meant", "⋯"]
    assert [b.label for row in await keys(tap("ben:gone"), town.services) for b in row] == ["Not what I meant", "⋯"]


async def test_what_is_shared_says_what_the_answer_says(anywhere: Services) -> None:
    assert share(await keys(tap(f"oen:{COST}", quoted=PRICE), anywhere)) == "The harbour costs 7 million crowns"
    assert share(await keys(tap(f"ozh:{COST}"), anywhere)) == "建港要花700万克朗"
    jobs = await keys(tap(f"oen:{GAP}", quoted="how many jobs will there be"), anywhere)
    assert share(jobs) == "How many jobs: the article doesn't say"


async def test_what_was_nearly_missed_is_shared_as_the_question(anywhere: Services) -> None:
    question = "how much does the harbour of Brim cost"
    (answer,) = await said(questions.answer, ask(question), anywhere)
    assert isinstance(answer, Text)
    assert read(answer.html).startswith("Brim isn't mentioned")
    _, fact = callbacks.read_fact((answer.buttons[-1][-1].data or "").removeprefix("m:")) or ("", "")
    assert share(await keys(tap(f"oen:{fact}", quoted=question), anywhere)) == question


async def test_without_inline_mode_a_link_with_the_doubt_is_shared(town: World) -> None:
    rows = await keys(tap("oen:harbour-opening"), town.services)
    url = rows[0][1].url or ""
    assert url.startswith(
        "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fchancheng_facts_bot%3Fstart%3Df_harbour-opening&"
    )
    (words,) = parse_qs(urlsplit(url).query)["text"]
    assert words == "⚠️ The harbour opens on 1 May 2024\nDoubt: elsewhere it prints 2042."


@pytest.mark.parametrize(("lang", "title"), [("en", "Why this answer?"), ("zh", "为什么这样答")])
async def test_why_tells_the_reasons_in_the_language_of_the_answer(town: World, lang: str, title: str) -> None:
    (part,) = await said(more.why, tap(f"{lang}:{COST}", quoted=PRICE), town.services)
    assert isinstance(part, Text)
    text = read(part.html)
    assert text.startswith(title)
    assert PRICE in text
    assert town.library.base.fact_by_id[COST].title.of("zh" if lang == "zh" else "en") in text
    assert "0123456789ab" in text


async def test_why_of_an_answer_to_two_questions_tells_of_both(town: World) -> None:
    question = f"{PRICE} and who builds the harbour"
    (part,) = await said(more.why, tap(f"en:{COST}", quoted=question), town.services)
    assert isinstance(part, Text)
    text = read(part.html)
    for fact in (COST, "harbour-builder"):
        assert town.library.base.fact_by_id[fact].title.en in text
    assert "Next best" not in text


@pytest.mark.parametrize("quoted", [None, "who builds the harbour"])
async def test_why_owns_up_where_it_cannot_retrace_the_answer(town: World, quoted: str | None) -> None:
    (part,) = await said(more.why, tap("en:mayor-view", quoted=quoted), town.services)
    assert isinstance(part, Text)
    assert "can't retrace" in part.html


async def test_why_of_an_example_knows_its_question(town: World) -> None:
    (part,) = await said(more.why, tap(f"en:{COST}"), town.services)
    assert isinstance(part, Text)
    assert "How much does the harbour cost?" in part.html


@given(st.text(max_size=70))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_forged_taps_are_answered_over_the_chat(town: World, data: str) -> None:
    for handler in (more.opened, more.closed, more.why):
        (part,) = await said(handler, tap(data), town.services)
        assert isinstance(part, Toast)
