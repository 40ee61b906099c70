"""What only the whole base can tell: ids that must exist, lengths on a screen, collisions, numbers and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facts.checking import references

if TYPE_CHECKING:
    from facts.draft import Draft
    from facts.problems import Problem

_CHECKS = (references.check,)


def whole(draft: Draft) -> list[Problem]:
    """Return every problem of a draft beyond its entries' own shape."""
    return [problem for check in _CHECKS for problem in check(draft)]
