"""A new base is held against the one it is to replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.comparing import Changes, changes, compare
from facts.evaluation import Question
from facts.matching import Matcher
from facts.model import Phrasings
from tests.facts.clashing import HALVES
from tests.facts.rivertown import RIVERTOWN
from tests.facts.samples import both, fact

if TYPE_CHECKING:
    from facts.model import Fact

SERVED = Matcher(RIVERTOWN)
NOTHING = Changes((), (), (), ())
REWARD, AREA = RIVERTOWN.fact_by_id["reward"], RIVERTOWN.fact_by_id["area"]


def question(text: str, *facts: str) -> Question:
    return Question(id="1", q=text, lang="en", kind="plain", facts=facts)


def with_facts(*facts: Fact) -> Matcher:
    fields = {name: getattr(RIVERTOWN, name) for name in type(RIVERTOWN).model_fields}
    return Matcher(type(RIVERTOWN)(**fields | {"facts": facts}))


MAXIMUM = question("how much is the maximum reward", "reward")
STOLEN = with_facts(
    REWARD.model_copy(update={"ask": Phrasings(en=("what is the top sum",))}),
    *RIVERTOWN.facts[1:],
    fact("thief", ["how much is the maximum reward", "what is the maximum reward", "maximum reward"]),
)


def test_the_same_base_is_accepted_and_nothing_has_changed() -> None:
    found = compare(SERVED, SERVED, [MAXIMUM, question("who is the mayor")])
    assert (found.facts, found.gaps, found.clashes, found.gone_wrong) == (NOTHING, NOTHING, (), ())
    assert (found.asked, found.wrong_before, found.wrong_now, found.refused) == (2, 0, 0, False)


def test_a_base_that_answers_more_questions_wrong_is_refused_with_their_list() -> None:
    found = compare(SERVED, STOLEN, [MAXIMUM, question("how big is the gathering area", "area")])
    assert (found.asked, found.wrong_before, found.wrong_now, found.refused) == (2, 0, 1, True)
    [gone] = found.gone_wrong
    assert (gone.question, gone.before, [each.id for each in gone.answered]) == (MAXIMUM, "right", ["thief"])


def test_a_base_that_answers_fewer_questions_wrong_is_accepted() -> None:
    found = compare(STOLEN, SERVED, [MAXIMUM])
    assert (found.wrong_before, found.wrong_now, found.refused, found.gone_wrong) == (1, 0, False, ())


def test_another_wrong_answer_for_one_set_right_is_accepted_but_told() -> None:
    other = question("how big is the gathering area")
    found = compare(STOLEN, SERVED, [MAXIMUM, other.model_copy(update={"facts": ("firms",)})])
    assert (found.wrong_before, found.wrong_now, found.refused) == (2, 1, False)
    assert found.gone_wrong == ()


def test_a_question_for_a_fact_that_the_old_base_lacks_says_nothing_of_it() -> None:
    found = compare(with_facts(*RIVERTOWN.facts[1:]), SERVED, [MAXIMUM])
    assert (found.asked, found.facts.added) == (0, ("reward",))


def test_a_question_whose_fact_has_gone_and_that_is_answered_by_another_has_gone_wrong() -> None:
    found = compare(SERVED, with_facts(*STOLEN.base.facts[1:]), [MAXIMUM])
    assert found.refused
    assert [each.question for each in found.gone_wrong] == [MAXIMUM]


def test_what_has_changed_is_told_by_what_kind_of_change_it_is() -> None:
    told = REWARD.model_copy(update={"text": both("Another text.", "另一段话。"), "ask": AREA.ask})
    asked = AREA.model_copy(update={"ask": Phrasings(en=("how large",))})
    found = changes(RIVERTOWN.facts, (told, fact("new", ["what is new"]), asked, *RIVERTOWN.facts[3:]))
    assert found == Changes(added=("new",), removed=("firms",), reworded=("reward",), asked=("area",))


def test_new_lines_that_clash_are_told_and_old_ones_are_not() -> None:
    clashing = with_facts(*RIVERTOWN.facts, *HALVES.facts)
    assert [each.line for each in compare(SERVED, clashing, []).clashes] == ["first half of the game"]
    assert compare(clashing, clashing, []).clashes == ()
