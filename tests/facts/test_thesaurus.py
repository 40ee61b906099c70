"""The groups of general language, and how they are found in words."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from facts.matching.grouping import grouped
from facts.matching.thesaurus import Thesaurus, form, general
from facts.text import fold, words

LETTERS = st.sampled_from("abcd")
EXPRESSIONS = st.lists(LETTERS, min_size=1, max_size=4).map(" ".join)


def groups(thesaurus: Thesaurus, question: str) -> tuple[int, ...]:
    spelt = words(fold(question))
    tokens, ends = np.arange(len(spelt), dtype=np.int32), np.array([0, len(spelt)])
    return tuple(grouped(thesaurus, [form(word) for word in spelt], tokens, ends)[1].tolist())


def test_every_expression_of_general_language_stands_folded_and_once_in_its_group() -> None:
    for group in general():
        assert tuple(fold(expression) for expression in group) == group
        assert len(set(group)) == len(group)


def test_the_longest_expression_counts_and_a_word_may_stand_in_several_groups() -> None:
    thesaurus = Thesaurus((("bank", "银行"), ("bank account", "account"), ("bank", "riverside")))
    assert groups(thesaurus, "Which banks?") == (0, 2)
    assert groups(thesaurus, "my bank account at the riverside") == (1, 2)
    assert groups(thesaurus, "銀行在哪里") == (0,)


def test_words_for_the_same_everyday_thing_share_a_group_and_others_of_the_kind_do_not() -> None:
    thesaurus = Thesaurus(general())
    for one, other in (
        ("where is the nearest cash machine", "附近的取款机在哪"),
        ("could you say that again", "再说一遍"),
        ("turn up the volume", "大声点"),
        ("where is my parcel", "快递到哪了"),
        ("what time do you close", "几点关门"),
        ("I want to see a doctor", "点样睇医生"),
        ("my car won't start", "车打不着火"),
        ("the lift is out of order", "电梯坏了"),
    ):
        assert set(groups(thesaurus, one)) & set(groups(thesaurus, other)), (one, other)
    for one, other in (
        ("credit card", "debit card"),
        ("turn up the sound", "turn down the sound"),
        ("押金", "首付"),
        ("one-way", "round trip"),
        ("sunrise", "sunset"),
    ):
        assert not set(groups(thesaurus, one)) & set(groups(thesaurus, other)), (one, other)


@given(st.lists(st.lists(EXPRESSIONS, max_size=3), max_size=6), st.lists(st.lists(LETTERS, max_size=8), max_size=5))
@example([], [[], ["a"]])
@example([["a b"], ["b"], ["c d", "a"]], [["a", "b"], [], ["b", "a"], ["a", "a", "b", "c"]])
def test_many_lines_have_at_once_the_groups_that_each_has_by_itself(
    groups: list[list[str]], lines: list[list[str]]
) -> None:
    thesaurus = Thesaurus(groups)
    forms = list(dict.fromkeys(word for line in lines for word in line))
    tokens = np.array([forms.index(word) for line in lines for word in line], dtype=np.int32)
    found = grouped(thesaurus, forms, tokens, np.cumsum([0, *map(len, lines)]))
    alone = [dict.fromkeys(group for *_, found in thesaurus.spans(line) for group in found) for line in lines]
    assert found.T.tolist() == [[number, group] for number, line in enumerate(alone) for group in line]
