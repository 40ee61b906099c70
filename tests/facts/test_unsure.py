"""Short, half-understood and following questions: a gap that comes near is told, as surely as it is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from facts.card import verdict_card
from facts.matching import Matcher
from facts.matching.calibration import Thresholds
from facts.quantities import asked_for
from facts.text import asks_whether, fold, words
from facts.verdict import Answer, Choices, NoMatch, NotInSource, Verdict
from tests.facts.rivertown import RIVERTOWN
from tests.facts.samples import base, fact, gap

MATCHER = Matcher(
    replace(
        RIVERTOWN,
        gaps=(
            *RIVERTOWN.gaps,
            gap("deadline", ["what is the deadline", "closing date for applications"], ["截止日期"], ["reward"]),
            gap("managers", ["who manages the fund", "who runs it"], ["基金谁管", "谁来管"], ["fund", "fund-first"]),
        ),
    ),
    Thresholds(answer=0.45, near=0.45),
)


def gap_of(verdict: Verdict) -> str | None:
    return verdict.gap.id if isinstance(verdict, NotInSource) and verdict.gap else None


def found(verdict: Verdict) -> list[str]:
    assert isinstance(verdict, Answer | Choices | NoMatch | NotInSource)
    return [each.fact.id for each in verdict.facts]


@pytest.mark.parametrize("question", ["is there a deadline", "any deadline?", "the deadline?"])
def test_a_single_word_finds_its_gap_where_no_fact_comes_near(question: str) -> None:
    assert gap_of(MATCHER.match(question)) == "deadline"


@pytest.mark.parametrize(("question", "asked"), [("is there a fund", True), ("the fund?", False)])
def test_yes_or_no_is_a_question_not_a_single_word_that_may_mean_several_things(question: str, asked: bool) -> None:  # noqa: FBT001 - a case
    assert isinstance(MATCHER.match(question), Answer if asked else Choices)


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("did they come", True),
        ("签了没", True),
        ("有冇基金冇", True),
        ("where is it", False),
        ("没签", False),
        ("", False),
    ],
)
def test_the_first_word_or_the_last_character_tells_a_question_of_yes_or_no(question: str, whether: bool) -> None:  # noqa: FBT001 - a case
    assert asks_whether(words(question)) is whether


def test_a_gap_that_names_what_the_question_names_is_told_though_a_fact_prints_it() -> None:
    lines = ["the 4,500 firms", "how many firms are there", "which firms are there this year"]
    firms = fact("firms", [*lines, "from which year on were firms counted"], figures=[("firms", 4500, "firms")])
    others = [fact("fund", ["how big is the fund"]), fact("area", ["how big is the area"])]
    gaps = [
        gap("year", ["which year are the 4,500 firms from", "year of the count"]),
        gap("mayor", ["who is the mayor"]),
    ]
    matcher = Matcher(base([firms, *others], gaps=gaps), Thresholds(answer=0.3, near=0.47))
    assert gap_of(matcher.match("from which year are the 4,500 firms")) == "year"
    assert found(matcher.match("are there 4,500 firms this year")) == ["firms"]


class TestPerhaps:
    UNSURE = replace(MATCHER.thresholds, answer=0.999)

    def test_a_gap_that_comes_near_is_told_as_a_guess(self) -> None:
        verdict = Matcher(MATCHER.base, self.UNSURE).match("so who manages the money of the fund")
        assert isinstance(verdict, NoMatch | Choices)
        assert verdict.perhaps is not None
        assert verdict.perhaps.id == "managers"

    def test_what_hardly_comes_near_is_not(self) -> None:
        verdict = Matcher(MATCHER.base, self.UNSURE).match("how large is the gathering area again in the end")
        assert isinstance(verdict, NoMatch | Choices)
        assert verdict.perhaps is None

    @pytest.mark.parametrize(
        ("line", "told"), [("how many companies by trade and size", False), ("how many companies there are", True)]
    )
    def test_beside_choices_only_one_that_comes_first_is(self, line: str, told: bool) -> None:  # noqa: FBT001 - a case
        facts = [fact("signed", ["how many companies signed"]), fact("firms", ["how many companies work"])]
        trades = gap("trades", [line])
        verdict = Matcher(base(facts, gaps=[trades]), replace(self.UNSURE, near=0.1)).match("so how many companies now")
        assert isinstance(verdict, Choices)
        assert verdict.perhaps is (trades if told else None)

    def test_the_card_tells_it_before_what_else_may_be_meant(self) -> None:
        mayor, firms = MATCHER.base.gaps[1], MATCHER.match("number of digital companies")
        assert isinstance(firms, Answer)
        cards = [
            verdict_card(verdict, MATCHER.base).plain().split("\n")[:3]
            for verdict in (
                NoMatch("en", firms.facts, perhaps=mayor),
                NoMatch("zh", perhaps=mayor),
                Choices("en", firms.facts * 2, perhaps=mayor),
            )
        ]
        assert cards == [
            ["I didn't find that", "Perhaps you mean this – mayor.", "Is it this? If not, try other words."],
            ["我没找到", "也许你想问的是——mayor。", "换个说法再试试。"],
            ["Which do you mean?", "Perhaps you mean this – mayor.", "[firms label] [firms label]"],
        ]


class TestFollowing:
    @pytest.mark.parametrize(
        ("shown", "question", "gap_id"),
        [
            ("fund", "who does it", "managers"),
            ("reward", "when does it close", "deadline"),
            ("meeting", "who does it", None),
        ],
    )
    def test_a_gap_answers_in_the_light_of_the_fact_shown(self, shown: str, question: str, gap_id: str | None) -> None:
        assert gap_of(MATCHER.match(question, shown=shown)) == gap_id

    def test_an_answer_gives_way_to_what_is_linked_and_clearly_comes_first_in_that_light(self) -> None:
        facts = [
            fact("park", ["what is the park", "tell me of the park"]),
            fact("signed", ["which companies signed", "which companies came"]),
            fact("fund", ["how big is the fund"]),
        ]
        inside = gap(
            "inside", ["park label: which companies are in it", "companies of the park label"], nearest=["park"]
        )
        matcher = Matcher(base(facts, gaps=[inside]), Thresholds(answer=0.3, near=0.3))
        assert found(matcher.match("which companies then")) == ["signed"]
        lit = matcher.match("which companies then", shown="park")
        assert isinstance(lit, NoMatch)
        assert lit.perhaps is inside
        assert found(matcher.match("which companies then", shown="fund")) == ["signed"]

    def test_a_bare_question_word_never_leads_to_what_is_not_linked(self) -> None:
        why = fact("choice", ["why is it so in this town", "why this town"], title=("Because of its people", "因为人"))
        linked = [fact("a", ["what is a"], related=["b", "c"]), fact("b", ["what is b"]), fact("c", ["what is c"])]
        matcher = Matcher(base([why, *linked]), Thresholds(answer=0.4, near=0.4))
        assert found(matcher.match("and why then?", shown="a")) == ["b", "c"]

    def test_what_is_both_linked_and_contradicted_is_offered_once(self) -> None:
        both = replace(fact("a", ["what is a"], related=["b", "c"]), contradicts=("b",))
        matcher = Matcher(base([both, fact("b", ["what is b"]), fact("c", ["what is c"])]))
        assert found(matcher.match("tell me more", shown="a")) == ["b", "c"]


class TestOtherNumbers:
    def test_the_likest_amount_is_told_first(self) -> None:
        facts = [
            fact("signed", ["how many companies signed"], figures=[("signed", 26, "firms")]),
            fact("firms", ["how many companies work"], figures=[("firms", 4500, "firms")]),
        ]
        matcher = Matcher(base(facts), Thresholds(answer=0.5, near=0.4))
        assert found(matcher.match("how many companies, 5000 companies?")) == ["firms", "signed"]
        assert found(matcher.match("how many companies, 30 companies?")) == ["signed", "firms"]

    @pytest.mark.parametrize(
        "question", ["isn't it 900 digital firms", "what about 2031 for the gathering area, how big"]
    )
    def test_an_amount_or_a_year_that_no_fact_has_is_told_as_one(self, question: str) -> None:
        verdict = MATCHER.match(question)
        assert isinstance(verdict, NotInSource), verdict
        assert verdict.contradiction is not None
        assert verdict.facts

    def test_money_in_another_currency_is_another_amount(self) -> None:
        verdict = MATCHER.match("is the maximum reward 200 million dollars")
        assert isinstance(verdict, NotInSource)
        assert found(verdict)[0] == "reward"


class TestAmountsOfSomethingElse:
    @pytest.mark.parametrize(
        ("question", "offered"),
        [
            ("is the reward 30 billion", ["reward", "fund"]),
            ("最高奖励300亿吗", ["reward", "fund"]),
            ("was the fund 200 million yuan", ["fund", "reward"]),
        ],
    )
    def test_what_it_is_of_and_what_it_is_are_both_offered(self, question: str, offered: list[str]) -> None:
        verdict = MATCHER.match(question)
        assert isinstance(verdict, Choices)
        assert found(verdict) == offered

    @pytest.mark.parametrize("question", ["the 10 billion yuan fund", "is the fund of 10 billion set up"])
    def test_between_facts_alike_but_for_it_the_amount_decides(self, question: str) -> None:
        assert found(MATCHER.match(question))[0] == "fund-first"

    def test_what_it_is_of_comes_first_where_nothing_has_the_amount(self) -> None:
        verdict = MATCHER.match("is the reward 300 million")
        assert isinstance(verdict, NotInSource)
        assert found(verdict)[0] == "reward"

    @pytest.mark.parametrize(
        ("question", "opened"),
        [
            ("did 28 new firms sign", "did how many new firms sign"),
            ("is it ¥300 million", "is it how much"),
            ("签了三十家公司吧", "签了多少家公司吧"),
            ("in 2022", "in 2022"),
        ],
    )
    def test_an_amount_is_asked_for_instead_of_given(self, question: str, opened: str) -> None:
        assert asked_for(fold(question)).split() == opened.split()


def test_absent_names_are_told_together() -> None:
    verdict = MATCHER.match("did Nanhu and Baidoo sign")
    assert verdict_card(verdict, MATCHER.base).title == "Nanhu and Baidoo aren't mentioned in the article"
    verdict = MATCHER.match("南湖和百读签约了吗")
    assert verdict_card(verdict, MATCHER.base).title == "文章没提到南湖和百读"
