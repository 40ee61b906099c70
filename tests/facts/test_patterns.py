"""A pattern that is compiled at its first use does what a compiled one does."""

from __future__ import annotations

import pickle
import re

import pytest

from facts.patterns import later


def test_it_finds_and_replaces_as_the_compiled_one_does() -> None:
    text, source = "9 ships, 12 docks", r"(\d+) ([a-z]+)"
    pattern, compiled = later(source), re.compile(source)
    for _ in range(2):
        assert [hit.groups() for hit in pattern.finditer(text)] == [hit.groups() for hit in compiled.finditer(text)]
        assert pattern.sub(r"\2", text) == compiled.sub(r"\2", text)
        assert (pattern.fullmatch(text), pattern.match("x"), pattern.search("x")) == (None, None, None)
        assert pattern.pattern == source


def test_it_goes_to_another_process_used_or_not() -> None:
    pattern = later(r"\d+")
    for _ in range(2):
        assert pickle.loads(pickle.dumps(pattern)).sub("#", "9 ships") == "# ships"  # noqa: S301 - our own
        assert pattern.sub("#", "9 ships") == "# ships"


def test_a_broken_one_shows_at_its_first_use() -> None:
    pattern = later("(")
    with pytest.raises(re.error):
        pattern.search("x")
