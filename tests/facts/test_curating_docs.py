"""docs/curating.md lists what there is, and its example works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from facts import model
from facts.checking.lengths import HAN_ABOVE_FOLD, LABEL_COLUMNS, PHRASE_WORDS, TITLE_COLUMNS, WORDS_ABOVE_FOLD
from facts.cli import main, parser
from facts.entry import Entry, fields_of
from facts.evaluation import Question
from facts.messages import MESSAGES
from handlers.reviews import PROBLEMS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "curating.md").read_text(encoding="utf-8")
FIELDS, CHECKS = PAGE.split("\n## What `check` says")
TABLES = {"Fact", "Evidence", "Figure", "Note", "Source", "Topic", "Name", "Gap", "Inbox"}
INLINE = {"Bilingual", "Phrasings", "Example", "Floors", "Drawn", "Chart", "SmallTalk", "Heard"}
BLOCKS = dict(re.findall(r"^```(?:yaml|text) (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(
    r"^facts (.+?)(?: +#.*)?$", "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)), re.MULTILINE
)
NEW, *LATER = COMMANDS


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the page tells a curator to do: begin, rename the first file of facts, fill the files in."""
    monkeypatch.chdir(tmp_path)
    assert main(NEW.split()) == 0
    assert main(LATER[0].split()) == 0
    (tmp_path / "northport/facts/article.yaml").unlink()
    for name, content in BLOCKS.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def rows(text: str) -> list[str]:
    return re.findall(r"^\| (.+?) \|", text, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_field_of_an_entry_is_explained_and_no_other(name: str) -> None:
    section = re.split(r"\n#{2,3} ", FIELDS.split(f"\n### {name}\n")[1])[0]
    table = section.partition("| Field | What it is |")[2].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(fields_of(getattr(model, name)))


def test_the_fields_of_a_question_are_explained_and_no_other() -> None:
    table = FIELDS.partition("A *Question* has")[2].partition("### ")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(fields_of(Question))


@pytest.mark.parametrize("name", sorted(INLINE))
def test_the_small_parts_are_named_with_their_fields(name: str) -> None:
    told = next(part for part in FIELDS.split("\n\n") if f"*{name}*" in part)
    sentence = told[told.index(f"*{name}*") :] if name not in {"Bilingual", "Phrasings"} else told
    assert set(fields_of(getattr(model, name))) <= set(re.findall(r"`(\w+)`", sentence))


def test_no_kind_of_entry_is_left_out() -> None:
    entries = {name for name, thing in vars(model).items() if isinstance(thing, type) and issubclass(thing, Entry)}
    assert entries - {"Entry", "FactBase"} == TABLES | INLINE


def test_every_message_of_check_is_listed_and_no_other() -> None:
    said = [re.sub(r"\{\w+\}", "…", each.en[0]).replace("{{", "{").replace("}}", "}") for each in MESSAGES.values()]
    assert [row for row in rows(CHECKS) if row not in {"`check` says", "---"}] == said


def test_the_limits_are_the_ones_that_check_keeps() -> None:
    assert f"≤ {TITLE_COLUMNS} letters or {TITLE_COLUMNS // 2} Han" in FIELDS
    assert f"≤ {LABEL_COLUMNS} letters or {LABEL_COLUMNS // 2} Han" in FIELDS
    assert f"≤ {WORDS_ABOVE_FOLD} words or {HAN_ABOVE_FOLD} Han" in FIELDS
    assert (PHRASE_WORDS, PROBLEMS) == (12, 15)
    assert "at most twelve words" in FIELDS
    assert "first fifteen problems" in FIELDS


def test_every_command_is_listed() -> None:
    listed = set(re.findall(r"`facts ([\w-]+)", FIELDS.partition("\n## ")[0]))
    assert listed == set(re.findall(r"^    ([\w-]+)(?:  |$)", parser().format_help(), re.MULTILINE))


@pytest.mark.parametrize("command", re.findall(r"^\| `facts (.+?)` \|", PAGE, re.MULTILINE))
def test_a_listed_command_is_one_that_can_be_typed(command: str) -> None:
    parser().parse_args([word.strip('"') for word in command.split()])


@pytest.mark.usefixtures("written")
def test_the_example_checks_and_answers(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    printed = []
    for command in LATER:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        # Of the example's article nothing cites the headline and the byline, as the page says.
        assert main(words) == int(words[0] == "coverage"), capsys.readouterr().out
        printed.append(capsys.readouterr().out)
    assert all("no problems" in out for command, out in zip(LATER, printed, strict=True) if command.startswith("check"))
    assert printed[-1].startswith("Northport's night ferry: 2 dollars a ticket")


@pytest.mark.usefixtures("written")
def test_the_examples_own_question_set_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    main(["eval", "northport"])
    assert "eval/dev.jsonl" in capsys.readouterr().out
