"""The series of digests: the facts marked for it, in the order in which they are posted. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facts.model import Fact, FactBase


def series(base: FactBase) -> tuple[Fact, ...]:
    """Return the facts marked `digest`: topic by topic in the topics' order, within one as they stand in the files."""
    marked = (fact for fact in base.facts if fact.digest)
    return tuple(sorted(marked, key=lambda fact: base.topic_by_id[fact.topic].order))
