"""Corrections: a fact whose meaning changed after it was posted is put right once, by a reply to that post.

What was posted keeps what it told, and is itself the list of what is still to be corrected: a row is
brought up to date once its correction was sent. A crash in between repeats that one.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.telegram.sending import Target
from facts.meaning import Comparison, Told
from handlers.digests import correction

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

    from bot.storage.posted import PostedFact, StoredPosts
    from bot.telegram.errors import Journal
    from bot.telegram.presence import Presence
    from facts.meaning import Change
    from facts.model import FactBase, Lang
    from handlers.ports import Services
    from handlers.reply import Text

log = logging.getLogger(__name__)

# Longer than sending one takes; after a failure it is also the time until the next attempt.
LEASE = timedelta(minutes=2)


class _Wrong(NamedTuple):
    """What posts are wrong about: what holds now, and what has changed for the readers of each language."""

    now: Told
    changes: Mapping[Lang, Sequence[Change]]


class Corrections:
    """`send` posts one message once and returns its id. Sending is a task of its own: it may have to wait its turn.

    `in_hand`: ids of the deliveries that are under way, kept up to date by whoever sends them.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what it needs of the bot
        self,
        services: Services,
        posts: StoredPosts,
        send: Callable[[Text, Target], Awaitable[int]],
        chats: Presence,
        journal: Journal,
        in_hand: Collection[int],
    ) -> None:
        self._services = services
        self._posts = posts
        self._send = send
        self._chats = chats
        self._journal = journal
        self._in_hand = in_hand
        self._awaited: frozenset[int] = frozenset()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._version = ""
        self._changed: dict[tuple[str, str], _Wrong] = {}

    async def tick(self) -> None:
        """Look at every base that comes to be served, and see that all it changed is corrected.

        It is looked at once more when what was under way then is posted.
        Raises what the database raises.
        """
        if self._stopping or (self._task is not None and not self._task.done()):
            return
        base = self._services.library.base
        if base.version != self._version:
            # What is under way was perhaps written from the base before, and is not noted as posted yet.
            self._awaited = frozenset(self._in_hand)
            self._changed = await self._find(base)
            self._version = base.version
        elif self._awaited and self._awaited.isdisjoint(self._in_hand):
            self._changed = await self._find(base)
            self._awaited = frozenset()
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
            for (fact, before), wrong in list(self._changed.items()):
                await self._correct_all(fact, before, wrong)
        except Exception as error:  # noqa: BLE001 - the next tick goes on with the others, and later tries this again
            self._journal.failed("a correction was not sent", error)

    async def _correct_all(self, fact: str, before: str, wrong: _Wrong) -> None:
        while not self._stopping:
            now = self._services.clock.now()
            row = await self._posts.lease(fact, before, now, now + LEASE)
            if row is None:
                break
            await self._correct(row, wrong)
        if not await self._posts.waiting(fact, before):
            del self._changed[fact, before]

    async def _find(self, base: FactBase) -> dict[tuple[str, str], _Wrong]:
        """Return what was posted with another meaning than it has now; a fact that is gone drops out."""
        reworded = {}
        for fact_id, before, content in await self._posts.meanings():
            if (fact := base.fact_by_id.get(fact_id)) is None:
                continue
            old, new = Told.read(content or ""), Told.of(fact)
            if old is None:
                await self._posts.learn(fact_id, before, new.kept())
            elif old != new:
                reworded[fact_id, before] = (old, new)
        return await asyncio.to_thread(_compared, base, reworded) if reworded else {}

    async def _correct(self, row: PostedFact, wrong: _Wrong) -> None:
        """Raises TelegramError where Telegram is out of reach."""
        fact = self._services.library.base.fact_by_id.get(row.fact)
        if fact is None or Told.of(fact) != wrong.now:
            return  # another base came meanwhile; the next tick looks again
        kept = row.subscription
        text = correction(fact, wrong.changes, row.message_id, kept, self._services)
        try:
            if text is not None:
                await self._send(text, Target(kept.chat_id, kept.thread))
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
        await self._posts.corrected(row, wrong.now.kept())


def _compared(base: FactBase, reworded: Mapping[tuple[str, str], tuple[Told, Told]]) -> dict[tuple[str, str], _Wrong]:
    comparison = Comparison(base)
    found = {key: _Wrong(new, comparison.changes(old, new)) for key, (old, new) in reworded.items()}
    return {key: wrong for key, wrong in found.items() if wrong.changes}
