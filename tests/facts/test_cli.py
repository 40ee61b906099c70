"""The curator's commands: what they print, and how they end."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts import schemas
from facts.cli import main
from facts.jsonl import LINE_AT_MOST, answer_lines
from facts.library import Library
from facts.loading import load_files
from facts.matching import Matcher
from tests.facts.bases import FACTS, fact, small
from tests.facts.rivertown import RIVERTOWN
from tests.facts.terminal import printed, put

ROOT = Path(__file__).parents[2]
TWO = {"facts/two.yaml": fact(ask="{en: [how many firms signed], zh: [多少企业签约]}")}
LIBRARY = Library(Matcher(load_files(small() | TWO)))
KEYS = ["id", "q", "lang", "outcome", "facts", "text", "ms"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "base", small() | TWO)


def answered(lines: bytes) -> tuple[bool, list[dict[str, Any]]]:
    out = io.StringIO()
    good = answer_lines(LIBRARY, io.BytesIO(lines), out)
    assert out.getvalue().isascii()
    return good, [json.loads(line) for line in out.getvalue().splitlines()]


class TestCheck:
    def test_a_base_that_checks_ends_with_0(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert printed(capsys, "check", folder) == (0, ["2 facts, 0 gaps, 0 evaluation questions: no problems"])

    def test_a_warning_is_a_line_too_and_no_problem(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put(
            folder,
            {"facts/two.yaml": fact(title="{en: 27 firms, zh: 27家}", evidence="[{paragraph: 1, phrase: 26 came}]")},
        )
        told = "gives 27, and no quoted phrase does (“26 came”) · correct it, or quote the words that do"
        assert printed(capsys, "check", folder) == (
            0,
            [
                f"facts/two.yaml:5: warning: title.en {told}",
                f"facts/two.yaml:5: warning: title.zh {told}",
                "2 facts, 0 gaps, 0 evaluation questions: no problems, 2 warnings",
            ],
        )

    def test_every_problem_is_a_line_and_ends_with_1(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put(folder, {"names.yaml": b"- no\n", "facts/two.yaml": fact(topic="nowhere")})
        code, lines = printed(capsys, "check", folder)
        assert code == 1
        trap = "`no` without quotes can be read as true or false · put text in quotes, or write true or false"
        assert lines == [
            "facts/two.yaml:2: topic: nothing has the id nowhere · correct it, or add the entry",
            f"names.yaml:1: {trap}",
            "2 facts, 0 gaps, 0 evaluation questions: 2 problems",
        ]

    def test_a_folder_that_is_not_there_is_a_line_too(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, lines = printed(capsys, "check", tmp_path / "none")
        assert code == 1
        assert lines[0].startswith(f"{tmp_path / 'none'}: there is no such folder")


class TestAsk:
    def test_the_card_is_printed_plain(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, lines = printed(capsys, "ask", "--facts", folder, "how many firms signed")
        assert code == 0
        assert lines == [
            "Another fact",
            "More of it.",
            "Reported 1 January 2022",
            'The publisher, para. 1: "another phrase"',
        ]

    def test_the_language_can_be_chosen_and_the_reasons_asked_for(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _, lines = printed(capsys, "ask", "--why", "--lang", "zh", "--facts", folder, "how many firms signed")
        assert lines[0] == "另一条事实"
        assert "最接近的已知问法：“how many firms signed”" in lines

    def test_a_broken_base_answers_nothing(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        put(folder, {"gaps.yaml": b"["})
        code, lines = printed(capsys, "ask", "--facts", folder, "anything")
        assert code == 1
        assert [line.split(":")[0] for line in lines] == ["gaps.yaml"]

    def test_a_question_or_lines_but_not_both(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert printed(capsys, "ask")[0] == 2
        assert printed(capsys, "ask", "--jsonl", "question")[0] == 2
        assert printed(capsys, "ask", "--jsonl", "--why")[0] == 2

    def test_lines_that_name_no_language_get_the_one_asked_for(self, folder: Path) -> None:
        lines = b'{"id": 1, "q": "fare"}\n{"id": 2, "q": "fare", "lang": "en"}\n'
        with started("ask", "--jsonl", "--lang", "zh", "--facts", folder) as process:
            out, _ = process.communicate(lines, timeout=30)
        assert [json.loads(line)["lang"] for line in out.splitlines()] == ["zh", "en"]

    @pytest.mark.parametrize("question", ["", " ", "\x00\ud800", "<b>", "a" * 100_000])
    def test_any_question_is_answered(self, question: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert printed(capsys, "ask", "--facts", folder, question)[0] == 0


class TestJsonLines:
    def test_an_answer_has_the_agreed_fields_in_their_order(self) -> None:
        good, [answer] = answered(b'{"id": "1", "q": "how many firms signed"}\n')
        assert good
        assert list(answer) == KEYS
        assert (answer["id"], answer["lang"], answer["outcome"]) == ("1", "en", "answer")
        assert [list(each) for each in answer["facts"]] == [["id", "score", "text"]]
        assert answer["facts"][0]["id"] == "second"
        assert answer["text"].startswith("Another fact\nMore of it.")
        assert isinstance(answer["ms"], float)

    def test_the_facts_of_a_compound_question_come_best_first_and_its_text_as_it_was_asked(self) -> None:
        out = io.StringIO()
        asked = b'{"id": 1, "q": "how much is the maximum reward and how big is the gathering area"}\n'
        assert answer_lines(Library(Matcher(RIVERTOWN)), io.BytesIO(asked), out)
        answer = json.loads(out.getvalue())
        scores = {each["id"]: each["score"] for each in answer["facts"]}
        assert list(scores) == ["area", "reward"]
        assert scores["area"] > scores["reward"]
        assert answer["text"].startswith(RIVERTOWN.fact_by_id["reward"].title.en)

    def test_a_language_and_the_fact_last_shown_may_be_given(self) -> None:
        lines = b'{"id": 2, "q": "how many firms signed", "lang": "zh", "shown": "the-article"}\n'
        lines += b'{"id": 3, "q": "how many firms signed", "lang": null, "shown": "gone", "more": [1]}'
        good, answers = answered(lines)
        assert good
        assert [(each["id"], each["lang"]) for each in answers] == [(2, "zh"), (3, "en")]

    @pytest.mark.parametrize(
        "line",
        [
            b"", b"   ", b"{", b"[]", b"null", b'"q"', b"\xff", b"\x00", b'{"id": "1"}', b'{"q": "x"}',
            b'{"id": null, "q": "x"}', b'{"id": true, "q": "x"}', b'{"id": 1.5, "q": "x"}', b'{"id": "1", "q": null}',
            b'{"id": "1", "q": ["x"]}', b'{"id": "1", "q": "x", "lang": "fr"}', b'{"id": "1", "q": "x", "lang": []}',
            b'{"id": "1", "q": "x", "shown": 5}', b"[" * 100_000, b'{"id": ' + b"9" * 5000 + b', "q": "x"}',
            b'{"id": "1", "q": "' + b"x" * LINE_AT_MOST + b'"}', b"x" * 3 * LINE_AT_MOST,
        ],
    )  # fmt: skip
    def test_a_bad_line_is_an_error_in_its_place_and_the_rest_goes_on(self, line: bytes) -> None:
        fine = b'{"id": "0", "q": "how many firms signed"}\n'
        good, answers = answered(fine + line + b"\n" + fine)
        assert not good
        assert [each["id"] for each in answers] == ["0", None, "0"]
        assert list(answers[1]) == ["id", "error"]
        assert answers[1]["error"]

    def test_a_question_as_long_as_a_line_may_be_is_answered(self) -> None:
        good, [answer] = answered(b'{"id": "1", "q": "' + b"x" * (LINE_AT_MOST - 100) + b'"}\n')
        assert good
        assert answer["outcome"] == "no_match"

    @given(st.text(max_size=80))
    def test_any_question_gives_one_line_that_repeats_it(self, question: str) -> None:
        good, [answer] = answered(json.dumps({"id": "x", "q": question}).encode() + b"\n")
        assert good
        assert answer["q"] == question
        assert list(answer) == KEYS

    @given(st.binary(max_size=60))
    def test_any_bytes_give_one_line_for_each_of_theirs(self, content: bytes) -> None:
        _, answers = answered(content)
        assert len(answers) == len(content.removesuffix(b"\n").split(b"\n")) if content else not answers

    def test_each_answer_comes_before_the_next_question(self, folder: Path) -> None:
        with started("ask", "--jsonl", "--facts", folder) as process:
            assert process.stdin
            assert process.stdout
            for number in range(3):
                process.stdin.write(json.dumps({"id": number, "q": "多少企业签约"}).encode() + b"\n")
                process.stdin.flush()
                assert json.loads(process.stdout.readline())["id"] == number
            process.stdin.close()
            assert process.wait(30) == 0

    def test_a_bad_line_ends_with_1(self, folder: Path) -> None:
        with started("ask", "--jsonl", "--facts", folder) as process:
            out, errors = process.communicate(b'\xff\n{"id": "1", "q": "x"}\n', 30)
        assert [json.loads(line)["id"] for line in out.splitlines()] == [None, "1"]
        assert (process.returncode, errors) == (1, b"")

    def test_a_reader_that_goes_away_is_no_traceback(self, folder: Path) -> None:
        with started("ask", "--jsonl", "--facts", folder) as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            process.stdout.close()
            process.stdin.write(b'{"id": "1", "q": "x"}\n' * 100)
            process.stdin.close()
            assert process.stderr.read() == b""
            assert process.wait(30) == 1

    def test_a_closed_standard_input_asks_nothing(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", None)
        assert main(["ask", "--jsonl", "--facts", str(folder)]) == 0

    def test_an_interrupt_is_no_traceback(self, folder: Path) -> None:
        with started("ask", "--jsonl", "--facts", folder) as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            process.stdin.write(b'{"id": "1", "q": "x"}\n')
            process.stdin.flush()
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 130
            assert process.stderr.read() == b""


@pytest.mark.parametrize("arguments", [("show", "--all", "--facts", "{}"), ("check", "{}"), ("schema",)])
def test_a_full_disk_is_told_in_one_line(folder: Path, arguments: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("LEFT OUT: there is no /dev/full on this system")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "facts", *(each.format(folder) for each in arguments)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"the output could not be written: No space left on device\n"


@pytest.mark.parametrize("arguments", [("show", "--all", "--facts", "{}"), ("check", "{}")])
def test_a_reader_that_has_gone_is_no_error_to_speak_of(folder: Path, arguments: tuple[str, ...]) -> None:
    with started(*(each.format(folder) for each in arguments)) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def started(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "facts", *map(str, arguments)]
    pipe, home = subprocess.PIPE, {**os.environ, "HOME": os.environ["XDG_CACHE_HOME"]}
    return subprocess.Popen(command, cwd=ROOT, env=home, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=_heeding)  # noqa: PLW1509, S603 - our own


def _heeding() -> None:
    """Let SIGINT interrupt also where the tests run in the background of a shell, which ignores it for them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class TestOtherCommands:
    def test_coverage_lists_what_no_fact_cites(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        files = small()
        source = files["source.yaml"].replace(b"paragraphs: 1 ", b"paragraphs: 3 ")
        put(
            folder, {"source.yaml": source, "source.tsv": b"number\tkind\ttext\n1\tb\tx\n2\tb\ty\n3\tb\tz\n4\tend\t-\n"}
        )
        code, lines = printed(capsys, "coverage", folder, "--source", folder / "source.tsv")
        assert (code, lines) == (1, ["2\tb\ty", "3\tb\tz", "1 of 3 paragraphs are cited"])

    def test_show_prints_every_card_in_both_languages(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, lines = printed(capsys, "show", "--all", "--facts", folder)
        assert code == 0
        assert {"the-article", "The fact itself", "事实本身", "second", "thanks", "不客气！"} <= set(lines)
        assert "the-article" not in printed(capsys, "show", "second", "--facts", folder)[1]
        assert printed(capsys, "show", "nothing", "--facts", folder) == (1, [])
        assert printed(capsys, "show", "--facts", folder)[0] == 2

    def test_new_begins_a_base_that_checks_and_overwrites_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert printed(capsys, "new", tmp_path / "a" / "b")[0] == 0
        assert printed(capsys, "check", tmp_path / "a" / "b")[0] == 0
        (tmp_path / "a" / "b" / FACTS).write_text("mine")
        assert printed(capsys, "new", tmp_path / "a" / "b") == (1, [])
        assert (tmp_path / "a" / "b" / FACTS).read_text() == "mine"
        (tmp_path / "file").write_text("mine")
        assert printed(capsys, "new", tmp_path / "file")[0] == 1
        assert printed(capsys, "new", tmp_path / "file" / "below")[0] == 1

    def test_schema_covers_every_kind_of_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, lines = printed(capsys, "schema")
        every = json.loads("\n".join(lines))
        assert code == 0
        assert set(every) == {*small(), "facts/*.yaml", "eval/*.jsonl", "inbox.yaml"} - {FACTS}
        for kind in schemas.KINDS:
            assert json.loads("\n".join(printed(capsys, "schema", kind)[1])) == every[schemas.KINDS[kind]]
        assert "standing" in json.dumps(every["facts/*.yaml"])

    def test_an_unknown_command_is_told_how(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            main(["polish"])
        assert left.value.code == 2
        assert "invalid choice" in capsys.readouterr().err
