"""A new base is held against the one it is to replace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from facts.comparing import compare
from facts.evaluation import Question
from facts.matching import Matcher
from facts.model import Phrasings
from tests.facts.clashing import HALVES
from tests.facts.rivertown import RIVERTOWN
from tests.facts.samples import fact

if TYPE_CHECKING:
    from facts.model import Fact

SERVED = Matcher(RIVERTOWN)
REWARD = RIVERTOWN.fact_by_id["reward"]


def question(text: str, *facts: str) -> Question:
    return Question(id="1", q=text, lang="en", kind="plain", facts=facts)


def with_facts(*facts: Fact) -> Matcher:
    return Matcher(replace(RIVERTOWN, facts=facts))


MAXIMUM = question("how much is the maximum reward", "reward")
OTHER = question("who is the mayor")
STOLEN = with_facts(
    replace(REWARD, ask=Phrasings(en=("what is the top sum",))),
    *RIVERTOWN.facts[1:],
    fact("thief", ["how much is the maximum reward", "what is the maximum reward", "maximum reward"]),
)


def test_the_same_base_is_accepted_and_nothing_has_changed() -> None:
    found = compare(SERVED, SERVED, [MAXIMUM, OTHER])
    assert (found.changes, found.clashes, found.gone_wrong) == ((), (), ())
    assert (found.asked, found.right, found.wrong, found.refused) == (2, (2, 2), (0, 0), False)


def test_a_base_that_answers_more_questions_wrong_is_refused_with_their_list() -> None:
    found = compare(SERVED, STOLEN, [MAXIMUM, question("how big is the gathering area", "area")])
    assert (found.asked, found.wrong, found.refused) == (2, (0, 1), True)
    [gone] = found.gone_wrong
    assert (gone.question, gone.before, [each.id for each in gone.answered]) == (MAXIMUM, "right", ["thief"])


def test_a_base_that_answers_fewer_questions_wrong_is_accepted() -> None:
    found = compare(STOLEN, SERVED, [MAXIMUM])
    assert (found.wrong, found.refused, found.gone_wrong) == ((1, 0), False, ())


def test_another_wrong_answer_for_one_set_right_is_accepted_but_told() -> None:
    other = question("how big is the gathering area")
    found = compare(STOLEN, SERVED, [MAXIMUM, replace(other, facts=("firms",))])
    assert (found.wrong, found.refused) == ((2, 1), False)
    assert found.gone_wrong == ()


def test_a_question_for_a_fact_that_the_old_base_lacks_says_nothing_of_it() -> None:
    found = compare(with_facts(*RIVERTOWN.facts[1:]), SERVED, [MAXIMUM])
    assert (found.asked, [each.id for each in found.that_are("added")]) == (0, ["reward"])


def test_a_question_whose_fact_has_gone_and_that_is_answered_by_another_has_gone_wrong() -> None:
    found = compare(SERVED, with_facts(*STOLEN.base.facts[1:]), [MAXIMUM])
    assert found.refused
    assert [each.question for each in found.gone_wrong] == [MAXIMUM]


def test_what_the_old_base_is_known_to_do_is_not_asked_again_and_how_far_it_is_is_told() -> None:
    told: list[tuple[int, int]] = []
    found = compare(SERVED, SERVED, [MAXIMUM, OTHER], {MAXIMUM: "wrong"}, lambda *done: told.append(done))
    assert (found.before[MAXIMUM], found.now[MAXIMUM], found.wrong) == ("wrong", "right", (1, 0))
    assert told == [(1, 2), (2, 2)]
    assert compare(SERVED, SERVED, [MAXIMUM], found.now).before == {MAXIMUM: "right"}


def test_new_lines_that_clash_are_told_and_old_ones_are_not() -> None:
    clashing = with_facts(*RIVERTOWN.facts, *HALVES.facts)
    assert [each.line for each in compare(SERVED, clashing, []).clashes] == ["first half of the game"]
    assert compare(clashing, clashing, []).clashes == ()


def test_a_new_number_that_is_not_quoted_is_told_and_one_that_was_so_before_is_not() -> None:
    edited = replace(REWARD, title=replace(REWARD.title, en="Top reward: 300 million yuan"))
    changed = with_facts(edited, *RIVERTOWN.facts[1:])
    [found] = compare(SERVED, changed, []).unquoted
    assert (found.entry, found.field, found.lang, found.numbers) == (edited, "title", "en", "300,000,000")
    assert compare(changed, changed, []).unquoted == ()


def test_a_number_that_gave_way_to_another_of_its_quotes_is_told() -> None:
    both = replace(REWARD.evidence[0], phrase="a reward of 2 million yuan and 200 million yuan")
    was = replace(REWARD, evidence=(both,))
    now = replace(was, title=replace(REWARD.title, en="Top reward: 2 million yuan"))
    [found] = compare(with_facts(was, *RIVERTOWN.facts[1:]), with_facts(now, *RIVERTOWN.facts[1:]), []).swapped
    assert (found.entry, found.field, found.lang, found.numbers) == (now, "title", "en", "200,000,000 → 2,000,000")
