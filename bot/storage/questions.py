"""What people asked, for a month, and who wants none of it kept."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, delete, func, insert, or_, select, update

from bot.storage import queries
from bot.storage.schema import questions, unkept
from facts.inbox import form
from facts.text import typed
from handlers.asked import KEPT_DAYS, InVain
from handlers.stats import Figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Column, Select

    from bot.storage.database import Database
    from bot.storage.preferences import ChatKeys
    from handlers.asked import Asked

log = logging.getLogger(__name__)

WAITING = 5000
"""Questions that wait to be written at most: where the database is away for long, the oldest are not kept."""
# Told that the article doesn't say, and not by a gap, whose id `entry` would be.
_UNSAID = and_(questions.c.outcome == "not_in_source", questions.c.entry == "")
_OPEN = and_(or_(questions.c.outcome.in_(("no_match", "not_meant")), _UNSAID), questions.c.settled.is_(False))


class StoredQuestions:
    """`note` only takes a question down; `tick` writes what has come since, all in one transaction."""

    def __init__(self, database: Database, keys: ChatKeys) -> None:
        self._database = database
        self._keys = keys
        self._waiting: deque[dict[str, Any]] = deque(maxlen=WAITING)
        self._writing = asyncio.Lock()

    def note(self, asked: Asked) -> None:
        words = form(asked.text)
        if words:
            self._waiting.append(
                {
                    "asker": self._keys.of_person(asked.person),
                    "at": asked.at,
                    "lang": asked.lang,
                    "outcome": asked.fate,
                    "entry": asked.entry,
                    "key": sha256(f"{asked.lang} {words}".encode()).hexdigest()[:12],
                    "text": typed(asked.text)[:300],
                    "settled": False,
                }
            )

    async def tick(self) -> None:
        """Write what was noted; what the database does not take waits on. Raises what the database raises."""
        if not self._waiting:
            return
        async with self._writing:
            rows = list(self._waiting)
            async with self._database.writing() as writing:
                found = await writing.execute(
                    select(unkept.c.asker).where(unkept.c.asker.in_({r["asker"] for r in rows}))
                )
                without = set(found.scalars())
                if wanted := [row for row in rows if row["asker"] not in without]:
                    await writing.execute(insert(questions), wanted)
            for _ in range(min(len(rows), len(self._waiting))):
                self._waiting.popleft()

    async def prune(self, now: datetime) -> None:
        async with self._database.writing() as writing:
            await writing.execute(delete(questions).where(questions.c.at < now - timedelta(days=KEPT_DAYS)))

    async def in_vain(self, limit: int, skip: int = 0) -> Sequence[InVain]:
        async with self._database.reading() as reading:
            rows = await reading.execute(_grouped().limit(limit).offset(skip))
            return [_in_vain(row) for row in rows]

    async def one(self, key: str) -> InVain | None:
        async with self._database.reading() as reading:
            row = (await reading.execute(_grouped().where(questions.c.key == key))).first()
        return None if row is None else _in_vain(row)

    async def figures(self, now: datetime, limit: int) -> Figures:
        """Count what is kept; a rejection is no question more."""
        recent = questions.c.at >= now - timedelta(days=KEPT_DAYS)
        asked = and_(recent, questions.c.outcome != "not_meant")
        count = func.count()
        shown = (
            select(questions.c.entry, count)
            .where(asked, questions.c.entry != "")
            .group_by(questions.c.entry)
            .order_by(count.desc(), questions.c.entry)
            .limit(limit)
        )
        async with self._database.reading() as reading:
            total = (await reading.execute(select(count, func.count(questions.c.asker.distinct())).where(asked))).one()
            fates = await reading.execute(
                select(questions.c.outcome, count).where(recent).group_by(questions.c.outcome)
            )
            langs = await reading.execute(select(questions.c.lang, count).where(asked).group_by(questions.c.lang))
            entries = await reading.execute(shown)
            return Figures(total[0], total[1], _pairs(fates), _pairs(langs), list(_pairs(entries).items()))

    async def settle(self, key: str) -> bool:
        async with self._database.writing() as writing:
            done = await writing.execute(update(questions).where(_OPEN, questions.c.key == key).values(settled=True))
        return done.rowcount > 0

    async def kept(self, person: int) -> bool:
        mine = select(unkept.c.asker).where(unkept.c.asker == self._keys.of_person(person))
        async with self._database.reading() as reading:
            return (await reading.execute(mine)).first() is None

    async def keep(self, person: int, *, kept: bool) -> None:
        asker = self._keys.of_person(person)
        async with self._writing, self._database.writing() as writing:
            if kept:
                await writing.execute(delete(unkept).where(unkept.c.asker == asker))
                return
            statement = queries.insert_into(self._database.dialect, unkept).values(asker=asker).on_conflict_do_nothing()
            await writing.execute(statement)
        await self.forget(person)

    async def forget(self, person: int) -> bool:
        asker = self._keys.of_person(person)
        async with self._writing:
            before = len(self._waiting)
            others = [row for row in self._waiting if row["asker"] != asker]
            self._waiting.clear()
            self._waiting.extend(others)
            async with self._database.writing() as writing:
                gone = await writing.execute(delete(questions).where(questions.c.asker == asker))
        return gone.rowcount > 0 or before > len(others)


def _counted(column: Column[Any]) -> Select[Any]:
    return select(column, func.count()).group_by(column)


def _pairs(rows: Iterable[Any]) -> dict[Any, int]:
    return {row[0]: row[1] for row in rows}


def _in_vain(row: Any) -> InVain:
    return InVain(row.key, row.question, row.lang, row.times, row.people, row.rejected, bool(row.unsaid))


def _grouped() -> Select[Any]:
    people = func.count(questions.c.asker.distinct()).label("people")
    times = func.count().label("times")
    newest = func.max(questions.c.at)
    return (
        select(
            questions.c.key,
            func.max(questions.c.text).label("question"),
            questions.c.lang,
            times,
            people,
            func.max(questions.c.entry).label("rejected"),
            func.max(case((_UNSAID, 1), else_=0)).label("unsaid"),
        )
        .where(_OPEN)
        .group_by(questions.c.key, questions.c.lang)
        .order_by(people.desc(), times.desc(), newest.desc(), questions.c.key)
    )
