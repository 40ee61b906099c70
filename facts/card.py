"""A verdict in people's words: what stands on the card, in order, before any markup.

`handlers.render` turns a card into a message; `facts ask` prints it plain. Both say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facts.model import Fact, FactBase, Lang
    from facts.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Card:
    """The parts of an answer, by VOICE's order. `title` is the first line and works alone on a lock screen.

    `body` and `doubts` are shown as they are, `evidence` folded. `offers` are the facts behind the buttons, at most three.
    """

    lang: Lang
    title: str
    body: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    standing: str = ""
    evidence: tuple[str, ...] = ()
    offers: tuple[Fact, ...] = ()

    def plain(self) -> str:
        lines = [self.title, *self.body, *self.doubts, self.standing, *self.evidence]
        return "\n".join(line for line in lines if line)


def fact_card(fact: Fact, base: FactBase, lang: Lang) -> Card:
    raise NotImplementedError


def verdict_card(verdict: Verdict, base: FactBase) -> Card:
    raise NotImplementedError
