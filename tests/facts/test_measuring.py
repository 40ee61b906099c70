"""The commands that measure a base: what they print, and how they end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from facts.cli import main
from facts.colliding import CLEAR_LEAD
from facts.evaluation import Question, Tally, mark
from facts.loading import load_files
from facts.model import Floors
from facts.verdict import Answer, Candidate, Choices, NoMatch, NotInSource, SmallTalk
from tests.facts.bases import FACTS, fact, small
from tests.facts.terminal import printed, put

if TYPE_CHECKING:
    from pathlib import Path

    from facts.evaluation import Mark
    from facts.verdict import Verdict

TWO = {"facts/two.yaml": fact(ask="{en: [how many firms signed], zh: [多少企业签约]}")}
BASE = load_files(small() | TWO)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "base", small() | TWO)


class TestEval:
    def question(self, *facts: str, lang: str = "en") -> bytes:
        asked = {"id": "1", "q": "how many firms signed", "lang": lang, "kind": "plain", "facts": facts}
        return json.dumps(asked).encode() + b"\n"

    def test_outcomes_are_counted_by_language_and_kind(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put(folder, {"eval/dev.jsonl": self.question("second") * 3})
        code, lines = printed(capsys, "eval", folder)
        assert code == 0
        assert lines[:3] == ["eval/dev.jsonl", f"lang  {'kind':<24}     n  right", f"en    {'plain':<24}     3      3"]

    def test_a_floor_that_is_not_kept_ends_with_1(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put(folder, {"eval/dev.jsonl": self.question("the-article") + self.question()})
        code, lines = printed(capsys, "eval", folder)
        assert code == 1
        assert "answered_wrong: 100.0%, at most 1.0%" in lines
        assert "answered_though_silent: 100.0%, at most 2.0%" in lines

    def test_a_broken_set_is_named(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put(folder, {"eval/dev.jsonl": b"{}\n"})
        code, lines = printed(capsys, "eval", folder)
        assert code == 1
        assert lines[0].startswith("eval/dev.jsonl:1: ")

    def test_no_sets_are_no_mistake(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert printed(capsys, "eval", folder)[0] == 0

    def test_each_verdict_is_marked_by_what_was_wanted(self) -> None:
        one, two = (Candidate(each, 1.0) for each in BASE.facts)
        talk = SmallTalk("en", BASE.smalltalk[0])
        cases: list[tuple[tuple[str, ...], Verdict, Mark]] = [
            ((one.fact.id,), Answer("en", (one,)), "right"),
            ((one.fact.id,), Answer("en", (one, two)), "wrong"),
            ((one.fact.id, two.fact.id), Answer("en", (one, two)), "right"),
            ((), Answer("en", (one,)), "wrong"),
            ((one.fact.id,), Choices("en", (two, one)), "offered"),
            ((), Choices("en", (two, one)), "offered without it"),
            ((), NotInSource("en"), "right"),
            ((one.fact.id,), NotInSource("en"), "called silent"),
            ((), talk, "small talk"),
            ((), NoMatch("en"), "not found"),
        ]
        for wanted, verdict, expected in cases:
            asked = Question(id="1", q="x", lang="en", kind="plain", facts=wanted)
            assert mark(asked, verdict) == expected

    def test_shares_are_of_the_questions_that_the_source_answers_or_does_not(self) -> None:
        [answer] = [Answer("en", (Candidate(BASE.facts[0], 1.0),))]
        wanted = [(), (), (answer.facts[0].fact.id,)]
        asked = [Question(id="1", q="x", lang="en", kind="plain", facts=each) for each in wanted]
        tally = Tally.of(asked, lambda _: answer)
        assert tally.share("wrong", answerable=False) == 1
        assert tally.share("wrong", answerable=True) == 0
        assert tally.too_often(Floors(answered_wrong=0, answered_though_silent=1)) == ()


class TestCollisions:
    LINES = "the first half of the game, the first half of that game, is this the first half of the game"
    HALVES = fact(
        id="halves", ask=f"{{en: [{LINES}, the game and its first half], zh: [上半场指什么]}}",
        title="{en: Halves, zh: 上下半场}", text="{en: Halves., zh: 半场。}", label="{en: Halves, zh: 半场}",
        evidence="[{paragraph: 1, phrase: halves}]",
    )  # fmt: skip
    GIANTS = fact(ask="{en: [which giants lead, who is ahead, first half of the game], zh: [哪些巨头领先]}")

    @pytest.fixture
    def clashing(self, tmp_path: Path) -> Path:
        return put(tmp_path / "base", small() | {"facts/a.yaml": self.GIANTS, "facts/b.yaml": self.HALVES})

    def test_a_question_that_finds_another_fact_fails_the_check(
        self, clashing: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, lines = printed(capsys, "check", clashing)
        assert code == 1
        assert lines[0].startswith("facts/a.yaml:9: “first half of the game” is closer to halves (“")
        assert lines[1:] == ["3 facts, 0 gaps, 0 evaluation questions: 1 problem"]

    def test_those_that_may_lead_astray_are_listed_when_asked_for(
        self, clashing: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, lines = printed(capsys, "check", "--collisions", clashing)
        assert code == 1
        [told] = [line for line in lines if "“first half of the game” → halves" in line]
        assert float(told.split()[0]) >= CLEAR_LEAD

    def test_a_broken_base_has_no_list(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put(folder, {"gaps.yaml": b"["})
        code, lines = printed(capsys, "check", "--collisions", folder)
        assert code == 1
        assert lines[-1].startswith("2 facts, 0 gaps")


class TestCrossValidation:
    def test_outcomes_are_counted_and_progress_is_told_aside(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["cross-validate", str(folder), "--seed", "2"]) == 0
        out, told = capsys.readouterr()
        rows = {line.split("  ")[0] + " " + line[6:30].strip(): int(line[30:36]) for line in out.splitlines()[1:-2]}
        assert rows == {f"{lang} fact{kind}": 2 for lang in ("en", "zh") for kind in (" hidden", ", line left out")}
        assert told.splitlines()[-1] == "8 of 8 questions"

    def test_every_line_is_asked_when_told_so(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["cross-validate", "--all", str(folder)]) == 0
        lines = sum(len(set(fact.ask.of(lang))) for fact in BASE.facts for lang in ("en", "zh"))
        assert capsys.readouterr().err.splitlines()[-1] == f"{2 * lines} of {2 * lines} questions"


class TestCompare:
    ASKED = b'{"id": "7", "q": "how many firms signed", "lang": "en", "kind": "plain", "facts": ["second"]}\n'

    def test_a_base_that_does_no_worse_is_accepted(
        self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new = put(tmp_path / "new", small() | TWO | {"eval/dev.jsonl": self.ASKED})
        verdict = "questions asked of both: 1; answered wrong before: 0, now: 0; accepted"
        assert printed(capsys, "compare", folder, new) == (0, [verdict])

    def test_one_that_answers_more_questions_wrong_is_refused_with_their_list(
        self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other = TWO["facts/two.yaml"].replace(b"second", b"third")
        one = small()["facts/article.yaml"].replace(b"The fact itself", b"The very fact itself")
        new = put(tmp_path / "new", small() | {FACTS: one, "facts/two.yaml": other, "eval/dev.jsonl": self.ASKED})
        code, lines = printed(capsys, "compare", folder, new)
        assert code == 1
        assert lines == [
            "facts: the-article: title.en: “The fact itself” → “The very fact itself”",
            "facts added: third: Another fact",
            "facts removed: second: Another fact",
            "now wrong: 7: “how many firms signed” → third (was: right)",
            "questions asked of both: 1; answered wrong before: 0, now: 1; refused",
        ]

    def test_a_number_that_was_changed_and_its_quote_not_is_named(
        self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        one = small()["facts/article.yaml"].replace("事实本身".encode(), "27件事".encode())
        one = one.replace(b"The fact itself", b"27 facts")
        new = put(tmp_path / "new", small() | TWO | {FACTS: one})
        code, lines = printed(capsys, "compare", folder, new)
        assert code == 0
        assert [line for line in lines if "quoted" in line] == [
            "new and not quoted: the-article: title.en: 27",
            "new and not quoted: the-article: title.zh: 27",
        ]

    def test_a_broken_base_is_not_compared(
        self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        new = put(tmp_path / "new", small() | {"gaps.yaml": b"["})
        code, lines = printed(capsys, "compare", folder, new)
        assert code == 1
        assert [line.split(":")[0] for line in lines] == ["gaps.yaml"]
