"""How far the work on a base is, as lines that its process writes beside the result."""

from __future__ import annotations

import re
import sys
from typing import get_args

from handlers.revisions import Stage, Step

_LINE = re.compile("step ([a-z]+) ([0-9]{1,9}) ([0-9]{1,9})")
_STAGES: tuple[Stage, ...] = get_args(Stage)
_EACH = 20
"""Test questions after which it is told how many are done."""


def write(step: Step) -> None:
    """Tell a step to whoever waits."""
    if step.done % _EACH == 0 or step.done == step.total:
        sys.stderr.write(f"step {step.stage} {step.done} {step.total}\n")
        sys.stderr.flush()


def read(line: str) -> Step | None:
    """Return the step that a line tells; None where it tells something else."""
    found = _LINE.fullmatch(line)
    stage = next((each for each in _STAGES if found and found[1] == each), None)
    return Step(stage, int(found[2]), int(found[3])) if found and stage else None
