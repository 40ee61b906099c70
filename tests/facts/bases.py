"""A small whole base in memory, to be changed by tests: the one that `new` writes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from facts.loading import load_files
from facts.problems import BrokenBase, Problem
from facts.starting import TEMPLATE

if TYPE_CHECKING:
    from pathlib import Path

FACTS = "facts/article.yaml"


def small() -> dict[str, bytes]:
    """The files of a base that checks."""
    return {file.relative_to(TEMPLATE).as_posix(): file.read_bytes() for file in TEMPLATE.rglob("*.yaml")}


def put(folder: Path, files: dict[str, bytes]) -> Path:
    """Files written into a folder, beside what is there."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def written(folder: Path) -> Path:
    """The small base in a folder, which is built in no time."""
    return put(folder, small())


def copied(base: Path, to: Path) -> Path:
    """A base to change as a curator would; with few test questions, which every review asks."""
    shutil.copytree(base, to)
    (to / "eval" / "test.jsonl").unlink()
    dev = to / "eval" / "dev.jsonl"
    dev.write_text("".join(dev.read_text(encoding="utf-8").splitlines(keepends=True)[:20]), encoding="utf-8")
    return to


def changed(file: str, old: str, new: str) -> dict[str, bytes]:
    """The small base with one place changed, which must be there."""
    files = small()
    text = files[file].decode()
    assert old in text, f"{file} has no {old!r}"
    return files | {file: text.replace(old, new, 1).encode()}


def problems(files: dict[str, bytes]) -> tuple[Problem, ...]:
    """What loading finds wrong; nothing where the base is whole."""
    try:
        load_files(files)
    except BrokenBase as broken:
        return broken.problems
    return ()


def fact(**fields: str) -> bytes:
    """A second facts file with one fact like the small base's own, some fields replaced by the YAML given."""
    own = {
        "id": "second",
        "topic": "article",
        "kind": "summary",
        "standing": "reported",
        "title": "{en: Another fact, zh: 另一条事实}",
        "label": "{en: Another, zh: 另一条}",
        "text": "{en: More of it., zh: 更多内容。}",
        "evidence": "[{paragraph: 1, phrase: another phrase}]",
        "ask": "{en: [what else is there], zh: [还有什么]}",
    }
    lines = [f"{name}: {value}" for name, value in (own | fields).items()]
    return ("- " + "\n  ".join(lines) + "\n").encode()
