"""What only the whole base can tell: ids that must exist, lengths on a screen, collisions, numbers and words."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from facts.checking import drawing, figures, lengths, questions, references, voice
from facts.problems import PROBLEMS_AT_MOST

if TYPE_CHECKING:
    from facts.draft import Draft
    from facts.problems import Problem

_CHECKS = (references.check, lengths.check, questions.check, figures.check, drawing.check, voice.check)


def whole(draft: Draft) -> list[Problem]:
    """Return the problems of a draft beyond its entries' own shape; at most a thousand of each sort."""
    return [problem for check in _CHECKS for problem in islice(check(draft), PROBLEMS_AT_MOST)]
