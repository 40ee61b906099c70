"""The lines that a base's thresholds are computed of."""

from __future__ import annotations

from dataclasses import replace

from facts.matching.calibration import sample
from facts.matching.candidates import phrasings
from tests.facts.samples import base, fact


def test_a_line_more_leaves_all_but_one_of_the_lines_that_thresholds_are_computed_of() -> None:
    facts = [fact(f"f{i}", [f"line {i} {j}" for j in range(20)]) for i in range(40)]
    more = replace(facts[3], ask=replace(facts[3].ask, en=("one more line", *facts[3].ask.en)))
    one, other = (phrasings(base(each)) for each in (facts, [*facts[:3], more, *facts[4:]]))
    lines = [{found.lines[line] for line in sample(found)} for found in (one, other)]
    assert len(lines[0]) == 250
    assert len(lines[0] - lines[1]) <= 1
