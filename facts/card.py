"""A verdict in people's words: what stands on the card, in order, before any markup.

`handlers.render` turns a card into a message; `facts ask` prints it plain. Both say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from facts import verdict as verdicts
from facts.citing import cited, standings
from facts.wording import WORDS, day_of, doubts, nearest, noted, silence, sourced, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from facts.model import Fact, FactBase, Gap, Lang
    from facts.verdict import Candidate, Particular, Verdict

OFFERS_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Card:
    """The parts of an answer, by VOICE's order. `title` is the first line and works alone on a lock screen.

    `body` and `doubts` are shown as they are, `evidence` folded. `offers` are the facts behind the buttons, at most 3.
    `headings` are the lines of `body` that are titles themselves (a second fact's, a gap's). `choosing`: the offers are
    what the card is about, so that the plain form names them too. Small talk has no title, only a body.
    """

    lang: Lang
    title: str
    body: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    standing: str = ""
    evidence: tuple[str, ...] = ()
    offers: tuple[Fact, ...] = ()
    headings: tuple[str, ...] = ()
    choosing: bool = False

    def plain(self, *, buttons: bool = False) -> str:
        """Return the card as lines of text, without markup; `buttons` adds the offers to any card."""
        lines = [self.title, *self.body, *self.doubts, self.standing, *self.evidence]
        if self.offers and (buttons or self.choosing):
            lines.append(" ".join(f"[{fact.label.of(self.lang)}]" for fact in self.offers))
        return "\n".join(line for line in lines if line)


def fact_card(fact: Fact, base: FactBase, lang: Lang) -> Card:
    """Return the card of one fact."""
    return _facts((fact,), (), base, lang)


def verdict_card(verdict: Verdict, base: FactBase) -> Card:
    """Return what a person reads as the answer to a question, in the verdict's language."""
    lang = verdict.lang
    match verdict:
        case verdicts.Answer():
            return _answer(verdict, base, lang)
        case verdicts.Choices():
            offers = _of(verdict.facts)[:OFFERS_AT_MOST]
            return Card(lang, WORDS[lang].which, _perhaps(verdict, lang), offers=offers, choosing=True)
        case verdicts.NotInSource():
            if verdict.gap:
                return _gap(verdict.gap, base, lang, verdict.reasons.particulars)
            return _contradiction(verdict, base, lang)
        case verdicts.SmallTalk():
            return Card(lang, "", (verdict.entry.text.of(lang),))
        case verdicts.NoMatch():
            return _no_match(verdict, base, lang)


def _answer(verdict: verdicts.Answer, base: FactBase, lang: Lang) -> Card:
    card = _facts(_of(verdict.facts), verdict.open_halves, base, lang)
    if verdict.elsewhere is None:
        return card
    asked, told = (name.shown(lang) for name in verdict.elsewhere)
    return replace(card, body=(WORDS[lang].elsewhere.format(asked=asked, told=told), *card.body))


def _of(candidates: Sequence[Candidate]) -> tuple[Fact, ...]:
    return tuple(candidate.fact for candidate in candidates)


def _facts(facts: tuple[Fact, ...], open_halves: Sequence[Gap], base: FactBase, lang: Lang) -> Card:
    """One fact; or two halves, where notes follow each fact's own text, so that no doubt is taken for the other's."""
    first, *others = facts
    gaps = [gap.title.of(lang) for gap in open_halves]
    halved = bool(others or gaps)
    body = [first.text.of(lang)]
    if halved:
        body += noted(first.notes, lang)
    for fact in others:
        body += [titled(fact, lang), fact.text.of(lang), *noted(fact.notes, lang)]
    return Card(
        lang,
        titled(first, lang),
        (*body, *gaps),
        () if halved else noted(first.notes, lang),
        standings(facts, base, lang),
        cited(facts, base.source, lang),
        _offers([*_linked(facts), *_linked_gaps(open_halves)], facts, base),
        (*(titled(fact, lang) for fact in others), *gaps),
    )


def _gap(gap: Gap, base: FactBase, lang: Lang, asked: Sequence[Particular]) -> Card:
    """What the source leaves open; asked of a time that the card does not speak of, it names that, too."""
    cites = tuple(base.fact_by_id[fact_id] for fact_id in gap.cites)
    doubtful = tuple(line for fact in cites for line in doubts(fact.notes, lang))
    standing = standings(cites, base, lang) if cites else sourced(base.source, lang)
    evidence = cited(cites, base.source, lang)
    told = (gap.title.of(lang), gap.text.of(lang), *doubtful, standing, *evidence)
    return Card(
        lang,
        gap.title.of(lang),
        (*_nor_for(asked, told, lang), gap.text.of(lang)),
        doubtful,
        standing,
        evidence,
        _offers(_linked_gaps([gap]), (), base),
    )


def _nor_for(asked: Sequence[Particular], told: Sequence[str], lang: Lang) -> tuple[str, ...]:
    """What the source doesn't say at all, it doesn't say for these years and days, either.

    One whose year the card speaks of needs no such line.
    """
    times = ((each.kind, each.value) for each in asked if each.kind in {"year", "date"} and each.value)
    days = [value * 10_000 if kind == "year" else value for kind, value in times]
    unsaid = dict.fromkeys(day for day in days if day >= 10_000 and str(int(day) // 10_000) not in " ".join(told))
    when = WORDS[lang].label_gap.join(day_of(day, lang) for day in unsaid)
    return (WORDS[lang].nor_for.format(when=when),) if when else ()


def _contradiction(verdict: verdicts.NotInSource, base: FactBase, lang: Lang) -> Card:
    """What is asked of isn't what the source tells of: say so, then the nearest that it does tell, with its doubts."""
    asked, facts = verdict.contradiction, _of(verdict.facts)
    title = silence(asked, lang, verdict.reasons.particulars)
    if not facts:
        return Card(lang, title, (), (), sourced(base.source, lang))
    known = facts[0]
    told = [fact.id for fact in facts]
    about = [fact.id for fact in base.facts if asked and asked.name and asked.name.id in fact.about]
    return Card(
        lang,
        title,
        (nearest(known, lang),),
        noted([note for note in known.notes if note.kind != "left-open"], lang),
        standings((known,), base, lang),
        cited((known,), base.source, lang),
        _offers([*told, *about, *_linked((known,))], (), base),
    )


def _no_match(verdict: verdicts.NoMatch, base: FactBase, lang: Lang) -> Card:
    words, examples, facts = WORDS[lang], base.source.examples, _of(verdict.facts)
    if facts:
        hint = words.near if len(facts) > 1 else words.near_one
    elif examples and not verdict.perhaps:
        hint = words.for_example.format(example=examples[0].ask.of(lang))
    else:
        hint = words.reword
    body = (*_perhaps(verdict, lang), hint)
    return Card(lang, words.no_match, body, offers=facts[:OFFERS_AT_MOST], choosing=True)


def _perhaps(verdict: verdicts.Choices | verdicts.NoMatch, lang: Lang) -> tuple[str, ...]:
    """A gap that may be meant: its title says at once that the source leaves it open."""
    gap = verdict.perhaps
    return (WORDS[lang].perhaps.format(title=gap.title.of(lang).rstrip(".。")),) if gap else ()


def _linked(facts: Iterable[Fact]) -> list[str]:
    return [fact_id for fact in facts for fact_id in (*fact.related, *fact.contradicts)]


def _linked_gaps(gaps: Iterable[Gap]) -> list[str]:
    return [fact_id for gap in gaps for fact_id in (*gap.nearest, *gap.cites)]


def _offers(ids: Iterable[str], without: Sequence[Fact], base: FactBase) -> tuple[Fact, ...]:
    left_out = {fact.id for fact in without}
    wanted = [fact_id for fact_id in dict.fromkeys(ids) if fact_id not in left_out]
    return tuple(base.fact_by_id[fact_id] for fact_id in wanted[:OFFERS_AT_MOST])
