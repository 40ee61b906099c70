"""Lines read in halves are what they are read at once, whichever words, groups and amounts both halves share."""

from __future__ import annotations

import numpy as np
import pytest

from facts.matching.lines import _read, read
from facts.matching.thesaurus import Thesaurus
from facts.matching.vocabulary import Vocabulary

LINES = [
    "how much is the top reward in 2022",
    "最高奖励2亿元",
    "",
    "what's the cash machine's area, 20 square kilometers?",
    "rewards of 200 million yuan, twice 200 million yuan",
    "new words at the end",
]
GROUPS = (("cash machine", "atm"), ("reward", "奖励"), ("area", "square kilometers"))


@pytest.mark.parametrize("count", range(len(LINES) + 1))
def test_halves_make_the_whole(count: int) -> None:
    lines, thesaurus = LINES[:count], Thesaurus(GROUPS)
    halves, whole = read(lines, thesaurus, lambda work: work), _read(lines, thesaurus)
    assert (halves.words, halves.amounts) == (whole.words, whole.amounts)
    arrays = [(each.tokens, each.ends, each.grouped) for each in (halves, whole)]
    for one, other in zip(*arrays, strict=True):
        assert np.array_equal(one, other)
        assert one.dtype == other.dtype


def test_groups_and_then_amounts_of_each_line_in_order() -> None:
    vocabulary = Vocabulary(LINES, Thesaurus(GROUPS))
    rows, groups = vocabulary.grouped.tolist()
    first = len(GROUPS)
    assert rows == sorted(rows)
    of = [[group for row, group in zip(rows, groups, strict=True) if row == line] for line in range(len(LINES))]
    assert [each[: sum(group < first for group in each)] for each in of] == [[1], [1], [], [0, 2], [1], []]
    amount, area = of[1][-1], of[3][-1]
    assert of[4] == [1, amount]
    assert len({amount, area}) == 2
    assert min(amount, area) >= first
    assert vocabulary.numbered.tolist() == [0, 1, 3, 4]
