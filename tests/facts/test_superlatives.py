"""Of what a question asks the most, and whether an entry tells it."""

from __future__ import annotations

import pytest

from facts.matching.ranking import Ranker, Words
from facts.matching.superlatives import Superlatives
from tests.facts.samples import fact

LINES_EN = ("what is the largest subsidy", "who builds a digital park", "the most generous offer", "biggest cheque")
LINES_ZH = ("最高奖励是多少", "企业最多能拿多少", "最大的底气", "园区是谁的")
TOLD = fact("reward", list(LINES_EN), list(LINES_ZH), title=("Highest reward: 200 million", "最高奖励2亿元"))
RANKER = Ranker([*LINES_EN, *LINES_ZH], [0] * 8, 1)


@pytest.mark.parametrize(
    ("question", "unborne"),
    [
        ("what is the largest subsidy", False),
        ("what is the biggest subsidy of all", False),
        ("what's the highest grant", False),  # the thesaurus has it beside subsidy
        ("the biggst subsidy", False),
        ("the largest possible cheque", False),
        ("what is the largest park", True),
        ("which is the most digital park", True),
        ("which offer is the most generous", False),  # nothing stands after it
        ("who builds the park", False),
        ("how much can one get at most", False),
        ("最高奖励多少", False),
        ("最高的讲理是多少", False),  # mistyped, sounds the same
        ("最大的底气是什么", False),
        ("最大的企业", True),
        ("最大的园区是哪个", True),
        ("最重要的企业是哪家", True),
        ("企业最多拿多少", False),
        ("园区最大的", False),
    ],
)
def test_the_most_is_told_only_of_what_a_line_asks_the_most_of(question: str, unborne: bool) -> None:  # noqa: FBT001 - a case
    query = RANKER.vocabulary.ask(Words.of(question).tokens)
    assert Superlatives(RANKER).unborne(query, TOLD) is unborne
