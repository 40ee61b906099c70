"""Two ways to the same number: what lines have in common with each other, and with a question that is one of them."""

from __future__ import annotations

import numpy as np
import pytest

from facts.matching.rows import shared
from facts.matching.space import Space
from facts.matching.thesaurus import Thesaurus, general
from facts.matching.vocabulary import Vocabulary
from facts.text import fold, words

LINES = (
    "how much is the reward",
    "what is the reward, and what is it for",
    "reward reward reward",
    "最高奖励是多少",
    "奖励多少钱",
    "who built the harbour",
    "how long is the harbour wall",
    "港口有多长",
    "zzz",
)
OWNER = (0, 0, 0, 0, 0, 1, 1, 1, 2)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(LINES, Thesaurus(general()))


@pytest.fixture(scope="module")
def space(vocabulary: Vocabulary) -> Space:
    return Space(vocabulary, np.array(OWNER), 3)


@pytest.mark.parametrize("lines", [list(range(len(LINES))), [7, 0, 3], [2], [2, 2], []])
def test_lines_are_to_each_other_what_they_are_to_a_question(
    vocabulary: Vocabulary, space: Space, lines: list[int]
) -> None:
    block = space.block(np.array(lines, dtype=np.int64))
    kernel = space.kernel(block)
    assert kernel.shape == (len(lines), len(lines))
    for row, line in zip(kernel, lines, strict=True):
        query = vocabulary.ask(words(fold(LINES[line])))
        near = space.likeness(space.vector(query), block)
        assert row == pytest.approx(near, abs=1e-5)


def test_a_line_is_wholly_like_itself_and_not_at_all_like_one_of_other_letters(space: Space) -> None:
    kernel = space.kernel(space.block(np.arange(len(LINES))))
    assert np.diag(kernel) == pytest.approx(1)
    assert kernel[0, 8] == 0
    assert kernel[0, 1] > kernel[0, 5] > 0


def test_what_only_one_pair_has_is_left_out_and_columns_count_the_rest() -> None:
    row, item, column = shared(np.array([0, 1, 2, 0, 2, 2]), np.array([9, 5, 9, 7, 4, 4]), 3)
    assert list(zip(row.tolist(), item.tolist(), column.tolist(), strict=True)) == [
        (2, 4, 0),
        (2, 4, 0),
        (0, 9, 1),
        (2, 9, 1),
    ]
    assert [len(each) for each in shared(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), 0)] == [0, 0, 0]
