"""The inbox: what people asked in vain, and what a curator makes of it with one tap, or one reply."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from facts.inbox import untitled
from facts.model import LANGS, Gap
from facts.verdict import SmallTalk
from handlers import acts, callbacks, render, reviews
from handlers.looking import looking
from handlers.reply import Button, Edit, Text, Toast
from handlers.revisions import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from facts.model import Fact
    from handlers.asked import InVain
    from handlers.callbacks import InboxTap
    from handlers.ports import Ask, Services
    from handlers.reply import Buttons, Reply
    from handlers.revisions import Review, Told
    from handlers.texts import Catalogue

LISTED, OFFERED = 6, 4
"""Questions on a page; facts that one may be added to."""
_LINE = 200
_SHOWN_OF_KEY = 6
"""What an act, kept for a year, says of a question, which is kept for a month."""


async def inbox(ask: Ask, services: Services) -> Reply:
    """List what was asked in vain, by most people first."""
    return (Text(*await _page(0, services.texts[ask.lang], services)),)


async def tap(ask: Ask, services: Services) -> Reply:
    """Turn a page, open a question, or see to it."""
    read, words = callbacks.read_inbox(ask.text), services.texts[ask.lang]
    if read is None:
        return (Toast(words("stale")),)
    if read.action == "page":
        return (Edit(*await _page(int(read.value), words, services)),)
    found = await services.questions.one(read.value)
    if found is None:
        return (Edit(*await _page(0, words, services)), Toast(words("inbox.gone")))
    if read.action == "open":
        return (Edit(*_opened(found, words, services)),)
    if read.action == "done":
        await services.questions.settle(found.key)
        await acts.note("settle", found.key[:_SHOWN_OF_KEY], ask, services)
        return (Edit(*await _page(0, words, services)), Toast(words("inbox.done_toast")))
    return await _reviewed(read, found, ask, services)


async def _reviewed(read: InboxTap, found: InVain, ask: Ask, services: Services) -> Reply:
    words = services.texts[ask.lang]
    if read.action == "add" and read.entry not in services.library.base.fact_by_id:
        return (Toast(words("stale.fact")),)
    return (looking(partial(_proposed, found, read.entry or None, "", ask, services), words),)


async def write(ask: Ask, services: Services) -> Reply:
    """Make a gap of the question that this replies to, in the curator's own words."""
    words, key = services.texts[ask.lang], ask.shown or ""
    found = await services.questions.one(key) if callbacks.read_inbox(f"gap:{key}") else None
    if found is None:
        return (Text(render.plain(words("inbox.gone"))),)
    return (looking(partial(_proposed, found, None, ask.text, ask, services), words),)


async def _proposed(  # noqa: PLR0913, PLR0917 - what it looks at, and how far it is
    found: InVain, entry: str | None, wording: str, ask: Ask, services: Services, told: Told
) -> Reply:
    review = await services.revisions.review_question(found.question, found.lang, entry, wording, told)
    await acts.note_look(review, "inbox", entry or "", ask, services)
    words = services.texts[ask.lang]
    return reviews.told(review, words, services, found.key, list(_reading(review, words)))


def _reading(review: Review, words: Catalogue) -> Iterator[tuple[str, str]]:
    """A new gap as people would read it, in both languages, and what its title lacks."""
    if not isinstance(review, Proposal):
        return
    for change in review.change.that_are("added"):
        if isinstance(gap := change.now, Gap):
            yield from ((gap.title.of(lang), gap.text.of(lang)) for lang in LANGS)
            yield from (("", words("inbox.untitled", language=words(f"language.{lang}"))) for lang in untitled(gap))


async def _page(number: int, words: Catalogue, services: Services) -> tuple[str, Buttons]:
    """A page and the next one's first question, by which one knows that there is a next one."""
    found = await services.questions.in_vain(LISTED + 1, number * LISTED)
    if not found:
        return render.message(words("inbox.empty"), [words("inbox.empty_body")]), ()
    listed = "\n".join(counted(each, words) for each in found[:LISTED])
    buttons = [(_opens(each),) for each in found[:LISTED]]
    turns = [Button(words("button.previous"), callbacks.inbox("page", str(number - 1)))] if number else []
    if len(found) > LISTED:
        turns.append(Button(words("button.next"), callbacks.inbox("page", str(number + 1))))
    html = render.message(words("inbox.title"), [words("inbox.body")], [("", listed)])
    return html, (*buttons, *render.rows(*turns))


def _opened(found: InVain, words: Catalogue, services: Services) -> tuple[str, Buttons]:
    offers = _offers(found, services)
    rejected = services.library.base.fact_by_id.get(found.rejected)
    lines = [_times(found, words)]
    got = words("inbox.unsaid") if found.unsaid else words("inbox.nothing")
    lines.append(words("inbox.rejected", title=rejected.title.of(words.lang)) if rejected else got)
    facts = "\n".join(fact.title.of(words.lang) for fact in offers)
    buttons = [
        *(_adds(found, fact, words) for fact in offers),
        Button(words("inbox.gap"), callbacks.inbox("gap", found.key)),
        Button(words("inbox.done"), callbacks.inbox("done", found.key)),
        Button(words("inbox.back"), callbacks.inbox("page", "0")),
    ]
    title = words("inbox.quoted", question=render.clip(found.question, _LINE))
    sections = [(words("inbox.add"), facts)] if facts else []
    sections.append(("", words("inbox.write")))
    return render.message(title, lines, sections), render.rows(*buttons)


def _offers(found: InVain, services: Services) -> tuple[Fact, ...]:
    """What a question finds, and the nearest facts that share a word with it, without the one that was rejected."""
    verdict = services.library.ask(found.question, found.lang)
    told = () if isinstance(verdict, SmallTalk) else verdict.facts
    near = (each for each in services.library.nearest(found.question, OFFERED + 1) if each.score > 0)
    facts = {each.fact.id: each.fact for each in (*told, *near)}
    facts.pop(found.rejected, None)
    return tuple(facts.values())[:OFFERED]


def _opens(found: InVain) -> Button:
    return Button(render.label(found.question, render.FULL), callbacks.inbox("open", found.key))


def _adds(found: InVain, fact: Fact, words: Catalogue) -> Button:
    return Button(render.label(fact.label.of(words.lang)), callbacks.inbox("add", found.key, fact.id))


def counted(found: InVain, words: Catalogue) -> str:
    return words("inbox.line", question=render.clip(found.question, _LINE), times=_times(found, words))


def _times(found: InVain, words: Catalogue) -> str:
    spoken = words(f"language.{found.spoken}")
    if found.times == 1:
        return words("inbox.once", language=spoken)
    return words("inbox.times", times=found.times, people=found.people, language=spoken)
