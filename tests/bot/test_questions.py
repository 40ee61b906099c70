"""What people asked and what curators did, in one suite over every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from bot.storage.acts import StoredActs
from bot.storage.preferences import ChatKeys
from bot.storage.questions import WAITING, StoredQuestions
from bot.storage.schema import acts as acts_table
from bot.storage.schema import questions as table
from handlers.acts import Act
from handlers.asked import Asked, InVain
from handlers.stats import Figures

if TYPE_CHECKING:
    from bot.storage.database import Database

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KEYS = ChatKeys(b"a key of this test")
TOM, MEI = 1001, 1002
VAIN = Asked(TOM, NOW, "en", "How big is the Moon?", "no_match")


@pytest.fixture
def kept(database: Database) -> StoredQuestions:
    return StoredQuestions(database, KEYS)


async def note(kept: StoredQuestions, *asked: Asked) -> None:
    for each in asked:
        kept.note(each)
    await kept.tick()


async def stored(database: Database) -> list[str]:
    async with database.reading() as reading:
        return [str(row) for row in await reading.execute(select(table))]


async def test_a_question_is_kept_as_it_was_typed(kept: StoredQuestions) -> None:
    await note(kept, replace(VAIN, text="  كم عدد \n الطوائف؟\u200b"))
    [found] = await kept.in_vain(10)
    assert found.question == "كم عدد الطوائف؟"


async def test_questions_in_vain_are_grouped_and_counted(kept: StoredQuestions) -> None:
    await note(
        kept,
        VAIN,
        replace(VAIN, text="how big is the MOON", at=NOW + DAY),
        replace(VAIN, text="how big is the moon", person=MEI, fate="not_meant", entry="size"),
        replace(VAIN, text="月亮多大", lang="zh"),
        replace(VAIN, text="answered", fate="answer", entry="size"),
        replace(VAIN, text="answered by a gap", fate="not_in_source", entry="moons"),
        replace(VAIN, text="？！"),
    )
    first, second = await kept.in_vain(10)
    assert (first.times, first.people, first.rejected, first.lang) == (3, 2, "size", "en")
    assert second == InVain(second.key, "月亮多大", "zh", 1, 1)
    assert await kept.in_vain(1, 1) == [second]
    assert await kept.one(first.key) == first
    assert await kept.one("0" * 12) is None


async def test_what_no_gap_answers_yet_is_in_vain_too(kept: StoredQuestions) -> None:
    unsaid = replace(VAIN, text="how big was it in 1999", fate="not_in_source")
    await note(kept, unsaid, replace(unsaid, person=MEI, fate="no_match"), VAIN)
    first, second = await kept.in_vain(10)
    assert (first.question, first.times, first.unsaid) == (unsaid.text, 2, True)
    assert second.unsaid is False
    assert await kept.settle(first.key) is True
    assert await kept.in_vain(10) == [second]


async def test_what_was_seen_to_comes_back_only_when_it_is_asked_again(kept: StoredQuestions) -> None:
    await note(kept, VAIN)
    [found] = await kept.in_vain(10)
    assert await kept.settle(found.key) is True
    assert await kept.settle(found.key) is False
    assert await kept.in_vain(10) == []
    await note(kept, VAIN)
    assert await kept.in_vain(10) == [found]


async def test_what_is_kept_is_counted(kept: StoredQuestions) -> None:
    answered = replace(VAIN, fate="answer", entry="size")
    await note(
        kept,
        VAIN,
        answered,
        replace(answered, person=MEI, lang="zh", entry="age"),
        replace(answered, text="its size", entry="size"),
        replace(VAIN, fate="not_meant", entry="age"),
        replace(answered, at=NOW - 31 * DAY),
    )
    assert await kept.figures(NOW, 1) == Figures(
        4, 2, {"answer": 3, "no_match": 1, "not_meant": 1}, {"en": 3, "zh": 1}, [("size", 2)]
    )


async def test_people_are_kept_by_a_keyed_hash_only(kept: StoredQuestions, database: Database) -> None:
    await note(kept, VAIN)
    [row] = await stored(database)
    assert str(TOM) not in row


async def test_questions_go_after_thirty_days(kept: StoredQuestions, database: Database) -> None:
    await note(kept, VAIN, replace(VAIN, at=NOW + DAY))
    await kept.prune(NOW + 30 * DAY)
    assert len(await stored(database)) == 2
    await kept.prune(NOW + 30 * DAY + timedelta(seconds=1))
    assert len(await stored(database)) == 1


async def test_whoever_wants_none_kept_has_none_kept_and_those_before_erased(
    kept: StoredQuestions, database: Database
) -> None:
    await note(kept, VAIN, replace(VAIN, person=MEI))
    for _ in range(2):
        await kept.keep(TOM, kept=False)
    await note(kept, VAIN)
    assert await kept.kept(TOM) is False
    assert await kept.kept(MEI) is True
    assert len(await stored(database)) == 1
    await kept.keep(TOM, kept=True)
    await note(kept, VAIN)
    assert len(await stored(database)) == 2


async def test_forgetting_erases_what_is_written_and_what_waits(kept: StoredQuestions, database: Database) -> None:
    await note(kept, VAIN, replace(VAIN, person=MEI))
    kept.note(VAIN)
    assert await kept.forget(TOM) is True
    assert await kept.forget(TOM) is False
    await kept.tick()
    assert len(await stored(database)) == 1
    kept.note(VAIN)
    assert await kept.forget(TOM) is True


async def test_what_a_database_cannot_hold_is_kept_without_it(kept: StoredQuestions, database: Database) -> None:
    await note(kept, replace(VAIN, text="a\0b\ud800 " + "多" * 500))
    [found] = await kept.in_vain(1)
    assert found.question.startswith("a b")
    assert len(found.question) <= 300
    acts = StoredActs(database, KEYS)
    odd = "T\0\ud800" + "x" * 100
    await acts.note(Act(NOW, "settle", "y" * 500, odd, -5, odd), TOM)
    [act] = await acts.last(5)
    assert (act.name, act.place, len(act.detail)) == ("T?" + "x" * 62, "T?" + "x" * 62, 200)


async def test_a_database_that_is_away_loses_nothing_and_holds_nobody_up(
    kept: StoredQuestions, database: Database
) -> None:
    async with database.writing() as writing:
        await writing.execute(text("ALTER TABLE questions RENAME TO away"))
    for number in range(WAITING + 10):
        kept.note(replace(VAIN, text=f"question {number}"))
    with pytest.raises(Exception, match="questions"):
        await kept.tick()
    async with database.writing() as writing:
        await writing.execute(text("ALTER TABLE away RENAME TO questions"))
    await kept.tick()
    assert len(await stored(database)) == WAITING


async def test_acts_are_kept_for_a_year_newest_first(database: Database) -> None:
    acts = StoredActs(database, KEYS)
    first = Act(NOW, "serve", "2", "Tom")
    second = Act(NOW + DAY, "posts_on", "", "", -1001000000001, "Readers")
    await acts.note(first, TOM)
    await acts.note(second, None)
    assert await acts.last(5) == [second, first]
    assert await acts.last(1) == [second]
    assert (await acts.tell_of(TOM), await acts.tell_of(MEI)) == (True, False)
    await acts.prune(NOW + 366 * DAY)
    assert await acts.last(5) == [second]
    assert await acts.tell_of(TOM) is False


async def test_who_did_what_is_kept_by_a_keyed_hash_only(database: Database) -> None:
    await StoredActs(database, KEYS).note(Act(NOW, "serve", "2", "Tom"), TOM)
    async with database.reading() as reading:
        [row] = (await reading.execute(select(acts_table))).all()
    assert row.person == KEYS.of_person(TOM)
    assert str(TOM) not in str(row)
