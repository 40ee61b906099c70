import pytest

from facts.checking.lengths import TITLE_COLUMNS
from facts.inbox import INBOX, Wording, carried, form, untitled, with_gap, with_question, worded
from facts.loading import load_files
from facts.matching import Matcher
from facts.model import LANGS, Gap, columns
from facts.problems import BrokenBase
from facts.verdict import Answer, NotInSource
from tests.facts.bases import FACTS, changed, fact, problems, small

QUESTION = "how many lanterns hang there"


def test_a_question_is_added_to_a_fact_and_found() -> None:
    files = with_question(small(), "the-article", "en", QUESTION)
    files = with_question(files, "the-article", "zh", "挂了多少灯笼")
    base = load_files(files)
    assert QUESTION in base.facts[0].ask.en
    assert base.facts[0].ask.zh[-1] == "挂了多少灯笼"
    verdict = Matcher(base).match(QUESTION)
    assert isinstance(verdict, Answer)
    assert verdict.facts[0].fact.id == "the-article"


def test_a_gap_is_made_of_a_question_in_one_language_and_more_can_be_added_to_it() -> None:
    files = with_gap(with_gap(small(), "zh", "挂了多少灯笼？"), "zh", "挂了多少灯笼")
    [gap] = [each for each in load_files(files).gaps if each.id.startswith("asked-")]
    files = with_question(files, gap.id, "en", QUESTION)
    verdict = Matcher(load_files(files)).match(QUESTION)
    assert isinstance(verdict, NotInSource)
    assert verdict.gap is not None
    assert (verdict.gap.id, verdict.gap.ask.zh) == (gap.id, ("挂了多少灯笼",))


def made(question: str, written: str = "") -> Gap:
    base = load_files(with_gap(small(), "en", question, worded(written, "en")))
    [gap] = [each for each in base.gaps if each.id.startswith("asked-")]
    return gap


def test_a_gaps_title_quotes_the_question_in_its_own_language_and_in_the_other_waits_for_words() -> None:
    gap = made("how many “lanterns” hang there?")
    assert gap.title.en == "“how many lanterns hang there”: the article doesn't say"
    assert gap.title.zh == "有人问过的一件事，文章没写"
    assert untitled(gap) == ("zh",)
    files = with_gap(small(), "zh", "掛了多少燈籠？")
    [gap] = [each for each in load_files(files).gaps if each.id.startswith("asked-")]
    assert (gap.title.zh, gap.ask.zh) == ("“挂了多少灯笼”，文章没写", ("掛了多少燈籠？",))
    assert gap.title.en == "A thing asked before: the article doesn't say"
    assert untitled(gap) == ("en",)
    assert untitled(made(QUESTION, "灯笼数，文章没写\n它只提到灯节。")) == ()


def test_a_question_is_kept_as_it_was_typed() -> None:
    asked = "كم عدد الطوائف؟"
    assert made(asked).ask.en == (asked,)
    assert made(asked).title.en == f"“{asked}”: the article doesn't say"


@pytest.mark.parametrize(
    "question", ["w" * 300, "how many lanterns " * 20, "挂了多少灯笼" * 30, "今年 tomorrow 相关 50 亿？"]
)
def test_whatever_was_asked_makes_a_title_that_checks(question: str) -> None:
    gap = made(question)
    assert all(20 < columns(gap.title.of(lang)) <= TITLE_COLUMNS for lang in LANGS)


def test_a_curators_own_words_are_the_gaps_in_the_languages_they_wrote() -> None:
    gap = made(
        QUESTION, "The article doesn't count the lanterns.\n\n灯笼数，文章没写\n它只提到灯节。\n也没写是谁点的灯。"
    )
    assert (gap.title.en, gap.text.en) == (
        "“how many lanterns hang there”: the article doesn't say",
        "The article doesn't count the lanterns.",
    )
    assert (gap.title.zh, gap.text.zh) == ("灯笼数，文章没写", "它只提到灯节。也没写是谁点的灯。")
    assert made(QUESTION, "文章只提到灯节。").text.en != "文章只提到灯节。"


def test_what_a_curator_wrote_is_read_line_by_line() -> None:
    assert worded("", "en") == {}
    assert worded("  One.  \n Two is said.\nThree is said. ", "en") == {
        "en": Wording("One.", "Two is said. Three is said.")
    }
    assert worded("42", "zh") == {"zh": Wording("", "42")}


def test_a_number_that_a_curator_gave_in_one_language_only_is_named() -> None:
    found = problems(with_gap(small(), "en", QUESTION, worded("It mentions 500 lamps.", "en")))
    assert [(each.file, each.code) for each in found] == [(INBOX, "number-only-en")]
    found = problems(with_gap(small(), "en", QUESTION, worded("Of 500 lamps\nNothing is said.\n灯\n没写。", "en")))
    assert [(each.file, each.code) for each in found] == [(INBOX, "number-only-en")]


def test_a_number_of_the_question_that_a_title_quotes_need_not_be_in_the_other_language() -> None:
    assert problems(with_gap(small(), "en", "what of 2031 and 26 firms")) == ()


@pytest.mark.parametrize(
    "question",
    [
        "yes",
        "no: way # really",
        "2022-01-01",
        "12:30",
        "- [",
        "'\"`&*!|>%@",
        "a\u200bb\nc\td",
        "<b>&amp;</b>",
        "null",
        "~",
    ],
)
def test_whatever_was_asked_can_be_written_and_read_again(question: str) -> None:
    files = with_gap(with_question(small(), "the-article", "en", question), "en", f"{question} x")
    assert problems(files) == ()


def test_what_is_wrong_in_it_is_named_at_its_own_lines() -> None:
    inbox = (
        "asked:\n- to: nowhere\n  ask: {en: [one]}\n- to: the-article\n  ask:\n    en:\n    - what does the article say"
        "\ngaps:\n- id: Bad\n"
    )
    assert [(each.file, each.line, each.code) for each in problems(small() | {INBOX: inbox.encode()})][:1] == [
        (INBOX, 9, "bad-id")
    ]
    found = problems(small() | {INBOX: inbox.partition("gaps:")[0].encode()})
    assert [(each.file, each.line, each.code) for each in found] == [
        (INBOX, 2, "unknown-id"), (INBOX, 7, "same-question"),
    ]  # fmt: skip


def test_an_inbox_that_cannot_be_read_is_not_written_over() -> None:
    with pytest.raises(BrokenBase):
        with_gap(small() | {INBOX: b"asked: ["}, "en", QUESTION)


def test_a_folder_without_an_inbox_gets_the_one_of_before() -> None:
    inbox = with_gap(with_question(small(), "the-article", "en", QUESTION), "zh", "挂了多少灯笼")[INBOX]
    assert carried(small(), inbox) == small() | {INBOX: inbox}
    assert carried(small(), None) == small()
    own = small() | {INBOX: b"gaps: []\n"}
    assert carried(own, inbox) == own


def test_what_the_folder_asks_by_itself_or_has_no_entry_for_is_left_out_of_it() -> None:
    inbox = with_question(small(), "the-article", "en", QUESTION)
    inbox = with_gap(with_question(inbox, "the-article", "en", "who lights them"), "zh", "挂了多少灯笼")
    now = changed(FACTS, "what does the article say]", f"what does the article say, {QUESTION}?]")
    base = load_files(carried(now, inbox[INBOX]))
    assert base.facts[0].ask.en[-2:] == (f"{QUESTION}?", "who lights them")
    renamed = {name: content.replace(b"the-article", b"renamed") for name, content in now.items()}
    assert [each.ask.en for each in load_files(carried(renamed, inbox[INBOX])).facts] == [base.facts[0].ask.en[:-1]]
    own = now | {"facts/two.yaml": fact(ask="{en: [who lights them], zh: [挂了多少灯笼]}")}
    assert carried(own, inbox[INBOX]) == own


def test_a_broken_inbox_is_not_carried() -> None:
    assert carried(small(), b"asked: [") == small()


def test_questions_that_differ_in_nothing_that_counts_are_one() -> None:
    assert form("How MANY  lanterns？") == form("how many lanterns")
    assert form("有幾多燈籠") == form("有几多灯笼")
    assert form("how many lamps") != form("how many lanterns")
