"""A base's own question sets: `eval/*.jsonl`, a JSON object a line, {"id", "q", "lang", "kind", "facts"}.

`facts` are the ids of the facts that answer the question; none: the source doesn't answer it. Two more lists may stand
there: `gaps` that answer it just as well, where the right answer is that the source does not explain, and facts that
`corrects` says show at once that the question's premise is false, so that answering with one is right.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from facts.entry import Entry, Id, Line, validator
from facts.gathering import content_of
from facts.model import Lang  # noqa: TC001 - pydantic looks it up
from facts.problems import Problem
from facts.verdict import Answer, Choices, NoMatch, NotInSource, SmallTalk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from facts.model import Floors
    from facts.verdict import Verdict

SET_AT_MOST = 8 * 1024 * 1024
PROBLEMS_PER_SET = 100

Mark = Literal["right", "wrong", "offered", "guessed", "offered without it", "called silent", "small talk", "not found"]
MARKS: tuple[Mark, ...] = (
    "right", "wrong", "offered", "guessed", "offered without it", "called silent", "small talk", "not found",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question(Entry):
    """One question; `kind` is a free label by which outcomes are grouped."""

    id: Line
    q: str
    lang: Lang
    kind: Line
    facts: tuple[Id, ...]
    gaps: tuple[Id, ...] = ()
    corrects: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and where it stands."""

    question: Question
    file: str
    line: int

    @property
    def facts(self) -> tuple[str, ...]:
        return self.question.facts

    def unknown(self, fact: str) -> Problem:
        return Problem.at(self.file, self.line, "unknown-id", where="facts", value=fact)


@dataclass(frozen=True, slots=True)
class Sets:
    questions: tuple[Asked, ...]
    problems: tuple[Problem, ...]


def question_sets(folder: Path) -> Sets:
    """Read a base's question sets; none is no problem."""
    questions: list[Asked] = []
    problems: list[Problem] = []
    folder = folder.resolve()
    for path in sorted((folder / "eval").glob("*.jsonl")):
        name = f"eval/{path.name}"
        content = content_of(folder, path, SET_AT_MOST)
        if isinstance(content, Problem):
            problems.append(content)
            continue
        if len(content) > SET_AT_MOST:
            problems.append(Problem.at(name, 1, "file-too-big", limit=SET_AT_MOST // 1024))
            continue
        for asked in _questions(name, content):
            if isinstance(asked, Asked):
                questions.append(asked)
            else:
                problems.append(asked)
    return Sets(tuple(questions), tuple(problems))


def _questions(name: str, content: bytes) -> Iterator[Asked | Problem]:
    broken = 0
    for line, text in enumerate(content.split(b"\n"), start=1):
        if not text.strip() or broken >= PROBLEMS_PER_SET:
            continue
        try:
            yield Asked(validator(Question).validate_json(text), name, line)
        except ValidationError as error:
            broken += 1
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            yield Problem.at(name, line, "question-broken", problem=f"{where}: {first['msg']}".removeprefix(": "))


def mark(question: Question, verdict: Verdict) -> Mark:
    """Return how a verdict does on a question. An answer is right if each fact in it is one of the acceptable ones.

    "offered" is a choice between buttons, "guessed" a button under "I didn't find that".
    """
    wanted = set(question.facts)
    match verdict:
        case Answer(facts=facts):
            return "right" if {each.fact.id for each in facts} <= wanted | set(question.corrects) else "wrong"
        case Choices(facts=facts):
            return "offered" if wanted & {each.fact.id for each in facts} else "offered without it"
        case NoMatch(facts=facts) if wanted & {each.fact.id for each in facts}:
            return "guessed"
        case NotInSource(gap=gap):
            fits = not wanted or (gap is not None and gap.id in question.gaps)
            return "right" if fits else "called silent"
        case SmallTalk():
            return "small talk"
        case _:
            return "not found"


@dataclass(slots=True)
class Tally:
    """Marks of questions by language and kind, those that the source answers apart from those that it doesn't."""

    marks: Counter[tuple[Lang, str, bool, Mark]]

    @classmethod
    def of(cls, questions: Iterable[Question], ask: Callable[[str], Verdict]) -> Tally:
        marked = ((each.lang, each.kind, bool(each.facts), mark(each, ask(each.q))) for each in questions)
        return cls(Counter(marked))

    def share(self, *marks: Mark, answerable: bool) -> float:
        """Return the share of outcomes, 0..1, among the questions that the source answers, or doesn't."""
        of = {key: count for key, count in self.marks.items() if key[2] is answerable}
        return sum(count for key, count in of.items() if key[3] in marks) / sum(of.values()) if of else 0.0

    def too_often(self, floors: Floors) -> tuple[str, ...]:
        """Return a line for each floor that isn't kept."""
        shares = (
            ("answered_wrong", self.share("wrong", answerable=True), floors.answered_wrong),
            ("answered_though_silent", self.share("wrong", answerable=False), floors.answered_though_silent),
        )
        return tuple(f"{name}: {share:.1%}, at most {most:.1%}" for name, share, most in shares if share > most)

    def table(self) -> str:
        """Return the marks as lines of text, a row for each language and kind."""
        rows = sorted({key[:3] for key in self.marks})
        shown = [each for each in MARKS if any(key[3] == each for key in self.marks)]
        lines = ["  ".join(["lang", f"{'kind':<24}", "   n", *shown])]
        for lang, kind, answerable in rows:
            counts = {each: self.marks[lang, kind, answerable, each] for each in shown}
            cells = [f"{counts[each]:>{len(each)}}" for each in shown]
            lines.append("  ".join([f"{lang:<4}", f"{kind:<24.24}", f"{sum(counts.values()):>4}", *cells]))
        return "\n".join([*lines, self.summary()])

    def summary(self) -> str:
        """Return the shares that matter most, in two lines."""
        right = self.share("right", answerable=True)
        offered = self.share("right", "offered", "guessed", answerable=True)
        wrong, though_silent = (self.share("wrong", answerable=each) for each in (True, False))
        return (
            f"answerable: right {right:.1%}, right or among the buttons {offered:.1%}, wrong {wrong:.1%}\n"
            f"not answerable: answered all the same {though_silent:.1%}"
        )
