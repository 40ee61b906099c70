from dataclasses import replace

import pytest

from facts.colliding import Collision
from facts.comparing import Changes, Comparison, GoneWrong
from facts.evaluation import Question
from facts.loading import Problem
from facts.model import FactBase
from handlers import curating
from handlers.reply import Button, Edit, Text, Toast
from handlers.revisions import Broken, Proposal, Refused, Same
from tests.handlers.fakes import NOW, TOM, World, ask, tap
from tests.handlers.limits import read, said
from tests.handlers.town import BASE, BUILDER, COST, MAYOR, OPENING

KEY = "3.0123456789abcdef"
AFTER = FactBase(**{name: getattr(BASE, name) for name in FactBase.model_fields} | {"facts": (COST, BUILDER, OPENING)})
NONE = Changes((), (), (), ())
NOTHING = Comparison(NONE, NONE, 0, 0, 0, 0, 0, 0, (), ())
CHANGE = Comparison(
    facts=Changes(added=(COST.id,), removed=(MAYOR.id,), reworded=(BUILDER.id,), asked=(OPENING.id,)),
    gaps=Changes(added=("jobs",), removed=(), reworded=(), asked=()),
    others=2,
    asked=20,
    right_before=15,
    right_now=16,
    wrong_before=1,
    wrong_now=1,
    gone_wrong=(GoneWrong(Question(id="1", q="哪天开港", lang="zh", kind="plain", facts=()), "not found", (OPENING,)),),
    clashes=(Collision(COST, "what about <the> money", BUILDER, "money", -0.5),),
)
WORSE = replace(CHANGE, wrong_now=2)

LOOK_EN = """To look at: 2 added, 1 removed, 1 reworded
Nothing has changed yet. With it there'd be 3 facts.
Sample questions changed in 1 more entries.
Names, topics and other entries changed: 2.

Added
The harbour costs 7 million crowns
How many jobs: the article doesn't say

Removed
Mayor Ott calls it Weir's future

Reworded
The harbour is built by Weir Works

New sample questions that find something else
“what about <the> money”: written for “The harbour costs 7 million crowns”, finds “The harbour is built by Weir Works”

20 test questions
Right: 15 → 16. Wrong: 1 → 1.

Newly answered wrong
“哪天开港”: The harbour opens on 1 May 2024"""
LOOK_ZH = """请看一下：新增2条，删去1条，修改1条
现在还没换。换上以后共3条事实。
另有1条只改了问法。
名称、主题等还改了2处。

新增
建港要花700万克朗
多少岗位，文章没写

删去
Ott 市长说这是堰城的未来

修改
港口由 Weir Works 承建

这些新问法会问到别的内容
“what about <the> money”：本来写给“建港要花700万克朗”，问到的是“港口由 Weir Works 承建”

20道测试题
答对：15 → 16。答错：1 → 1。

这些题原来没答错
“哪天开港”：港口定于2024年5月1日启用"""


async def reloaded(town: World, lang: str = "en") -> Text:
    (part,) = await said(curating.reload, ask(lang="en" if lang == "en" else "zh"), town.services)
    assert isinstance(part, Text)
    return part


@pytest.mark.parametrize(("lang", "text"), [("en", LOOK_EN), ("zh", LOOK_ZH)])
async def test_a_change_is_shown_whole_before_anything_happens(town: World, lang: str, text: str) -> None:
    town.revisions.review = Proposal(KEY, CHANGE, AFTER)
    shown = await reloaded(town, lang)
    assert read(shown.html) == text
    assert [button.data for row in shown.buttons for button in row] == [f"r:serve:{KEY}", f"r:leave:{KEY}"]
    assert await town.revisions.number() == 3


async def test_long_lists_are_cut_with_their_number(town: World) -> None:
    ids = ("harbour-cost",) * 200
    many = replace(NOTHING, facts=Changes(added=ids, reworded=ids, removed=ids, asked=()))
    town.revisions.review = Proposal(KEY, many, AFTER)
    text = read((await reloaded(town)).html)
    assert text.startswith("To look at: 200 added, 200 removed, 200 reworded")
    assert text.count("+192 more") == 3
    assert text.endswith("No test questions: nothing was measured.")


async def test_what_is_served_already_is_called_so(town: World) -> None:
    town.revisions.review = Same(3)
    assert read((await reloaded(town)).html) == (
        "Nothing to change: version 3\nThe facts are the ones already served: 4."
    )
    assert read((await reloaded(town, "zh")).html).startswith("没有变化：版本3\n")


async def test_more_wrong_answers_are_refused_with_the_list_and_no_button(town: World) -> None:
    town.revisions.review = Refused(WORSE)
    shown = await reloaded(town)
    assert shown.buttons == ()
    assert read(shown.html) == (
        "Not served: it would answer more questions wrong\nPeople still get the facts served before.\n\n"
        "20 test questions\nRight: 15 → 16. Wrong: 1 → 2.\n\n"
        "Newly answered wrong\n“哪天开港”: The harbour opens on 1 May 2024"
    )


async def test_problems_are_listed_with_place_and_mend_fifteen_at_most(town: World) -> None:
    problems = tuple(Problem.at("facts/a.yaml", n, "missing-file") for n in range(1, 21))
    town.revisions.review = Broken(problems)
    text = read((await reloaded(town)).html)
    assert text.startswith("Not served: 20 to mend\nPeople still get the facts served before.\n\nfacts/a.yaml:1\n")
    assert problems[0].text("en") in text
    assert "facts/a.yaml:15\n" in text
    assert "facts/a.yaml:16" not in text
    assert text.endswith("\n\n+5 more")
    assert problems[0].text("zh") in read((await reloaded(town, "zh")).html)


async def test_markup_in_a_problem_is_only_text(town: World) -> None:
    town.revisions.review = Broken((Problem.at("<b>.yaml", 1, "missing-file"),))
    assert "<b>.yaml:1" in read((await reloaded(town)).html)


async def test_a_tap_serves_what_was_shown_and_says_its_number(town: World) -> None:
    town.revisions.review = Proposal(KEY, CHANGE, AFTER)
    await reloaded(town)
    (edit,) = await said(curating.decide, tap(f"serve:{KEY}"), town.services)
    assert isinstance(edit, Edit)
    assert read(edit.html).startswith("Version 4 is served\n")
    assert edit.buttons == ()
    assert (town.revisions.accepted[-1].by, town.revisions.accepted[-1].at) == (TOM.name, NOW)


async def test_a_change_can_be_left(town: World) -> None:
    town.revisions.review = Proposal(KEY, CHANGE, AFTER)
    await reloaded(town)
    (edit,) = await said(curating.decide, tap(f"leave:{KEY}", "zh"), town.services)
    assert isinstance(edit, Edit)
    assert read(edit.html) == "没有换\n继续用版本3。"
    assert town.revisions.waiting == set()


async def test_what_was_overtaken_is_not_served(town: World) -> None:
    edit, toast = await said(curating.decide, tap(f"serve:{KEY}"), town.services)
    assert isinstance(edit, Edit)
    assert isinstance(toast, Toast)
    assert toast.alert
    assert toast.text == "This is out of date: version 3 is served now. Please start over."
    assert await town.revisions.number() == 3


@pytest.mark.parametrize(
    "data",
    ["", "serve", "serve:1", "serve:3.0123456789ABCDEF", "back:", "back:1x", "back:" + "9" * 10, "fly:1", "back:-1"],
)
async def test_a_forged_button_does_nothing(town: World, data: str) -> None:
    (toast,) = await said(curating.decide, tap(data), town.services)
    assert isinstance(toast, Toast)
    assert (town.revisions.reviewed, await town.revisions.number()) == ([], 3)


async def test_older_versions_are_offered_with_when_and_who(town: World) -> None:
    (shown,) = await said(curating.rollback, ask(), town.services)
    assert isinstance(shown, Text)
    assert read(shown.html) == (
        "Version 3 is served\nWhich one shall come back? You'll see what changes before it does.\n\n"
        "3 · Fri 20 Nov, 12:00 (Asia/Shanghai) · from the folder, Lin\n"
        "2 · Fri 20 Nov, 12:00 (Asia/Shanghai) · from a file, Lin\n"
        "1 · Fri 20 Nov, 12:00 (Asia/Shanghai) · from the folder"
    )
    assert shown.buttons == ((Button("Version 2", "r:back:2"), Button("Version 1", "r:back:1")),)


async def test_without_an_older_version_there_is_nothing_to_bring_back(town: World) -> None:
    del town.revisions.accepted[1:]
    (shown,) = await said(curating.rollback, ask(lang="zh"), town.services)
    assert isinstance(shown, Text)
    assert "还没有更早的版本。" in read(shown.html)
    assert shown.buttons == ()


async def test_an_older_version_is_looked_at_before_it_comes_back(town: World) -> None:
    town.revisions.review = Proposal(KEY, WORSE, AFTER, restores=2)
    (shown,) = await said(curating.decide, tap("back:2"), town.services)
    assert isinstance(shown, Text)
    assert read(shown.html).startswith("Back to version 2: 2 added, 1 removed, 1 reworded\n")
    assert town.revisions.reviewed == [2]
    (toast,) = await said(curating.decide, tap("back:9"), town.services)
    assert toast == Toast("That version isn't kept any more.")
