"""A review of a change in people's words: what it adds, removes, rewords, and how the question sets come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.model import SmallTalk
from handlers import callbacks, render
from handlers.reply import Button, Text
from handlers.revisions import Broken, Proposal, Refused, Same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from facts.comparing import Comparison
    from facts.loading import Problem
    from facts.model import Bilingual, Fact, FactBase, Gap
    from handlers.ports import Services
    from handlers.revisions import Review
    from handlers.texts import Catalogue

PROBLEMS = 15
"""Problems listed at once: as many as one reads before mending."""
LISTED = 8
"""Facts or questions listed under a heading; each list says how many more there are."""
_LINE = 160


def told(review: Review, words: Catalogue, services: Services, settles: str = "") -> Text:
    """Show a review; what may be served comes with the buttons that decide it, and say what question that settles."""
    match review:
        case Broken(problems):
            return Text(_broken(problems, words))
        case Same(number):
            total = len(services.library.base.facts)
            return Text(
                render.message(words("reload.same", number=number), [words("reload.same_body", total=total)]),
            )
        case Refused(change):
            mistakes = _mistakes(change, PROBLEMS, words)
            return Text(
                render.message(words("reload.worse"), [words("reload.kept")], [*_sets(change, words), *mistakes])
            )
        case Proposal():
            return _proposed(review, words, services.library.base, settles)


def _proposed(proposal: Proposal, words: Catalogue, served: FactBase, settles: str) -> Text:
    change = proposal.change
    added, removed, reworded = _titles(change, served, proposal.base)
    counts = {"added": len(added), "removed": len(removed), "reworded": len(reworded)}
    title = words("reload.proposed", **counts)
    if proposal.restores is not None:
        title = words("reload.proposed_back", number=proposal.restores, **counts)
    lines = [words("reload.waiting", total=len(proposal.base.facts))]
    if asked := len(change.facts.asked) + len(change.gaps.asked):
        lines.append(words("reload.asked", count=asked))
    if change.others:
        lines.append(words("reload.others", count=change.others))
    listed = ((added, "added"), (removed, "removed"), (reworded, "reworded"))
    sections = [part for titles, name in listed for part in _list(words(f"reload.{name}"), titles, LISTED, words)]
    sections += [*_clashes(change, words), *_sets(change, words), *_mistakes(change, LISTED, words)]
    decide = (
        Button(words("reload.serve"), callbacks.revise("serve", proposal.key, settles)),
        Button(words("reload.leave"), callbacks.revise("leave", proposal.key)),
    )
    return Text(render.message(title, lines, sections), (decide,))


def _titles(change: Comparison, old: FactBase, new: FactBase) -> tuple[list[Bilingual], ...]:
    """Titles of the facts and gaps that were added, removed and reworded."""
    was, now = _by_id(old), _by_id(new)
    sorts = (change.facts, change.gaps)
    added = [now[each] for sort in sorts for each in sort.added]
    removed = [was[each] for sort in sorts for each in sort.removed if each in was]
    return added, removed, [now[each] for sort in sorts for each in sort.reworded]


def _by_id(base: FactBase) -> dict[str, Bilingual]:
    entries: tuple[Fact | Gap, ...] = (*base.gaps, *base.facts)
    return {each.id: each.title for each in entries}


def _clashes(change: Comparison, words: Catalogue) -> Iterator[tuple[str, str]]:
    lines = [
        words("reload.collision", question=each.line, own=_name(each.entry, words), rival=_name(each.rival, words))
        for each in change.clashes
    ]
    yield from _list(words("reload.collisions"), lines, LISTED, words)


def _name(entry: Fact | Gap | SmallTalk, words: Catalogue) -> str:
    return (entry.text if isinstance(entry, SmallTalk) else entry.title).of(words.lang)


def _sets(change: Comparison, words: Catalogue) -> Iterator[tuple[str, str]]:
    if not change.asked:
        yield "", words("reload.unasked")
        return
    values = {"right_before": change.right_before, "right": change.right_now}
    values |= {"wrong_before": change.wrong_before, "wrong": change.wrong_now}
    yield words("reload.sets", asked=change.asked), words("reload.outcomes", **values)


def _mistakes(change: Comparison, limit: int, words: Catalogue) -> Iterator[tuple[str, str]]:
    lines = [
        words("reload.mistake", question=each.question.q, answer=each.answered[0].title.of(words.lang))
        for each in change.gone_wrong
    ]
    yield from _list(words("reload.mistakes"), lines, limit, words)


def _list(heading: str, items: Sequence[str | Bilingual], limit: int, words: Catalogue) -> Iterator[tuple[str, str]]:
    if items:
        lines = [item if isinstance(item, str) else item.of(words.lang) for item in items[:limit]]
        more = [words("reload.more", count=len(items) - limit)] if len(items) > limit else []
        yield heading, "\n".join([*(render.clip(line, _LINE) for line in lines), *more])


def _broken(problems: Sequence[Problem], words: Catalogue) -> str:
    listed = [(f"{problem.file}:{problem.line}", problem.text(words.lang)) for problem in problems[:PROBLEMS]]
    more = [("", words("reload.more", count=len(problems) - PROBLEMS))] if len(problems) > PROBLEMS else []
    return render.message(words("reload.broken", count=len(problems)), [words("reload.kept")], [*listed, *more])
