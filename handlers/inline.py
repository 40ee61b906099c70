"""Inline mode: facts as one types a question in any chat; the chosen one is posted there as its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.card import fact_card, verdict_card
from facts.script import in_traditional, simplified
from facts.text import detect
from facts.verdict import NoMatch, NotInSource, SmallTalk
from facts.wording import doubts
from handlers import links, questions, render, speech
from handlers.reply import Button, Result, Results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facts.card import Card
    from facts.model import Fact, FactBase, Lang
    from facts.verdict import Verdict
    from handlers.ports import Ask, Services
    from handlers.reply import Reply

MOST = 10
SECONDS = 300
"""For how long Telegram may keep an answer: as long as it would by itself; a reload is seen by all after that."""
_SHARE = 0.5
"""A fact must score at least this share of the best one's to be listed."""
_DESCRIPTION = 120
_SOME = 20
"""Characters of a second line below which they would tell nothing."""


async def results(ask: Ask, services: Services) -> Reply:
    """List what fits, best first, in the language and script of the question; where they are unclear, in the person's.

    Only the latter differs from one person to the next.
    """
    question = questions.within(ask.text.strip())
    lang = speech.of_question(question, ask)
    words, base = services.texts[lang], services.library.base
    verdict = services.library.ask(question, lang) if question else None
    silence = list(_silence(verdict, base, services))
    room = MOST - len(silence)
    facts = dict.fromkeys(fact.id for fact in _facts(question, verdict, services))
    listed = [_of_fact(base.fact_by_id[fact_id], lang, services) for fact_id in list(facts)[:room]]
    privately = words("inline.private" if silence or listed else "inline.nothing")
    return (Results((*silence, *listed), SECONDS, _personal(question), privately),)


def _personal(question: str) -> bool:
    """Whether the question leaves its language or script open."""
    lang = detect(question)
    if lang != "zh":
        return lang is None
    return in_traditional(question, otherwise=True) != in_traditional(question, otherwise=False)


def _silence(verdict: Verdict | None, base: FactBase, services: Services) -> Iterator[Result]:
    """That the article does not say stands before the nearest that it does say."""
    if isinstance(verdict, NotInSource):
        card = verdict_card(verdict, base)
        result_id = f"g-{verdict.gap.id}" if verdict.gap else "silent"
        yield _result(result_id, card, links.private(services.username), services)


def _facts(question: str, verdict: Verdict | None, services: Services) -> Iterator[Fact]:
    """The fact whose title was typed, then what the verdict names, what comes near, what belongs to it; else a choice.

    A title is what sharing types.
    """
    base = services.library.base
    if verdict is None or isinstance(verdict, SmallTalk):
        yield from _choice(base)
        return
    yield from (fact for fact in base.facts if {question, simplified(question)} & {fact.title.en, fact.title.zh})
    yield from (candidate.fact for candidate in verdict.facts)
    if isinstance(verdict, NoMatch):
        return
    near = services.library.nearest(question, MOST)
    yield from (each.fact for each in near if each.score >= _SHARE * near[0].score)
    yield from (base.fact_by_id[other] for each in verdict.facts for other in each.fact.related)


def _choice(base: FactBase) -> Iterator[Fact]:
    """The facts of the examples, then the first of each topic."""
    yield from (base.fact_by_id[example.fact] for example in base.source.examples)
    for topic in sorted(base.topics, key=lambda topic: topic.order):
        yield from base.facts_of(topic.id)[:1]


def _of_fact(fact: Fact, lang: Lang, services: Services) -> Result:
    card = fact_card(fact, services.library.base, lang)
    url = links.to_fact(services.username, fact.id)
    return _result(f"f-{fact.id}", card, url, services, doubts(fact.notes, lang))


def _result(result_id: str, card: Card, url: str, services: Services, doubted: tuple[str, ...] = ()) -> Result:
    """A doubt about what is printed goes before it and is never cut; the list shows of the rest what it likes."""
    more = Button(services.texts[card.lang]("button.ask_more"), url=url)
    gap = " " if card.lang == "en" else ""
    first = gap.join(doubted)
    rest = gap.join((*card.body, *(line for line in card.doubts if line not in doubted)))
    room = _DESCRIPTION - render.units(first + gap)
    description = first if room < _SOME else gap.join(part for part in (first, render.clip(rest, room)) if part)
    return Result(result_id, card.title, description, render.card(card), ((more,),))
