"""Cards say what VOICE sets: the fact first, doubts unfolded, the standing dated, the evidence last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from facts.card import fact_card, verdict_card
from facts.explaining import why
from facts.loading import load_files
from facts.model import LANGS, FactBase, Lang, Name
from facts.verdict import (
    Answer,
    Candidate,
    Choices,
    NoMatch,
    NotInSource,
    Particular,
    Reasons,
    SmallTalk,
)  # fmt: skip
from facts.wording import day_of, shortened
from tests.facts.bases import small

if TYPE_CHECKING:
    from facts.model import Fact
    from facts.verdict import ParticularKind

FACTS = """
- id: area-size
  topic: article
  kind: figure
  standing: plan
  title: {en: "The gathering area: about 20 km²", zh: 集聚区约20平方公里}
  label: {en: Area's size, zh: 集聚区面积}
  text: {en: Chancheng covers 150., zh: 禅城全区才150平方公里。}
  evidence: [{paragraph: 19, phrase: about 20 square kilometers}]
  ask: {en: [how big], zh: [多大]}
  related: [top-reward, firms, measures, gdp]
- id: gdp
  topic: article
  kind: figure
  standing: view
  title: {en: "Chancheng's GDP: printed as 21 billion, in doubt", zh: 禅城GDP：印作210亿，存疑}
  label: {en: GDP, zh: GDP}
  text:
    en: The columnist speaks of passing that mark; no year, no currency.
    zh: 作者说禅城跨过了这个数，没写年份和币种。
  evidence: [{paragraph: 42, phrase: span 21 billion in GDP}]
  ask: {en: [gdp], zh: [生产总值]}
  notes:
    - kind: doubt
      en: the article puts digital output alone above 70 billion yuan.
      zh: 同一篇文章说，光数字经济总产值就超700亿元。
    - {kind: our-reading, en: "210 billion, a translation slip.", zh: 可能是2100亿，翻译错了位。}
- id: firms
  topic: article
  kind: figure
  standing: reported
  title: {en: "Chancheng has more than 4,500 digital-economy firms", zh: 禅城的数字经济企业有4500多家}
  label: {en: Firms, zh: 企业}
  text: {en: They are in the district., zh: 都在区内。}
  evidence: [{paragraph: 57, phrase: 'more than 4,500 "digital economy" enterprises'}]
  ask: {en: [how many firms], zh: [多少企业]}
  about: [chancheng]
- id: measures
  topic: article
  kind: policy
  standing: done
  title: {en: The measures were released, zh: 实施措施已发布}
  label: {en: Measures, zh: 实施措施}
  text: {en: They are for the digital economy., zh: 针对数字经济。}
  evidence: [{paragraph: 11, phrase: Implementation Measures}, {paragraph: 11, phrase: was released}]
  ask: {en: [which measures], zh: [什么措施]}
- id: top-reward
  topic: article
  kind: figure
  standing: plan
  title: {en: "Top reward: 200 million yuan", zh: 最高奖励2亿元}
  label: {en: Top reward, zh: 最高奖励}
  text: {en: "For digital firms, parks and platforms.", zh: 用于支持数字企业、产业园区和平台建设。}
  evidence: [{paragraph: 21, phrase: maximum reward of 200 million yuan}]
  ask: {en: [how much reward], zh: [奖励多少]}
  notes: [{kind: left-open, en: per firm or per project., zh: 按企业算还是按项目算。}]
- {id: the-article, topic: article, kind: summary, standing: target, title: {en: A, zh: 甲}, label: {en: A, zh: 甲},
   text: {en: B, zh: 乙}, evidence: [{paragraph: 1, phrase: c}], ask: {en: [what is it], zh: [这是什么]}}
"""
GAPS = """
- id: how-to-apply
  title: {en: "How to apply: the article doesn't say", zh: 怎么申请，文章没写}
  text: {en: Nor who qualifies., zh: 条件也没写。}
  ask: {en: [how to apply], zh: [怎么申请]}
  cites: [measures, top-reward]
  nearest: [top-reward]
- id: venue
  title: {en: "The venue: the article doesn't say", zh: 会场，文章没写}
  text: {en: Only the district., zh: 只写了区。}
  ask: {en: [which venue], zh: [在哪个会场]}
"""
NAMES = """
- {id: chancheng, kind: place, en: [Chancheng], zh: [禅城]}
- {id: nanhai, kind: place, in_source: false, en: [Nanhai, Nan Hai], zh: [南海, 南海区]}
- {id: huawei, kind: organisation, en: [Huawei], zh: [华为]}
- {id: fu-shiga, kind: person, en: [Fu Shiga]}
"""

DOUBT = (
    "Doubt: the article puts digital output alone above 70 billion yuan. Our reading: 210 billion, a translation slip."
)


def voiced() -> FactBase:
    files = small()
    source = files["source.yaml"].decode()
    for old, new in (
        ("The publisher", "Foshan Daily"),
        ("《发表媒体》", "《佛山日报》"),
        ("2022-01-01", "2022-06-19"),
        ("translated: false", "translated: true"),
        ("paragraphs: 1 ", "paragraphs: 72 "),
    ):
        assert old in source
        source = source.replace(old, new)
    changed = {"source.yaml": source, "facts/article.yaml": FACTS, "gaps.yaml": GAPS, "names.yaml": NAMES}
    return load_files(files | {name: text.encode() for name, text in changed.items()})


BASE = voiced()


def card(fact: str, lang: Lang) -> str:
    return fact_card(BASE.fact_by_id[fact], BASE, lang).plain()


def named(ident: str, shown: str) -> Particular:
    return Particular("name", shown, name=BASE.name_by_id[ident])


def found(*facts: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(BASE.fact_by_id[fact], 1.0) for fact in facts)


def ids(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.id for fact in facts]


class TestAFact:
    def test_an_answer_reads_as_voice_sets_it(self) -> None:
        assert card("area-size", "en").split("\n") == [
            "The gathering area: about 20 km²",
            "Chancheng covers 150.",
            "Plan, reported 19 June 2022",
            'Foshan Daily, para. 19 (MT): "about 20 square kilometers"',
        ]
        assert card("area-size", "zh").split("\n") == [
            "集聚区约20平方公里",
            "禅城全区才150平方公里。",
            "规划 · 2022年6月19日报道",
            '《佛山日报》第19段（机器英译）："about 20 square kilometers"',
        ]

    def test_what_is_said_of_another_place_than_asked_of_says_so_before_its_text(self) -> None:
        town, city = (
            Name(id=each.lower(), kind="place", en=(each,), zh=(han,)) for each, han in (("Town", "镇"), ("City", "市"))
        )
        for lang, line in (
            ("en", "You asked about City; the article says this about Town."),
            ("zh", "你问的是市，文章这里说的是镇。"),
        ):
            told = verdict_card(Answer(lang, found("area-size"), elsewhere=(city, town)), BASE)  # type: ignore[arg-type]
            assert told.body[0] == line
            assert told.body[1:] == fact_card(BASE.fact_by_id["area-size"], BASE, told.lang).body

    def test_a_doubtful_figure_says_so_first_and_unfolded(self) -> None:
        assert card("gdp", "en").split("\n") == [
            "⚠️ Chancheng's GDP: printed as 21 billion, in doubt",
            "The columnist speaks of passing that mark; no year, no currency.",
            DOUBT,
            "View, published 19 June 2022",
            'Foshan Daily, para. 42 (MT): "span 21 billion in GDP"',
        ]
        assert card("gdp", "zh").split("\n") == [
            "⚠️ 禅城GDP：印作210亿，存疑",
            "作者说禅城跨过了这个数，没写年份和币种。",
            "疑点：同一篇文章说，光数字经济总产值就超700亿元。我们的理解：可能是2100亿，翻译错了位。",
            "作者观点 · 2022年6月19日发表",
            '《佛山日报》第42段（机器英译）："span 21 billion in GDP"',
        ]

    @pytest.mark.parametrize(
        ("fact", "english", "chinese"),
        [
            ("firms", "Reported 19 June 2022", "据2022年6月19日报道"),
            ("measures", "Done, reported 19 June 2022", "已发生 · 2022年6月19日报道"),
            ("the-article", "Target, reported 19 June 2022", "目标 · 2022年6月19日报道"),
        ],
    )
    def test_every_standing_is_dated(self, fact: str, english: str, chinese: str) -> None:
        assert fact_card(BASE.fact_by_id[fact], BASE, "en").standing == english
        assert fact_card(BASE.fact_by_id[fact], BASE, "zh").standing == chinese

    def test_a_phrase_keeps_its_words_and_one_paragraph_is_named_once(self) -> None:
        assert fact_card(BASE.fact_by_id["firms"], BASE, "en").evidence == (
            "Foshan Daily, para. 57 (MT): \"more than 4,500 'digital economy' enterprises\"",
        )
        assert fact_card(BASE.fact_by_id["measures"], BASE, "en").evidence == (
            'Foshan Daily, para. 11 (MT): "Implementation Measures" · "was released"',
        )

    def test_a_source_in_its_own_language_is_not_marked_as_translated(self) -> None:
        own = replace(BASE, source=replace(BASE.source, machine_translated=False))
        assert fact_card(own.fact_by_id["gdp"], own, "zh").evidence == ('《佛山日报》第42段："span 21 billion in GDP"',)

    def test_at_most_three_facts_are_offered_related_ones_first(self) -> None:
        assert ids(fact_card(BASE.fact_by_id["area-size"], BASE, "en").offers) == ["top-reward", "firms", "measures"]

    def test_what_is_left_open_is_said(self) -> None:
        assert "Left open: per firm or per project." in card("top-reward", "en")
        assert "文章没说：按企业算还是按项目算。" in card("top-reward", "zh")


class TestTwoFacts:
    def test_each_doubt_stands_below_its_own_fact(self) -> None:
        two = verdict_card(Answer("en", found("gdp", "top-reward"), (BASE.gaps[0],)), BASE)
        assert two.plain().split("\n") == [
            "⚠️ Chancheng's GDP: printed as 21 billion, in doubt",
            "The columnist speaks of passing that mark; no year, no currency.",
            DOUBT,
            "Top reward: 200 million yuan",
            "For digital firms, parks and platforms.",
            "Left open: per firm or per project.",
            "How to apply: the article doesn't say",
            "View: GDP · Plan: Top reward · reported 19 June 2022",
            'Foshan Daily, paras. 21, 42 (MT): "maximum reward of 200 million yuan" · "span 21 billion in GDP"',
        ]
        assert two.headings == ("Top reward: 200 million yuan", "How to apply: the article doesn't say")
        assert ids(two.offers) == ["measures"]

    def test_what_one_half_leaves_open_stands_above_the_other_half_that_is_left_open(self) -> None:
        half = verdict_card(Answer("en", found("top-reward"), (BASE.gaps[0],)), BASE)
        assert half.plain().split("\n")[:4] == [
            "Top reward: 200 million yuan",
            "For digital firms, parks and platforms.",
            "Left open: per firm or per project.",
            "How to apply: the article doesn't say",
        ]
        assert half.doubts == ()

    def test_a_standing_that_both_share_is_said_once(self) -> None:
        assert verdict_card(Answer("zh", found("area-size", "top-reward")), BASE).standing == "规划 · 2022年6月19日报道"

    def test_what_is_only_reported_needs_no_label_beside_a_plan(self) -> None:
        mixed = verdict_card(Answer("zh", found("firms", "top-reward")), BASE)
        assert mixed.standing == "规划：最高奖励 · 据2022年6月19日报道"


class TestSilence:
    def test_a_gap_says_so_first_and_then_what_the_source_tells(self) -> None:
        gap = verdict_card(NotInSource("en", gap=BASE.gaps[0]), BASE)
        phrases = '"Implementation Measures" · "was released" · "maximum reward of 200 million yuan"'
        assert gap.plain().split("\n") == [
            "How to apply: the article doesn't say",
            "Nor who qualifies.",
            "Done: Measures · Plan: Top reward · reported 19 June 2022",
            f"Foshan Daily, paras. 11, 21 (MT): {phrases}",
        ]
        assert ids(gap.offers) == ["top-reward", "measures"]
        assert verdict_card(NotInSource("zh", gap=BASE.gaps[0]), BASE).standing == (
            "已发生：实施措施 · 规划：最高奖励 · 据2022年6月19日报道"
        )

    @pytest.mark.parametrize(
        ("lang", "asked", "line"),
        [
            ("en", [("year", 2030.0)], "Nor does it give this for 2030."),
            ("zh", [("year", 2030.0)], "2030年的，也没写。"),
            ("en", [("date", 20310300.0), ("year", 2032.0)], "Nor does it give this for March 2031, 2032."),
            ("zh", [("date", 20310302.0), ("quantity", 5000.0)], "2031年3月2日的，也没写。"),
        ],
    )
    def test_a_gap_names_the_years_and_days_that_were_asked_for(
        self, lang: Lang, asked: list[tuple[ParticularKind, float]], line: str
    ) -> None:
        reasons = Reasons(particulars=tuple(Particular(kind, "so", value) for kind, value in asked))
        plain, told = (
            verdict_card(NotInSource(lang, gap=BASE.gaps[0], reasons=each), BASE) for each in (Reasons(), reasons)
        )
        assert (told.title, told.body) == (plain.title, (line, *plain.body))

    @pytest.mark.parametrize("asked", [("year", 2022.0), ("date", 20220618.0), ("date", 618.0), ("year", None)])
    def test_a_gap_says_no_more_of_a_year_that_its_card_tells_of_or_of_none(
        self, asked: tuple[ParticularKind, float | None]
    ) -> None:
        reasons = Reasons(particulars=(Particular(asked[0], "so", asked[1]),))
        for gap in BASE.gaps:
            assert verdict_card(NotInSource("en", gap=gap, reasons=reasons), BASE) == verdict_card(
                NotInSource("en", gap=gap), BASE
            )

    def test_a_gap_that_cites_nothing_still_says_which_source_is_silent(self) -> None:
        assert verdict_card(NotInSource("en", gap=BASE.gaps[1]), BASE).standing == "Foshan Daily, 19 June 2022"
        assert verdict_card(NotInSource("zh", gap=BASE.gaps[1]), BASE).standing == "《佛山日报》2022年6月19日"

    @pytest.mark.parametrize(
        ("asked", "english", "chinese"),
        [
            (named("nanhai", "nan hai"), "Nanhai isn't mentioned in the article", "文章没提到南海"),
            (named("huawei", "华为"), "The article doesn't say this about Huawei", "这一项，文章没写华为的"),
            (named("fu-shiga", "Fu"), "The article doesn't say this about Fu Shiga", "这一项，文章没写Fu Shiga的"),
            (Particular("unknown-name", "Xi"), "I didn't find “Xi” in the article", "我在文章里没找到“Xi”"),
            (Particular("year", "25", 2025), "The article doesn't give this for 2025", "这一项，文章没写2025年的"),
            (Particular("year", "FY"), "The article doesn't give this for FY", "这一项，文章没写FY的"),
            (Particular("date", "july", 705), "The article doesn't give this for 5 July", "这一项，文章没写7月5日的"),
            (Particular("quantity", "3亿", 3e8), "The article doesn't say 3亿", "文章没写3亿"),
        ],
    )
    def test_each_kind_of_silence_has_its_own_words(self, asked: Particular, english: str, chinese: str) -> None:
        for lang, title in zip(LANGS, (english, chinese), strict=True):
            assert verdict_card(NotInSource(lang, contradiction=asked, facts=found("firms")), BASE).title == title

    def test_a_near_miss_tells_the_nearest_with_its_standing_and_evidence(self) -> None:
        asked = Particular("name", "南海", name=BASE.name_by_id["nanhai"])
        assert verdict_card(NotInSource("zh", contradiction=asked, facts=found("firms")), BASE).plain().split("\n") == [
            "文章没提到南海",
            "文章里相近的：禅城的数字经济企业有4500多家。",
            "据2022年6月19日报道",
            "《佛山日报》第57段（机器英译）：\"more than 4,500 'digital economy' enterprises\"",
        ]

    def test_the_nearest_keeps_its_warning_and_its_doubts(self) -> None:
        asked = Particular("year", "2025", value=2025)
        lines = verdict_card(NotInSource("en", contradiction=asked, facts=found("gdp")), BASE).plain().split("\n")
        assert lines[1] == "The nearest it gives – ⚠️ Chancheng's GDP: printed as 21 billion, in doubt."
        assert lines[2].startswith("Doubt: ")

    def test_facts_about_the_name_that_was_asked_of_are_offered(self) -> None:
        asked = Particular("name", "Chancheng", name=BASE.name_by_id["chancheng"])
        near = verdict_card(NotInSource("en", contradiction=asked, facts=found("top-reward")), BASE)
        assert ids(near.offers) == ["top-reward", "firms"]

    def test_silence_without_anything_near_names_the_source(self) -> None:
        asked = Particular("name", "南海", name=BASE.name_by_id["nanhai"])
        assert (
            verdict_card(NotInSource("zh", contradiction=asked), BASE).plain()
            == "文章没提到南海\n《佛山日报》2022年6月19日"
        )

    def test_what_a_person_wrote_is_quoted_short_and_on_one_line(self) -> None:
        asked = Particular("unknown-name", "a\n\u202eb\x00" + "长" * 5000)
        title = verdict_card(NotInSource("en", contradiction=asked, facts=found("firms")), BASE).title
        assert title.isprintable()
        assert len(title) < 70
        assert shortened("") == ""


class TestUnsure:
    @pytest.mark.parametrize(
        ("lang", "text"), [("en", "Which do you mean?\n[Firms] [GDP]"), ("zh", "你想问哪一个？\n[企业] [GDP]")]
    )
    def test_choices_are_named(self, lang: Lang, text: str) -> None:
        chosen = verdict_card(Choices(lang, found("firms", "gdp")), BASE)
        assert chosen.plain() == text
        assert ids(chosen.offers) == ["firms", "gdp"]

    def test_not_finding_is_our_failing_and_has_a_next_step(self) -> None:
        assert verdict_card(NoMatch("en", found("firms")), BASE).plain() == (
            "I didn't find that\nIs it this? If not, try other words.\n[Firms]"
        )
        assert verdict_card(NoMatch("zh", found("firms", "gdp")), BASE).plain() == (
            "我没找到\n是不是想问下面这些？不是的话，换个说法再试试。\n[企业] [GDP]"
        )
        assert verdict_card(NoMatch("zh"), BASE).plain() == "我没找到\n换个说法再试试，比如：“这篇文章讲什么？”"

    def test_a_base_without_examples_has_a_next_step_too(self) -> None:
        bare = replace(BASE, source=replace(BASE.source, examples=()))
        assert verdict_card(NoMatch("en"), bare).plain() == "I didn't find that\nTry other words."

    def test_small_talk_says_its_text_only(self) -> None:
        assert verdict_card(SmallTalk("zh", BASE.smalltalk[0]), BASE).plain() == "不客气！"

    def test_buttons_are_named_where_they_are_asked_for(self) -> None:
        assert (
            fact_card(BASE.fact_by_id["area-size"], BASE, "en")
            .plain(buttons=True)
            .endswith("\n[Top reward] [Firms] [Measures]")
        )


class TestWhy:
    def test_the_reasons_are_in_people_s_words(self) -> None:
        particulars = (
            Particular("name", "Nanhai", name=BASE.name_by_id["nanhai"]),
            Particular("year", "2025", value=2025),
        )
        reasons = Reasons(
            "how big an area", ("big", "area"), particulars, BASE.fact_by_id["gdp"], 0.91, 0.6, "abcdef0123456789"
        )
        assert why(Answer("en", found("area-size"), reasons=reasons)) == (
            "Closest question I know: “how big an area”",
            "Words that counted: big, area",
            "Compared with the article: “Nanhai” (a name that isn't in the article), “2025” (a year)",
            "Confidence 0.91; I answer from 0.60",
            "Next best: ⚠️ Chancheng's GDP: printed as 21 billion, in doubt",
            "Facts version abcdef012345",
        )
        assert why(Answer("zh", found("area-size"), reasons=reasons))[3] == "把握 0.91，达到 0.60 才直接回答"

    def test_a_known_question_in_the_other_script_is_shown_in_the_one_of_the_message(self) -> None:
        reasons = Reasons("最高獎勵多少億")
        assert why(Answer("zh", found("area-size"), reasons=reasons)) == ("最接近的已知问法：“最高奖励多少亿”",)

    def test_what_there_is_no_reason_for_is_left_out(self) -> None:
        assert why(NoMatch("en")) == ()
        assert why(NoMatch("zh", reasons=Reasons(score=0.5))) == ("把握 0.50",)


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [(20220619, "19 June 2022", "2022年6月19日"), (20220600, "June 2022", "2022年6月"), (20220000, "2022", "2022年")],
)
def test_days_are_said_as_far_as_they_are_known(value: float, english: str, chinese: str) -> None:
    assert day_of(value, "en") == english
    assert day_of(value, "zh") == chinese
