"""Where a fact comes near and doesn't answer: the gap that does, or the place that the fact is told of."""

from __future__ import annotations

import pytest

from facts.matching import Matcher
from facts.matching.calibration import Thresholds
from facts.verdict import Answer, NotInSource, Verdict
from tests.facts.samples import base, fact, gap, name

MATCHER = Matcher(
    base(
        [
            fact(
                "projects",
                ["how many projects were signed", "the 26 projects", "what did the 26 projects do"],
                ["签约项目有多少个", "26个项目", "项目数量"],
                title=("26 projects were signed", "26个项目签约"),
                figures=[("projects", 26, "projects")],
            ),
            fact(
                "fund",
                ["how much is the fund", "size of the fund", "how big is Bigcity's fund", "a fund of 30 billion yuan"],
                ["基金有多大", "基金规模", "大都市的基金有多少钱"],
                title=("Bigcity's fund: 30 billion yuan", "大都市的基金：300亿元"),
                figures=[("fund", 30_000_000_000, "yuan")],
                about=["bigcity"],
            ),
            fact(
                "port",
                ["does Bigcity have a port", "Bigcity joined the port towns", "is Bigcity a port town"],
                ["大都市是港口城市吗", "大都市有没有港口"],
                title=("Bigcity is a port town", "大都市是港口城市"),
                about=["bigcity"],
            ),
            fact(
                "meeting",
                ["when was the meeting", "was the meeting held in June", "date of the meeting"],
                ["大会什么时候开的", "大会在哪里开的", "大会日期"],
                title=("The meeting was on 18 June 2022", "大会2022年6月18日举行"),
                kind="date",
            ),
        ],
        gaps=[
            gap("worth", ["what did the 26 companies invest", "invested in the projects"], ["投资了多少"]),
            gap("port-since", ["when did Bigcity join", "since when is Bigcity among the port towns"], ["几时建港"]),
            gap("earlier", ["was there a meeting in 2021", "the meeting in 2021"], ["2021年有没有开过大会"]),
        ],
        names=[
            name("rivertown", "place", ["Rivertown"], ["河城"]),
            name("bigcity", "place", ["Bigcity"], ["大都市"]),
            name("hilltown", "place", ["Hilltown"], ["山城"]),
        ],
    ),
    Thresholds(answer=0.3, near=0.4),
)


def gap_of(verdict: Verdict) -> str | None:
    return verdict.gap.id if isinstance(verdict, NotInSource) and verdict.gap else None


def test_an_amount_that_a_fact_prints_is_no_answer_where_a_gap_has_the_rest_of_the_question() -> None:
    assert gap_of(MATCHER.match("what did the 26 projects invest")) == "worth"


def test_a_fact_of_another_year_is_no_rival_of_the_gap_for_that_year() -> None:
    assert gap_of(MATCHER.match("was the meeting held in 2021")) == "earlier"


def test_a_premise_that_no_fact_bears_out_leads_to_the_gap_for_it() -> None:
    assert gap_of(MATCHER.match("when did Bigcity join the port towns")) == "port-since"


def test_a_fact_of_another_of_the_sources_own_places_is_told_with_both_places() -> None:
    verdict = MATCHER.match("does Rivertown have a fund of 30 billion yuan")
    assert isinstance(verdict, Answer)
    assert [each.fact.id for each in verdict.facts] == ["fund"]
    assert verdict.elsewhere is not None
    assert [each.id for each in verdict.elsewhere] == ["rivertown", "bigcity"]


@pytest.mark.parametrize(
    "question", ["does Hilltown have a fund of 30 billion yuan", "does Rivertown have a fund", "山城有300亿元的基金吗"]
)
def test_a_place_the_source_is_not_about_or_no_amount_is_still_told_as_a_silence(question: str) -> None:
    verdict = MATCHER.match(question)
    assert isinstance(verdict, NotInSource)
    assert verdict.contradiction is not None


def test_a_wrong_amount_of_what_one_fact_clearly_tells_is_told_though_another_was_asked_with_it() -> None:
    facts = [
        fact(
            "zone",
            ["how big is the zone", "is the zone a large one"],
            title=("The zone: about 20 km²", "园区约20平方公里"),
            figures=[("zone", 20, "km2")],
        ),
        fact(
            "town",
            ["how big is the town", "is the town 200 square kilometers large"],
            title=("The town: 150 km²", "全镇150平方公里"),
            figures=[("town", 150, "km2")],
        ),
    ]
    verdict = Matcher(base(facts), Thresholds(answer=0.5, near=0.4)).match("is the zone 200 square kilometers")
    assert isinstance(verdict, NotInSource)
    assert [each.fact.id for each in verdict.facts] == ["zone"]


def test_figures_alone_are_no_answer_where_each_is_asked() -> None:
    assert not isinstance(MATCHER.match("each of the 26 projects"), Answer)
    assert isinstance(MATCHER.match("the 26 projects"), Answer)


def test_of_an_absent_place_the_nearest_is_what_is_told_of_the_sources_own() -> None:
    facts = [
        fact("zone", ["how big is it", "size of the zone"], title=("The zone: about 20 km²", "园区约20平方公里")),
        fact("town", ["how big is Rivertown", "size of Rivertown"], title=("Rivertown: 150 km²", "河城150平方公里")),
    ]
    names = [
        name("rivertown", "place", ["Rivertown"], ["河城"]),
        name("nanhu", "place", ["Nanhu"], ["南湖"], in_source=False),
    ]
    verdict = Matcher(base(facts, names=names), Thresholds(answer=0.5, near=0.3)).match("size of Nanhu")
    assert isinstance(verdict, NotInSource)
    assert [each.fact.id for each in verdict.facts][:1] == ["town"]
