"""A space too early, too late, too many or missing: mended where that makes words of the base, and only there."""

from __future__ import annotations

import pytest

from facts.matching import Matcher
from facts.matching.candidates import phrasings
from facts.matching.ranking import Ranker
from facts.verdict import Answer
from tests.facts.rivertown import RIVERTOWN

_FOUND = phrasings(RIVERTOWN)
SPACING = Ranker(_FOUND.lines, _FOUND.owner, len(_FOUND.entries)).spacing
MATCHER = Matcher(RIVERTOWN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how much is th emaximum reward", "how much is the maximum reward"),
        ("how much is them aximum reward", "how much is the maximum reward"),
        ("how big is the gathe ring area", "how big is the gathering area"),
        ("howmuch is thereward?", "how much is the reward?"),
        ("基金有 howmuch", "基金有 how much"),
    ],
)
def test_a_space_is_put_where_it_belongs(typed: str, meant: str) -> None:
    assert SPACING.mended(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "how much is the maximum reward",
        "rewardarea",  # two words of the base, and yet nobody runs those together
        "is Therewar a place",  # a capital may be a name
        "it's area's re ward's",
        "qwfp zxcv",
        "a b c d e f g",
        "",
        " ",
        "奖励 多少",
    ],
)
def test_what_makes_no_words_of_the_base_stays_as_it_is(typed: str) -> None:
    assert SPACING.mended(typed) == typed


def test_a_question_with_its_space_in_the_wrong_place_is_answered() -> None:
    verdict = MATCHER.match("how much is th emaximum rew ard")
    assert isinstance(verdict, Answer)
    assert verdict.facts[0].fact.id == "reward"
