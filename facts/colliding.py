"""Sample questions that find another entry than their own, measured by the matcher that serves them.

A *clash* does so word for word: nobody gets what the curator wrote the line for. It must go.
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
from facts.text import fold, words
from facts.verdict import Answer, Choices, NotInSource
from facts.verdict import SmallTalk as Talk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from facts.matching import Matcher
    from facts.matching.candidates import Entry
    from facts.verdict import Verdict

LEAST_LEAD = 0.01
"""A lead over the other entries that is a hair: the least with which a line itself is answered."""
CLEAR_LEAD = 0.2
"""A lead with which another entry wins clearly."""
_ALIKE = 0.75
"""Likeness in words from which a line of another entry may win: below it, the own entry led by 0.05 or more, always."""


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
    """Looks for collisions in the base of a matcher."""

    def __init__(self, matcher: Matcher) -> None:
        base, self._matcher = matcher.base, matcher
        self._found = phrasings(base)
        aliases = [(*name.en, *name.zh, *name.pinyin) for name in base.names]
        self._ranker = Ranker(self._found.lines, self._found.owner, len(self._found.entries), aliases)
        entries, owner = self._found.entries, self._found.owner
        self._asked = [i for i, line in enumerate(self._found.lines) if line in set(entries[owner[i]].ask.every)]

    def clashes(self, lines: Callable[[str], bool] = bool) -> tuple[Collision, ...]:
        """Return the lines, of those wanted, that asked word for word don't get their own entry, worst first."""
        likeness = _likeness(self._found.lines, self._found.owner)
        suspect = [i for i in self._asked if likeness[i] >= _ALIKE and lines(self._found.lines[i])]
        met = (self._met(i, left_out=False) for i in suspect)
        beaten = (each for each in met if each and each.lead < LEAST_LEAD)
        return _worst_first(each for each in beaten if not _shows(self._matcher.match(each.line), each.entry))

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


def _likeness(lines: tuple[str, ...], owner: tuple[int, ...]) -> NDArray[np.float32]:
    """Return how alike each line is to the most alike one of another entry, 0..1, by the IDF of what they share."""
    spelt = [frozenset(form(word) for word in words(fold(line))) for line in lines]
    places: dict[str, list[int]] = defaultdict(list)
    for line, forms in enumerate(spelt):
        for each in forms:
            places[each].append(line)
    of, entries = np.asarray(owner), len(set(owner))
    at = {each: np.array(found) for each, found in places.items()}
    worth = {each: np.float32(np.log1p(entries / len(np.unique(of[found])))) for each, found in at.items()}
    whole = np.array([sum(worth[each] for each in forms) for forms in spelt], dtype=np.float32) + np.float32(1e-9)
    alike = np.zeros(len(lines), dtype=np.float32)
    for line, forms in enumerate(spelt):
        shared = np.zeros(len(lines), dtype=np.float32)
        for each in forms:
            shared[at[each]] += worth[each]
        shared[of == of[line]] = 0
        alike[line] = (shared / np.sqrt(whole)).max(initial=0) / np.sqrt(whole[line])
    return alike
