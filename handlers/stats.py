"""What people asked and got in the last 30 days, for who runs the bot, in the chat and, alike, in the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from facts.model import LANGS
from handlers import dates, delivering, inboxes, render
from handlers.asked import KEPT_DAYS
from handlers.reply import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from facts.model import Bilingual, Fact, FactBase, Gap
    from handlers.asked import Fate, InVain
    from handlers.ports import Ask, DeliverySummary, Services
    from handlers.reply import Reply
    from handlers.texts import Catalogue

LISTED = 5
_ORDER: tuple[Fate, ...] = ("answer", "choices", "not_in_source", "no_match", "small_talk")


@dataclass(frozen=True, slots=True)
class Figures:
    """Questions of some time: how many, by how many people, what came of them, in what languages.

    `fates` counts rejections, as "not_meant", beside the questions. `shown`: the facts and gaps that answered most.
    """

    questions: int
    people: int
    fates: Mapping[Fate, int]
    langs: Mapping[str, int]
    shown: Sequence[tuple[str, int]]


FailedKind = Literal["unreachable", "refused", "database", "inside"]
"""Telegram did not answer, or refused a call; the database failed; anything else, which is a mistake of ours."""


class Failed(NamedTuple):
    """How often something went wrong on a day (UTC)."""

    day: date
    kind: FailedKind
    times: int


class Failures(Protocol):
    """What went wrong; the log has every one of them under an id."""

    async def last(self, now: datetime) -> Sequence[Failed]:
        """Return what went wrong in the last 30 days, the newest day first, of a day the most frequent."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """All that is told. `base`: for titles."""

    figures: Figures
    vain: Sequence[InVain]
    posts: DeliverySummary
    failures: Sequence[Failed]
    base: FactBase


Section = tuple[str, str]


async def stats(ask: Ask, services: Services) -> Reply:
    told = Told(
        await services.questions.figures(ask.now, LISTED),
        await services.questions.in_vain(LISTED),
        await services.deliveries.summary(ask.now),
        await services.failures.last(ask.now),
        services.library.base,
    )
    words = services.texts[ask.lang]
    return (Text(render.message(*parts(told, words))),)


def parts(told: Told, words: Catalogue) -> tuple[str, list[str], list[Section]]:
    """Return title, lines and sections of the report."""
    figures = told.figures
    title = words("stats.title", days=KEPT_DAYS, questions=figures.questions, people=figures.people)
    return title, list(_lines(figures, words)), list(_sections(told, words))


def _lines(figures: Figures, words: Catalogue) -> Iterator[str]:
    if not figures.questions:
        return
    for fate in _ORDER:
        if count := figures.fates.get(fate, 0):
            yield words(f"stats.{fate}", count=count, share=round(100 * count / figures.questions))
    if rejected := figures.fates.get("not_meant", 0):
        yield words("stats.not_meant", count=rejected)
    yield words("stats.langs", **{lang: figures.langs.get(lang, 0) for lang in LANGS})


def _sections(told: Told, words: Catalogue) -> Iterator[Section]:
    entries: tuple[Fact | Gap, ...] = (*told.base.gaps, *told.base.facts)
    titles: dict[str, Bilingual] = {each.id: each.title for each in entries}
    shown = [
        words("stats.shown", title=titles[entry].of(words.lang) if entry in titles else entry, count=count)
        for entry, count in told.figures.shown
    ]
    if shown:
        yield words("stats.most"), "\n".join(shown)
    if told.vain:
        yield words("inbox.title"), "\n".join(inboxes.counted(each, words) for each in told.vain)
    yield words("deliveries.title"), "\n".join(delivering.lines(told.posts, words))
    yield words("stats.failures", days=KEPT_DAYS), "\n".join(_failures(told.failures, words))


def _failures(failed: Sequence[Failed], words: Catalogue) -> Iterator[str]:
    """How often in all, and a line for each of the newest days."""
    if not failed:
        yield words("stats.no_failures")
        return
    yield words("stats.failed", count=sum(each.times for each in failed))
    days = [(on, list(each)) for on, each in groupby(failed, lambda each: each.day)]
    for on, kinds in days[:LISTED]:
        told = [words(f"stats.failed.{each.kind}", count=each.times) for each in kinds]
        yield words("stats.failed_on", day=dates.day(on, words), what=dates.listed(told, words, "names.listed"))
