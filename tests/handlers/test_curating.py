from dataclasses import replace

import pytest

from facts.checking.grounding import Unquoted
from facts.colliding import Collision
from facts.comparing import Comparison, GoneWrong
from facts.differing import changes
from facts.entry import Entry, fields_of
from facts.evaluation import Mark, Question
from facts.loading import Problem
from facts.model import Fact, Gap, Lang, Name, Phrasings, SmallTalk, Source, Topic
from handlers import curating
from handlers.reply import Button, Document, Keys, Text, Toast, Working
from handlers.revisions import Broken, Proposal, Refused, Review, Same, Step
from handlers.texts import catalogues
from tests.handlers.fakes import NOW, TOM, World, ask, tap
from tests.handlers.limits import read, said
from tests.handlers.town import BASE, BUILDER, COST, OPENING, both, made

KEY = "3.0123456789abcdef"
LIGHTS = made(
    "lights",
    both("The harbour gets 40 lights", "港口要装40盏灯"),
    both("The lights", "灯"),
    Phrasings(en=("how many lights",), zh=("多少盏灯",)),
)
PRICE = replace(
    COST,
    title=both("The harbour costs <b>8</b> million crowns", "建港要花800万克朗"),
    standing="target",
    related=(OPENING.id,),
)
DAY = replace(OPENING, ask=Phrasings(en=("when does it open", *OPENING.ask.en[1:]), zh=OPENING.ask.zh))
AFTER = replace(
    BASE,
    facts=(PRICE, BUILDER, DAY, LIGHTS),
    names=(*BASE.names, Name(id="hall", kind="place", en=("Lantern Hall",))),
    topics=(*BASE.topics[:2], replace(BASE.topics[2], order=4)),
)
NOTHING = Comparison((), {}, {}, (), ())


def marks(right: int, wrong: int) -> dict[Question, Mark]:
    """How a base did on twenty questions."""
    each: tuple[tuple[Mark, int], ...] = (("right", right), ("wrong", wrong), ("offered", 20 - right - wrong))
    every = (mark for mark, count in each for _ in range(count))
    return {Question(id=str(n), q="q", lang="zh", kind="plain", facts=()): mark for n, mark in enumerate(every)}


CHANGE = Comparison(
    changes=changes(BASE, AFTER),
    before=marks(15, 1),
    now=marks(16, 1),
    gone_wrong=(GoneWrong(Question(id="1", q="哪天开港", lang="zh", kind="plain", facts=()), "not found", (OPENING,)),),
    clashes=(Collision(COST, "what about <the> money", BUILDER, "money", -0.5),),
)
WORSE = replace(CHANGE, now=marks(16, 2))

LOOK_EN = """To look at: 2 added, 1 removed, 3 changed
Nothing has changed yet. With it there'd be 4 facts.

Added
The harbour gets 40 lights
Name: Lantern Hall

Removed
Mayor Ott calls it Weir's future

The harbour costs <b>8</b> million crowns
Standing: “Plan” → “Target”
Title (English): “The harbour costs 7 million crowns” → “The harbour costs <b>8</b> million crowns”
Title (Chinese): “建港要花700万克朗” → “建港要花800万克朗”
Related facts: − “The harbour is built by Weir Works”

Topic: Nothing yet
Place in /topics: “3” → “4”

The harbour opens on 1 May 2024
Questions (English): “when does the harbour open” → “when does it open”

New sample questions that find something else
“what about <the> money”: written for “The harbour costs 7 million crowns”, finds “The harbour is built by Weir Works”

20 test questions
Right: 15 → 16
Wrong: 1 → 1
Among the buttons: 4 → 3
Not found, or called unsaid: 0 → 0

Newly answered wrong
“哪天开港”: The harbour opens on 1 May 2024"""
LOOK_ZH = """请看一下：新增2条，删去1条，修改3条
现在还没换。换上以后共4条事实。

新增
港口要装40盏灯
名称：Lantern Hall

删去
Ott 市长说这是堰城的未来

建港要花800万克朗
性质：“规划” → “目标”
标题（英文）：“The harbour costs 7 million crowns” → “The harbour costs <b>8</b> million crowns”
标题（中文）：“建港要花700万克朗” → “建港要花800万克朗”
相邻的事实：− “港口由 Weir Works 承建”

主题：还没有
在 /topics 里的位置：“3” → “4”

港口定于2024年5月1日启用
问法（英文）：“when does the harbour open” → “when does it open”

这些新问法会问到别的内容
“what about <the> money”：本来写给“建港要花700万克朗”，问到的是“港口由 Weir Works 承建”

20道测试题
答对：15 → 16
答错：1 → 1
答案在选项里：4 → 3
没找到，或者误说文章没写：0 → 0

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


@pytest.mark.parametrize(
    ("review", "kind"),
    [(Proposal(KEY, CHANGE, AFTER), "review"), (Same(3), "same"), (Broken(()), "broken"), (Refused(WORSE), "refuse")],
)
async def test_every_look_at_a_change_is_noted_with_what_came_of_it(town: World, review: Review, kind: str) -> None:
    town.revisions.review = review
    await reloaded(town)
    await said(curating.decide, tap("back:2"), town.services)
    assert town.acts.kinds == [(kind, "folder"), (kind, "rollback 2")]
    assert {act.name for act in town.acts.noted} == {TOM.name}


SLIP_EN = """⚠️ Numbers that the quotes don't have: please look
The harbour costs <b>8</b> million crowns
Title (English): 8,000,000, Text (Chinese): 9
Quoted: “7 million <crowns>”

Added
"""
SLIP_ZH = """⚠️ 引文里没有这些数，请核对
建港要花800万克朗
标题（英文）：8,000,000、正文（中文）：9
引文：“7 million <crowns>”

新增
"""


@pytest.mark.parametrize(("lang", "text"), [("en", SLIP_EN), ("zh", SLIP_ZH)])
async def test_a_number_that_the_quotes_do_not_have_comes_before_all_else(town: World, lang: str, text: str) -> None:
    quoted = ("7 million <crowns>",)
    slips = (Unquoted(PRICE, "title", "en", "8,000,000", quoted), Unquoted(PRICE, "text", "zh", "9", quoted))
    town.revisions.review = Proposal(KEY, replace(CHANGE, unquoted=slips), AFTER)
    shown = await reloaded(town, lang)
    assert read(shown.html).split("\n\n", 1)[1].startswith(text)
    assert [button.data for row in shown.buttons for button in row] == [f"r:serve:{KEY}", f"r:leave:{KEY}"]


SWAPPED = {
    "en": "⚠️ Numbers swapped for others in the quotes: please look\nThe harbour costs <b>8</b> million crowns\n"
    "Title (English): 9 → 8\nQuoted: “7 million <crowns>”",
    "zh": "⚠️ 数改成了引文里的另一个数，请核对\n建港要花800万克朗\n标题（英文）：9 → 8\n引文：“7 million <crowns>”",
}


@pytest.mark.parametrize("lang", SWAPPED)
async def test_a_number_that_gave_way_to_another_of_the_quotes_is_told_beside_them(town: World, lang: str) -> None:
    slip = Unquoted(PRICE, "title", "en", "9 → 8", ("7 million <crowns>",))
    town.revisions.review = Proposal(KEY, replace(CHANGE, swapped=(slip,)), AFTER)
    assert read((await reloaded(town, lang)).html).split("\n\n")[1] == SWAPPED[lang]


@pytest.mark.parametrize(("lang", "told"), [("en", "It quotes nothing."), ("zh", "这条没有引文。")])
async def test_a_gap_that_quotes_nothing_is_not_shown_empty_quotes(town: World, lang: str, told: str) -> None:
    slip = Unquoted(AFTER.gaps[0], "title", "en", "27", ())
    town.revisions.review = Proposal(KEY, replace(CHANGE, unquoted=(slip,)), AFTER)
    assert read((await reloaded(town, lang)).html).split("\n\n")[1].endswith(f"27\n{told}")


async def test_what_is_too_long_for_a_message_is_cut_there_and_comes_whole_as_a_file(town: World) -> None:
    longer = [replace(each, text=both("word " * 190 + each.id, "字" * 900)) for each in BASE.facts]
    more = [replace(LIGHTS, id=f"lights-{n}") for n in range(200)]
    after = replace(BASE, facts=(*longer, *more))
    gone = replace(BASE, facts=(*BASE.facts, *more[:20]))
    town.revisions.review = Proposal(KEY, replace(NOTHING, changes=changes(gone, after)), after)
    text, file = await said(curating.reload, ask(lang="zh"), town.services)
    assert isinstance(text, Text)
    assert isinstance(file, Document)
    shown, whole = read(text.html), file.content.decode()
    assert shown.startswith("请看一下：新增180条，删去0条，修改4条\n")
    assert "还有172处" in shown
    assert shown.endswith("没有测试题，所以没法比较。\n\n这里放不下，文件里是全部改动。")
    assert whole.splitlines()[:2] == shown.splitlines()[:2]
    assert (whole.count("港口要装40盏灯"), whole.count("字" * 900)) == (180, 4)
    for each in BASE.facts:
        assert f"正文（英文）：“{each.text.en}” → “{'word ' * 190}{each.id}”" in whole
        assert each.title.zh in shown


async def test_lines_that_came_to_a_list_stand_apart_from_those_that_went(town: World) -> None:
    asked = replace(COST, ask=Phrasings(en=("is it dear", "what is the bill"), zh=COST.ask.zh))
    after = replace(BASE, facts=(asked, *BASE.facts[1:]))
    town.revisions.review = Proposal(KEY, replace(NOTHING, changes=changes(BASE, after)), after)
    assert (
        "\n\nThe harbour costs 7 million crowns\nQuestions (English):\n+ “is it dear”, “what is the bill”\n"
        "− “how much does the harbour cost”, “price of the harbour”, “harbour budget”\n\n"
    ) in read((await reloaded(town)).html)


async def test_so_many_changes_that_not_all_have_room_are_counted(town: World) -> None:
    many = [replace(LIGHTS, id=f"lights-{n}") for n in range(70)]
    plans = [replace(each, standing="done") for each in many]
    before, after = (replace(BASE, facts=tuple(facts)) for facts in (many, plans))
    town.revisions.review = Proposal(KEY, replace(NOTHING, changes=changes(before, after)), after)
    text, file = await said(curating.reload, ask(), town.services)
    assert isinstance(text, Text)
    assert isinstance(file, Document)
    assert read(text.html).count("Standing: “Plan” → “Done”") == 12
    assert "+58 more changed" in read(text.html)
    assert file.content.decode().count("Standing: “Plan” → “Done”") == 70


@pytest.mark.parametrize("entry", [Fact, Gap, SmallTalk, Name, Topic, Source])
def test_every_field_that_can_change_has_words(entry: type[Entry]) -> None:
    for field in set(fields_of(entry)) - {"id", "en", "zh"}:
        for words in catalogues().values():
            assert words(f"field.{field}")


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
        "20 test questions\nRight: 15 → 16\nWrong: 1 → 2\n"
        "Among the buttons: 4 → 2\nNot found, or called unsaid: 0 → 0\n\n"
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
    keys, told = await said(curating.decide, tap(f"serve:{KEY}"), town.services)
    assert keys == Keys(())
    assert isinstance(told, Text)
    assert read(told.html).startswith("Version 4 is served\n")
    assert told.buttons == ()
    assert (town.revisions.accepted[-1].by, town.revisions.accepted[-1].at) == (TOM.name, NOW)


async def test_a_change_can_be_left(town: World) -> None:
    town.revisions.review = Proposal(KEY, CHANGE, AFTER)
    await reloaded(town)
    keys, told = await said(curating.decide, tap(f"leave:{KEY}", "zh"), town.services)
    assert keys == Keys(())
    assert isinstance(told, Text)
    assert read(told.html) == "没有换\n继续用版本3。"
    assert town.revisions.waiting == set()


async def test_what_was_overtaken_is_not_served(town: World) -> None:
    keys, told, toast = await said(curating.decide, tap(f"serve:{KEY}"), town.services)
    assert isinstance(toast, Toast)
    assert (keys, told) == (Keys(()), Text(toast.text))
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
        "3 · Fri 20 Nov 2026, 12:00 (Asia/Shanghai) · from the folder, Lin\n"
        "2 · Fri 20 Nov 2026, 12:00 (Asia/Shanghai) · from a file, Lin\n"
        "1 · Fri 20 Nov 2026, 12:00 (Asia/Shanghai) · from the folder"
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
    assert read(shown.html).startswith("Back to version 2: 2 added, 1 removed, 3 changed\n")
    assert town.revisions.reviewed == [2]
    (gone,) = await said(curating.decide, tap("back:9"), town.services)
    assert gone == Text("That version isn't kept any more.")


@pytest.mark.parametrize(
    ("lang", "pages"),
    [
        (
            "en",
            [
                "Looking at it\nAnother look is under way. This one is next…",
                "Looking at it\nChecking the files…",
                "Looking at it\nThey check: 4 facts. Getting them ready to be asked…",
                "Looking at it\nAsking the test questions: 20 of 600…",
            ],
        ),
        (
            "zh",
            [
                "正在看\n前面还有一次没看完，这次排在后面…",
                "正在看\n检查文件…",
                "正在看\n文件没问题，共4条事实。正在准备试问…",
                "正在看\n试问测试题：20/600…",
            ],
        ),
    ],
)
async def test_how_far_a_review_is_is_told_while_it_is_made(town: World, lang: Lang, pages: list[str]) -> None:
    town.revisions.steps = (Step("waiting"), Step("checking"), Step("building", 0, 4), Step("asking", 20, 600))
    (working,) = await curating.reload(ask(lang=lang), town.services)
    assert isinstance(working, Working)
    assert read(working.html) == pages[1]
    told: list[str] = []
    await working.work(told.append)
    assert [read(html) for html in told] == pages
