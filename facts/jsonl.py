"""`ask --jsonl`: questions as JSON lines in, answers as JSON lines out, one for one, in order, each at once."""

from __future__ import annotations

import json
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from facts.card import fact_card, verdict_card
from facts.verdict import Answer, Choices, NotInSource, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO, TextIO

    from facts.library import Library
    from facts.model import Lang
    from facts.verdict import Candidate, Verdict

LINE_AT_MOST = 1024 * 1024


class BadLineError(ValueError):
    """A line that is no question; its text says why."""


class Asked(NamedTuple):
    id: str | int
    q: str
    lang: Lang | None
    shown: str | None


def answer_lines(library: Library, source: BinaryIO, target: TextIO, lang: Lang | None = None) -> bool:
    """Answer each line until the source ends; return whether every line was a question.

    `lang` is the language of the answers to lines that name none (None: each question's own).
    What goes wrong with one line, whatever it holds, is written in its place, and the rest goes on.
    """
    good = True
    for line in lines_of(source):
        try:
            answer = _answer(library, read(line), lang)
        except BadLineError as error:
            good = False
            answer = {"id": None, "error": str(error)}
        target.write(json.dumps(answer, ensure_ascii=True) + "\n")
        target.flush()
    return good


def lines_of(source: BinaryIO) -> Iterator[bytes]:
    """Yield lines as they come. Of one that is too long, only a beginning that is over the limit is kept."""
    while line := source.readline(LINE_AT_MOST + 1):
        rest = line
        while len(rest) > LINE_AT_MOST and not rest.endswith(b"\n"):
            rest = source.readline(LINE_AT_MOST + 1)
        yield line


def read(line: bytes) -> Asked:
    """Read one line. Raises `BadLineError` with what is wrong."""
    if len(line) > LINE_AT_MOST:
        raise BadLineError(f"the line is longer than {LINE_AT_MOST} bytes")
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLineError("the line is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"the line is not JSON: {str(error)[:200]}") from None
    if not isinstance(data, dict):
        raise BadLineError("the line is not a JSON object")
    return _asked(data)


def _asked(data: dict[str, Any]) -> Asked:
    found = Asked(data.get("id", ""), data.get("q", ""), data.get("lang"), data.get("shown"))
    if "id" not in data or isinstance(found.id, bool) or not isinstance(found.id, str | int):
        raise BadLineError("`id` must be text or a whole number")
    if "q" not in data or not isinstance(found.q, str):
        raise BadLineError("`q` must be text")
    if found.lang not in (None, "en", "zh"):
        raise BadLineError('`lang` must be "en" or "zh"')
    if not isinstance(found.shown, str | None):
        raise BadLineError("`shown` must be a fact's id")
    return found


def _answer(library: Library, asked: Asked, lang: Lang | None) -> dict[str, object]:
    shown = asked.shown if asked.shown in library.base.fact_by_id else None
    began = perf_counter()
    verdict = library.ask(asked.q, asked.lang or lang, shown)
    text = verdict_card(verdict, library.base).plain()
    took = (perf_counter() - began) * 1000
    return {
        "id": asked.id,
        "q": asked.q,
        "lang": verdict.lang,
        "outcome": outcome(verdict),
        "facts": _facts(library, verdict),
        "text": text,
        "ms": round(took, 3),
    }


def _facts(library: Library, verdict: Verdict) -> list[dict[str, object]]:
    if not isinstance(verdict, Answer | Choices | NotInSource):
        return []
    return [
        {
            "id": each.fact.id,
            "score": round(float(each.score), 4),
            "text": fact_card(each.fact, library.base, verdict.lang).plain(),
        }
        for each in _best_first(verdict)
    ]


def _best_first(verdict: Answer | Choices | NotInSource) -> Sequence[Candidate]:
    """A verdict's own order, but for halves of a question, which come as asked, and for what is put beside a gap."""
    if isinstance(verdict, Answer) or (isinstance(verdict, NotInSource) and verdict.gap):
        return sorted(verdict.facts, key=lambda each: each.score, reverse=True)
    return verdict.facts
