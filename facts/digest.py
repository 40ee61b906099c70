"""Which facts are posted, and in which order. Pure: who was sent what is somebody else's knowledge."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from facts.model import LANGS

if TYPE_CHECKING:
    from collections.abc import Collection

    from facts.model import Fact, FactBase

# Not \d: of what is written in digits of other scripts there is none in a base.
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def series(base: FactBase) -> tuple[Fact, ...]:
    """Return the facts marked for digests, topic after topic in the topics' order, each topic in the files' order."""
    order = {topic.id: (topic.order, topic.id) for topic in base.topics}
    return tuple(sorted((fact for fact in base.facts if fact.digest), key=lambda fact: order[fact.topic]))


def meaning(fact: Fact) -> str:
    """Return a fingerprint of what a fact means, 32 hex digits: its figures, standing, names and titles' numbers.

    Another wording leaves it as it is; another number, name or standing does not.
    """
    figures = [(figure.of, float(figure.value), figure.unit, figure.about, figure.over) for figure in fact.figures]
    said = [sorted(figures), fact.standing, sorted(fact.about), *(numbers(fact.title.of(lang)) for lang in LANGS)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def numbers(text: str) -> list[str]:
    """Return the numbers written in digits, in their order, without separators: "1,500" is "1500"."""
    return [found.replace(",", "") for found in _NUMBER.findall(text)]


def next_facts(base: FactBase, posted_ids: Collection[str], n: int = 1) -> tuple[Fact, ...]:
    """Return the next at most `n` facts of the series for a chat that was sent `posted_ids`; empty at its end.

    A fact that has come into the base meanwhile is among the next, wherever its topic stands; one that left is not.
    """
    posted = frozenset(posted_ids)
    return tuple(fact for fact in series(base) if fact.id not in posted)[: max(0, n)]
