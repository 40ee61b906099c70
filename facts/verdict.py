"""What the matcher says of a question: a closed union of five, each with its language and its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from facts.model import Fact, Gap, Lang, Name
    from facts.model import SmallTalk as SmallTalkEntry

ParticularKind = Literal["year", "date", "quantity", "name", "unknown-name"]


@dataclass(frozen=True, slots=True)
class Particular:
    """Something in a question that a fact must agree with. `shown` is how the person wrote it.

    `name` is set for the kind "name"; `value`, `unit` and `loose` ("about", "over") for "quantity",
    `value` for "year".
    """

    kind: ParticularKind
    shown: str
    value: float | None = None
    unit: str | None = None
    name: Name | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why this verdict, for `--why`. `score` is the matcher's confidence, 0..1, beside all the others that were found.

    `tokens` are the question's words as they were compared with those of the `phrasing`.
    """

    phrasing: str | None = None
    tokens: tuple[str, ...] = ()
    particulars: tuple[Particular, ...] = ()
    runner_up: Fact | None = None
    score: float | None = None
    threshold: float | None = None
    version: str = ""


class Candidate(NamedTuple):
    fact: Fact
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One fact; two for a compound question. `open_halves` are the gaps that answer the rest of a compound question.

    `elsewhere` is the place that was asked of and the one that the fact is said of, where these are not the same.
    """

    lang: Lang
    facts: tuple[Candidate, ...]
    open_halves: tuple[Gap, ...] = ()
    reasons: Reasons = field(default_factory=Reasons)
    elsewhere: tuple[Name, Name] | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Two or three facts that the question may mean, best first; `perhaps` it means what the source leaves open."""

    lang: Lang
    facts: tuple[Candidate, ...]
    reasons: Reasons = field(default_factory=Reasons)
    perhaps: Gap | None = None


@dataclass(frozen=True, slots=True)
class NotInSource:
    """The article does not say: a curated gap, or a particular of the question that the nearest fact contradicts.

    Exactly one of `gap` and `contradiction` is set.
    """

    lang: Lang
    gap: Gap | None = None
    contradiction: Particular | None = None
    facts: tuple[Candidate, ...] = ()
    reasons: Reasons = field(default_factory=Reasons)


@dataclass(frozen=True, slots=True)
class SmallTalk:
    lang: Lang
    entry: SmallTalkEntry
    reasons: Reasons = field(default_factory=Reasons)


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Nothing found: our failing, not the article's silence. `facts` are the nearest, offered as a next step.

    `perhaps` the question means a gap that comes near: told of as a guess.
    """

    lang: Lang
    facts: tuple[Candidate, ...] = ()
    reasons: Reasons = field(default_factory=Reasons)
    perhaps: Gap | None = None


Verdict = Answer | Choices | NotInSource | SmallTalk | NoMatch
Outcome = Literal["answer", "choices", "not_in_source", "small_talk", "no_match"]


def outcome(verdict: Verdict) -> Outcome:
    names: dict[type, Outcome] = {
        Answer: "answer",
        Choices: "choices",
        NotInSource: "not_in_source",
        SmallTalk: "small_talk",
        NoMatch: "no_match",
    }
    return names[type(verdict)]
