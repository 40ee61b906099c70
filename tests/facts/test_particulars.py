"""Years, dates, quantities and names: how they are read, and when a question's contradicts a fact's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.matching.aliases import reader
from facts.matching.candidates import phrasings
from facts.matching.thesaurus import Thesaurus
from facts.matching.vocabulary import Vocabulary
from facts.naming import NameFinder
from facts.particulars import Particulars, as_written
from facts.quantities import amounts, numbers, same_date, without_numbers
from facts.text import fold, words
from tests.facts.rivertown import RIVERTOWN
from tests.facts.samples import base, fact, name

if TYPE_CHECKING:
    from facts.model import FactBase

PARTICULARS = Particulars(RIVERTOWN)
FACTS = RIVERTOWN.fact_by_id


def contradiction(question: str, fact_id: str) -> str | None:
    found = PARTICULARS.contradiction(PARTICULARS.read(question), FACTS[fact_id])
    return found.shown if found else None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2亿", 2e8, None),
        ("2亿元", 2e8, "yuan"),
        ("两亿元人民币", 2e8, "yuan"),
        ("最高奖励2亿元吗", 2e8, "yuan"),
        ("三百亿", 3e10, None),
        ("一千二百亿元", 1.2e11, "yuan"),
        ("1.5亿", 1.5e8, None),
        ("200 million", 2e8, None),
        ("200 million yuan", 2e8, "yuan"),
        ("two hundred million", 2e8, None),
        ("a hundred billion", 1e11, None),
        ("half a billion yuan", 5e8, "yuan"),
        ("30bn", 3e10, None),
        ("30 bn yuan", 3e10, "yuan"),
        ("$5m", 5e6, "usd"),
        ("¥300", 300, "yuan"),
        ("20 square kilometers", 20, "km2"),
        ("about 20 km²", 20, "km2"),
        ("20平方公里", 20, "km2"),
        ("二十平方公里", 20, "km2"),
        ("4,500 firms", 4500, "firms"),
        ("4500多家数字经济企业", 4500, "firms"),
        ("四千五百家", 4500, "firms"),
        ("twenty-six companies", 26, "firms"),
        ("26个重大项目", 26, "projects"),
        ("10%", 10, "percent"),
        ("百分之十", 10, "percent"),
        ("100-billion", 1e11, None),
        ("万亿", 1e12, None),
        ("£3m", 3e6, "gbp"),
        ("0.40 crowns", 0.4, "crowns"),
        ("9600万克朗", 9.6e7, "crowns"),
        ("1.4 metres", 1.4, "m"),
        ("一百二十米", 120, "m"),
        ("7.8 km", 7.8, "km"),
        ("20公里", 20, "km"),
        ("870万吨", 8.7e6, "tonnes"),
        ("8.7 million tonnes", 8.7e6, "tonnes"),
        ("every ten minutes", 10, "minutes"),
        ("三个小时", 3, "hours"),
        ("十一个星期", 11, "weeks"),
        ("two months", 2, "months"),
    ],
)
def test_a_quantity_is_read_in_either_language(text: str, value: float, unit: str | None) -> None:
    found = numbers(fold(text))
    assert [(each.kind, each.value, each.unit) for each in found] == [("quantity", value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "515",
        "十四五规划",
        "一下",
        "万一",
        "千万别",
        "一家公司",
        "5g",
        "小米",
        "一周",
        "一天到晚",
        "周三",
        "星期三",
        "第三天",
        "第二十天",
        "第12周",
        "24/7",
        "the first half",
        "may I ask",
        "one day",
    ],
)
def test_a_number_in_a_name_or_idiom_is_no_quantity(text: str) -> None:
    assert numbers(fold(text)) == ()


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("in 2025", "year", 2025),
        ("2025年的目标", "year", 2025),
        ("二〇二二年", "year", 2022),
        ("June 18", "date", 618),
        ("18 June 2022", "date", 20220618),
        ("18th of June, 2022", "date", 20220618),
        ("2022年6月18日", "date", 20220618),
        ("6月18号", "date", 618),
        ("6月18", "date", 618),
        ("2022-06-18", "date", 20220618),
        ("November 2021", "date", 20211100),
    ],
)
def test_years_and_dates_are_read(text: str, kind: str, value: float) -> None:
    assert [(each.kind, each.value) for each in numbers(fold(text))] == [(kind, value)]


def test_a_count_behind_a_month_is_no_day_of_it() -> None:
    found = numbers(fold("2022年6月26家企业签约，7月1000家"))
    assert [(each.kind, each.value, each.unit) for each in found] == [
        ("date", 20220600, None), ("quantity", 26, "firms"), ("date", 700, None), ("quantity", 1000, "firms"),
    ]  # fmt: skip


def test_dates_agree_in_the_parts_that_both_give() -> None:
    assert same_date(618, 20220618)
    assert not same_date(619, 20220618)
    assert not same_date(20210618, 20220618)


def test_an_amount_has_one_spelling() -> None:
    assert amounts(fold("30bn")) == amounts(fold("300亿元")) == amounts(fold("三百亿"))
    assert amounts(fold("June 18")) == amounts(fold("6月18日"))
    assert without_numbers("the 30bn fund").split() == ["the", "fund"]


@pytest.mark.parametrize(
    ("question", "fact_id", "against"),
    [
        ("is the reward 200 million yuan", "reward", None),
        ("奖励是2亿吗", "reward", None),
        ("is the reward 300 million yuan", "reward", "300 million yuan"),
        ("奖励是三亿元吗", "reward", "三亿元"),
        ("the reward in 2022", "reward", None),
        ("the reward in 2025", "reward", "2025"),
        ("was the meeting on June 18", "meeting", None),
        ("was the meeting on June 19", "meeting", "June 19"),
        ("大会是6月20日吗", "meeting", "6月20日"),
        ("how many firms in Rivertown", "firms", None),
        ("how many firms in Nanhu", "firms", "Nanhu"),
        ("南湖有多少家企业", "firms", "南湖"),
        ("how many firms in Bigcity", "firms", "Bigcity"),
        ("is it 25 square kilometers", "area", "25 square kilometers"),
        ("does the area have 26 companies", "area", None),
        ("did Tensent sign", "signed", None),
        ("is Yan Shan the secretary", "secretary", None),
    ],
)
def test_what_a_fact_prints_otherwise_contradicts_it(question: str, fact_id: str, against: str | None) -> None:
    assert contradiction(question, fact_id) == against


PLACES = base(
    [
        fact(
            "reward",
            ["top reward"],
            title=("Rivertown's top reward: 200", "河城最高奖励200"),
            about=["rivertown", "bigcity"],
        ),
        fact("signed", ["who signed"], title=("Four firms signed", "四家企业签约"), about=["rivertown", "bigcity"]),
        fact("seat", ["where is it"], title=("Rivertown lies in it", "河城在里面"), text=("In Bigcity.", "在大都市。")),
        fact("hub", ["how big is the hub"], title=("The Bigcity Hub: 20 km²", "大都市枢纽20"), about=["hub"]),
    ],
    names=[
        name("rivertown", "place", ["Rivertown"], ["河城"]),
        name("bigcity", "place", ["Bigcity"], ["大都市"]),
        name("hub", "place", ["Bigcity Hub", "hub"], ["大都市枢纽"]),
    ],
)


@pytest.mark.parametrize(
    ("question", "fact_id", "places"),
    [
        ("Bigcity's top reward", "reward", ("bigcity", "rivertown")),
        ("大都市最高奖励", "reward", ("bigcity", "rivertown")),
        ("top reward in Rivertown", "reward", None),
        ("top reward in Rivertown, Bigcity", "reward", None),
        ("top reward", "reward", None),
        ("who signed in Bigcity", "signed", None),  # its title names no place
        ("where in Bigcity is it", "seat", None),  # its text tells of both
        ("how big is the hub in Bigcity", "hub", None),  # the one is within the other's name
    ],
)
def test_a_fact_of_another_place_than_asked_of_is_told_apart(
    question: str, fact_id: str, places: tuple[str, str] | None
) -> None:
    particulars = Particulars(PLACES)
    told = particulars.elsewhere(particulars.read(question), PLACES.fact_by_id[fact_id])
    assert (told and tuple(each.id for each in told)) == places


def test_a_name_within_the_name_that_a_fact_is_about_is_no_contradiction() -> None:
    assert contradiction("how big is Rivertown's gathering area", "area") is None


def test_what_stands_in_notes_or_evidence_is_printed_too() -> None:
    told = fact(
        "gdp",
        ["gdp of the town"],
        title=("GDP: 21 billion", "GDP 210亿"),
        text=("Perhaps 210 billion.", "或为2100亿。"),
    )
    particulars = Particulars(base([told]))
    assert particulars.contradiction(particulars.read("is it 210 billion"), told) is None
    assert particulars.contradiction(particulars.read("is it 50 billion"), told) is not None


def test_names_are_found_in_traditional_characters_and_by_pinyin() -> None:
    assert [p.shown for p in PARTICULARS.read("河城區同南湖區").particulars] == ["河城区", "南湖区"]
    assert [p.name.id for p in PARTICULARS.read("he cheng area").particulars if p.name] == ["rivertown"]


def test_a_name_is_shown_as_the_person_wrote_it() -> None:
    assert PARTICULARS.read("how big is RIVER  TOWN?").particulars[0].shown == "RIVER TOWN"


@pytest.mark.parametrize("written", ["Cobbler's Yard", "Cobbler’s Yard", "Cobblers' Yard", "O'Hara Yard"])
def test_what_folding_drops_from_a_name_is_shown_all_the_same(written: str) -> None:
    assert as_written(f"does it stop at {written}?", words(fold(written))) == written


def test_the_longest_alias_wins() -> None:
    names = (name("a", "place", ["New York"]), name("b", "place", ["York"]))
    found = Particulars(base([fact("x", ["q"])], names=names)).read("is it New York").particulars
    assert [p.name.id for p in found if p.name] == ["a"]


def test_a_misspelt_name_is_mended_but_another_place_is_not() -> None:
    names = PARTICULARS.names
    assert names.mend("hawkwie") == "hawkwei"
    assert names.mend("tensnet") == "tensent"
    assert names.mend("nanfu") is None
    assert names.mend("river") is None


@given(st.text(alphabet="0123456789一二三四百千万亿零两.年月日,元 million bn家公里-%", max_size=200))
def test_any_row_of_numerals_is_read_without_failing(text: str) -> None:
    folded = fold(text)
    found = numbers(folded)
    assert all(0 <= each.start < each.end <= len(folded) for each in found)
    assert list(found) == sorted(found, key=lambda each: each.start)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("26 newly signed companies", 26, "firms"),
        ("26个重大项目", 26, "projects"),
        ("are there 26 big local tech firms", 26, "firms"),
        ("26 or 27 companies", 27, "firms"),
        ("200 million for parks and companies", 2e8, None),
    ],
)
def test_a_number_counts_what_it_stands_before(text: str, value: float, unit: str | None) -> None:
    assert [(each.value, each.unit) for each in numbers(text)] == [(value, unit)]


def test_a_year_before_a_name_counts_nothing() -> None:
    assert [each.kind for each in numbers("did 2022 rivertown firms grow")] == ["year"]


@pytest.mark.parametrize("question", ["over 4,000 firms", "about 4400 firms", "四千多家企业", "4000余家企业"])
def test_an_amount_said_loosely_agrees_with_one_a_little_off(question: str) -> None:
    [asked] = PARTICULARS.read(question).particulars
    assert asked.loose


@pytest.mark.parametrize("of", [RIVERTOWN, PLACES], ids=["a town", "places within one another"])
def test_the_vocabulary_tells_of_the_lines_all_that_reading_them_anew_does(of: FactBase) -> None:
    found, names = phrasings(of), NameFinder(of.names)
    told = reader(found, Vocabulary(found.lines, Thesaurus(())), names)
    for known, anew in zip(Particulars(of, names, told)._facts.values(), Particulars(of)._facts.values(), strict=True):
        # A title is a line, too: its numbers come once more.
        assert ({*known.quantities}, {*known.dates}) == ({*anew.quantities}, {*anew.dates})
        assert replace(known, quantities=(), dates=()) == replace(anew, quantities=(), dates=())


def test_an_alias_is_not_read_across_two_lines() -> None:
    told = base([fact("x", ["is it new", "york is it"])], names=(name("a", "place", ["New York"]),))
    found, names = phrasings(told), NameFinder(told.names)
    lines = list(reader(found, Vocabulary(found.lines, Thesaurus(())), names)(told.facts[0]))
    assert lines == []
