"""What can be examined without Telegram: settings, facts, database, time zones, font."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.config import SettingsError
from bot.doctor.finding import Finding
from bot.storage.bases import StoredBases
from bot.storage.database import Database, DatabaseError
from bot.storage.migrating import version
from bot.storage.schema import HEAD
from facts.loading import BrokenBase, load

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.config import Settings

# The IANA database names some 600; a system without it knows "UTC" and little else.
ZONES = 400


async def examined(settings: Settings) -> AsyncIterator[Finding]:
    yield curators(settings)
    yield await asyncio.to_thread(facts, settings)
    yield await database(settings)
    yield zones(len(available_timezones()))
    yield await font(shutil.which("fc-list"))


def curators(settings: Settings) -> Finding:
    count = len(settings.curators)
    if count:
        return Finding("curators", f"{count} may change the facts")
    mend = "set BOT_CURATOR_IDS to your numeric user id; @userinfobot tells it"
    return Finding("curators", "nobody may /reload, or see the inbox", mend)


def facts(settings: Settings) -> Finding:
    try:
        base = load(settings.folder)
    except SettingsError as error:
        return Finding("facts", str(error), "set BOT_FACTS_DIR to a folder with source.yaml", fatal=True)
    except BrokenBase as broken:
        said = f"{len(broken.problems)} problems in {settings.folder}; the first: {broken.problems[0]}"
        return Finding("facts", said, f"python -m facts check {settings.folder} lists them all", fatal=True)
    return Finding("facts", f"{len(base.facts)} facts and {len(base.gaps)} gaps check, in {settings.folder}")


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
            newest = await StoredBases(opened).newest()
            return Finding("database", f"answers, is up to date, and keeps version {newest} of the facts as its newest")
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


async def font(lister: str | None) -> Finding:
    """Whether pictures can show Chinese. `lister`: fontconfig's fc-list, if there is one."""
    install = "install one, on Debian or Ubuntu: apt-get install fontconfig fonts-noto-cjk"
    if lister is None:
        return Finding("font", "fontconfig is not here, so nobody knows whether there is one for Chinese", install)
    process = await asyncio.create_subprocess_exec(
        lister, ":lang=zh", "family", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    listed, _ = await process.communicate()
    families = sorted({line.strip() for line in listed.decode(errors="replace").splitlines() if line.strip()})
    if not families:
        return Finding("font", "there is none for Chinese", install)
    return Finding("font", f"{families[0]} shows Chinese")
