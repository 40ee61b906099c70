"""What people asked: kept a month under a keyed hash of who asked, so that curators see what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from facts.text import foreign
from facts.verdict import Answer, NotInSource, Outcome, outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from facts.model import Lang
    from facts.verdict import Verdict
    from handlers.ports import Ask
    from handlers.stats import Figures

KEPT_DAYS = 30

Fate = Outcome | Literal["not_meant"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what came of it. `entry`: the id of the fact or gap that was shown or, if not meant, rejected."""

    person: int
    at: datetime
    lang: Lang
    text: str
    fate: Fate
    entry: str = ""


@dataclass(frozen=True, slots=True)
class InVain:
    """Questions that differ in nothing that is compared and found nothing, or not what was meant, or no gap.

    `key`: 12 hex digits; `question`: as it was put last; how many times, by how many people. `unsaid`: people were told
    that the article doesn't say so, because of a year, a number or a name, where no curator has written a gap for it.
    """

    key: str
    question: str
    lang: Lang
    times: int
    people: int
    rejected: str = ""
    unsaid: bool = False

    @property
    def spoken(self) -> Lang | Literal["other"]:
        """The language that it is in; `lang` is the one it was answered in."""
        return "other" if foreign(self.question) else self.lang


class Questions(Protocol):
    def note(self, asked: Asked) -> None:
        """Keep a question, unless the person wants none kept. It is written within a second; nobody waits for it."""
        ...

    async def in_vain(self, limit: int, skip: int = 0) -> Sequence[InVain]:
        """Return what no curator has seen to yet, asked by most people first."""
        ...

    async def one(self, key: str) -> InVain | None: ...

    async def figures(self, now: datetime, limit: int) -> Figures:
        """Return what is kept in numbers, with the `limit` entries that were shown most."""
        ...

    async def settle(self, key: str) -> bool:
        """A curator has seen to it; whoever asks it again brings it back. Return whether there was anything."""
        ...

    async def kept(self, person: int) -> bool:
        """Return whether that person's questions are kept."""
        ...

    async def keep(self, person: int, *, kept: bool) -> None:
        """Keep that person's questions from now on, or none; none: erase those that are kept."""
        ...

    async def forget(self, person: int) -> bool:
        """Erase that person's questions; return whether there were any."""
        ...


def noted(ask: Ask, question: str, verdict: Verdict) -> Asked | None:
    """What is to be kept of an answer; nothing where nobody in particular asks, as an anonymous administrator."""
    if ask.person is None:
        return None
    return Asked(ask.person.id, ask.now, verdict.lang, question, outcome(verdict), _shown(verdict))


def _shown(verdict: Verdict) -> str:
    if isinstance(verdict, NotInSource) and verdict.gap is not None:
        return verdict.gap.id
    return verdict.facts[0].fact.id if isinstance(verdict, Answer) else ""
