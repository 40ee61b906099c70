"""A fact that says another number, name or standing means something else; one that is told in other words does not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from facts.entry import validator
from facts.loading import load
from facts.meaning import Change, Comparison, Told
from facts.model import LANGS, Bilingual, Fact, Figure, Lang, Note
from facts.numerals import spoken
from facts.shipped import shipped
from tests.handlers.town import BASE as TOWN
from tests.handlers.town import BUILDER


@cache
def chancheng() -> tuple[Comparison, tuple[Fact, ...]]:
    base = load(shipped())
    return Comparison(base), base.facts


def told(
    en: str = "It says so.", zh: str = "文章这么写。", title: tuple[str, str] = ("A title", "标题"), **more: object
) -> Told:
    texts = {"title": Bilingual(en=title[0], zh=title[1]), "text": Bilingual(en=en, zh=zh)}
    return validator(Told).validate_python({"standing": "plan"} | texts | more)


def changes(old: Told, new: Told) -> dict[Lang, tuple[Change, ...]]:
    return chancheng()[0].changes(old, new)


CHANGED = {
    "digits": (("26 firms signed", "26家企业签约"), ("27 firms signed", "27家企业签约"), ("26", "27")),
    "large": (("100 million yuan", "1亿元"), ("200 million yuan", "2亿元"), ("100 million", "200 million")),
    "words": (("It sets four goals", "定了四个目标"), ("It sets three goals", "定了三个目标"), ("four", "three")),
    "month": (("It met in June", "大会6月开"), ("It met in July", "大会7月开"), ("June", "July")),
    "year": (("It begins in 2022", "2022年开始"), ("It begins in 2023", "2023年开始"), ("2022", "2023")),
    "firm": (("Huawei, Kuaishou", "华为、快手签约"), ("Huawei, Tencent", "华为、腾讯签约"), ("Kuaishou", "Tencent")),
    "one firm less": (("Huawei, Kuaishou sign", "华为、快手签约"), ("Huawei signs", "华为签约"), ("Kuaishou", "")),
    "person": (("Yan Bing says so", "Yan Bing说的"), ("Deng Lei says so", "Deng Lei说的"), ("Yan Bing", "Deng Lei")),
    "place": (("It follows Suzhou", "学苏州"), ("It follows Wuxi", "学无锡"), ("Suzhou", "Wuxi")),
    "not in the source": (("It lies in Chancheng", "在禅城"), ("It lies in Nanhai", "在南海"), ("Chancheng", "Nanhai")),
}  # fmt: skip


@pytest.mark.parametrize("where", ["title", "text", "note"])
@pytest.mark.parametrize("case", CHANGED)
def test_another_number_or_name_is_a_change_wherever_it_stands(case: str, where: str) -> None:
    old, new, change = CHANGED[case]

    def at(line: tuple[str, str]) -> Told:
        if where == "note":
            return told(notes=(Note(kind="left-open", en=line[0], zh=line[1]),))
        return told(title=line) if where == "title" else told(*line)

    found = changes(at(old), at(new))
    assert found["en"] == (Change(*change),)
    assert [bool(part) for part in found["zh"][0]] == [bool(part) for part in change]
    assert len(found["zh"]) == 1
    assert changes(at(old), at(old)) == {}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("was", ["20", "四"])
def test_a_number_that_one_language_had_wrong_is_a_change_for_its_readers(lang: Lang, was: str) -> None:
    right = {"en": "They name 26 firms and six goals", "zh": "点名26家企业、六个目标"}
    wrong = {"20": {"26": "20"}, "四": {"six": "four", "六": "四"}}[was]
    slip = {**right, lang: next(right[lang].replace(*pair) for pair in wrong.items() if pair[0] in right[lang])}
    assert slip != right
    assert set(changes(told(slip["en"], slip["zh"]), told(right["en"], right["zh"]))) == {lang}


def test_a_number_in_digits_that_only_one_language_said_is_missed_by_its_readers() -> None:
    assert changes(told(zh="面积20平方公里。"), told()) == {"zh": (Change("20", ""),)}
    assert changes(told(), told(en="It has 20 km².")) == {"en": (Change("", "20"),)}


def test_a_number_is_told_from_the_one_before_though_the_rest_of_the_card_says_either() -> None:
    rest = ("26 firms are named on 20 km².", "26家企业，20平方公里。")
    old, new = told(*rest, title=("26 firms came", "来了26家")), told(*rest, title=("20 firms came", "来了20家"))
    assert changes(old, new) == {lang: (Change("26", "20"),) for lang in LANGS}
    moved = told("26 firms came.", "来了26家。", title=("Named on 20 km²", "20平方公里"))
    assert changes(told("On 20 km².", "20平方公里。", title=("26 firms came", "来了26家")), moved) == {}


REWORDED = [
    (("26 companies signed", "26家企业签约"), ("Twenty-six firms put their names to it", "二十六家公司签了约")),
    (("200 million yuan at most", "最高2亿元"), ("At most 200,000,000 yuan", "最多20000万元")),
    (("Chancheng, in Foshan, gave it", "佛山禅城给的"), ("The district gave it", "区里给的")),
    (("It met on 18 June 2022", "2022年6月18日开会"), ("It met on June 18", "会开在6月18日")),
    (("Two, Huawei and Ali, came", "华为、阿里两家来了"), ("Alibaba and Huawei came, two", "阿里巴巴和华为两家来了")),
    (("A firm gave its name", "一家企业点了名"), ("One firm was named first", "首先点名的是企业")),
    (("A very good start", "十分好的开头"), ("A good start for everybody", "万事开头难，百姓说好")),
    (("The paper puts it so", "报上这么写"), ("So says the Plan, as printed", "规划里就这么印的")),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), REWORDED)
def test_other_words_for_the_same_are_no_change(old: tuple[str, str], new: tuple[str, str]) -> None:
    for before, after in ((old, new), (new, old)):
        assert changes(told(*before), told(*after)) == {}
        assert changes(told(title=before), told(title=after)) == {}


def test_no_fact_of_the_base_changes_by_other_words_around_what_it_says() -> None:
    comparison, facts = chancheng()
    for fact in facts:
        old = Told.of(fact)
        moved = replace(old, title=old.text, text=old.title)
        around = Bilingual(en=f"As the paper has it: {old.text.en}", zh=f"按文章的说法，{old.text.zh}")
        assert comparison.changes(old, moved) == {}, fact.id
        assert comparison.changes(old, replace(old, text=around)) == {}, fact.id


def test_any_number_in_digits_of_any_fact_is_missed_where_it_becomes_another() -> None:
    comparison, facts = chancheng()
    tried = 0
    for fact in facts:
        for lang in LANGS:
            old = Told.of(fact)
            for number in (each for each in spoken(old.text.of(lang)) if each.digits and each.written != "2022"):
                text = replace(old.text, **{lang: old.text.of(lang).replace(number.written, "987654")})
                lines = {lang: text.of(lang) for lang in LANGS}
                assert lang in comparison.changes(old, told(**lines, title=("-", "-"))), (fact.id, number)
                tried += 1
    assert tried > 40


def test_another_standing_is_a_change_in_words_that_people_read() -> None:
    found = changes(told(standing="reported"), told(standing="target"))
    assert found == {"en": (Change("Reported", "Target"),), "zh": (Change("据报道", "目标"),)}


def test_a_doubt_that_comes_or_goes_is_a_change() -> None:
    doubted = told(notes=(Note(kind="doubt", en="The sum is odd.", zh="总数不对。"),))
    assert changes(told(), doubted)["en"] == (Change("not in doubt", "in doubt"),)
    assert changes(doubted, told())["zh"] == (Change("存疑", "未存疑"),)
    other = told(notes=(Note(kind="conflict", en="It's said in two ways.", zh="说法不一。"),))
    assert changes(doubted, other) == {}


@pytest.mark.parametrize("update", [{"unit": "projects"}, {"about": True}, {"over": True}])
def test_a_number_of_something_else_is_a_change_that_shows_what_was_said(update: dict[str, Any]) -> None:
    figure = Figure(of="signed", value=26, unit="firms")
    old = told("26 firms signed.", "26家企业签约。", figures=(figure,))
    new = told("26 projects were signed.", "26个项目签约。", figures=(replace(figure, **update),))
    assert changes(old, new) == {"en": (Change("26 firms signed.", ""),), "zh": (Change("26家企业签约。", ""),)}
    assert changes(old, told("26 signed.", "26家签约。")) == {}, "a figure that is only no longer listed"


def test_a_name_that_the_base_does_not_list_is_seen_by_its_capitals() -> None:
    comparison, old = Comparison(TOWN), Told.of(BUILDER)
    new = replace(old, title=Bilingual(en="It is built by Miller Sons", zh="由 Miller Sons 承建"))
    shown = {lang: (Change(BUILDER.title.of(lang), ""),) for lang in LANGS}
    assert comparison.changes(old, new) == shown


def test_what_was_told_is_read_again_and_another_form_is_not_taken_for_it() -> None:
    for fact in chancheng()[1]:
        assert Told.read(Told.of(fact).kept()) == Told.of(fact)
    for broken in ("", "{}", "[1", '{"form": 2}', "null"):
        assert Told.read(broken) is None
