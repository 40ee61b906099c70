"""Behind "⋯" under an answer: why it came out so, and sharing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.card import fact_card, verdict_card
from facts.explaining import why as reasons
from facts.verdict import Answer, NotInSource
from facts.wording import shortened
from handlers import callbacks, questions, render, sharing
from handlers.reply import Button, Keys, Text, Toast

if TYPE_CHECKING:
    from facts.model import Fact, Lang
    from handlers.ports import Ask, Services
    from handlers.reply import Reply


async def opened(ask: Ask, services: Services) -> Reply:
    """Put why and share in the place of an answer's buttons; its words stay as they are."""
    read = callbacks.read_fact(ask.text)
    if read is None:
        return _stale(ask, services)
    lang, fact_id = read
    words = services.texts[lang]
    why_so = Button(words("button.why"), callbacks.why(lang, fact_id))
    back = Button(words("button.back_to_answer"), callbacks.back(lang, fact_id))
    return (Keys(((why_so, _share(ask, lang, fact_id, services)), (back,))),)


async def closed(ask: Ask, services: Services) -> Reply:
    """Put an answer's own buttons back."""
    read = callbacks.read_fact(ask.text)
    if read is None:
        return _stale(ask, services)
    lang, fact_id = read
    verdict, fact = _retraced(ask, lang, fact_id, services), _fact(fact_id, services)
    offers: tuple[Fact, ...] = ()
    if verdict:
        offers = verdict_card(verdict, services.library.base).offers
    elif fact:
        offers = fact_card(fact, services.library.base, lang).offers
    return (Keys(questions.answer_keys(offers, fact_id, services.texts[lang])),)


async def why(ask: Ask, services: Services) -> Reply:
    """Tell why an answer came out as it did, by asking its question again."""
    read = callbacks.read_fact(ask.text)
    if read is None:
        return _stale(ask, services)
    lang, fact_id = read
    words, verdict = services.texts[lang], _retraced(ask, lang, fact_id, services)
    if verdict is None:
        return (Text(render.message(words("why.title"), [words("why.lost")])),)
    asked = words("why.asked", question=shortened(_question(ask, lang, fact_id, services)))
    card = verdict_card(verdict, services.library.base)
    answered = words("why.answered", title=" · ".join((card.title, *card.headings)))
    return (Text(render.message(words("why.title"), [asked, answered, *reasons(verdict)])),)


def _share(ask: Ask, lang: Lang, fact_id: str, services: Services) -> Button:
    """What is shared says what the answer says: its fact, its gap, or the question that it missed nearly."""
    verdict, fact = _retraced(ask, lang, fact_id, services), _fact(fact_id, services)
    if isinstance(verdict, NotInSource) and verdict.gap:
        return sharing.words_of(verdict.gap.title.of(lang), lang, services)
    if fact and not isinstance(verdict, NotInSource):
        return sharing.of_fact(fact, lang, services)
    said = verdict_card(verdict, services.library.base).title if verdict else ""
    return sharing.words_of(_question(ask, lang, fact_id, services), lang, services, said)


def _retraced(ask: Ask, lang: Lang, fact_id: str, services: Services) -> Answer | NotInSource | None:
    """The verdict behind an answer; None where its question alone leads, or by now leads, elsewhere."""
    question = _question(ask, lang, fact_id, services)
    verdict = services.library.ask(questions.within(question), lang) if question else None
    answers = isinstance(verdict, Answer | NotInSource) and questions.about(verdict) == fact_id
    return verdict if isinstance(verdict, Answer | NotInSource) and answers else None


def _question(ask: Ask, lang: Lang, fact_id: str, services: Services) -> str:
    """What the answer replied to; an example of /start was tapped, not written."""
    examples = services.library.base.source.examples
    return ask.quoted or next((each.ask.of(lang) for each in examples if each.fact == fact_id), "")


def _fact(fact_id: str, services: Services) -> Fact | None:
    return services.library.base.fact_by_id.get(fact_id)


def _stale(ask: Ask, services: Services) -> Reply:
    return (Toast(services.texts[ask.lang]("stale")),)
