"""Lines folded all at once are what each is by itself, whatever stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts import folding
from facts.folding import fold_line, fold_lines, forget
from facts.text import LIMIT, fold, words

LINES = (
    "",
    " two  spaces between, and  around ",
    "What's 1,234,567 in Zen City’s books? 12,34",
    "最高獎勵１，０００萬元？",
    "  禅城　有 多少家 ",
    "café naïve 禅城café",
    "tab\tand\nbreak\u2028and\u200bnothing",
    "点解要去？重点解决",
    "嗰啲嘢係乜",
    "STRASSE straße ﬁrm ½",
    "\ud800 alone",
    "1,\n234",
    "x" * (LIMIT + 9),
    "㍿" * (LIMIT - 1),
)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget()


def by_itself(line: str) -> tuple[str, str]:
    folded = fold(line)
    return folded, " ".join(words(folded))


def test_lines_of_every_sort_are_folded_as_each_by_itself() -> None:
    fold_lines(LINES)
    assert [fold_line(line) for line in LINES] == list(map(by_itself, LINES))


@given(
    st.lists(
        st.text(st.one_of(st.characters(), st.sampled_from(" ,’'1234s奖獎嘅点解？\u0301")), max_size=20), max_size=9
    )
)
def test_whatever_lines_stand_together_each_is_folded_by_itself(lines: list[str]) -> None:
    forget()
    fold_lines(lines)
    assert [fold_line(line) for line in lines] == list(map(by_itself, lines))


def test_more_lines_than_are_folded_at_once_lose_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "_AT_ONCE", 3)
    fold_lines(LINES)
    assert folding._kept == {line: by_itself(line) for line in LINES}


def test_what_is_forgotten_is_kept_no_longer() -> None:
    fold_lines(LINES)
    forget()
    assert folding._kept == {}
    assert fold_line("What's up?") == ("what up?", "what up")
