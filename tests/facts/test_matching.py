"""From a question to a verdict, on a small base of another article than the shipped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from facts.explaining import shared_words
from facts.matching import Matcher
from facts.matching.calibration import PLAIN, Thresholds
from facts.matching.premises import Premises
from facts.matching.thesaurus import Thesaurus
from facts.matching.vocabulary import Vocabulary
from facts.verdict import Answer, Choices, NoMatch, NotInSource, Reasons, SmallTalk, Verdict, outcome
from tests.facts.rivertown import RIVERTOWN
from tests.facts.samples import base, fact, gap, name, talk

if TYPE_CHECKING:
    from facts.model import Kind

MATCHER = Matcher(RIVERTOWN)


def found(verdict: Verdict) -> tuple[str, ...]:
    return () if isinstance(verdict, SmallTalk) else tuple(each.fact.id for each in verdict.facts)


@pytest.mark.parametrize(
    ("question", "fact_id"),
    [
        ("how much is the maximum reward", "reward"),
        ("How much is the maximum reward?", "reward"),
        ("whats the top rewrd", "reward"),
        ("what is the tpo reward", "reward"),
        ("最高奖励多少", "reward"),
        ("最高獎勵是多少", "reward"),
        ("最高将历是多少", "reward"),
        ("zuigao jiangli shi duoshao", "reward"),
        ("how many digital businesses are in Rivertown", "firms"),
        ("河城數字企業有幾多家", "firms"),
        ("the size of the gathering area", "area"),
        ("how large is the gathering area in km2", "area"),
        ("how much money is in the whole fund", "fund"),
        ("300亿的基金", "fund"),
        ("the 30bn fund", "fund"),
        ("how much is the fund's first phase", "fund-first"),
        ("基金首期多少钱啊", "fund-first"),
        ("did hawkwie sign", "signed"),
        ("霍威 signed 了吗", "signed"),
        ("on what date was the meeting", "meeting"),
        ("严山是什么人", "secretary"),
    ],
)
def test_a_question_finds_its_fact(question: str, fact_id: str) -> None:
    verdict = MATCHER.match(question)
    assert outcome(verdict) == "answer", verdict
    assert found(verdict) == (fact_id,)


@pytest.mark.parametrize(
    ("question", "gap_id"), [("how do I apply", "apply"), ("怎么申请呢", "apply"), ("who is the mayor then", "mayor")]
)
def test_a_gap_says_that_the_source_is_silent(question: str, gap_id: str) -> None:
    verdict = MATCHER.match(question)
    assert isinstance(verdict, NotInSource)
    assert verdict.gap
    assert verdict.gap.id == gap_id
    assert not verdict.contradiction


@pytest.mark.parametrize(
    ("question", "talk_id"), [("hello", "hello"), ("Hi!", "hello"), ("你好啊", "hello"), ("谢谢你", "thanks")]
)
def test_small_talk_is_answered_where_it_is_the_whole_message(question: str, talk_id: str) -> None:
    verdict = MATCHER.match(question)
    assert isinstance(verdict, SmallTalk)
    assert verdict.entry.id == talk_id


@pytest.mark.parametrize(
    "question", ["hello, how much is the maximum reward?", "你好，最高奖励是多少", "thanks! what is the top reward"]
)
def test_a_greeting_before_the_question_is_passed_over(question: str) -> None:
    verdict = MATCHER.match(question)
    assert isinstance(verdict, Answer)
    assert found(verdict) == ("reward",)


@pytest.mark.parametrize(
    "question", ["", " ", "?", "the", "what is it", "是的吗", "😀", "\u200b", "…", "who are you to me"]
)
def test_a_question_of_stop_words_gets_no_answer(question: str) -> None:
    assert isinstance(MATCHER.match(question), NoMatch)


@pytest.mark.parametrize(
    "question", ["asdf qwerty", "how do I boil an egg", "明天会下雨吗", "best pizza recipe", "量子力学"]
)
def test_another_subject_finds_nothing(question: str) -> None:
    assert isinstance(MATCHER.match(question), NoMatch)


@pytest.mark.parametrize(
    ("question", "shown", "nearest"),
    [
        ("南湖有多少家数字企业", "南湖", "firms"),
        ("how many digital firms are in Nanhu", "Nanhu", "firms"),
        ("did Baidoo sign up", "Baidoo", "signed"),
        ("why did Baidoo sign", "Baidoo", "signed"),
        ("is the maximum reward 300 million yuan", "300 million yuan", "reward"),
        ("最高奖励是三亿吗", "三亿", "reward"),
        ("how much was the maximum reward in 2025", "2025", "reward"),
        ("how many digital firms are in Bigcity", "Bigcity", "firms"),
        ("was the meeting held on June 20", "June 20", "meeting"),
    ],
)
def test_a_particular_that_contradicts_is_a_near_miss(question: str, shown: str, nearest: str) -> None:
    verdict = MATCHER.match(question)
    assert isinstance(verdict, NotInSource), verdict
    assert verdict.contradiction
    assert verdict.contradiction.shown == shown
    assert found(verdict)[0] == nearest


STRANGERS = [
    *(
        (f"how many digital firms are in {place}", place)
        for place in ("Dubai", "Osaka", "Timbuktu", "Wenchang", "dubai")
    ),
    *((f"how many digital firms does {place} have", place) for place in ("Lagos", "Quanzhou", "quanzhou", "Porto")),
    *((f"what is {place}'s maximum reward", place) for place in ("Zibo", "Toronto", "Kaifeng")),
    *((f"did {firm} sign", firm) for firm in ("Spotify", "Siemens", "Meizu", "Xpeng", "spotify")),
    *((f"{place}有多少家数字企业", place) for place in ("迪拜", "柳州", "泉州市", "宝安区", "云浮")),
    *((f"{firm}签约了吗", firm) for firm in ("三一集团", "顺丰公司", "海尔", "索尼")),
    *((f"在{place}最高奖励是多少", place) for place in ("淄博", "开封")),
]


@pytest.mark.parametrize(("question", "stranger"), STRANGERS)
def test_a_name_that_no_list_knows_is_never_answered_with_anothers_figure(question: str, stranger: str) -> None:
    verdict = MATCHER.match(question)
    assert isinstance(verdict, NotInSource | NoMatch), verdict
    if isinstance(verdict, NotInSource):
        assert verdict.contradiction
        assert verdict.contradiction.kind == "unknown-name"
        assert stranger.removesuffix("集团").removesuffix("公司") in verdict.contradiction.shown + "市区"


def test_most_strangers_are_told_of_beside_what_the_source_tells_of_others() -> None:
    told = [isinstance(MATCHER.match(question), NotInSource) for question, _ in STRANGERS]
    assert sum(told) >= 0.8 * len(told)


@pytest.mark.parametrize(
    "question",
    [
        "How much is the Maximum Reward",
        "WHAT IS THE TOP REWARD",
        "please tell me what the biggest grant is",
        "最高奖励究竟是多少",
    ],
)
def test_capitals_and_ordinary_words_make_no_stranger(question: str) -> None:
    assert found(MATCHER.match(question)) == ("reward",)


def test_particulars_choose_between_facts_alike_but_for_them() -> None:
    assert found(MATCHER.match("the 10 billion yuan fund"))[0] == "fund-first"
    assert found(MATCHER.match("基金300亿元吗"))[0] == "fund"


@pytest.mark.parametrize("question", ["fund", "the fund?", "基金"])
def test_a_single_word_shows_choices(question: str) -> None:
    verdict = MATCHER.match(question)
    assert isinstance(verdict, Choices)
    assert set(found(verdict)) >= {"fund", "fund-first"}


@pytest.mark.parametrize("question", ["secretary", "the reward plz", "signed??"])
def test_a_single_word_that_can_mean_one_fact_only_is_answered(question: str) -> None:
    assert isinstance(MATCHER.match(question), Answer)


def test_choices_are_two_or_three() -> None:
    verdicts = [
        MATCHER.match(q) for q in ("fund", "how much money", "size", "companies", "多少钱", "规模", "大会和基金")
    ]
    assert all(2 <= len(v.facts) <= 3 for v in verdicts if isinstance(v, Choices))


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("how big is the gathering area and how much is the maximum reward", ("area", "reward")),
        ("how big is the gathering area? what is the top reward?", ("area", "reward")),
        ("集聚区有多大，最高奖励是多少", ("area", "reward")),
        ("how much is the first phase of the fund and the total", ("fund-first", "fund")),
    ],
)
def test_two_questions_in_one_are_both_answered(question: str, facts: tuple[str, ...]) -> None:
    verdict = MATCHER.match(question)
    assert isinstance(verdict, Answer), verdict
    assert found(verdict) == facts
    assert told(verdict.reasons)


def told(reasons: Reasons) -> bool:
    """Whether they speak for an answer, by a question for each half."""
    sure = reasons.score is not None and reasons.threshold is not None and reasons.score >= reasons.threshold
    return sure and reasons.runner_up is None and " · " in (reasons.phrasing or "")


def test_a_half_that_the_source_is_silent_of_is_named() -> None:
    verdict = MATCHER.match("how big is the gathering area and how do I apply")
    assert isinstance(verdict, Answer)
    assert found(verdict) == ("area",)
    assert [each.id for each in verdict.open_halves] == ["apply"]
    assert told(verdict.reasons)


@pytest.mark.parametrize(
    "question",
    [
        "why did Hawkwei refuse to sign",
        "why did Hawkwei sign",
        "why was the fund cancelled",
        "霍威为什么退出",
        "when did Hawkwei sign",
    ],
)
def test_a_premise_that_the_fact_does_not_bear_out_is_not_confirmed(question: str) -> None:
    assert not isinstance(MATCHER.match(question), Answer)


@pytest.mark.parametrize(
    "question", ["isn't the maximum reward 200 million", "最高奖励是不是2亿", "did Hawkwei sign or not"]
)
def test_a_question_that_only_sounds_negative_is_answered(question: str) -> None:
    assert isinstance(MATCHER.match(question), Answer)


def test_a_slip_that_makes_the_form_of_a_rare_word_may_still_be_the_frequent_one() -> None:
    vocabulary = Vocabulary((*["did they sign it when they signed"] * 12, "who will sing"), Thesaurus(()))
    (slip,) = vocabulary.ask(("singed",)).asked
    assert [vocabulary.words[word] for word, _ in slip.means] == ["sing", "signed"]
    (form,) = vocabulary.ask(("signing",)).asked
    assert [vocabulary.words[word] for word, _ in form.means] == ["sign"]


def test_a_slip_in_a_short_word_helps_to_find_and_explains_nothing() -> None:
    vocabulary = Vocabulary(("how much gas is in the car", "a new card"), Thesaurus(()))
    for slip, meant in (("nw", "new"), ("gat", "gas"), ("tpo", None)):
        (asked,) = vocabulary.ask((slip,)).asked
        assert [vocabulary.words[word] for word, _ in asked.means] == ([meant] if meant else [])
        assert asked.known < 0.5


class TestPremises:
    """What a question takes for granted against one fact's own words."""

    @pytest.mark.parametrize(
        ("line", "question", "unborne"),
        [
            ("which firm was left out of the list", "there is a gap, was somebody left out", False),
            ("which firms are in the list", "there is a gap, was somebody left out", True),
            ("what are its strengths", "和其他地方比有什么优势", False),
            ("它有什么优势", "其他优势呢", True),
            ("外地能照搬吗", "别的地方能用吗", False),
            ("要学哪些城市", "要学哪几个城市", False),
            ("要学哪些城市", "要学几个人", True),
        ],
    )
    def test_is_borne_out_by_the_fact_or_not(self, line: str, question: str, unborne: bool) -> None:  # noqa: FBT001 - a case
        told = fact("it", [line], title=("It", "它"), text=("It is so.", "是这样。"))
        assert Premises().unborne(question, told, line) is unborne

    @pytest.mark.parametrize(("kind", "unborne"), [("figure", True), ("view", False)])
    def test_that_a_figure_was_asked_for_with_who_says_nothing_of_another_line(self, kind: Kind, unborne: bool) -> None:  # noqa: FBT001 - a case
        told = fact("fund", ["30 billion for whom", "the 30 billion"], title=("30 billion", "300亿"), kind=kind)
        assert Premises().unborne("who paid the 30 billion", told, "the 30 billion") is unborne
        assert not Premises().unborne("for whom are the 30 billion", told, "30 billion for whom")


@pytest.mark.parametrize(
    ("shown", "question", "fact_id"),
    [
        ("fund", "and the first phase?", "fund-first"),
        ("fund", "那首期呢", "fund-first"),
        ("fund-first", "and in total?", "fund"),
        ("fund-first", "一共呢", "fund"),
    ],
)
def test_a_follow_up_is_read_in_the_light_of_the_fact_shown(shown: str, question: str, fact_id: str) -> None:
    verdict = MATCHER.match(question, shown=shown)
    assert isinstance(verdict, Answer), verdict
    assert found(verdict) == (fact_id,)


@pytest.mark.parametrize("shown", ["fund", "secretary", "meeting", None, "no-such-fact"])
def test_a_question_that_stands_on_its_own_is_not_read_in_another_light(shown: str | None) -> None:
    verdict = MATCHER.match("how big is the gathering area", shown=shown)
    assert isinstance(verdict, Answer)
    assert found(verdict) == ("area",)


def test_what_about_another_place_is_asked_of_the_fact_shown() -> None:
    for question in ("what about Nanhu?", "那南湖呢", "and Bigcity?"):
        verdict = MATCHER.match(question, shown="firms")
        assert isinstance(verdict, NotInSource), question
        assert found(verdict) == ("firms",)
    assert isinstance(MATCHER.match("in 2030?", shown="firms"), NotInSource)


def test_asked_for_more_the_linked_facts_are_offered() -> None:
    assert found(MATCHER.match("tell me more", shown="fund")) == ("fund-first", "reward")


@pytest.mark.parametrize(
    ("question", "lang", "spoken"),
    [
        ("最高奖励是多少", None, "zh"),
        ("top reward", None, "en"),
        ("515", None, "en"),
        ("top reward", "zh", "zh"),
        ("最高奖励是多少", "en", "en"),
    ],
)
def test_the_verdict_speaks_the_language_asked_for_or_the_questions(
    question: str, lang: str | None, spoken: str
) -> None:
    assert MATCHER.match(question, lang).lang == spoken  # type: ignore[arg-type]  # parametrize knows no Lang


def test_the_reasons_tell_what_matched() -> None:
    reasons = MATCHER.match("how much is the maximum reward in Rivertown").reasons
    assert reasons.phrasing == "how much is the maximum reward"
    assert "maximum" in shared_words(reasons)
    assert [each.shown for each in reasons.particulars] == ["Rivertown"]
    assert reasons.runner_up not in (None, RIVERTOWN.fact_by_id["reward"])
    assert reasons.threshold
    assert reasons.score
    assert reasons.score >= reasons.threshold
    assert reasons.version == "test"


def test_han_words_that_counted_are_shown_in_runs() -> None:
    assert "最高奖励" in shared_words(MATCHER.match("最高奖励是多少").reasons)[0]


def test_thresholds_are_the_bases_own_and_can_be_given() -> None:
    assert MATCHER.thresholds != PLAIN
    assert 0 < MATCHER.thresholds.near < 1
    assert 0 < MATCHER.thresholds.answer < 1
    assert Matcher(RIVERTOWN, beside=lambda work: [work()].pop).thresholds == MATCHER.thresholds
    strict = Matcher(RIVERTOWN, Thresholds(answer=9, near=0.2))
    assert not isinstance(strict.match("how large is the zone of the gathering"), Answer)


def test_a_fact_with_many_phrasings_does_not_win_for_having_many() -> None:
    many = fact(
        "many",
        [f"how is the {word} of the town" for word in ("air", "food", "road", "park", "bus", "sea", "sun", "wind")],
    )
    few = fact("few", ["how is the water of the town"])
    assert found(Matcher(base([many, few])).match("how is the water of the town"))[0] == "few"


def test_identical_phrasings_of_two_facts_are_asked_back() -> None:
    verdict = Matcher(base([fact("a", ["how much is it worth"]), fact("b", ["how much is it worth"])])).match(
        "how much is it worth"
    )
    assert isinstance(verdict, Choices)


def test_a_base_of_one_fact_answers_it_and_nothing_else() -> None:
    matcher = Matcher(base([fact("only", ["how big is the lake"])]))
    assert found(matcher.match("how big is the lake")) == ("only",)
    assert isinstance(matcher.match("who painted the ceiling"), NoMatch)


def test_a_base_of_one_language_is_still_asked_in_the_other() -> None:
    matcher = Matcher(base([fact("a", ["how big is the lake"]), fact("b", ["who built the bridge"])]))
    assert outcome(matcher.match("湖有多大")) in ("answer", "choices", "no_match")


def test_a_base_without_facts_finds_nothing() -> None:
    assert isinstance(Matcher(base([])).match("how big is the lake"), NoMatch)
    silent = Matcher(base([], gaps=[gap("g", ["how do I apply", "where to apply"])], smalltalk=[talk("hi", ["hi"])]))
    assert isinstance(silent.match("how do I apply"), NotInSource)


def test_an_alias_with_a_particle_is_no_name_within_other_words() -> None:
    names = (name("midi", "organisation", ["Midi"], ["美的"], in_source=False),)
    matcher = Matcher(base([fact("a", ["最美的公园在哪"], ["最美的公园在哪里"]), fact("b", ["谁签约了"])], names=names))
    assert not isinstance(matcher.match("最美的公园在哪"), NotInSource)
    assert isinstance(matcher.match("美的签约了吗"), NotInSource)


@pytest.mark.parametrize(
    "question",
    [
        "what is the top reward, right?",
        "how big is the gathering area? what does that even mean",
        "除了霍威还有哪些企业签约了",
    ],
)
def test_one_question_in_two_parts_gets_no_second_answer(question: str) -> None:
    assert len(found(MATCHER.match(question))) <= 3
    verdict = MATCHER.match(question)
    assert not isinstance(verdict, Answer) or len(verdict.facts) == 1


@pytest.mark.parametrize(
    "question",
    [
        "which companies did not sign",
        "how many digital firms were there last year",
        "did the number of digital firms fall in Rivertown",
        "基金总规模减少了吗",
        "河城明年有多少家数字企业",
        "which other companies signed",
    ],
)
def test_a_question_of_another_time_or_of_others_is_not_answered_as_if_it_fitted(question: str) -> None:
    assert not isinstance(MATCHER.match(question), Answer)


@pytest.mark.parametrize(
    "question",
    [
        "what is the top penalty",
        "how many residents are in the gathering area",
        "最高罚款是多少",
        "who owns the gathering area",
        "how much reward did Hawkwei get",
    ],
)
def test_a_word_that_the_fact_lacks_keeps_it_from_being_the_answer(question: str) -> None:
    assert not isinstance(MATCHER.match(question), Answer)


def test_a_list_of_names_is_no_two_questions() -> None:
    verdict = MATCHER.match("did Hawkwei and Tensent sign")
    assert isinstance(verdict, Answer)
    assert found(verdict) == ("signed",)


@pytest.mark.parametrize("question", ["which companies did not sign", "哪些企业没有签约"])
def test_who_did_not_is_no_question_of_who_did(question: str) -> None:
    assert not isinstance(MATCHER.match(question), Answer)


class TestWordForWord:
    """A base's own question needs no ranking, and gets just what ranking would have said."""

    def test_an_own_question_is_answered_as_ranking_would(self) -> None:
        known = MATCHER.phrasings
        for number in known.questions:
            line = known.lines[number]
            found_at_once = MATCHER._word_for_word(line, "en")
            if found_at_once is not None:
                ranked = MATCHER.ranked(line)
                assert (outcome(found_at_once), found(found_at_once)) == (outcome(ranked), found(ranked)), line

    @pytest.mark.parametrize("question", ["How much is the MAXIMUM reward?", "how much is the maximum reward!!"])
    def test_case_and_punctuation_make_no_difference(self, question: str) -> None:
        assert MATCHER.match(question).reasons.score == 1.0

    def test_its_reasons_name_the_line_and_no_runner_up(self) -> None:
        reasons = MATCHER.match("how much is the maximum reward").reasons
        assert reasons.phrasing == "how much is the maximum reward"
        assert reasons.runner_up is None

    def test_a_question_of_two_facts_is_left_to_the_ranking(self) -> None:
        two = (fact("one", ["who signed the paper"]), fact("two", ["who signed the paper"]))
        assert Matcher(base(two))._verbatim.find(("who", "signed", "the", "paper")) is None

    def test_a_bare_word_is_left_to_the_ranking(self) -> None:
        assert Matcher(base([fact("one", ["reward"])]))._verbatim.find(("reward",)) is None

    def test_words_that_no_line_has_find_nothing(self) -> None:
        assert MATCHER._verbatim.find(("how", "much", "is", "the", "minimum", "reward")) is None
        assert Matcher(base([fact("one", ["reward"])]))._verbatim.find(()) is None
