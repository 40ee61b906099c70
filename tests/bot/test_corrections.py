"""A fact that was posted with another meaning is put right once, whatever happens on the way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from bot.corrections import LEASE, Corrections
from bot.storage.posted import StoredPosts, remember
from bot.storage.preferences import ChatKeys
from bot.storage.schema import posted, subscriptions
from bot.storage.subscriptions import StoredSubscriptions
from bot.telegram.errors import Journal
from facts.matching import Matcher
from facts.meaning import Told
from facts.model import Bilingual
from handlers.ports import Subscription
from handlers.reply import Posted, Text
from tests.handlers.fakes import World, world
from tests.handlers.town import BASE, BUILDER, COST, OPENING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.storage.database import Database
    from bot.telegram.sending import Target
    from facts.model import Fact

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DIGEST = Subscription(-1001, 7, frozenset({0}), 9, "Asia/Shanghai", "en", NOW)
DEARER = replace(COST, title=Bilingual(en="The harbour costs 8 million crowns", zh="建港要花800万克朗"))


def as_posted(fact: Fact) -> Posted:
    return Posted(fact.id, Told.of(fact).kept())


class Desk:
    """A bot that corrects: what it sent, the errors that it will meet on the way, and a chat that always meets one."""

    def __init__(self, database: Database) -> None:
        self.sent: list[tuple[Text, Target]] = []
        self.errors: list[Exception] = []
        self.in_hand: set[int] = set()
        self.lost: tuple[int, Exception] | None = None
        self.town: World = world(BASE)
        self.town.clock.time = NOW
        self.stored = StoredSubscriptions(database, ChatKeys(b"k"))
        self.database = database
        self.corrections = Corrections(
            self.town.services, StoredPosts(database), self.send, self, Journal(self.town.clock), self.in_hand
        )

    async def send(self, text: Text, to: Target) -> int:
        if self.errors:
            raise self.errors.pop(0)
        if self.lost and to.chat_id == self.lost[0]:
            raise self.lost[1]
        self.sent.append((text, to))
        return 99

    async def left(self, chat_id: int, reason: str) -> None:
        await self.stored.suspend(chat_id, reason)

    async def returned(self, chat_id: int) -> None:
        raise NotImplementedError

    async def moved(self, old: int, new: int) -> None:
        await self.stored.migrate(old, new)

    async def shown_at(self, chat_id: int, thread: int | None, message_id: int) -> None:
        raise NotImplementedError

    async def posted(self, *facts: Posted) -> None:
        """To the chat that subscribed last."""
        series = select(subscriptions.c.id).order_by(subscriptions.c.id.desc()).limit(1)
        async with self.database.writing() as writing:
            found = (await writing.execute(series)).scalar_one()
            await remember(writing, found, Text("", facts=facts), 5)

    def serve(self, version: str, *facts: Fact) -> None:
        served = {fact.id: fact for fact in (OPENING, *facts)}
        base = replace(BASE, facts=tuple(served.values()), version=version)
        self.town.library.serve(Matcher(base))

    async def tick(self) -> None:
        """Tick, and see what it set off through to its end."""
        await self.corrections.tick()
        if (task := self.corrections._task) is not None:
            await asyncio.wait([task])


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    desk = Desk(database)
    await desk.stored.save(DIGEST)
    await desk.posted(*map(as_posted, (COST, BUILDER)))
    yield desk
    await desk.corrections.stop(1)


async def test_only_what_means_something_else_is_corrected_and_once(desk: Desk) -> None:
    await desk.tick()
    assert desk.sent == []
    reworded = replace(BUILDER, title=Bilingual(en="Weir Works builds the harbour", zh="由 Weir Works 建"))
    desk.serve("2", DEARER, reworded)
    for _ in range(3):
        await desk.tick()
    [(text, to)] = desk.sent
    assert text.reply_to == 5
    assert "Corrected – The harbour costs 8 million crowns" in text.html
    assert (to.chat_id, to.thread) == (-1001, 7)
    desk.serve("3", COST, reworded)
    await desk.tick()
    assert len(desk.sent) == 2


async def test_a_correction_tells_what_the_post_said_and_what_holds_now(desk: Desk) -> None:
    desk.serve("2", DEARER, replace(BUILDER, standing="done"))
    await desk.tick()
    builder, cost = sorted((text.html for text, _ in desk.sent), key=lambda html: "million" in html)
    assert cost.splitlines()[1] == "Changed: 7 million → 8 million"
    assert builder.splitlines()[1] == "Changed: Plan → Done"


async def test_a_group_whose_language_had_it_right_hears_nothing_and_is_done(desk: Desk) -> None:
    chinese = replace(BUILDER, text=Bilingual(en=BUILDER.text.en, zh="工期20个月。"))
    desk.serve("2", COST, chinese)
    for _ in range(2):
        await desk.tick()
    assert desk.sent == []
    assert desk.corrections._changed == {}


@pytest.mark.parametrize("content", ["", '{"form": 0}', None])
async def test_what_another_version_of_the_program_kept_is_taken_for_right(desk: Desk, content: str | None) -> None:
    """At an upgrade nothing is corrected, from then on it is again. None: nothing but a fingerprint was kept."""
    if content is None:
        async with desk.database.writing() as writing:
            await writing.execute(update(posted).where(posted.c.fact == COST.id).values(meaning="f" * 32))
    else:
        await desk.posted(Posted(COST.id, content))
    desk.serve("2", DEARER, BUILDER)
    await desk.tick()
    assert desk.sent == []
    desk.serve("3", COST, BUILDER)
    await desk.tick()
    [(text, _)] = desk.sent
    assert "Changed: 8 million → 7 million" in text.html


async def test_a_fact_that_is_gone_is_not_spoken_of_again(desk: Desk) -> None:
    desk.serve("2", BUILDER)
    await desk.tick()
    assert desk.sent == []


async def test_what_changed_while_the_bot_was_down_is_corrected_after_its_start(desk: Desk) -> None:
    desk.serve("2", DEARER, BUILDER)
    again = Desk(desk.database)
    again.town = desk.town
    again.corrections = Corrections(
        desk.town.services, StoredPosts(desk.database), again.send, again, Journal(again.town.clock), again.in_hand
    )
    await asyncio.gather(desk.tick(), again.tick())
    assert len(desk.sent) + len(again.sent) == 1


async def test_a_post_that_was_under_way_when_the_base_changed_is_corrected_once_it_is_noted(desk: Desk) -> None:
    desk.serve("2", COST, BUILDER)
    await desk.tick()
    desk.in_hand.add(4)
    longer = replace(OPENING, standing="done")
    desk.serve("3", COST, BUILDER, longer)
    await desk.tick()
    await desk.posted(as_posted(OPENING))
    desk.in_hand.add(5)
    await desk.tick()
    assert desk.sent == []
    desk.in_hand.remove(4)
    for _ in range(2):
        await desk.tick()
    assert ["Changed: Target → Done" in text.html for text, _ in desk.sent] == [True]


async def test_a_correction_that_did_not_get_through_is_tried_again(desk: Desk) -> None:
    desk.serve("2", DEARER, BUILDER)
    desk.errors = [NetworkError("down")]
    await desk.tick()
    await desk.tick()
    assert desk.sent == []
    desk.town.clock.time += LEASE + timedelta(seconds=1)
    await desk.tick()
    assert len(desk.sent) == 1


@pytest.mark.parametrize("error", [NetworkError("down"), RuntimeError("a mistake of ours")])
async def test_a_correction_that_always_fails_holds_up_no_other(desk: Desk, error: Exception) -> None:
    for number in range(1, 4):
        await desk.stored.save(replace(DIGEST, chat_id=DIGEST.chat_id - number))
        await desk.posted(as_posted(COST))
    desk.serve("2", DEARER, replace(BUILDER, standing="done"))
    desk.lost = DIGEST.chat_id, error
    for _ in range(3):
        await desk.tick()
    assert sorted(to.chat_id for _, to in desk.sent) == [DIGEST.chat_id - number for number in (3, 2, 1)]
    desk.town.clock.time += LEASE + timedelta(seconds=1)
    desk.lost = None
    await desk.tick()
    assert [to.chat_id for _, to in desk.sent[3:]] == [DIGEST.chat_id] * 2


async def test_a_post_that_is_gone_needs_no_correction(desk: Desk) -> None:
    desk.serve("2", DEARER, BUILDER)
    desk.errors = [BadRequest("message to be replied not found")]
    for _ in range(2):
        await desk.tick()
        desk.town.clock.time += 2 * LEASE
    assert desk.sent == []
    assert desk.corrections._changed == {}


async def test_a_chat_that_was_lost_is_corrected_when_it_is_back(desk: Desk) -> None:
    desk.serve("2", DEARER, BUILDER)
    desk.errors = [Forbidden("kicked")]
    await desk.tick()
    kept = await desk.stored.get(-1001, 7)
    assert kept is not None
    assert kept.suspended == "kicked"
    await desk.stored.save(replace(kept, next_due_at=NOW))
    desk.town.clock.time += 2 * LEASE
    desk.serve("3", DEARER, BUILDER)
    await desk.tick()
    assert len(desk.sent) == 1


async def test_a_group_that_moved_is_corrected_under_its_new_id(desk: Desk) -> None:
    desk.serve("2", DEARER, BUILDER)
    desk.errors = [ChatMigrated(-100_1001)]
    await desk.tick()
    desk.town.clock.time += 2 * LEASE
    await desk.tick()
    [(text, to)] = desk.sent
    assert to.chat_id == -100_1001
    assert text.reply_to is None, "what was posted before has no id there"
    await desk.posted(as_posted(OPENING))
    await desk.moved(-1001, -100_1001)
    desk.serve("3", DEARER, BUILDER, replace(OPENING, standing="done"))
    await desk.tick()
    assert desk.sent[-1][0].reply_to == 5, "the news of the move came twice"


async def test_a_base_that_comes_meanwhile_is_the_one_that_counts(desk: Desk) -> None:
    desk.serve("2", DEARER, BUILDER)
    desk.errors = [NetworkError("down")]
    await desk.tick()
    desk.serve("3", COST, BUILDER)
    desk.town.clock.time += 2 * LEASE
    await desk.tick()
    assert desk.sent == []
