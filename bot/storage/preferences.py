"""The languages that people and groups chose. A person's id is kept only as a keyed hash."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.storage import queries
from bot.storage.schema import languages, versions

if TYPE_CHECKING:
    from bot.storage.database import Database
    from facts.model import Lang
    from handlers.ports import Chat

VERSION = "languages"
_UNREAD = -1
WHOLE = 2000
"""Choices up to which all are kept in mind: then a chat that made none is known without asking the database."""


class ChatKeys:
    """Names a chat without naming a person: a private chat's id is its person's, so that it is hashed with a key."""

    def __init__(self, secret: bytes) -> None:
        """`secret`: at most 64 bytes, as BLAKE2b takes."""
        self._secret = secret

    def of(self, chat: Chat) -> str:
        return self.of_person(chat.id) if chat.private else str(chat.id)

    def of_person(self, person: int) -> str:
        return hashlib.blake2b(str(person).encode(), key=self._secret, digest_size=16).hexdigest()


class StoredPreferences:
    """Reads go to memory: at most `kept` chats, read anew when another running copy changes the table."""

    def __init__(self, database: Database, keys: ChatKeys, kept: int = 20_000) -> None:
        self._database = database
        self._keys = keys
        self._kept = kept
        self._cache: OrderedDict[str, Lang | None] = OrderedDict()
        self._version: int | None = _UNREAD
        self._changes = 0
        self._whole = False

    async def language(self, chat: Chat) -> Lang | None:
        key = self._keys.of(chat)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        if self._whole:
            return None
        changes = self._changes
        async with self._database.reading() as reading:
            lang: Lang | None = (
                await reading.execute(select(languages.c.lang).where(languages.c.chat == key))
            ).scalar()
        if changes == self._changes:  # else a change came in between, and what was read may be older than it
            self._remember(key, lang)
        return lang

    async def choose_language(self, chat: Chat, lang: Lang | None) -> None:
        if lang is None:
            await self.forget(chat)
            return
        key = self._keys.of(chat)
        statement = queries.upsert(self._database.dialect, languages, ("chat",), {"chat": key, "lang": lang})
        async with self._database.writing() as writing:
            await writing.execute(statement)
            number = (await writing.execute(queries.count_change(VERSION))).scalar()
        self._changed(number)
        self._remember(key, lang)

    async def forget(self, chat: Chat) -> bool:
        key = self._keys.of(chat)
        async with self._database.writing() as writing:
            found = (await writing.execute(delete(languages).where(languages.c.chat == key))).rowcount > 0
            number = (await writing.execute(queries.count_change(VERSION))).scalar() if found else None
        if found:
            self._changed(number)
        self._remember(key, None)
        return found

    async def refresh(self) -> None:
        """Read the table anew if another copy changed it since, and at first; of a large one remember nothing yet."""
        changes = self._changes
        async with self._database.reading() as reading:
            number = (await reading.execute(select(versions.c.number).where(versions.c.name == VERSION))).scalar()
            if number == self._version:
                return
            rows = (await reading.execute(select(languages.c.chat, languages.c.lang).limit(WHOLE + 1))).all()
        if changes == self._changes:  # else a change of our own came in between: the next time
            self._changes += 1
            self._version = number
            self._whole = len(rows) <= WHOLE
            self._cache = OrderedDict((row.chat, row.lang) for row in rows if self._whole)

    def _changed(self, number: int | None) -> None:
        """Take note of a change of our own, which has that number; where it is not the next, others came before it."""
        self._changes += 1
        self._version = number if number == (self._version or 0) + 1 else _UNREAD

    def _remember(self, key: str, lang: Lang | None) -> None:
        self._cache[key] = lang
        self._cache.move_to_end(key)
        if len(self._cache) > self._kept:
            self._cache.popitem(last=False)
            self._whole = False
