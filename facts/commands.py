"""What each of the curator's commands does. Each prints, and returns an exit code: 0 if all is well."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

from facts import schemas, sourcefile, starting
from facts.card import fact_card, verdict_card
from facts.explaining import why
from facts.inspection import inspect
from facts.jsonl import answer_lines
from facts.library import Library
from facts.loading import load
from facts.measuring import collisions, matcher_of
from facts.model import LANGS
from facts.output import counted
from facts.shipped import shipped
from facts.verdict import NotInSource, SmallTalk

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from typing import BinaryIO

    from facts.card import Card
    from facts.model import FactBase


def check(options: Namespace) -> int:
    """Name every problem, a line each, then how many."""
    report = inspect(options.folder or shipped(), options.source)
    for problem in report.problems:
        print(problem)
    for warning in report.warnings:
        print(f"{warning.place}: warning: {warning.text('en')}")
    facts, gaps = counted(report.facts, "fact"), counted(report.gaps, "gap")
    looked = f"{facts}, {gaps}, {counted(report.questions, 'evaluation question')}"
    found = counted(len(report.problems), "problem") if report.problems else "no problems"
    warned = f", {counted(len(report.warnings), 'warning')}" if report.warnings else ""
    print(f"{looked}: {found}{warned}")
    if options.collisions and {each.code for each in report.problems} <= {"colliding-question"}:
        collisions(options.folder, options.cache)
    return 1 if report.problems else 0


def ask(options: Namespace) -> int:
    """Answer one question, or the lines of standard input."""
    if options.jsonl == (options.question is not None):
        print("give a question in quotes, or --jsonl and questions on standard input", file=sys.stderr)
        return 2
    if options.jsonl and options.why:
        print("--why is for one question; a line of JSON has the scores", file=sys.stderr)
        return 2
    library = Library(matcher_of(options.folder, options.cache))
    if options.jsonl:
        return 0 if answer_lines(library, _given(), sys.stdout, options.lang) else 1
    verdict = library.ask(options.question, options.lang)
    print(verdict_card(verdict, library.base).plain(buttons=True))
    if options.why:
        print("", *why(verdict), sep="\n")
    return 0


def _given() -> BinaryIO:
    """Return standard input; where it is closed, nothing was asked."""
    return sys.stdin.buffer if sys.stdin else io.BytesIO()


def coverage(options: Namespace) -> int:
    """List the paragraphs that no fact cites; any ends it with 1."""
    base = load(options.folder or shipped())
    paragraphs = sourcefile.paragraphs_of(options.source)
    left = sourcefile.uncited(base, paragraphs)
    for paragraph in left:
        print(f"{paragraph.number}\t{paragraph.kind}\t{paragraph.text[:100]}")
    print(f"{base.source.paragraphs - len(left)} of {base.source.paragraphs} paragraphs are cited")
    return 1 if left else 0


def show(options: Namespace) -> int:
    """Print the cards of one entry, or of all, in both languages."""
    if options.all == (options.id is not None):
        print("give the id of a fact, gap or small talk, or --all", file=sys.stderr)
        return 2
    base = load(options.folder or shipped())
    found = [(entry, cards) for entry, cards in _cards(base) if options.all or entry == options.id]
    for entry, cards in found:
        print(entry, *(card.plain(buttons=True) for card in cards), sep="\n\n", end="\n\n\n")
    if not found:
        print(f"nothing has the id {options.id}", file=sys.stderr)
    return 0 if found else 1


def schema(options: Namespace) -> int:
    print(json.dumps(schemas.schema(options.kind) if options.kind else schemas.schemas(), indent=2))
    return 0


def new(options: Namespace) -> int:
    """Begin a base, without overwriting anything."""
    try:
        written = starting.begin(options.folder)
    except OSError as error:
        print(error.strerror or error, file=sys.stderr)
        return 1
    print(*(str(options.folder / name) for name in written), sep="\n")
    return 0


def _cards(base: FactBase) -> Iterator[tuple[str, list[Card]]]:
    """Yield every entry's id and its cards, one a language."""
    for fact in base.facts:
        yield fact.id, [fact_card(fact, base, lang) for lang in LANGS]
    for gap in base.gaps:
        yield gap.id, [verdict_card(NotInSource(lang, gap=gap), base) for lang in LANGS]
    for entry in base.smalltalk:
        yield entry.id, [verdict_card(SmallTalk(lang, entry), base) for lang in LANGS]
