"""Of what a question asks the most or the number, and whether an entry tells it."""

from __future__ import annotations

import pytest

from facts.matching.heads import Heads
from facts.matching.ranking import Ranker, Words
from tests.facts.samples import fact, gap

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
    assert Heads(RANKER).untold(query, TOLD) is unborne


COUNTED_EN = ("how many digital firms are there", "how many businesses work in it", "number of companies")
COUNTED_ZH = ("有多少家数字企业", "里面有人工作", "企业有几多")
COUNTED = fact("firms", list(COUNTED_EN), list(COUNTED_ZH), title=("Over 4,500 enterprises", "数字公司超4500家"))
OPEN = gap("open", list(COUNTED_EN), list(COUNTED_ZH))
COUNTING = Ranker([*COUNTED_EN, *COUNTED_ZH], [0] * 6, 1)


@pytest.mark.parametrize(
    ("question", "untold"),
    [
        ("how many firms are there", False),
        ("how many digital companies", False),
        ("how many enterprises are there", False),  # as its title has it
        ("how many people work in digital firms", True),
        ("number of people", True),
        ("how many are there", False),
        ("how much", False),
        ("有多少企业", False),
        ("有多少家公司", False),  # as its title has it
        ("有多少人工作", True),
        ("有几多人", False),  # one character alone
        ("有多少", False),
    ],
)
def test_a_number_is_told_only_of_what_a_line_or_the_title_counts(question: str, untold: bool) -> None:  # noqa: FBT001 - a case
    query = COUNTING.vocabulary.ask(Words.of(question).tokens)
    assert Heads(COUNTING).untold(query, COUNTED) is untold
    assert not Heads(COUNTING).untold(query, OPEN)
