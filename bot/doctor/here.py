"""What can be examined without Telegram: settings, facts, database, time zones, font."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.config import SettingsError
from bot.doctor.finding import Finding
from bot.pictures import fonts
from bot.pictures.process import NotDrawnError, UnfitFontError, drawn
from bot.storage.bases import StoredBases
from bot.storage.database import Database, DatabaseError
from bot.storage.migrating import try_writing, version
from bot.storage.schema import HEAD
from facts.checking.grounding import unquoted
from facts.drawing import Drawing
from facts.loading import BrokenBase, load

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.config import Settings

# The IANA database names some 600; a system without it knows "UTC" and little else.
ZONES = 400
SAMPLE = Drawing("禅城", "《佛山日报》2022年6月19日", (("result", "据报道"),), "Aa 0–9 km²", ())


async def examined(settings: Settings) -> AsyncIterator[Finding]:
    yield curators(settings)
    yield await asyncio.to_thread(facts, settings)
    yield await database(settings)
    yield zones(len(available_timezones()))
    yield await font(settings)


def curators(settings: Settings) -> Finding:
    if settings.admin_ids:
        return Finding("curators", f"{len(settings.named)} may change the facts, {len(settings.admin_ids)} run the bot")
    mend = "set BOT_ADMIN_IDS to your numeric user id; @userinfobot tells it"
    if settings.curator_ids:
        return Finding("curators", f"{len(settings.named)} may change the facts, but nobody see /stats", mend)
    return Finding("curators", "nobody may /reload, or see the inbox", mend)


def facts(settings: Settings) -> Finding:
    try:
        base = load(settings.folder)
    except SettingsError as error:
        return Finding("facts", str(error), "set BOT_FACTS_DIR to a folder with source.yaml", fatal=True)
    except BrokenBase as broken:
        said = f"{len(broken.problems)} problems in {settings.folder}; the first: {broken.problems[0]}"
        return Finding("facts", said, f"python -m facts check {settings.folder} lists them all", fatal=True)
    said = f"{len(base.facts)} facts and {len(base.gaps)} gaps check, in {settings.folder}"
    if slips := unquoted(base):
        mend = f"python -m facts check {settings.folder} lists them: compare each with its quote"
        return Finding("facts", f"{said}; {len(slips)} texts give numbers that their quotes don't", mend)
    return Finding("facts", said)


async def database(settings: Settings) -> Finding:
    """Look without making or changing anything."""
    address = make_url(settings.database_url)
    file = Path(str(address.database))
    if address.get_backend_name() == "sqlite" and not await asyncio.to_thread(file.exists):
        return Finding("database", f"{address.database} is not there yet; the first start makes it")
    try:
        opened = await Database.open(settings.database_url)
    except DatabaseError as error:
        return Finding("database", str(error), "compare BOT_DATABASE_URL with what is running", fatal=True)
    try:
        async with opened.reading() as reading:
            found = await reading.run_sync(version)
        if found == HEAD:
            await try_writing(opened)
            newest = await StoredBases(opened).newest()
            return Finding("database", f"answers, is up to date, and keeps version {newest} of the facts as its newest")
    except DatabaseError as error:
        return Finding("database", str(error), "let this user write to it and to its folder", fatal=True)
    except SQLAlchemyError as error:
        said = f"{address} cannot be read: {str(error).splitlines()[0]}"
        return Finding("database", said, "is this the bot's own database?", fatal=True)
    finally:
        await opened.close()
    return Finding("database", f"is at migration {found or 'none'}, and this bot at {HEAD}", _migrate(found))


def _migrate(found: str | None) -> str:
    if found is not None and found > HEAD:
        return "a newer bot made it: update this one"
    return "a start brings it up to date, or: python -m bot migrate"


def zones(known: int) -> Finding:
    if known >= ZONES:
        return Finding("time zones", f"{known} are known")
    return Finding("time zones", f"only {known} are known", "pip install tzdata", fatal=True)


async def font(settings: Settings) -> Finding:
    """Draw a small picture in Chinese as /figures does it; nothing of it is kept."""
    found = await asyncio.to_thread(fonts.font, settings.font, fonts.folders())
    try:
        await drawn(SAMPLE.written(), found, settings.cache and settings.cache / "drawing")
    except UnfitFontError as error:
        said = str(error) if found else "there is none for Chinese, so people get /figures in words"
        return Finding("font", said, fonts.INSTALL)
    except (NotDrawnError, OSError) as error:
        return Finding("pictures", f"none can be drawn: {error}", "is all of requirements.lock installed?")
    return Finding("font", f"{found} shows Chinese, and pictures can be drawn")
