from dataclasses import replace
from datetime import timedelta

from handlers import browsing, quizzes
from handlers.reply import Quiz, Text
from tests.facts.test_quiz import priced_base
from tests.handlers.fakes import NOW, World, ask, world
from tests.handlers.limits import read, said
from tests.handlers.town import BASE


async def test_a_quiz_asks_to_fill_a_gap_and_explains_with_the_evidence() -> None:
    (part,) = await said(quizzes.quiz, ask(), world(priced_base()).services)
    assert isinstance(part, Quiz)
    assert part.question.startswith("Fill the gap as the article has it: Pier ")
    assert "para. 3" in part.explanation
    assert part.buttons[0][0].url == f"https://t.me/chancheng_facts_bot?start=f_pier-{part.options[part.right][0]}"


async def test_another_moment_asks_another_question() -> None:
    services = world(priced_base()).services
    asked = {str(await said(quizzes.quiz, ask(now=NOW + timedelta(seconds=n)), services)) for n in range(20)}
    assert len(asked) > 4


async def test_where_there_is_nothing_to_ask_that_is_said() -> None:
    bare = tuple(fact for fact in BASE.facts if "7" not in fact.title.en)
    (part,) = await said(quizzes.quiz, ask(), world(replace(BASE, facts=bare)).services)
    assert isinstance(part, Text)
    assert "no quiz question" in part.html


async def test_the_dates_stand_in_order_with_doubt_and_standing(town: World) -> None:
    (part,) = await said(browsing.dates, ask(), town.services)
    assert isinstance(part, Text)
    assert read(part.html).endswith("1 May 2024\n⚠️ The harbour opens on 1 May 2024 · Target")


async def test_a_base_without_dates_says_so() -> None:
    (part,) = await said(browsing.dates, replace(ask(), lang="zh"), world(priced_base()).services)
    assert isinstance(part, Text)
    assert part.html == "文章的内容里没有日期"
