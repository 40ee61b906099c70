"""A review of a change in people's words: what it adds, removes, changes, and how the question sets come out."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING

from facts.model import SmallTalk
from facts.wording import WORDS
from handlers import callbacks, render
from handlers.differences import Differences, called
from handlers.reply import Button, Document, Text
from handlers.revisions import Broken, Proposal, Refused, Same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from facts.checking.grounding import Unquoted
    from facts.comparing import Comparison
    from facts.differing import How
    from facts.loading import Problem
    from facts.matching.candidates import Entry
    from facts.model import FactBase
    from handlers.ports import Services
    from handlers.reply import Reply
    from handlers.revisions import Review
    from handlers.texts import Catalogue

    Section = tuple[str, str]

PROBLEMS = 15
"""Problems listed at once: as many as one reads before mending."""
LISTED = 8
"""Entries or questions under a heading; each list says how many more there are."""
_CHANGED = 12
"""Changed entries shown field by field."""
_HEADINGS = 60
"""Telegram marks a hundred places of a message and no more (core.telegram.org/bots/api#formatting-options)."""
_WHOLE = 2000
"""UTF-16 units up to which nothing is cut: some screens of a phone. What is longer has a file, too."""
_LINE = 160
FILE = "changes.txt"
_CAME_AND_WENT: tuple[How, ...] = ("added", "removed")


def told(
    review: Review, words: Catalogue, services: Services, settles: str = "", more: Sequence[Section] = ()
) -> Reply:
    """Show a review, with `more` behind it; what is too long for a message comes whole as a file, too.

    What may be served comes with the buttons that decide it, and say what question that `settles`.
    """
    match review:
        case Broken(problems):
            return (Text(_broken(problems, words, more)),)
        case Same(number):
            total = len(services.library.base.facts)
            body = words("reload.same_body", total=total)
            return (Text(render.message(words("reload.same", number=number), [body], more)),)
        case Refused(change):
            sections = [*_sets(change, words), *_mistakes(change, words, PROBLEMS), *more]
            return (Text(render.message(words("reload.worse"), [words("reload.kept")], sections)),)
        case Proposal():
            return _proposed(review, words, services.library.base, settles, more)


def _proposed(proposal: Proposal, words: Catalogue, served: FactBase, settles: str, more: Sequence[Section]) -> Reply:
    sheet = _Sheet(proposal, served, words)
    decide = (
        Button(words("reload.serve"), callbacks.revise("serve", proposal.key, settles)),
        Button(words("reload.leave"), callbacks.revise("leave", proposal.key)),
    )
    whole = sheet.sections()
    if sheet.fits([*whole, *more], _WHOLE):
        return (Text(sheet.html([*whole, *more]), (decide,)),)
    more = [*more, ("", words("reload.in_file"))]
    shown = _CHANGED
    while shown and not sheet.fits([*sheet.sections(shown), *more]):
        shown -= 1
    told = "\n\n".join(f"{heading}\n{body}".strip() for heading, body in [(sheet.title, sheet.line), *whole])
    return (Text(sheet.html([*sheet.sections(shown), *more]), (decide,)), Document(FILE, f"{told}\n".encode()))


class _Sheet:
    """What a proposal changes in what is served, as a title, a line and sections."""

    def __init__(self, proposal: Proposal, served: FactBase, words: Catalogue) -> None:
        self._change = change = proposal.change
        self._bases = (served, proposal.base)
        self._words = words
        self._changed = change.that_are("reworded") + change.that_are("asked")
        counts = {
            "added": len(change.that_are("added")),
            "removed": len(change.that_are("removed")),
            "changed": len(self._changed),
        }
        self.title = words("reload.proposed", **counts)
        if proposal.restores is not None:
            self.title = words("reload.proposed_back", number=proposal.restores, **counts)
        self.line = words("reload.waiting", total=len(proposal.base.facts))

    def fits(self, sections: Sequence[Section], limit: int = render.MESSAGE) -> bool:
        return len(sections) <= _HEADINGS and render.fits(limit, self.title, [self.line], sections)

    def html(self, sections: Sequence[Section]) -> str:
        return render.message(self.title, [self.line], sections)

    def sections(self, shown: int | None = None) -> list[Section]:
        """All of it; or cut short, with this many of the entries that differ."""
        words, change = self._words, self._change
        limit = None if shown is None else LISTED
        came_and_went = (
            _list(words(f"reload.{how}"), [called(each, words) for each in change.that_are(how)], limit, words)
            for how in _CAME_AND_WENT
        )
        differences = Differences(*self._bases, words, short=limit is not None)
        differ = [(called(each, words), differences.of(each)) for each in self._changed[:shown]]
        if left := len(self._changed) - len(differ):
            differ.append(("", words("reload.more_changed", count=left)))
        rest = (_clashes(change, words, limit), _sets(change, words), _mistakes(change, words, limit))
        return [*_slips(change, words, limit), *chain(*came_and_went), *differ, *chain(*rest)]


def _slips(change: Comparison, words: Catalogue, limit: int | None) -> Iterator[Section]:
    """What may be a slip of the edit stands above everything that is merely new."""
    for what, slips in (("unquoted", change.unquoted), ("swapped", change.swapped)):
        yield from _list(words(f"reload.{what}"), _numbers(slips, words), limit, words)


def _numbers(slips: Sequence[Unquoted], words: Catalogue) -> list[str]:
    lines = []
    for entry, found in groupby(slips, key=lambda each: each.entry):
        parts = list(found)
        numbers = (words("reload.number", field=_field(each, words), numbers=each.numbers) for each in parts)
        quoted = (words("change.line", line=phrase) for phrase in parts[0].phrases)
        gap = WORDS[words.lang].label_gap
        values = {"title": entry.title.of(words.lang), "numbers": gap.join(numbers), "phrases": gap.join(quoted)}
        lines.append(words("reload.unquoted_in" if parts[0].phrases else "reload.uncited_in", **values))
    return lines


def _field(each: Unquoted, words: Catalogue) -> str:
    return words("change.field", field=words(f"field.{each.field}"), language=words(f"language.{each.lang}"))


def _clashes(change: Comparison, words: Catalogue, limit: int | None) -> Iterator[Section]:
    lines = [
        words("reload.collision", question=each.line, own=_name(each.entry, words), rival=_name(each.rival, words))
        for each in change.clashes
    ]
    yield from _list(words("reload.collisions"), lines, limit, words)


def _name(entry: Entry, words: Catalogue) -> str:
    return (entry.text if isinstance(entry, SmallTalk) else entry.title).of(words.lang)


def _sets(change: Comparison, words: Catalogue) -> Iterator[Section]:
    if not change.asked:
        yield "", words("reload.unasked")
        return
    outcomes = {"right": change.right, "wrong": change.wrong, "offered": change.offered, "missed": change.missed}
    lines = (words(f"reload.{what}", before=before, now=now) for what, (before, now) in outcomes.items())
    yield words("reload.sets", asked=change.asked), "\n".join(lines)


def _mistakes(change: Comparison, words: Catalogue, limit: int | None) -> Iterator[Section]:
    lines = [
        words("reload.mistake", question=each.question.q, answer=each.answered[0].title.of(words.lang))
        for each in change.gone_wrong
    ]
    yield from _list(words("reload.mistakes"), lines, limit, words)


def _list(heading: str, items: Sequence[str], limit: int | None, words: Catalogue) -> Iterator[Section]:
    """A section of a line an item: all of them, or cut short, and at most `limit`."""
    if items:
        shown = items if limit is None else [render.clip(item, _LINE) for item in items[:limit]]
        more = [words("reload.more", count=len(items) - len(shown))] if len(items) > len(shown) else []
        yield heading, "\n".join([*shown, *more])


def _broken(problems: Sequence[Problem], words: Catalogue, more: Sequence[Section]) -> str:
    listed = [(problem.place, problem.text(words.lang)) for problem in problems[:PROBLEMS]]
    left = [("", words("reload.more", count=len(problems) - PROBLEMS))] if len(problems) > PROBLEMS else []
    return render.message(words("reload.broken", count=len(problems)), [words("reload.kept")], [*listed, *left, *more])
