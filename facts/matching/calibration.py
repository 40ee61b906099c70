"""Thresholds of one base, computed from the base itself at load: fixed ones answer what another base should refuse.

Two trials are run on a sample of the base's own lines. *Left out*: a line is asked as if the base lacked it; its entry
is the right answer. *Hidden*: a line is asked as if its whole entry did not exist; any answer is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from zlib import crc32

import numpy as np

from facts.matching.confidence import CLEAR, Confidence, fitted
from facts.matching.ranking import Words
from facts.matching.signs import Signs
from facts.model import SmallTalk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from facts.matching.candidates import Phrasings
    from facts.matching.lines import Beside
    from facts.matching.ranking import Ranker, Ranking
    from facts.model import Floors

_SAMPLE = 250
_LEAST_SAMPLE = 12
_SEED = 3
"""Of a few, the one by which the shipped base's thresholds lie nearest to those of a sample five times the size."""
_BESIDE = 0.6
"""Share of the sample that is asked beside, while particulars are read and then the rest is asked."""
_HARDER = 7.0
"""How much more often the trials go wrong than people's questions do: curators choose lines unlike one another, and of
a hidden entry the siblings stay and half answer it."""
_HALF_TRUSTED = 60
"""Lines of which the computed threshold counts as much as the plain one; half as many tell a quarter of it."""
_JUST_ABOVE = 1e-6
_NEAR_SHARE = 0.08
"""Share of right entries, of left-out lines, that fall below the score from which an entry is worth offering."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Of one base: `answer` is the least confidence for an answer, `near` the least score to be offered at all.

    `weights` are those of `Confidence`.
    """

    answer: float
    near: float
    weights: tuple[float, ...] = Confidence().weights


PLAIN = Thresholds(0.60, 0.40)
"""For a base too small to compute any."""


class Trial(NamedTuple):
    """What came out first for one line, and whether it should have."""

    signs: Signs
    right: bool


Trials: TypeAlias = tuple[list[Trial], list[Trial]]
"""Those of lines that were left out, and of lines whose entries were hidden."""


def known(thresholds: Thresholds) -> Callable[[], Thresholds]:
    return lambda: thresholds


def calibrate(ranker: Ranker, phrasings: Phrasings, floors: Floors, beside: Beside) -> Callable[[], Thresholds]:
    """Return what computes the thresholds of a base from its sample questions; some of it begins at once, beside."""
    asked = sample(phrasings)
    if len(asked) < _LEAST_SAMPLE or len(set(phrasings.owner)) < 2:
        return known(PLAIN)
    share = int(_BESIDE * len(asked))
    begun = beside(lambda: _trials(ranker, phrasings, asked[:share]))

    def finish() -> Thresholds:
        more_left, more_hidden = _trials(ranker, phrasings, asked[share:])
        left, hidden = begun()
        return _computed([*left, *more_left], [*hidden, *more_hidden], len(asked), floors)

    return finish


def _computed(left: list[Trial], hidden: list[Trial], size: int, floors: Floors) -> Thresholds:
    """`size`: that of the sample; what finds nothing is among no trials."""
    every = [*left, *hidden]
    confidence = fitted([each.signs for each in every], np.array([each.right for each in every]))
    near = float(np.quantile([each.signs.score for each in left if each.right] or [PLAIN.near], _NEAR_SHARE))
    share = _HARDER * (floors.answered_wrong + floors.answered_though_silent)
    clear = [confidence.of(each.signs) for each in every if each.signs.lead >= CLEAR]
    answer = _least(clear, share * size)
    trust = size**2 / (size**2 + _HALF_TRUSTED**2)
    return Thresholds(trust * answer + (1 - trust) * PLAIN.answer, near, confidence.weights)


def _least(confidences: Sequence[float], wrong: float) -> float:
    """Return the least confidence from which no more than so many answers are expected to be wrong.

    What is expected of each is what the regression says of it: an answer given with 0.8 is wrong once in five times.
    Counting which were wrong instead would rest on the few rare ones, and the threshold would change twice as much with
    the sample.
    """
    falling = np.sort(np.asarray(confidences))[::-1]
    answered = int(np.searchsorted(np.cumsum(1 - falling), wrong, side="right"))
    return float(falling[answered]) + _JUST_ABOVE if answered < len(falling) else 0.0


def sample(phrasings: Phrasings) -> list[int]:
    """Return lines of entries that have more than one, as many of each: those that hash lowest.

    So a line more or less changes one of the sample at most, and the thresholds hardly (bottom-k sampling, Cohen and
    Kaplan, Summarizing data using bottom-k sketches, 2007).
    """
    of_entry: dict[int, list[int]] = {}
    for line in phrasings.questions:
        of_entry.setdefault(phrasings.owner[line], []).append(line)
    shared = [lines for lines in of_entry.values() if len(lines) > 1]
    hashed = {line: crc32(phrasings.lines[line].encode(), _SEED) for lines in shared for line in lines}
    of_each = -(-_SAMPLE // max(1, len(shared)))
    return nsmallest(
        _SAMPLE, chain(*(nsmallest(of_each, lines, hashed.__getitem__) for lines in shared)), hashed.__getitem__
    )


def _trials(ranker: Ranker, phrasings: Phrasings, lines: Iterable[int]) -> Trials:
    """Ask lines as if the base lacked them, and as if it lacked their entries; what finds nothing is left out."""
    talk = frozenset(i for i, entry in enumerate(phrasings.entries) if isinstance(entry, SmallTalk))
    left: list[Trial] = []
    hidden: list[Trial] = []
    for line in lines:
        owner, asked = phrasings.owner[line], Words.of(phrasings.lines[line])
        rankings = ranker.rank_without(asked, line)
        for ranking, own, into in zip(rankings, (line, None), (left, hidden), strict=True):
            places = [place for place, entry in enumerate(ranking.entries) if int(entry) not in talk]
            if places:
                right = own is not None and int(ranking.entries[places[0]]) == owner
                into.append(Trial(_signs(ranker, ranking, places, own), right))
    return left, hidden


def _signs(ranker: Ranker, ranking: Ranking, places: list[int], left_out: int | None) -> Signs:
    """Return the signs of the first of these places against the others."""
    first, entry = places[0], int(ranking.entries[places[0]])
    own = left_out if left_out is not None and ranker.owns(entry, left_out) else None
    explained = ranker.explainer.explained(ranking.query, entry, own)
    scores, pulls = ranking.scores[places[1:]], ranking.pulls[places[1:]]
    score, pull = float(ranking.scores[first]), float(ranking.pulls[first])
    return Signs.of(score, float(scores.max(initial=0)), pull, float(pulls.max(initial=0)), explained)
