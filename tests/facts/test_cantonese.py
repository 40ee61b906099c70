"""Written Cantonese is read as standard Chinese."""

from __future__ import annotations

import pytest

from facts.text import fold


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("以後去政府辦嘢會唔會冇咁麻煩", "以后去政府办事会不会没有这么麻烦"),
        ("請叻人過嚟有咩着數", "请人才过来有什么好处"),
        ("邊間公司簽咗約", "哪家公司签了约"),
        ("點解話有處罰", "为什么说有处罚"),
        ("獎勵有幾多錢", "奖励有多少钱"),
        ("大會幾時喺邊度開", "大会什么时候在哪里开"),
        ("總部係邊度", "总部在哪里"),
        ("話事人係邊個", "负责人是谁"),
        ("啱唔啱", "对不对"),
        ("呢排有冇倾掂", "最近有没有谈成"),
        ("係咪真係有200間企業", "是不是真系有200间企业"),
        ("嗰間公司喺邊度", "那家公司在哪里"),
        ("嗰啲錢夾埋有幾多", "那些钱加起来有多少"),
        ("有冇公司執笠", "有没有公司倒闭"),
    ],
)
def test_cantonese_words_are_read_as_standard_ones(written: str, read: str) -> None:
    assert fold(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "重点解决什么问题",
        "电话是多少",
        "他讲话说了什么",
        "周边度假区",
        "体系是什么",
        "话题",
        "一点样子都没有",
        "大会的话题",
        "试点去年开始",
    ],
)
def test_the_same_characters_in_standard_chinese_stay(written: str) -> None:
    assert fold(written) == written


def test_a_viewpoint_stays_one_in_a_cantonese_question() -> None:
    assert fold("觀點去年冇變") == "观点去年没有变"


def test_a_telephone_stays_one_in_a_cantonese_question() -> None:
    assert fold("電話係幾多") == "电话系多少"
