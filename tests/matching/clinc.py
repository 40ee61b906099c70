"""CLINC150 as bases of facts, through the real schema: an intent is a fact, its phrasings the sample questions."""

from __future__ import annotations

import json
import string
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING, Literal

from bot.config import ROOT
from facts.model import Bilingual, Evidence, Fact, FactBase, Phrasings
from tests.facts.samples import base

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDER = ROOT.parent / "shared" / "benchmarks" / "clinc150"
Part = Literal["dev", "val"]
Asked = tuple[str, str]
"""A question and the fact that answers it."""
_DEV_ASKED = 20
"""Phrasings of each intent that `dev` asks over ten others."""
_HIDDEN_EVERY = 5
_OWN_WORDS = 25_000
"""About as many words as a hundred thousand English lines have."""
_COMMON = 150
"""Words that all facts of a grown base share."""


@dataclass(frozen=True, slots=True)
class Case:
    """A base and what is asked of it: `asked` has an answer in it, `foreign` has none."""

    name: str
    facts: Mapping[str, Sequence[str]]
    asked: tuple[Asked, ...]
    foreign: tuple[str, ...]


def cases(part: Part, seed: int) -> list[Case]:
    """Return the bases to be asked; `val` is for reporting, `dev` takes everything from the training part."""
    ten, every = by_intent("train_10"), by_intent("train")
    chance = Random(seed)  # noqa: S311 - repeatable chance, no secret
    if part == "val":
        asked, foreign = tuple(_read("val")), tuple(text for text, _ in _read("oos_val"))
        return [Case("10 a fact", ten, asked, foreign), Case("100 a fact", every, asked, foreign)]
    rest = {
        label: chance.sample([text for text in lines if text not in ten[label]], 90) for label, lines in every.items()
    }
    hidden = set(sorted(every)[::_HIDDEN_EVERY])
    asked = tuple((text, label) for label, lines in rest.items() for text in lines[:_DEV_ASKED])
    known = {label: lines for label, lines in ten.items() if label not in hidden}
    inside = tuple(each for each in asked if each[1] in known)
    outside = tuple(text for text, label in asked if label in hidden)
    many = {label: (*ten[label], *rest[label][_DEV_ASKED:]) for label in every}
    return [
        Case("10 a fact", ten, asked, ()),
        Case("10 a fact, a fifth hidden", known, inside, outside),
        Case("80 a fact", many, asked, ()),
    ]


def by_intent(name: str) -> dict[str, list[str]]:
    """Return the phrasings of each intent, without repetition."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text, label in _read(name):
        found[label][text] = None
    return {label: list(lines) for label, lines in found.items()}


def _read(name: str) -> list[Asked]:
    rows = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return [(row["text"], row["label"].replace("_", "-")) for row in rows]


def as_base(facts: Mapping[str, Sequence[str]]) -> FactBase:
    """Return a base of facts that say nothing beyond their phrasings: nobody gets a line more than the others."""
    return base(as_fact(label, lines) for label, lines in facts.items())


def as_fact(label: str, lines: Sequence[str]) -> Fact:
    said = Bilingual(en=lines[0], zh=lines[0])
    return Fact(
        id=label, topic="all", kind="figure", standing="reported", title=said, label=said, text=said,
        evidence=(Evidence(paragraph=1, phrase=lines[0]),), ask=Phrasings(en=tuple(lines)),
    )  # fmt: skip


def edited(text: str, edits: int, chance: Random) -> str:
    """Return the text with so many random slips of the finger: a letter dropped, doubled, swapped or mistaken."""
    for _ in range(edits):
        places = [i for i, letter in enumerate(text) if letter.isalpha()]
        if not places:
            return text
        at = chance.choice(places)
        slip = chance.choice(("drop", "add", "swap", "mistake"))
        letter = chance.choice(string.ascii_lowercase)
        if slip == "swap" and at + 1 < len(text):
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        else:
            put = {"drop": "", "add": text[at] + letter}.get(slip, letter)
            text = text[:at] + put + text[at + 1 :]
    return text


def grown(facts: int, questions: int, seed: int) -> Case:
    """Return a base of any size: each fact has ten phrasings of an intent, in words of its own beyond the common ones.

    The questions are other phrasings of the same intent in the same words; every other one has a slip.
    """
    chance = Random(seed)  # noqa: S311 - repeatable chance, no secret
    every = by_intent("train")
    counted = Counter(word for lines in every.values() for line in lines for word in line.split())
    common = frozenset(word for word, _ in counted.most_common(_COMMON))
    own = _words(chance)
    spoken: dict[str, tuple[list[str], list[str]]] = {}
    for number, label in enumerate(islice(cycle(every), facts)):
        drawn = chance.sample(every[label], 12)
        told: dict[str, str] = {}
        lines = [_in_own_words(line, common, own, told, chance) for line in drawn] if number >= len(every) else drawn
        spoken[f"{label[:30]}-{number}"] = (lines[:10], lines[10:])
    asked = []
    for number in range(questions):
        label = chance.choice(list(spoken))
        asked.append((edited(chance.choice(spoken[label][1]), number % 2, chance), label))
    return Case(f"{facts} facts", {label: lines for label, (lines, _) in spoken.items()}, tuple(asked), ())


def _in_own_words(line: str, common: frozenset[str], own: Sequence[str], told: dict[str, str], chance: Random) -> str:
    """Replace every other uncommon word by one of the fact's own, always by the same; few words are frequent."""
    for word in line.split():
        if word not in common and word not in told:
            told[word] = chance.choice((word, own[int(len(own) ** chance.random()) - 1]))
    return " ".join(told.get(word, word) for word in line.split())


def _words(chance: Random) -> Sequence[str]:
    """Invent words of two to four syllables."""
    found: dict[str, None] = {}
    while len(found) < _OWN_WORDS:
        syllables: Iterable[str] = (
            chance.choice("bcdfghjklmnprstvwz") + chance.choice("aeiou") + chance.choice(("", "", "n", "r", "s", "t"))
            for _ in range(chance.randint(2, 4))
        )
        found["".join(syllables)] = None
    return list(found)
