from dataclasses import replace

import pytest

from facts.differing import changes
from facts.inbox import OTHERS_TITLE
from facts.verdict import NoMatch
from handlers import curating, inboxes, questions
from handlers.asked import InVain
from handlers.reply import Edit, Text, Toast
from handlers.revisions import Proposal
from tests.handlers.fakes import NOW, TOM, World, ask, tap
from tests.handlers.limits import read, said
from tests.handlers.test_curating import AFTER, KEY, NOTHING
from tests.handlers.town import BUILDER, COST

ONE = InVain("0123456789ab", "is <the> harbour dear", "en", 5, 3)
TWO = InVain("ba9876543210", "港口大不大", "zh", 1, 1, rejected=COST.id)


async def opened(town: World, key: str, lang: str = "en") -> Edit:
    (edit,) = await said(inboxes.tap, tap(f"open:{key}", "zh" if lang == "zh" else "en"), town.services)
    assert isinstance(edit, Edit)
    return edit


def data(part: Text | Edit) -> list[str | None]:
    return [button.data for row in part.buttons for button in row]


async def test_questions_and_what_came_of_them_are_noted(town: World) -> None:
    await said(questions.answer, ask("how much does the harbour cost"), town.services)
    await said(questions.answer, ask("how many jobs will there be"), town.services)
    await said(questions.answer, ask("zzz qqq xxx"), town.services)
    await said(questions.not_meant, tap(f"en:{COST.id}", quoted="is it dear"), town.services)
    await said(questions.not_meant, tap("zh:-", quoted="多少"), town.services)
    assert [(each.fate, each.entry, each.lang) for each in town.questions.noted] == [
        ("answer", COST.id, "en"),
        ("not_in_source", "jobs", "en"),
        ("no_match", "", "en"),
        ("not_meant", COST.id, "en"),
        ("not_meant", "", "zh"),
    ]
    assert {(each.person, each.at) for each in town.questions.noted} == {(TOM.id, NOW)}
    assert [each.text for each in town.questions.noted][-2:] == ["is it dear", "多少"]


async def test_nobody_in_particular_is_not_noted(town: World) -> None:
    await said(questions.answer, replace(ask("zzz qqq xxx"), person=None), town.services)
    assert town.questions.noted == []


async def test_the_inbox_lists_what_was_asked_in_vain_with_how_often(town: World) -> None:
    town.questions.vain = [ONE, TWO]
    (shown,) = await said(inboxes.inbox, ask(), town.services)
    assert isinstance(shown, Text)
    assert read(shown.html) == (
        "Asked in vain\nTap a question to see to it. What most people asked comes first.\n\n"
        "“is <the> harbour dear” · 5 times by 3, English\n“港口大不大” · once, Chinese"
    )
    assert data(shown) == [f"i:open:{ONE.key}", f"i:open:{TWO.key}"]
    (shown,) = await said(inboxes.inbox, ask(lang="zh"), town.services)
    assert isinstance(shown, Text)
    assert "“港口大不大” · 中文，1次" in read(shown.html)


async def test_a_long_inbox_has_pages(town: World) -> None:
    town.questions.vain = [replace(ONE, key=f"{n:012x}", question=f"question {n} " + "long " * 50) for n in range(14)]
    (shown,) = await said(inboxes.inbox, ask(), town.services)
    assert isinstance(shown, Text)
    assert data(shown)[6:] == ["i:page:1"]
    (second,) = await said(inboxes.tap, tap("page:1"), town.services)
    assert isinstance(second, Edit)
    assert data(second)[6:] == ["i:page:0", "i:page:2"]
    (third,) = await said(inboxes.tap, tap("page:2"), town.services)
    assert isinstance(third, Edit)
    assert data(third)[2:] == ["i:page:1"]


async def test_an_empty_inbox_says_so(town: World) -> None:
    (shown,) = await said(inboxes.inbox, ask(lang="zh"), town.services)
    assert isinstance(shown, Text)
    assert read(shown.html).startswith("没有待处理的问题\n")


async def test_a_question_is_opened_with_the_nearest_facts_but_the_rejected_one(town: World) -> None:
    town.questions.vain = [replace(ONE, question="who builds the harbour, and its cost", rejected=COST.id)]
    edit = await opened(town, ONE.key)
    assert "They got this and meant something else: The harbour costs 7 million crowns" in read(edit.html)
    assert f"i:add:{ONE.key}:{BUILDER.id}" in data(edit)
    assert f"i:add:{ONE.key}:{COST.id}" not in data(edit)
    assert data(edit)[-3:] == [f"i:gap:{ONE.key}", f"i:done:{ONE.key}", "i:page:0"]


async def test_the_nearest_facts_are_offered_though_the_question_found_none(town: World) -> None:
    asked = "how dear is it"
    verdict = town.services.library.ask(asked)
    assert isinstance(verdict, NoMatch)
    assert verdict.facts == ()
    town.questions.vain = [replace(ONE, question=asked)]
    offered = [each for each in data(await opened(town, ONE.key)) if each and each.startswith("i:add:")]
    assert len(offered) == inboxes.OFFERED


@pytest.mark.parametrize(("question", "spoken"), [("كم عدد الطوائف", "another language"), ("ok?", "English")])
async def test_a_question_in_no_language_of_ours_is_not_called_english(town: World, question: str, spoken: str) -> None:
    town.questions.vain = [replace(ONE, question=question)]
    assert read((await opened(town, ONE.key)).html).startswith(f"“{question}”\n5 times by 3, {spoken}\n")


async def test_of_what_no_gap_answers_it_says_what_people_were_told(town: World) -> None:
    town.questions.vain = [replace(ONE, unsaid=True), replace(TWO, rejected="", unsaid=True)]
    assert "They were told that the article doesn't say so" in read((await opened(town, ONE.key)).html)
    assert "得到的回答是“文章没写”" in read((await opened(town, TWO.key, "zh")).html)


async def test_what_finds_nothing_near_can_still_be_called_a_gap(town: World) -> None:
    town.questions.vain = [replace(TWO, question="？？", rejected="")]
    edit = await opened(town, TWO.key, "zh")
    assert read(edit.html).startswith("“？？”\n中文，1次\n当时什么都没答上。\n\n也可以回复这条消息")
    assert len(data(edit)) == 3


@pytest.mark.parametrize(("tapped", "entry"), [(f"add:{ONE.key}:{COST.id}", COST.id), (f"gap:{ONE.key}", None)])
async def test_one_tap_proposes_it_and_the_next_serves_and_settles_it(
    town: World, tapped: str, entry: str | None
) -> None:
    town.questions.vain = [ONE, TWO]
    town.revisions.review = Proposal(KEY, NOTHING, AFTER)
    (shown,) = await said(inboxes.tap, tap(tapped), town.services)
    assert isinstance(shown, Text)
    assert town.revisions.added == [(ONE.question, "en", entry)]
    assert town.questions.vain == [ONE, TWO]
    assert data(shown) == [f"r:serve:{KEY}~{ONE.key}", f"r:leave:{KEY}"]
    await said(curating.decide, tap(f"serve:{KEY}~{ONE.key}"), town.services)
    assert town.questions.vain == [TWO]
    assert town.acts.kinds == [("review", f"inbox {entry or ''}".strip()), ("serve", "4"), ("place", entry or "")]
    assert set(town.acts.people) == {TOM.id}


async def test_a_reply_makes_a_gap_in_the_curators_words_and_shows_how_it_reads(town: World) -> None:
    town.questions.vain = [ONE]
    gap = AFTER.gaps[0]
    change = replace(NOTHING, changes=changes(replace(AFTER, gaps=()), AFTER))
    town.revisions.review = Proposal(KEY, change, AFTER)
    asked = replace(ask("Its cost isn't told.\n没写花了多少钱。"), shown=ONE.key)
    (shown,) = await said(inboxes.write, asked, town.services)
    assert isinstance(shown, Text)
    assert (town.revisions.added, town.revisions.wordings) == ([(ONE.question, "en", None)], [asked.text])
    assert read(shown.html).endswith(f"\n\n{gap.title.en}\n{gap.text.en}\n\n{gap.title.zh}\n{gap.text.zh}")
    assert data(shown) == [f"r:serve:{KEY}~{ONE.key}", f"r:leave:{KEY}"]


async def test_a_gap_from_a_tap_says_in_which_language_its_title_tells_nothing(town: World) -> None:
    town.questions.vain = [ONE]
    gap = replace(AFTER.gaps[0], title=replace(AFTER.gaps[0].title, zh=OTHERS_TITLE.zh))
    after = replace(AFTER, gaps=(gap,))
    town.revisions.review = Proposal(KEY, replace(NOTHING, changes=changes(replace(AFTER, gaps=()), after)), after)
    (shown,) = await said(inboxes.tap, tap(f"gap:{ONE.key}"), town.services)
    assert isinstance(shown, Text)
    assert "\n\n⚠️ The title in Chinese doesn't say what this is about." in read(shown.html)
    assert data(shown) == [f"r:serve:{KEY}~{ONE.key}", f"r:leave:{KEY}"]


@pytest.mark.parametrize("key", [TWO.key, "forged", None])
async def test_a_reply_to_a_question_that_is_gone_makes_nothing(town: World, key: str | None) -> None:
    town.questions.vain = [ONE]
    (shown,) = await said(inboxes.write, replace(ask("words"), shown=key), town.services)
    assert isinstance(shown, Text)
    assert shown.html == "Somebody has seen to that one."
    assert town.revisions.added == []


async def test_a_question_can_be_let_go(town: World) -> None:
    town.questions.vain = [ONE, TWO]
    edit, toast = await said(inboxes.tap, tap(f"done:{ONE.key}"), town.services)
    assert isinstance(edit, Edit)
    assert isinstance(toast, Toast)
    assert data(edit) == [f"i:open:{TWO.key}"]
    assert town.acts.kinds == [("settle", ONE.key[:6])]


async def test_what_somebody_else_has_seen_to_is_gone(town: World) -> None:
    for tapped in ("open", "gap", "done"):
        _, toast = await said(inboxes.tap, tap(f"{tapped}:{ONE.key}"), town.services)
        assert toast == Toast("Somebody has seen to that one.")
    assert town.revisions.added == []


async def test_a_fact_that_is_gone_gets_no_question(town: World) -> None:
    town.questions.vain = [ONE]
    (toast,) = await said(inboxes.tap, tap(f"add:{ONE.key}:gone"), town.services)
    assert isinstance(toast, Toast)
    assert town.revisions.added == []


@pytest.mark.parametrize(
    "forged", ["", "page", "page:-1", "page:99999", "open:xyz", f"add:{ONE.key}", f"gap:{ONE.key}:x"]
)
async def test_a_forged_button_does_nothing(town: World, forged: str) -> None:
    town.questions.vain = [ONE]
    (toast,) = await said(inboxes.tap, tap(forged), town.services)
    assert isinstance(toast, Toast)
    assert (town.questions.vain, town.revisions.added) == ([ONE], [])
