"""How text is read: one form for comparing, words, pinyin, and the language that it speaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.text import LIMIT, asks, content, detect, fold, pinyin_of, stem, syllable, tidy, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ｃｈａｎ’s  ４,５００ firms", "chan 4500 firms"),
        ("What's THE area?", "what the area?"),
        ("禪城區數字經濟", "禅城区数字经济"),
        ("café naïve", "cafe naive"),
        ("don't", "dont"),
        ("20 km²", "20 km2"),
        ("a\u200bb\u202ec\u0000d", "abc d"),
        ("\ud800x", "x"),
    ],
)
def test_text_is_compared_in_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_tidy_keeps_capitals_and_punctuation() -> None:
    assert tidy("Did  Huawei sign,  禪城?") == "Did Huawei sign, 禅城?"


def test_words_split_han_character_by_character() -> None:
    assert words(fold("华为 signed 5G了")) == ("华", "为", "signed", "5g", "了")


def test_stems_join_inflections() -> None:
    assert stem("companies") == stem("company")
    assert stem("ai") == "ai"


def test_han_characters_have_a_sound_and_letters_none() -> None:
    assert (syllable("禅"), syllable("绿"), syllable("x")) == ("chan", "lu", None)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("chancheng", ("chan", "cheng")),
        ("jijuqu", ("ji", "ju", "qu")),
        ("reward", ()),
        ("", ()),
        ("zh", ()),
        ("a" * 40, ()),
    ],
)
def test_pinyin_is_split_into_syllables(word: str, syllables: tuple[str, ...]) -> None:
    assert pinyin_of(word) == syllables


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("how big is it", "en"),
        ("what is 集聚区", None),
        ("how much 奖励 是多少", None),
        ("how many square kilometres does the gathering area 集聚区 cover", "en"),
        ("reward", "en"),
        ("thanks", "en"),
        ("集聚区多大", "zh"),
        ("Yan Bing是谁", "zh"),
        ("GDP是多少", "zh"),
        ("华为 signed 了吗", "zh"),
        ("ok 那最高奖励多少", "zh"),
        ("金融 fund", None),
        ("集聚區有幾大", "zh"),
        ("nan hai you duo shao qi ye", "zh"),
        ("Huawei", None),
        ("515", None),
        ("GDP", None),
        ("gdp 515", None),
        ("GDP rank", "en"),
        ("area sq km", None),
        ("😀", None),
        ("", None),
        ("禅城はどこですか", None),
        ("где это", None),
    ],
)
def test_a_question_has_a_language_where_it_is_clearly_in_one(text: str, lang: str | None) -> None:
    assert detect(text) == lang


def test_content_leaves_out_words_that_say_nothing() -> None:
    assert content(("what", "is", "the", "reward")) == ("reward",)
    assert content(words("奖励是多少")) == ("奖", "励")
    assert asks(("how", "big")) == {"how"}


@given(st.text(max_size=4096))
def test_any_text_is_read_without_failing_and_cut(text: str) -> None:
    assert len(fold(text)) <= 2 * LIMIT
    detect(text)
    assert fold(fold(text)) == fold(fold(fold(text)))


def test_four_thousand_combining_characters_take_no_time() -> None:
    start = time.perf_counter()
    fold("a" + "\u0301" * 4095)
    assert time.perf_counter() - start < 0.05
