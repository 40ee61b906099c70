"""Which script Chinese is written in, and the way from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from facts.loading import load
from facts.script import in_traditional, simplified, traditional
from facts.shipped import shipped

if TYPE_CHECKING:
    from facts.model import FactBase


@pytest.fixture(scope="module")
def base() -> FactBase:
    return load(shipped())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("最高獎勵多少錢", True),
        ("最高奖励多少钱", False),
        ("集聚區有幾大㗎", True),
        ("畀几多钱嘅", False),
        ("皇后", None),
        ("10公里", None),
        ("how much is it", None),
        ("", None),
    ],
)
def test_a_text_is_in_the_script_that_alone_writes_it_so(text: str, shown: bool | None) -> None:  # noqa: FBT001 - a case
    for otherwise in (True, False):
        assert in_traditional(text, otherwise=otherwise) == (otherwise if shown is None else shown)


def test_words_tell_characters_apart_that_were_written_alike() -> None:
    assert traditional("头发、发展；皇后、以后；公里、这里") == "頭髮、發展；皇后、以後；公里、這裏"
    assert traditional("掌握发展主动权，深圳签协议") == "掌握發展主動權，深圳簽協議"
    assert traditional("Foshan Daily (MT)") == "Foshan Daily (MT)"


def test_every_title_of_the_base_comes_back_from_traditional_as_it_was(base: FactBase) -> None:
    """Sharing types a title in the script of who shares it, and must find its fact."""
    titles = [fact.title.zh for fact in base.facts]
    assert [simplified(traditional(title)) for title in titles] == titles
    assert all(in_traditional(traditional(title), otherwise=True) for title in titles)
