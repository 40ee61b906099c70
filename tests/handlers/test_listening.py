from pathlib import Path

import pytest

from facts.verdict import Answer, Candidate, Choices, Reasons, Verdict
from handlers import listening
from handlers.acts import Act
from handlers.reply import Edit, Text, Toast
from tests.handlers.fakes import GROUP, NOW, TOM, World, ask, tap, world
from tests.handlers.limits import said
from tests.handlers.town import BASE, BUILDER, COST

SURE, UNSURE = (Answer("en", (Candidate(COST, 1.0),), reasons=Reasons(score=score)) for score in (0.9, 0.8))
BOTH = Answer("en", (Candidate(COST, 1.0),), (BASE.gaps[0],), Reasons(score=0.99))
TOLD: dict[str, Verdict] = {
    "sure": SURE,
    "unsure": UNSURE,
    "both": BOTH,
    "two": Answer("en", (Candidate(COST, 1.0), Candidate(BUILDER, 1.0)), reasons=Reasons(score=0.99)),
    "which": Choices("en", (Candidate(COST, 1.0), Candidate(BUILDER, 1.0)), Reasons(score=0.99)),
}

CHATTER = [
    line
    for line in (Path(__file__).parent / "chatter.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


async def test_what_is_surely_asked_is_answered_as_a_reply() -> None:
    (part,) = await said(listening.overheard, ask("sure", chat=GROUP), world(BASE, TOLD).services)
    assert isinstance(part, Text)
    assert part.quote
    assert part.html.startswith("<b>The harbour costs")


@pytest.mark.parametrize("text", ["unsure", "both", "two", "which", "thanks", "hello everybody", "sure " + "x" * 400])
async def test_anything_less_sure_is_passed_over_in_silence(text: str) -> None:
    assert await said(listening.overheard, ask(text, chat=GROUP), world(BASE, TOLD).services) == ()


@pytest.mark.parametrize("line", CHATTER)
async def test_ordinary_chatter_of_a_group_is_passed_over(chancheng: World, line: str) -> None:
    assert await said(listening.overheard, ask(line, chat=GROUP), chancheng.services) == ()


@pytest.mark.parametrize("line", ["how big is the gathering area", "最高能奖多少"])
async def test_what_asks_for_a_fact_is_answered_among_the_chatter(chancheng: World, line: str) -> None:
    assert len(await said(listening.overheard, ask(line, chat=GROUP), chancheng.services)) == 1


async def test_nothing_overheard_is_kept() -> None:
    told = world(BASE, TOLD)
    await said(listening.overheard, ask("sure", chat=GROUP), told.services)
    assert told.questions.noted == []


async def test_it_is_off_until_turned_on_and_can_be_turned_off_again(town: World) -> None:
    (part,) = await said(listening.listen, ask(chat=GROUP), town.services)
    assert isinstance(part, Text)
    assert "only when addressed" in part.html
    (edit,) = await said(listening.turn, tap("zh:on", chat=GROUP), town.services)
    assert isinstance(edit, Edit)
    assert town.listening.on(GROUP.id)
    assert edit.buttons[0][0].data == "o:zh:off"
    for _ in range(2):
        await said(listening.turn, tap("zh:off", chat=GROUP), town.services)
    assert not town.listening.on(GROUP.id)
    assert town.acts.noted == [
        Act(NOW, "listen_on", chat=GROUP.id, place="Readers"),
        Act(NOW, "listen_off", chat=GROUP.id, place="Readers"),
    ]
    assert town.acts.people == [TOM.id] * 2


async def test_in_a_private_chat_it_is_said_to_be_for_groups(town: World) -> None:
    (part,) = await said(listening.listen, ask(), town.services)
    assert isinstance(part, Text)
    assert "/listen" in part.html


@pytest.mark.parametrize("data", ["", "en", "en:maybe", "xx:on"])
async def test_a_forged_tap_changes_nothing(town: World, data: str) -> None:
    (part,) = await said(listening.turn, tap(data, chat=GROUP), town.services)
    assert isinstance(part, Toast)
    assert town.listening.groups == set()
