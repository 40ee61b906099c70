"""Which facts are posted, and in which order. Pure: who was sent what is somebody else's knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from facts.model import Fact, FactBase


def series(base: FactBase) -> tuple[Fact, ...]:
    """Return the facts marked for digests, topic after topic in the topics' order, each topic in the files' order."""
    order = {topic.id: (topic.order, topic.id) for topic in base.topics}
    return tuple(sorted((fact for fact in base.facts if fact.digest), key=lambda fact: order[fact.topic]))


def next_facts(base: FactBase, posted_ids: Collection[str], n: int = 1) -> tuple[Fact, ...]:
    """Return the next at most `n` facts of the series for a chat that was sent `posted_ids`; empty at its end.

    A fact that has come into the base meanwhile is among the next, wherever its topic stands; one that left is not.
    """
    posted = frozenset(posted_ids)
    return tuple(fact for fact in series(base) if fact.id not in posted)[: max(0, n)]
