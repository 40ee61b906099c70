"""How far to trust what a card says, and where it stands: the standings and the evidence of one fact or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.wording import WORDS, dated, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facts.model import Fact, FactBase, Lang, Source, Standing


def standings(facts: Sequence[Fact], base: FactBase, lang: Lang) -> str:
    """Return the dated standing of facts: one for all if they share it, else each with its facts' labels."""
    labels: dict[Standing, list[str]] = {}
    for fact in facts:
        labels.setdefault(fact.standing, []).append(fact.label.of(lang))
    if len(labels) == 1:
        return standing(facts[0].standing, base.source, lang)
    words = WORDS[lang]
    each = [
        words.standing_each.format(word=words.standing_word[kind], labels=words.label_gap.join(of_kind))
        for kind, of_kind in labels.items()
        if words.standing_word[kind]
    ]
    return words.standings.format(each=" · ".join(each), date=dated(base.source.date, lang))


def cited(facts: Sequence[Fact], source: Source, lang: Lang) -> tuple[str, ...]:
    """Return the line of evidence: publisher, paragraphs in order, and their phrases in the source's words."""
    every = [(each.paragraph, each.phrase) for fact in facts for each in fact.evidence]
    evidence = sorted(every, key=lambda each: each[0])
    if not evidence:
        return ()
    words = WORDS[lang]
    numbers = list(dict.fromkeys(str(paragraph) for paragraph, _ in evidence))
    phrases = dict.fromkeys('"' + phrase.replace('"', "'") + '"' for _, phrase in evidence)
    line = (words.paragraph if len(numbers) == 1 else words.paragraphs).format(
        publisher=source.publisher.of(lang),
        numbers=words.paragraph_gap.join(numbers),
        machine=words.machine if source.machine_translated else "",
        phrases=" · ".join(phrases),
    )
    return (line,)
