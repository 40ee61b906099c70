"""A folder of YAML, or the same files from anywhere, → a fact base, or every problem at once with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts import strictyaml
from facts.checking import whole
from facts.draft import Draft, section_of
from facts.gathering import BASE_AT_MOST, FILES_AT_MOST, gather, version_of
from facts.model import INBOX
from facts.problems import BrokenBase, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from facts.model import FactBase

__all__ = ["BrokenBase", "Problem", "drafted", "finished", "load", "load_files"]

PARTS_AT_MOST = 250_000
REQUIRED = ("source.yaml", "topics.yaml", "names.yaml", "gaps.yaml", "smalltalk.yaml")


def load(folder: Path) -> FactBase:
    """Return the base that a folder holds. Raises `BrokenBase` with every problem; nothing else, whatever it holds."""
    files, problems = gather(folder)
    return finished(files, problems)


def load_files(files: Mapping[str, bytes]) -> FactBase:
    """Return the base of files from anywhere: name relative to the base's folder → content. Raises `BrokenBase`."""
    return finished(files, [])


def drafted(files: Mapping[str, bytes], problems: Sequence[Problem]) -> tuple[Draft, list[Problem]]:
    """Read the files of a base. Return what stands in them, and every problem, those found before included.

    Raises `BrokenBase` where the files are too many or too large to go on.
    """
    if len(files) > FILES_AT_MOST:
        raise BrokenBase([Problem.at("source.yaml", 1, "too-many-files", limit=FILES_AT_MOST)])
    if sum(map(len, files.values())) > BASE_AT_MOST:
        raise BrokenBase([Problem.at("source.yaml", 1, "base-too-big", limit=BASE_AT_MOST // 1024 // 1024)])
    unread = {problem.file for problem in problems}
    every = [*problems, *_misnamed(files)]
    every += [Problem.at(file, 1, "missing-file") for file in REQUIRED if file not in files and file not in unread]
    draft = Draft()
    for file, document in _documents(files, every, unread):
        told = {problem.line for problem in every if problem.file == file}
        every += [problem for problem in draft.add(file, document) if problem.line not in told]
    draft.unread |= frozenset(section_of(file) for file in unread)
    told_at = {(problem.file, problem.line) for problem in every}
    every += [problem for problem in whole(draft) if (problem.file, problem.line) not in told_at]
    return draft, every


def _documents(
    files: Mapping[str, bytes], problems: list[Problem], unread: set[str]
) -> Iterator[tuple[str, strictyaml.Document]]:
    """Yield each file that is YAML; add the others to `unread`. The parts of all are bounded: each takes memory."""
    parts = 0
    for file in sorted(files):
        if not _is_read(file):
            continue
        document, wrong = strictyaml.parse(file, files[file])
        problems += wrong
        parts += len(document.lines) if document else 0
        if parts > PARTS_AT_MOST:
            raise BrokenBase([Problem.at(file, 1, "base-too-many", limit=PARTS_AT_MOST)])
        if document:
            yield file, document
        else:
            unread.add(file)


def finished(files: Mapping[str, bytes], problems: Sequence[Problem]) -> FactBase:
    """Return the base of what `gather` found. Raises `BrokenBase` with its problems and all others."""
    draft, every = drafted(files, problems)
    if every:
        raise BrokenBase(every)
    return draft.base(version_of(files))


def _misnamed(files: Mapping[str, bytes]) -> list[Problem]:
    return [Problem.at(file, 1, "unknown-file") for file in files if not _is_read(file)]


def _is_read(file: str) -> bool:
    return file in {*REQUIRED, INBOX} or _is_facts(file)


def _is_facts(file: str) -> bool:
    return file.startswith("facts/") and file.endswith(".yaml") and file.count("/") == 1
