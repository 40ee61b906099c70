"""Signs that an entry answers a question: how alike they are, how clearly it leads, what of the question it explains.

A question close to an entry and yet not answered by it, "who owns the firm" beside a fact on the firm, is alike and
leads; what gives it away is the word that none of the entry's lines has.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from facts.text import STOP_HAN, STOP_WORDS, is_han

if TYPE_CHECKING:
    from facts.matching.overlap import EntryTerms, Overlap
    from facts.matching.vocabulary import Asked, Query

_SOUND, _GROUP = 0.7, 0.8
"""How far a homophone, or a word for the same thing, explains a word."""
_EXPLAINED = 0.5
_HAN_SHARE = 0.5
"""A Han character is about half a word."""
_ASKS_FOR = frozenset("many much what which who whose 少 几 哪 什 谁".split())  # noqa: SIM905 - reads best so
_NEAR = 3
_CENTRE = (0.5, 0.15, 0.25, 0.75, 0.6, 1.0, 5.0)
_SCALE = (0.15, 0.1, 0.2, 0.2, 0.3, 1.0, 3.0)
"""Middle and spread of each sign, so that weights compare."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What the lines of an entry, together, explain of a question.

    `covered` and `paired` are shares 0..1 of its words' and of its neighbouring characters' worth; `odd` counts the
    words that no line has, what is asked for ("how many *residents*") twice; `said` the words that mean something.
    """

    covered: float
    paired: float
    odd: float
    said: float


@dataclass(frozen=True, slots=True)
class Signs:
    """`score` is 0..1; `lead` and `pull` are leads over the strongest rival, by score and by the ridge alone."""

    score: float
    lead: float
    pull: float
    covered: float
    paired: float
    odd: float
    said: float

    @classmethod
    def of(cls, score: float, rival: float, pull: float, rival_pull: float, explained: Explained) -> Signs:
        """`rival` and `rival_pull` are the strongest rival's score and pull, 0 where there is none."""
        said = (explained.covered, explained.paired, explained.odd, explained.said)
        return cls(score, score - rival, pull - rival_pull, *said)

    def scaled(self) -> list[float]:
        values = (self.score, self.lead, self.pull, self.covered, self.paired, self.odd, self.said)
        return [(value - centre) / scale for value, centre, scale in zip(values, _CENTRE, _SCALE, strict=True)]


class Explainer:
    def __init__(self, overlap: Overlap) -> None:
        self._overlap = overlap

    def explained(self, query: Query, entry: int, left_out: int | None = None) -> Explained:
        """Return what an entry explains of a question, as if it lacked its line `left_out`."""
        terms = self._overlap.of_entry(entry, left_out)
        grouped = self._grouped(query, terms)
        heads = _heads(query.asked)
        worth = got = odd = said = 0.0
        for at, one in enumerate(query.asked):
            if _is_stop(one.token):
                continue
            stems = self._overlap.stems(one)
            weight, share = self._overlap.worth(stems), self._share(one, stems, terms, grouped=at in grouped)
            size = _HAN_SHARE if is_han(one.token) else 1.0
            worth, got, said = worth + weight, got + weight * share, said + size
            odd += size * (share < _EXPLAINED) * (1 + (at in heads)) * weight / self._overlap.unknown
        covered = got / worth if worth else 1.0
        paired = self._paired(query, terms, grouped)
        return Explained(covered, covered if paired is None else paired, odd, said)

    def _share(self, one: Asked, stems: list[tuple[int, float]], terms: EntryTerms, *, grouped: bool) -> float:
        share = max((weight for stem, weight in stems if stem in terms), default=0.0)
        heard = one.sounds and all(sound in terms for sound in self._overlap.sounds(one))
        return max(share, _SOUND if heard else 0.0, _GROUP if grouped else 0.0)

    @staticmethod
    def _grouped(query: Query, terms: EntryTerms) -> frozenset[int]:
        """Return the places of words for which the entry has another one of the same meaning."""
        spans = (range(start, end) for start, end, groups in query.spans if any(terms.has_group(g) for g in groups))
        return frozenset(at for span in spans for at in span)

    def _paired(self, query: Query, terms: EntryTerms, grouped: frozenset[int]) -> float | None:
        """Return the share of neighbouring characters that the entry has side by side; None where there are none."""
        worth = got = 0.0
        for at, (one, other) in enumerate(pairwise(query.asked)):
            if not (is_han(one.token) and is_han(other.token)) or (_is_stop(one.token) and _is_stop(other.token)):
                continue
            pair, weight = self._overlap.pair(one, other)
            weight *= _HAN_SHARE if _is_stop(one.token) or _is_stop(other.token) else 1.0
            worth += weight
            got += weight * (pair in terms or {at, at + 1} <= grouped)
        return got / worth if worth else None


def _heads(asked: tuple[Asked, ...]) -> frozenset[int]:
    """Return the places of what is asked for: the first word that means something after "how many" or 多少."""
    heads: set[int] = set()
    for at, one in enumerate(asked):
        if one.token not in _ASKS_FOR:
            continue
        rest = [i for i in range(at + 1, len(asked)) if not _is_stop(asked[i].token)][:2]
        if rest and rest[0] <= at + _NEAR:
            heads.update(rest if all(is_han(asked[i].token) for i in rest) else rest[:1])
    return frozenset(heads)


def _is_stop(token: str) -> bool:
    return token in STOP_HAN or token in STOP_WORDS
