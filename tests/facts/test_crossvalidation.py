"""A base is asked its own lines, each where it is missing."""

from __future__ import annotations

from collections import Counter
from random import Random

from facts.crossvalidation import Trial, trials
from facts.evaluation import Tally
from facts.matching import Matcher
from tests.facts.rivertown import RIVERTOWN

LINES = {
    **{fact.id: set(fact.ask.every) for fact in RIVERTOWN.facts},
    **{gap.id: set(gap.ask.every) for gap in RIVERTOWN.gaps},
}
EVERY = list(trials(RIVERTOWN, None))
LEFT_OUT = [trial for trial in EVERY if len(trial.base.facts) == len(RIVERTOWN.facts)]
HIDDEN = [trial for trial in EVERY if trial not in LEFT_OUT]


def lines(every: list[Trial]) -> Counter[str]:
    return Counter(question.q for trial in every for question in trial.questions)


def test_every_line_is_left_out_once_and_no_other_line_of_its_entry() -> None:
    assert lines(LEFT_OUT) == Counter(line for said in LINES.values() for line in said)
    for trial in LEFT_OUT:
        kept = {fact.id: set(fact.ask.every) for fact in trial.base.facts}
        kept |= {gap.id: set(gap.ask.every) for gap in trial.base.gaps}
        asked = {(*question.facts, *question.gaps)[0]: {question.q} for question in trial.questions}
        assert {i: LINES[i] - kept[i] for i in LINES} == {i: asked.get(i, set()) for i in LINES}


def test_every_line_of_a_fact_is_asked_once_where_the_fact_is_hidden() -> None:
    assert lines(HIDDEN) == Counter(line for fact in RIVERTOWN.facts for line in fact.ask.every)
    for trial in HIDDEN:
        kept = {line for fact in trial.base.facts for line in fact.ask.every}
        assert not kept & {question.q for question in trial.questions}
        assert set(trial.base.fact_by_id) == {fact.id for fact in trial.base.facts}
        assert all(question.facts == question.gaps == () for question in trial.questions)


def test_a_sample_has_one_line_of_each_entry_and_language_and_is_the_same_by_the_same_seed() -> None:
    one, same, other = (list(trials(RIVERTOWN, Random(seed))) for seed in (1, 1, 2))  # noqa: S311 - no secret
    assert one == same
    assert lines(one) != lines(other)
    counted = Counter((i, each.lang) for trial in one for each in trial.questions for i in (*each.facts, *each.gaps))
    assert counted == {(i, lang): 1 for i in LINES for lang in ("en", "zh")}


def test_the_base_itself_stays_as_it_is() -> None:
    before = repr(RIVERTOWN)
    list(trials(RIVERTOWN, None))
    assert repr(RIVERTOWN) == before


def test_another_town_keeps_its_promises_when_its_own_lines_are_left_out() -> None:
    whole, marks = Matcher(RIVERTOWN), Tally(Counter())
    for trial in EVERY:
        marks.marks.update(Tally.of(trial.questions, Matcher(trial.base, whole.thresholds).match).marks)
    assert marks.share("right", answerable=True) >= 0.85
    assert marks.share("right", "offered", "guessed", answerable=True) >= 0.95
    assert marks.share("wrong", answerable=True) <= 0.02
    assert marks.share("wrong", answerable=False) <= 0.10
