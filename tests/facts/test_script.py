"""Which script Chinese is written in."""

from __future__ import annotations

import pytest

from facts.script import in_traditional


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
