"""What the benchmark of matching measures with is right itself."""

from __future__ import annotations

from random import Random

import pytest
from rapidfuzz.distance import DamerauLevenshtein

from facts.matching.candidates import phrasings
from tests.matching.clinc import FOLDER, as_base, by_intent, cases, edited, grown
from tests.matching.contenders import OURS, RANKING, SERVING

FERRY = {
    "fare": ["how much is a ticket", "what does the crossing cost", "price of one trip"],
    "start": ["when does the ferry start", "first night of the service", "which day does it begin"],
    "island": ["where does it go", "does it stop at the island", "which harbour does it leave from"],
    "dogs": ["may I bring a dog", "are pets allowed on board", "can my cat come along"],
}


@pytest.fixture
def clinc() -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"NOT CHECKED against CLINC150: {FOLDER} is absent")


@pytest.mark.parametrize("edits", [0, 1, 2, 5])
def test_a_question_gets_as_many_slips_as_told_and_the_same_by_the_same_seed(edits: int) -> None:
    text = "how much is the ticket to the island"
    found = {edited(text, edits, Random(seed)) for seed in range(40)}  # noqa: S311 - chance that repeats
    assert all(DamerauLevenshtein.distance(text, each) <= edits for each in found)
    assert len(found) > 10 or not edits
    assert edited(text, edits, Random(3)) in found  # noqa: S311 - chance that repeats
    assert edited("12 ??", edits, Random(1)) == "12 ??"  # noqa: S311 - chance that repeats


def test_a_fact_says_nothing_beyond_its_phrasings() -> None:
    found = phrasings(as_base(FERRY))
    assert found.lines == tuple(line for lines in FERRY.values() for line in lines)
    assert [found.entries[owner].id for owner in found.owner] == [label for label in FERRY for _ in range(3)]


@pytest.mark.parametrize("name", RANKING)
def test_every_contender_ranks_the_fact_asked_for_first_and_is_surer_than_of_foreign_text(name: str) -> None:
    contender = RANKING[name](as_base(FERRY))
    for label, lines in FERRY.items():
        ids, sure = contender.rank(lines[0])
        assert ids[0] == label
        assert len(set(ids)) == 3
        assert sure > contender.rank("zxqv wkjy")[1]


@pytest.mark.parametrize("name", SERVING)
def test_every_contender_can_be_asked(name: str) -> None:
    assert SERVING[name](as_base(FERRY)).ask("how much is a ticket") is not None


def test_our_engine_is_both_ranked_and_served_beside_the_same_others() -> None:
    assert list(RANKING) == list(SERVING)
    assert OURS in RANKING


@pytest.mark.usefixtures("clinc")
def test_no_question_that_is_asked_is_a_line_of_the_base() -> None:
    for part in ("dev", "val"):
        for case in cases(part, 1):
            lines = {line for said in case.facts.values() for line in said}
            shared = [question for question, _ in case.asked if question in lines]
            assert len(shared) <= len(case.asked) // 200, case.name
            assert not set(case.foreign) & lines


@pytest.mark.usefixtures("clinc")
def test_dev_takes_nothing_from_what_is_reported() -> None:
    train = {line for lines in by_intent("train").values() for line in lines}
    for case in cases("dev", 1):
        assert {question for question, _ in case.asked} | set(case.foreign) <= train


@pytest.mark.usefixtures("clinc")
def test_a_grown_base_has_ten_lines_a_fact_and_is_asked_others() -> None:
    case = grown(400, 60, 1)
    assert len(case.facts) == 400
    assert {len(lines) for lines in case.facts.values()} == {10}
    for question, label in case.asked:
        assert question not in case.facts[label]
    assert case == grown(400, 60, 1)
    words = {word for lines in case.facts.values() for line in lines for word in line.split()}
    first = {word for lines in list(case.facts.values())[:150] for line in lines for word in line.split()}
    assert len(words) > 1.5 * len(first)
