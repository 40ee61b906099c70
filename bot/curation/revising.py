"""What is served, proposed and accepted: `handlers.revisions.Revisions` over the folder and the database."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.curation import aside
from bot.curation.work import Built, Work
from bot.memory import give_back
from bot.storage.bases import Accepted
from facts.gathering import BASE_AT_MOST
from facts.inbox import INBOX, with_gap, with_question, worded
from facts.problems import BrokenBase
from handlers.revisions import Broken, Proposal, Refused, Same, Served, Step, nobody

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.curation.work import Place
    from bot.storage.bases import StoredBases
    from facts.evaluation import Mark, Question
    from facts.library import Library
    from facts.matching import Matcher
    from facts.model import Lang
    from handlers.ports import Person
    from handlers.revisions import Origin, Review, Told, Version

log = logging.getLogger(__name__)

KEPT = 4
"""Proposals that wait for a decision at a time, each with an index in memory; the oldest goes."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    built: Built
    origin: Origin
    after: int


class Revising:
    """`number`: that of what the library serves."""

    def __init__(self, place: Place, library: Library, bases: StoredBases, number: int) -> None:
        self._place = place
        self._library = library
        self._bases = bases
        self._number = number
        self._known: Mapping[Question, Mark] = {}  # how what is served did on the test questions
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()
        self._sent: dict[int, dict[str, bytes]] = {}
        self._one_at_a_time = asyncio.Lock()
        self._following: asyncio.Task[None] | None = None

    def built(self, matcher: Matcher) -> None:
        """Serve the matcher of the base that is served without one."""
        if matcher.base.version == self._library.base.version:  # else something newer was accepted meanwhile
            self._library.serve(matcher)

    async def review_folder(self, told: Told = nobody) -> Review:
        return await self._review(None, "folder", told)

    async def review_version(self, number: int, told: Told = nobody) -> Review | None:
        files = await self._bases.files(number)
        return None if files is None else await self._review(files, "rollback", told, number)

    async def review_question(
        self, question: str, lang: Lang, entry: str | None, wording: str = "", told: Told = nobody
    ) -> Review:
        files, own = await self.files(), worded(wording, lang)
        try:
            more = with_question(files, entry, lang, question) if entry else with_gap(files, lang, question, own)
        except BrokenBase as broken:
            return Broken(broken.problems)
        return await self._review(more, "inbox", told)

    async def review_file(
        self, name: str, content: bytes, by: Person, told: Told = nobody
    ) -> tuple[Review, Sequence[str]]:
        mine = self._sent.setdefault(by.id, {})
        others = [each for each in mine if each != name]
        mine[name] = content
        if sum(map(len, mine.values())) > BASE_AT_MOST:
            self._sent[by.id], others = {name: content}, []
        return await self._review({**await self.files(), **self._sent[by.id]}, "upload", told), others

    def put_aside(self, by: Person) -> None:
        self._sent.pop(by.id, None)

    async def files(self) -> Mapping[str, bytes]:
        return await self._bases.files(self._number) or {}

    async def _review(
        self, files: Mapping[str, bytes] | None, origin: Origin, told: Told, restores: int | None = None
    ) -> Review:
        if self._one_at_a_time.locked():
            told(Step("waiting"))
        async with self._one_at_a_time:
            number, served = self._number, self._library.matcher
            inbox = (await self.files()).get(INBOX) if files is None else None
            built = await aside.build(Work(self._place, files, inbox, served, self._known), told)
        if not isinstance(built, Built):
            return Broken(built)
        if built.change is None:
            return Same(number)
        if self._number == number:
            self._known = built.change.before
        if built.change.refused and restores is None:
            return Refused(built.change)
        base = built.matcher.base
        key = f"{number}.{base.version[:16]}"
        self._waiting[key] = _Waiting(built, origin, number)
        self._waiting.move_to_end(key)
        if len(self._waiting) > KEPT:
            self._waiting.popitem(last=False)
        return Proposal(key, built.change, base, restores)

    async def accept(self, key: str, by: Person, at: datetime) -> Served | None:
        waiting = self._waiting.pop(key, None)
        if waiting is None:
            return None
        built, version = waiting.built, waiting.built.matcher.base.version
        accepted = Accepted(built.files, version, waiting.origin, at, by, built.folder)
        number = await self._bases.accept(accepted, waiting.after)
        if number is None:
            return None
        self.put_aside(by)
        self._serve(number, built.matcher, built.change.now if built.change else {})
        return Served(number, _entry(waiting))

    async def drop(self, key: str) -> bool:
        return self._waiting.pop(key, None) is not None

    async def number(self) -> int:
        return self._number

    async def versions(self, limit: int) -> Sequence[Version]:
        return await self._bases.versions(limit)

    async def follow(self) -> None:
        """See once whether another running copy accepted something, and then serve that, in a task of its own."""
        if self._following is not None and not self._following.done():
            return
        if self._following is not None:
            self._following.result()  # what went wrong is told by whoever ticks, and tried again
        newest = await self._bases.newest()
        if newest > self._number:
            self._following = asyncio.create_task(self._catch_up(newest), name="the newest facts")

    async def stop(self) -> None:
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)

    async def _catch_up(self, number: int) -> None:
        files = await self._bases.files(number)
        if files is None:
            return
        built = await aside.build(Work(self._place, files))
        if isinstance(built, Built):
            self._serve(number, built.matcher, {})
        else:
            log.error("an accepted version does not check here", extra={"number": number, "because": str(built[0])})
            self._number = max(self._number, number)

    def _serve(self, number: int, matcher: Matcher, known: Mapping[Question, Mark]) -> None:
        if number > self._number:
            self._number, self._known = number, known
            self._waiting.clear()
            self._library.serve(matcher)
            give_back()
            log.info("other facts are served", extra={"number": number, "facts": len(matcher.base.facts)})


def _entry(waiting: _Waiting) -> str:
    """The one fact or gap that a question of the inbox changes, or makes."""
    if waiting.origin != "inbox" or waiting.built.change is None:
        return ""
    return next((each.id for each in waiting.built.change.changes if each.sort in {"facts", "gaps"}), "")
