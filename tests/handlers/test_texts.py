import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import handlers
from facts.model import LANGS, columns
from handlers.texts import Catalogue, TextsError, catalogues
from tests.handlers.limits import check_words

SOURCES = sorted(Path(str(handlers.__file__)).parent.rglob("*.py"))


def keys_in(tree: ast.AST) -> Iterator[re.Pattern[str]]:
    """Every string of the code as a pattern; what an f-string fills in may be anything."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.compile(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[A-Za-z0-9_]+" for p in node.values)
            yield re.compile("".join(parts))


def keys_asked(tree: ast.AST) -> Iterator[str]:
    """The literal keys that a catalogue is asked for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("words", "services.texts[ask.lang]"):
            yield from (str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant))


def write(folder: Path, en: str, zh: str) -> Path:
    (folder / "en.yaml").write_text(en, encoding="utf-8")
    (folder / "zh.yaml").write_text(zh, encoding="utf-8")
    return folder


def test_every_key_is_used_and_every_used_key_exists() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
    keys = catalogues()["en"].keys
    patterns = [pattern for tree in trees for pattern in keys_in(tree) if pattern.pattern != "[A-Za-z0-9_]+"]
    assert [key for key in sorted(keys) if not any(pattern.fullmatch(key) for pattern in patterns)] == []
    assert [key for tree in trees for key in keys_asked(tree) if key not in keys] == []


@pytest.mark.parametrize("lang", LANGS)
def test_buttons_fit_and_words_are_clean(lang: str) -> None:
    words = catalogues()["en" if lang == "en" else "zh"]
    for key in words.keys:
        text = words(key, **dict.fromkeys(words.placeholders(key), "1"))
        check_words(text)
        if key.startswith(("button.", "panel.turn_")):
            assert columns(text) <= 16, key


def test_one_of_a_thing_is_not_told_as_several(tmp_path: Path) -> None:
    words = catalogues(write(tmp_path, "has: '{facts:fact|facts} here'", "has: 有{facts}条"))
    assert [words["en"]("has", facts=count) for count in (0, 1, 24)] == ["0 facts here", "1 fact here", "24 facts here"]
    assert words["zh"]("has", facts=1) == "有1条"


def test_the_catalogues_have_the_same_keys_and_placeholders(tmp_path: Path) -> None:
    with pytest.raises(TextsError, match=r"zh.yaml lacks bye; hello: en has \['name'\], zh \['place'\]"):
        catalogues(write(tmp_path, "hello: hi {name}\nbye: bye", "hello: 你好{place}"))


@pytest.mark.parametrize("wrong", ["hello: ''", "hello: 7", "hello: hi {0}", "hello: hi {", "hello: hi {a.b}", "1: hi"])
def test_what_is_no_text_is_named_at_load(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(TextsError, match=r"en.yaml: not a text with named \{placeholders\}: (hello|1)"):
        catalogues(write(tmp_path, wrong, "hello: 你好"))


def test_an_unknown_key_is_a_bug_and_not_shown() -> None:
    with pytest.raises(KeyError):
        Catalogue("en", {})("hello")
