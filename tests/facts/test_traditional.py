"""How Simplified characters are written as Traditional ones: by OpenCC, and by a table made of it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.config import ROOT
from facts.card import fact_card
from facts.loading import load
from facts.script import in_traditional, simplified
from facts.shipped import shipped
from facts.traditional import Spelling, spelling, traditional

if TYPE_CHECKING:
    from facts.model import FactBase


@pytest.fixture(scope="module")
def base() -> FactBase:
    return load(shipped())


def test_words_tell_characters_apart_that_were_written_alike() -> None:
    assert traditional("头发、发展；皇后、以后；公里、这里") == "頭髮、發展；皇后、以後；公里、這裏"
    assert traditional("Foshan Daily (MT)") == "Foshan Daily (MT)"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("掌握发展主动权，深圳签协议", "掌握發展主動權，深圳簽協議"),
        ("大会上签约，当天集中签约", "大會上簽約，當天集中簽約"),
        ("传统制造业", "傳統製造業"),
    ],
)
def test_what_opencc_gets_wrong_is_mended(text: str, right: str) -> None:
    assert traditional(text) == right


def test_every_title_of_the_base_comes_back_from_traditional_as_it_was(base: FactBase) -> None:
    """Sharing types a title in the script of who shares it, and must find its fact."""
    titles = [fact.title.zh for fact in base.facts]
    assert [simplified(traditional(title)) for title in titles] == titles
    assert all(in_traditional(traditional(title), otherwise=True) for title in titles)


def test_the_table_writes_all_that_it_was_made_for_as_opencc_does(base: FactBase) -> None:
    cards = [fact_card(fact, base, "zh").plain(buttons=True) for fact in base.facts]
    written = spelling([repr(base)])
    assert [written(card) for card in cards] == [traditional(card) for card in cards]


def test_the_table_knows_the_words_of_anybody_too() -> None:
    text = "我的头发，皇后以后，公里、这里；干杯、干部、面条、体面；Foshan, 10%!"
    assert spelling(())(text) == traditional(text)


def test_the_longest_phrase_goes_first_and_what_it_holds_is_not_written_again() -> None:
    written = Spelling({"里": "裏", "发": "發"}, {"公里": "公里", "头发": "頭髮", "头发里": "頭髮裡"})
    assert written("公里里发，头发里发") == "公里裏發，頭髮裡發"
    assert Spelling({}, {})("公里") == "公里"


def test_a_process_of_its_own_tells_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "facts.traditional"], input="签约".encode(), capture_output=True, check=True, cwd=ROOT
    )
    assert Spelling.read(done.stdout)("签约") == "簽約"
    for broken in (b"", b"[]", b"{}", b"[1, 2]"):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever json says
            Spelling.read(broken)
