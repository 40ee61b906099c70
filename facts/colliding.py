"""Sample questions that find another entry than their own, measured by the matcher that serves them.

A *clash* does so itself: whoever asks nearly so does not get what the curator wrote the line for. It must go.
A *near* one does so only where the base lacks that very line: whoever asks a little differently is led astray.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from facts.matching.candidates import phrasings
from facts.matching.ranking import Ranker, Words
from facts.matching.thesaurus import form
from facts.verdict import Answer, Choices, NotInSource
from facts.verdict import SmallTalk as Talk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from facts.matching.candidates import Entry
    from facts.model import FactBase
    from facts.verdict import Verdict

LEAST_LEAD = 0.01
"""A lead over the other entries that is a hair: the least with which a line itself is answered."""
CLEAR_LEAD = 0.2
"""A lead with which another entry wins clearly."""
_ALIKE = 0.65
"""Likeness in words, 0..1, from which another entry may win; of 19,000 lines none lost to one less alike."""
_TINY = np.float32(1e-9)


@dataclass(frozen=True, slots=True)
class Collision:
    """`line` asks for `entry`; what it finds instead, or as well, is `rival`, best by its line `met`.

    `lead` is the own entry's score less the rival's: negative where the rival wins.
    """

    entry: Entry
    line: str
    rival: Entry
    met: str
    lead: float


class Collider:
    """Looks for collisions in a base. `ask` asks its matcher by ranking alone, which only a suspicion needs.

    `ranker` is that matcher's, where it is built already.
    """

    def __init__(self, base: FactBase, ask: Callable[[str], Verdict], ranker: Ranker | None = None) -> None:
        self._ask = ask
        self._found = phrasings(base)
        aliases = [(*name.en, *name.zh, *name.pinyin) for name in base.names]
        self._ranker = ranker or Ranker(self._found.lines, self._found.owner, len(self._found.entries), aliases)
        entries, owner = self._found.entries, self._found.owner
        self._asked = [i for i, line in enumerate(self._found.lines) if line in set(entries[owner[i]].ask.every)]

    def clashes(self, lines: Callable[[str], bool] = bool) -> tuple[Collision, ...]:
        """Return the lines, of those wanted, that don't rank their own entry first, worst first."""
        wanted = [i for i in self._asked if lines(self._found.lines[i])]
        met = (self._met(i, left_out=False) for i in self._suspect(wanted))
        beaten = (each for each in met if each and each.lead < LEAST_LEAD)
        return _worst_first(each for each in beaten if not _shows(self._ask(each.line), each.entry))

    def near(self, told: Callable[[int, int], object] = max) -> tuple[Collision, ...]:
        """Return the lines that another entry wins clearly where they are left out, worst first.

        `told` is told how many of how many lines are done.
        """
        found = []
        for done, i in enumerate(self._asked, start=1):
            met = self._met(i, left_out=True)
            found += [met] if met and met.lead <= -CLEAR_LEAD else []
            told(done, len(self._asked))
        return _worst_first(found)

    def _suspect(self, wanted: Sequence[int]) -> Iterator[int]:
        """Yield which of these lines another entry may win: it has a line as alike in words as any of the own one's."""
        if not wanted:
            return
        spelt = [frozenset(map(form, self._ranker.vocabulary.spelt(i))) for i in range(len(self._found.lines))]
        places: dict[str, list[int]] = defaultdict(list)
        for line, forms in enumerate(spelt):
            for each in forms:
                places[each].append(line)
        of, first = np.asarray(self._found.owner), np.unique(self._found.owner, return_index=True)[1]
        at = {each: np.array(found) for each, found in places.items()}
        worth = {each: np.float32(np.log1p(len(first) / len(np.unique(of[found])))) for each, found in at.items()}
        length = np.sqrt(np.array([sum(worth[each] for each in forms) for forms in spelt], dtype=np.float32)) + _TINY
        for line in wanted:
            shared = np.zeros(len(spelt), dtype=np.float32)
            for each in spelt[line]:
                shared[at[each]] += worth[each]
            shared[line] = 0
            alike = np.maximum.reduceat(shared / length, first) / length[line]
            own, alike[of[line]] = alike[of[line]], 0
            if alike.max() >= max(own, _ALIKE):
                yield line

    def _met(self, line: int, *, left_out: bool) -> Collision | None:
        """Return what a line meets beside its own entry; None where there is no other."""
        entries, lines, owner = self._found.entries, self._found.lines, self._found.owner[line]
        ranking = self._ranker.rank(Words.of(lines[line]), left_out=line if left_out else None)
        own = ranking.entries == owner
        if own.all():
            return None
        rival = int(np.argmin(own))
        mine = float(ranking.scores[own][0]) if own.any() else 0.0
        lead = mine - float(ranking.scores[rival])
        met = lines[int(ranking.lines[rival])]
        return Collision(entries[owner], lines[line], entries[int(ranking.entries[rival])], met, lead)


def _shows(verdict: Verdict, entry: Entry) -> bool:
    """Return whether a verdict shows the entry, and before any other."""
    match verdict:
        case Answer(facts=facts) | Choices(facts=facts):
            return facts[0].fact.id == entry.id
        case NotInSource(gap=gap):
            return gap == entry
        case Talk(entry=said):
            return said == entry
        case _:
            return False


def _worst_first(found: Iterable[Collision]) -> tuple[Collision, ...]:
    return tuple(sorted(found, key=lambda each: (each.lead, each.line)))
