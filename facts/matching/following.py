"""A follow-up, "and the first phase?", 那面积呢: read in the light of the fact shown last.

Only what cannot stand on its own is read so, and only if it is short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from facts.matching.confidence import CLEAR
from facts.matching.offering import CHOICES
from facts.model import Gap, SmallTalk
from facts.particulars import COMPARED
from facts.text import asks, asks_whether, content, is_han
from facts.verdict import Answer, Candidate, Choices, NoMatch, NotInSource

if TYPE_CHECKING:
    from facts.matching.deciding import Decider
    from facts.matching.hearing import Ear, Heard
    from facts.matching.strangers import Stranger
    from facts.model import Fact, FactBase, Lang
    from facts.naming import Mention
    from facts.particulars import Particulars
    from facts.verdict import Particular, Verdict

_LONGEST_LATIN, _LONGEST_HAN = 4, 8
_LINKED, _SAME_TOPIC = 0.08, 0.04
_NEAR_ENOUGH = 0.8
"""Less nearness will do for a follow-up: half of what it means was said before."""
_OPENING = re.compile(
    r"^\s*(?:(?:and|so|then|but|ok|what about|how about)\b[\s,]*)+|^[那哪]么?|呢\s*[?？]?\s*$", re.IGNORECASE
)


class Follower:
    def __init__(self, base: FactBase, ear: Ear, decider: Decider, particulars: Particulars) -> None:
        self._base = base
        self._ear = ear
        self._decider = decider
        self._particulars = particulars

    def follow(self, heard: Heard, verdict: Verdict, shown: Fact, lang: Lang) -> Verdict:
        """Return the verdict in the light of `shown`; the same one where the question stands on its own."""
        if heard.only_amounts:
            return self._amount(heard, shown, lang)
        named = only_name(heard)
        if named and (named.kind == "unknown-name" or (named.name and named.name.kind in COMPARED)):
            return self._name(heard, named, shown, lang) or verdict
        if not isinstance(verdict, Answer | Choices | NoMatch) or heard.ranked.exact or self._long(heard):
            return verdict
        together = self._ear.hear(f"{shown.label.of(lang)} {_OPENING.sub(' ', heard.question)}")
        if isinstance(verdict, Answer) and not self._outshone(verdict, together, shown):
            return verdict
        if heard.content or asks(heard.tokens) or asks_whether(heard.tokens):
            lit = self._lit(heard, together, shown, lang) or verdict
            if heard.content or not isinstance(lit, Choices | NoMatch):
                return lit
            verdict = lit
        return verdict if isinstance(verdict, Answer) else self._more(shown, lang, verdict)

    def _outshone(self, verdict: Answer, together: Heard, shown: Fact) -> bool:
        """Whether what answers a short question alone is clearly second to something linked to the fact shown.

        "Which companies?" beside a park asks for those in the park.
        """
        fact = verdict.facts[0].fact
        first = next((each for each in together.ranked.entries if each.entry is not shown), None)
        if first is None or isinstance(first.entry, SmallTalk) or self._bonus(fact, shown) >= _LINKED:
            return False
        linked = self._bonus(first.entry, shown) >= _LINKED
        return linked and first.score - together.ranked.score_of(fact.id) >= CLEAR

    def _name(self, heard: Heard, named: Particular, shown: Fact, lang: Lang) -> Verdict | None:
        """Ask what was shown of another name: a linked fact that has it, else the source doesn't say."""
        reasons, itself = self._decider.reasons(heard, shown), Candidate(shown, heard.ranked.score_of(shown.id))
        if heard.missing:
            return NotInSource(lang, contradiction=heard.missing, facts=(itself,), reasons=reasons)
        linked = [
            Candidate(fact, heard.ranked.score_of(fact.id))
            for fact in self._base.facts
            if fact is not shown and self._bonus(fact, shown) and self._particulars.heads(named, fact)
        ]
        if len(linked) == 1:
            return Answer(lang, (linked[0],), reasons=self._decider.reasons(heard, linked[0].fact))
        if linked:
            return Choices(lang, tuple(sorted(linked, key=lambda each: -each.score)[:CHOICES]), reasons)
        if self._particulars.prints_all(heard.reading, shown):
            return None
        return NotInSource(lang, contradiction=named, facts=(itself,), reasons=reasons)

    @staticmethod
    def _long(heard: Heard) -> bool:
        said = heard.content
        return sum(not is_han(token) for token in said) > _LONGEST_LATIN or len(said) > _LONGEST_HAN

    def _amount(self, heard: Heard, shown: Fact, lang: Lang) -> Verdict:
        """Read a bare amount or year, "in 2025?", as asked of the fact."""
        reasons, itself = self._decider.reasons(heard, shown), (Candidate(shown, heard.ranked.score_of(shown.id)),)
        against = self._particulars.contradiction(heard.reading, shown)
        if against:
            return NotInSource(lang, contradiction=against, facts=itself, reasons=reasons)
        return Answer(lang, itself, reasons=reasons)

    def _more(self, shown: Fact, lang: Lang, verdict: Choices | NoMatch) -> Verdict:
        """Offer what is linked to the fact: "and?", "why?", 然后呢."""
        known = self._base.fact_by_id
        ids = dict.fromkeys((*shown.related, *shown.contradicts))
        linked = tuple(Candidate(known[i], 0.0) for i in ids if i in known)[:CHOICES]
        return Choices(lang, linked, verdict.reasons, verdict.perhaps) if len(linked) > 1 else verdict

    def _lit(self, heard: Heard, together: Heard, shown: Fact, lang: Lang) -> Verdict | None:
        """Decide by the question alone and together with the fact's label: by the mean, and by links to the fact."""
        every = [
            Candidate(each.fact, self._light(each.fact, each.score, heard, shown))
            for each in self._decider.by_particulars(together, together.ranked.facts())
            if heard.content or each.fact is shown or self._bonus(each.fact, shown) >= _LINKED
        ]
        own = next((each.score for each in every if each.fact is shown), 0.0)
        scored = sorted((each for each in every if each.fact is not shown), key=lambda each: -each.score)
        open_score, gap = self._left_open(heard, together, shown)
        best = max([open_score, *(each.score for each in scored)])
        if self._still(together, own, best, shown):
            return Answer(lang, (Candidate(shown, own),), reasons=self._decider.reasons(together, shown))
        least = _NEAR_ENOUGH * self._decider.at.near
        near = tuple(each for each in scored if each.score >= least)
        perhaps = gap if open_score >= least else None
        if perhaps and open_score - max([own, *(each.score for each in near)]) >= CLEAR:
            return self._decider.silent(together, perhaps, lang)
        found = self._nearest(heard, together, near, max(own, open_score), lang) if near else None
        return found or self._unclear(together, near[:CHOICES], perhaps, lang)

    def _nearest(
        self, heard: Heard, together: Heard, near: tuple[Candidate, ...], rival: float, lang: Lang
    ) -> Verdict | None:
        """Answer with the first of the facts that come near, where it leads the others and a `rival` clearly."""
        best, *others = near
        reasons = self._decider.reasons(together, best.fact)
        against = self._particulars.contradiction(heard.reading, best.fact)
        if against:
            return NotInSource(lang, contradiction=against, facts=(best,), reasons=reasons)
        clear = best.score - max([rival, *(each.score for each in others)]) >= CLEAR
        if clear and self._decider.fitting.bears_out(together, best.fact):
            return Answer(lang, (best,), reasons=reasons)
        return None

    def _unclear(
        self, together: Heard, near: tuple[Candidate, ...], perhaps: Gap | None, lang: Lang
    ) -> Choices | NoMatch | None:
        reasons = self._decider.reasons(together, near[0].fact if near else None)
        if len(near) > 1:
            return Choices(lang, near, reasons, perhaps)
        return NoMatch(lang, near, reasons, perhaps) if perhaps else None

    def _light(self, entry: Fact | Gap, together: float, heard: Heard, shown: Fact) -> float:
        """Return the mean of an entry's scores with the fact's label and without it, and what being linked adds."""
        alone = heard.ranked.of(entry)
        return (together + (alone.score if alone else 0.0)) / 2 + self._bonus(entry, shown)

    def _left_open(self, heard: Heard, together: Heard, shown: Fact) -> tuple[float, Gap | None]:
        """Return the gap that comes nearest, and its score."""
        gaps = ((each.entry, each.score) for each in together.ranked.entries if isinstance(each.entry, Gap))
        fit = ((gap, score) for gap, score in gaps if self._decider.fitting.told_of(together, gap))
        lit = [(self._light(gap, score, heard, shown), gap) for gap, score in fit]
        return max(lit, key=lambda each: each[0], default=(0.0, None))

    def _still(self, together: Heard, own: float, best: float, shown: Fact) -> bool:
        """Whether the question is still about the fact shown, and finds there what it asks: "when was it built?"."""
        if own - best < CLEAR or own < self._decider.at.near or not self._decider.fitting.bears_out(together, shown):
            return False
        scored = together.ranked.of(shown)
        return scored is not None and self._decider.explains(together, scored)

    @staticmethod
    def _bonus(fact: Fact | Gap, shown: Fact) -> float:
        if isinstance(fact, Gap):
            return _LINKED if shown.id in (*fact.nearest, *fact.cites) else 0.0
        if fact.id in (*shown.related, *shown.contradicts) or shown.id in (*fact.related, *fact.contradicts):
            return _LINKED
        return _SAME_TOPIC if fact.topic == shown.topic and fact is not shown else 0.0


def only_name(heard: Heard) -> Particular | None:
    """Return the name where the question is nothing else, "what about Nanhai?"."""
    spans: list[Mention | Stranger] = [*heard.reading.mentions, *heard.strangers]
    named = {i for span in spans for i in range(span.start, span.end)}
    rest = content(token for i, token in enumerate(heard.tokens) if i not in named)
    return heard.missing or heard.particulars[0] if named and not rest else None
