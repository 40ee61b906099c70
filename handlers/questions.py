"""Questions: free text, /ask and the examples of /start; and what follows when the answer was not the one wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from facts.card import verdict_card
from facts.verdict import Answer, Choices, NoMatch, NotInSource, SmallTalk
from handlers import asked, callbacks, links, render, speech
from handlers.asked import Asked
from handlers.reply import Button, Edit, Text, Toast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facts.card import Card
    from facts.model import Fact, FactBase, Lang
    from facts.verdict import Candidate, Verdict
    from handlers.ports import Ask, Services
    from handlers.reply import Buttons, Reply
    from handlers.texts import Catalogue

LIMIT = 300
"""Characters of a question that are read; more is a text, not a question."""

_OFFERS = 3
_WITH_RUNNER_UP = 2
_HALF_A_WORD = re.compile(r"[^\W\u3400-\u9fff]+$")
"""Letters and digits at the end; each Han character is a word of its own."""
_RELATED = 2


def within(question: str) -> str:
    """Return what is read of a question: at most `LIMIT` characters, and no word that they would cut in two."""
    read = question[:LIMIT]
    return _HALF_A_WORD.sub("", read) or read if question[LIMIT : LIMIT + 1].isalnum() else read


async def answer(ask: Ask, services: Services) -> Reply:
    """Answer free text or what follows /ask; the message replied to, where /ask itself says nothing."""
    question = ask.text.strip() or (ask.quoted or "").strip()
    if not question:
        return (Text(_how(ask.lang, services)),)
    lang = speech.of_question(question, ask)
    verdict = services.library.ask(within(question), lang, ask.shown)
    if noted := asked.noted(ask, within(question), verdict):
        services.questions.note(noted)
    if isinstance(verdict, Choices | NoMatch) and not ask.chat.private:
        return (_unsure(verdict, services),)
    cut = services.texts[lang]("ask.cut", limit=LIMIT) if len(question) > LIMIT else ""
    return (answered(verdict, services, cut),)


def answered(verdict: Verdict, services: Services, cut: str = "") -> Text:
    """The card of a verdict, as a reply to its question; `cut` is a line behind it."""
    html, buttons = _said(verdict, services, cut)
    return Text(html, buttons, quote=True)


async def example(ask: Ask, services: Services) -> Reply:
    """Answer an example of /start as if it had been typed."""
    read = callbacks.read_example(ask.text)
    examples = services.library.base.source.examples
    if read is None or read[0] >= len(examples):
        return (Toast(services.texts[ask.lang]("stale")),)
    number, lang = read
    return (Text(*_said(services.library.ask(examples[number].ask.of(lang), lang), services)),)


async def not_meant(ask: Ask, services: Services) -> Reply:
    """Replace an answer that missed by up to three others, found by asking again without it."""
    read = callbacks.read_fact(ask.text)
    if read is None:
        return (Toast(services.texts[ask.lang]("stale")),)
    lang, rejected = read
    words, base, question = services.texts[lang], services.library.base, ask.quoted
    verdict = services.library.ask(within(question), lang) if question else None
    if question and ask.person is not None:
        entry = "" if rejected == callbacks.UNKNOWN_FACT else rejected
        services.questions.note(Asked(ask.person.id, ask.now, lang, within(question), "not_meant", entry))
    near = (
        services.library.nearest(within(question), _WITH_RUNNER_UP) if question and isinstance(verdict, Answer) else ()
    )
    others = _others(verdict, near, base.fact_by_id.get(rejected), base)
    said = words("not_meant.offers" if others else "not_meant.nothing")
    buttons = (*_offers(others, lang), Button(words("button.topics"), callbacks.topics(lang, new=True)))
    html, rows = render.message(words("not_meant.title"), [said]), render.rows(*buttons)
    # In a group the answer may be right for others: it stays.
    return (Edit(html, rows),) if ask.chat.private else (Text(html, rows),)


def _how(lang: Lang, services: Services) -> str:
    words, examples = services.texts[lang], services.library.base.source.examples
    return render.message(words("ask.title"), [words("ask.how"), *(f"/ask {e.ask.of(lang)}" for e in examples[:1])])


def _unsure(verdict: Choices | NoMatch, services: Services) -> Text:
    """In a group: one line, and the way to where choices disturb nobody."""
    words = services.texts[verdict.lang]
    line = words("unsure.group") if isinstance(verdict, Choices) else verdict_card(verdict, services.library.base).title
    privately = Button(words("button.ask_privately"), url=links.private(services.username))
    return Text(render.plain(line), ((privately,),), quote=True)


def _said(verdict: Verdict, services: Services, cut: str = "") -> tuple[str, Buttons]:
    """Return the card of a verdict as HTML, and its buttons."""
    card = verdict_card(verdict, services.library.base)
    if isinstance(verdict, SmallTalk):
        return render.plain(card.plain()), ()
    return render.card(card, cut), _buttons(verdict, card, services.texts[verdict.lang])


def _buttons(verdict: Answer | Choices | NotInSource | NoMatch, card: Card, words: Catalogue) -> Buttons:
    lang = verdict.lang
    if isinstance(verdict, Choices):
        return render.rows(*_offers(card.offers, lang), Button(words("button.none"), callbacks.not_meant(lang)))
    if isinstance(verdict, NoMatch):
        return render.rows(
            *_offers(card.offers, lang), Button(words("button.topics"), callbacks.topics(lang, new=True))
        )
    return answer_keys(card.offers, about(verdict), words)


def about(verdict: Answer | NotInSource) -> str:
    """The fact that an answer's buttons carry: a gap's card is about none, a near miss about the nearest one."""
    of_none = (isinstance(verdict, NotInSource) and verdict.gap) or not verdict.facts
    return callbacks.UNKNOWN_FACT if of_none else verdict.facts[0].fact.id


def answer_keys(offers: tuple[Fact, ...], fact_id: str, words: Catalogue) -> Buttons:
    """The buttons under an answer: up to two related facts, and below them what to do about the answer itself."""
    missed = Button(words("button.not_meant"), callbacks.not_meant(words.lang, fact_id))
    more = Button(words("button.more_to_do"), callbacks.more(words.lang, fact_id))
    related = _offers(offers[:_RELATED], words.lang)
    return (related, (missed, more)) if related else ((missed, more),)


def _offers(facts: tuple[Fact, ...], lang: Lang) -> tuple[Button, ...]:
    return tuple(
        Button(render.label(fact.label.of(lang)), callbacks.show_fact(lang, fact.id)) for fact in facts[:_OFFERS]
    )


def _others(
    verdict: Verdict | None, near: tuple[Candidate, ...], rejected: Fact | None, base: FactBase
) -> tuple[Fact, ...]:
    """The facts a rejected answer leaves: what else the question found, then what belongs to the rejected one.

    Choices that were all rejected leave nothing: they had been the best the question found.
    """
    if rejected is None and isinstance(verdict, Choices):
        return ()
    related = (base.fact_by_id[other] for other in (rejected.related if rejected else ()) if other in base.fact_by_id)
    found = {fact.id: fact for fact in (*_found(verdict, near), *related) if fact != rejected}
    return tuple(found.values())[:_OFFERS]


def _found(verdict: Verdict | None, near: tuple[Candidate, ...]) -> Iterator[Fact]:
    if verdict is not None and not isinstance(verdict, SmallTalk):
        yield from (candidate.fact for candidate in (*verdict.facts, *near))
