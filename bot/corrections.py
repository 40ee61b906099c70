"""Corrections: a fact whose meaning changed after it was posted is put right once, by a reply to that post.

What was posted keeps a fingerprint of what it meant, and is itself the list of what is still to be corrected: a row is
brought up to date once its correction was sent. A crash in between repeats that one.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.telegram.sending import Target
from facts.digest import meaning
from handlers.digests import correction

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.storage.posted import PostedFact, StoredPosts
    from bot.telegram.errors import Journal
    from bot.telegram.presence import Presence
    from facts.model import FactBase
    from handlers.ports import Services
    from handlers.reply import Text

log = logging.getLogger(__name__)

BATCH = 20
# Longer than sending one takes; after a failure it is also the time until the next attempt.
LEASE = timedelta(minutes=2)


class Corrections:
    """`send` posts one message once and returns its id. Sending is a task of its own: it may have to wait its turn."""

    def __init__(
        self,
        services: Services,
        posts: StoredPosts,
        send: Callable[[Text, Target], Awaitable[int]],
        chats: Presence,
        journal: Journal,
    ) -> None:
        self._services = services
        self._posts = posts
        self._send = send
        self._chats = chats
        self._journal = journal
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._version = ""
        self._changed: dict[tuple[str, str], str] = {}

    async def tick(self) -> None:
        """Look once at every base that comes to be served, then see that all it changed is corrected.

        Raises what the database raises.
        """
        if self._stopping or (self._task is not None and not self._task.done()):
            return
        base = self._services.library.base
        if base.version != self._version:
            self._changed = await self._find(base)
            self._version = base.version
        if self._changed:
            self._task = asyncio.create_task(self._run(), name="corrections")

    async def stop(self, within: float) -> None:
        """Finish the correction under way, for at most `within` seconds; the rest waits for the next start."""
        self._stopping = True
        if self._task is not None:
            await asyncio.wait([self._task], timeout=within)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        try:
            for (fact, before), after in list(self._changed.items()):
                await self._correct_all(fact, before, after)
        except Exception as error:  # noqa: BLE001 - the next tick tries again
            self._journal.failed("a correction was not sent", error)

    async def _correct_all(self, fact: str, before: str, after: str) -> None:
        while not self._stopping:
            now = self._services.clock.now()
            rows = await self._posts.lease(fact, before, now, now + LEASE, BATCH)
            for row in rows:
                if self._stopping:
                    return
                await self._correct(row, after)
            if not rows:
                break
        if not await self._posts.waiting(fact, before):
            del self._changed[fact, before]

    async def _find(self, base: FactBase) -> dict[tuple[str, str], str]:
        """Return what was posted with another meaning than it has now, and that; a fact that is gone drops out."""
        changed = {}
        for fact_id, before in await self._posts.meanings():
            fact = base.fact_by_id.get(fact_id)
            if fact is None or (after := meaning(fact)) == before:
                continue
            if before:
                changed[fact_id, before] = after
            else:
                await self._posts.learn(fact_id, after)
        return changed

    async def _correct(self, row: PostedFact, after: str) -> None:
        """Raises TelegramError where Telegram is out of reach."""
        fact = self._services.library.base.fact_by_id.get(row.fact)
        if fact is None or meaning(fact) != after:
            return  # another base came meanwhile; the next tick looks again
        kept = row.subscription
        try:
            await self._send(correction(fact, row.message_id, kept, self._services), Target(kept.chat_id, kept.thread))
        except ChatMigrated as moved:
            await self._chats.moved(kept.chat_id, moved.new_chat_id)
            return
        except Forbidden as error:
            await self._chats.left(kept.chat_id, error.message)
            return
        except BadRequest as error:
            # The post is gone, or nothing can be said there any more: then there is nothing to put right.
            log.info("a correction was refused", extra={"fact": row.fact, "because": error.message})
        else:
            log.info("a correction was sent", extra={"fact": row.fact})
        await self._posts.corrected(row, after)
