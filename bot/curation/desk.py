"""What curators work with, and the jobs that keep it going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.schedule import Job

if TYPE_CHECKING:
    from bot.curation.revising import Revising
    from bot.storage.acts import StoredActs
    from bot.storage.bases import StoredBases
    from bot.storage.failures import StoredFailures
    from bot.storage.questions import StoredQuestions
    from handlers.ports import Clock


@dataclass(frozen=True, slots=True)
class Desk:
    revisions: Revising
    questions: StoredQuestions
    acts: StoredActs
    bases: StoredBases
    failures: StoredFailures
    clock: Clock

    def jobs(self) -> tuple[Job, ...]:
        return (
            Job("revisions", 1, self.revisions.follow),
            Job("questions", 1, self.questions.tick),
            Job("failures", 1, self.failures.tick),
            Job("forget", 3600, self.forget, at_once=True),
        )

    async def forget(self) -> None:
        """Erase what was to be kept for a time only."""
        now = self.clock.now()
        await self.questions.prune(now)
        await self.acts.prune(now)
        await self.bases.prune(now)
        await self.failures.prune(now)

    async def stop(self) -> None:
        """Write what was noted and not yet written."""
        await self.revisions.stop()
        await self.questions.tick()
        await self.failures.tick()
