"""Whatever anybody types, over whatever base: a verdict, in bounded time, that keeps its promises."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.matching import Matcher
from facts.matching.ranking import Words
from facts.verdict import Answer, Choices, NotInSource, SmallTalk, Verdict
from tests.facts.rivertown import RIVERTOWN
from tests.facts.samples import base, fact, gap, name, talk

if TYPE_CHECKING:
    from facts.model import FactBase

MATCHER = Matcher(RIVERTOWN)
WORDS = sorted({word for line in RIVERTOWN.facts for ask in line.ask.every for word in Words.of(ask).tokens})

HOSTILE = {
    "4096 letters": "a" * 4096,
    "4096 Han characters": "奖励" * 2048,
    "4096 different Han characters": "".join(map(chr, range(0x4E00, 0x4E00 + 4096))),
    "a thousand words": "how much is the reward " * 178,
    "ten thousand conjunctions": "reward and " * 372,
    "control characters": "".join(map(chr, range(32))) * 128,
    "lone surrogates": "\ud800\udc00\udfff" * 1365,
    "zero width": "re\u200bwa\u200crd\ufeff" * 400,
    "combining": "r" + "\u0301" * 4000 + "eward",
    "right to left": "ما هي المكافأة القصوى " * 180,
    "bidirectional overrides": "\u202ereward\u202c" * 500,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 300,
    "digits": "1234567890" * 409,
    "Chinese numerals": "一二三千百万亿" * 585,
    "amounts": "200 million yuan " * 240,
    "dates": "18 June 2022, " * 290,
    "full width": "ＨＯＷ　ＭＵＣＨ" * 500,
    "mathematical letters": "𝖗𝖊𝖜𝖆𝖗𝖉 " * 580,
    "ligatures that grow": "ﷺ" * 4096,
    "regular expression": "(a+)+$[" * 585,
    "spaces": " " * 4096,
    "one long unknown word": "x" * 300 + " reward",
    "pinyin": "zhuangshuangchuang" * 200,
    "unknown words": " ".join(f"w{'abcdefghij'[i % 10]}rd{'klmnopqrst'[i // 10 % 10]}x" for i in range(500)),
}


def facts_of(verdict: Verdict) -> int:
    return 0 if isinstance(verdict, SmallTalk) else len(verdict.facts)


def check(verdict: Verdict, served: FactBase) -> None:
    """The promises that every verdict keeps."""
    if isinstance(verdict, Answer):
        assert 1 <= facts_of(verdict) <= 2
        assert facts_of(verdict) + len(verdict.open_halves) <= 2
    if isinstance(verdict, Choices):
        assert 2 <= facts_of(verdict) <= 3
    if isinstance(verdict, NotInSource):
        assert (verdict.gap is None) != (verdict.contradiction is None)
    if not isinstance(verdict, SmallTalk):
        ids = [each.fact.id for each in verdict.facts]
        assert len(set(ids)) == len(ids)
        assert set(ids) <= set(served.fact_by_id)
    assert verdict.lang in ("en", "zh")
    assert verdict.reasons.version == served.version


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("shown", [None, "fund"])
def test_hostile_text_is_judged_in_bounded_time(question: str, shown: str | None) -> None:
    times = []
    for _ in range(3):
        start = time.thread_time()
        check(MATCHER.match(question, shown=shown), RIVERTOWN)
        times.append(time.thread_time() - start)
    assert min(times) < 0.1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from([None, "en", "zh"]), st.sampled_from([None, "fund", "nothing"]))
def test_any_text_gets_a_verdict(question: str, lang: str | None, shown: str | None) -> None:
    verdict = MATCHER.match(question, lang, shown)  # type: ignore[arg-type]  # hypothesis knows no Lang
    check(verdict, RIVERTOWN)
    assert lang in (None, verdict.lang)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS, "and", "?", "，", "Nanhu", "Dubai", "2025", "30bn", "not", "why"]), max_size=14)
)
def test_any_row_of_the_bases_own_words_gets_a_verdict(tokens: list[str]) -> None:
    question = " ".join(tokens)
    verdict = MATCHER.match(question)
    check(verdict, RIVERTOWN)
    if "Nanhu" in tokens:
        assert not isinstance(verdict, Answer) or "?" in tokens or "，" in tokens or "and" in tokens


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([(f.id, q) for f in RIVERTOWN.facts for q in f.ask.every]))
def test_a_sample_question_finds_its_own_fact(pair: tuple[str, str]) -> None:
    ident, question = pair
    verdict = MATCHER.match(question)
    assert isinstance(verdict, Answer), (question, verdict)
    assert [each.fact.id for each in verdict.facts] == [ident]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([q for f in RIVERTOWN.facts for q in f.ask.every]), st.randoms(use_true_random=False))
def test_the_same_question_gets_the_same_verdict(question: str, chance: random.Random) -> None:
    noise = "".join(chance.choice("?！!  ") for _ in range(3))
    assert MATCHER.match(question) == MATCHER.match(question)
    assert facts_of(MATCHER.match(question)) == facts_of(MATCHER.match(noise.strip() + question.upper()))


phrases = st.text(alphabet="abcdefgh 禅城区奖励多少?", min_size=1, max_size=24).filter(lambda text: text.strip() != "")


@st.composite
def bases(draw: st.DrawFn) -> FactBase:
    facts = [
        fact(f"f{i}", draw(st.lists(phrases, min_size=0, max_size=4)), draw(st.lists(phrases, max_size=2)))
        for i in range(draw(st.integers(0, 5)))
    ]
    gaps = [
        gap(f"g{i}", draw(st.lists(phrases, max_size=2)), nearest=["f0", "gone"])
        for i in range(draw(st.integers(0, 2)))
    ]
    talks = [talk("t", draw(st.lists(phrases, max_size=2)))] if draw(st.booleans()) else []
    names = [name("n", "place", [draw(phrases)], in_source=draw(st.booleans()))] if draw(st.booleans()) else []
    return base(facts, gaps=gaps, smalltalk=talks, names=names)


@settings(max_examples=60, deadline=None)
@given(bases(), phrases)
def test_any_base_answers_any_question(served: FactBase, question: str) -> None:
    check(Matcher(served).match(question), served)


def test_ten_thousand_facts_are_built_and_asked_in_bounded_time() -> None:
    chance = random.Random(1)  # noqa: S311 - words for a test, not a secret
    words = ["".join(chance.choices("abcdefghijklmnoprstuw", k=chance.randint(3, 9))) for _ in range(3000)]
    facts = [
        fact(f"f{i}", [" ".join(chance.choices(words, k=chance.randint(3, 9))) for _ in range(2)])
        for i in range(10_000)
    ]
    start = time.process_time()
    matcher = Matcher(base(facts))
    assert time.process_time() - start < 30
    times = []
    for i in range(0, 10_000, 250):
        begun = time.thread_time()
        verdict = matcher.match(facts[i].ask.en[0])
        times.append(time.thread_time() - begun)
        assert isinstance(verdict, Answer), facts[i].ask.en[0]
        assert verdict.facts[0].fact.id == f"f{i}"
    assert sorted(times)[-2] < 0.05
