"""For the terminal: what people asked, and what they asked in vain."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.storage.bases import StoredBases
from bot.storage.database import Database
from bot.storage.deliveries import StoredDeliveries
from bot.storage.failures import StoredFailures
from bot.storage.migrating import migrate
from bot.storage.preferences import ChatKeys
from bot.storage.questions import StoredQuestions
from facts.loading import load, load_files
from handlers.stats import LISTED, Told, parts
from handlers.texts import catalogues

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from bot.config import Settings
    from handlers.asked import InVain


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The bot's database, brought up to date. Raises DatabaseError."""
    database = await Database.open(settings.database_url)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()


async def inbox(settings: Settings, limit: int) -> str:
    """Return the questions asked in vain, a line each: times, people, language, question, and what they got."""
    async with opened(settings) as database:
        found = await StoredQuestions(database, ChatKeys(settings.hash_key)).in_vain(limit)
    if not found:
        return "Nobody asked in vain in the last 30 days, or it has all been seen to."
    return "\n".join(["times  people  lang  question", *map(_line, found)])


async def report(settings: Settings, now: datetime) -> str:
    """Return what /stats tells, in English."""
    async with opened(settings) as database:
        kept, bases = StoredQuestions(database, ChatKeys(settings.hash_key)), StoredBases(database)
        files = await bases.files(await bases.newest())
        told = Told(
            await kept.figures(now, LISTED),
            await kept.in_vain(LISTED),
            await StoredDeliveries(database, "report").summary(now),
            await StoredFailures(database).last(now),
            load_files(files) if files else load(settings.folder),
        )
    title, lines, sections = parts(told, catalogues()["en"])
    return "\n".join([title, *lines, *(f"\n{heading}\n{body}" for heading, body in sections)])


def _line(found: InVain) -> str:
    why = "   (told that it isn't in the article)" if found.unsaid else ""
    why = f"   (not meant: {found.rejected})" if found.rejected else why
    return f"{found.times:5}  {found.people:6}  {found.spoken:5} {found.question}{why}"
