"""What one contender costs over a base of one size, in a process of its own: `python -m tests.matching.costing`."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil

from bot.config import ROOT, surroundings
from facts.loading import load
from tests.facts.hostile import HOSTILE
from tests.matching.clinc import as_base, grown
from tests.matching.contenders import SERVING

if TYPE_CHECKING:
    from facts.model import FactBase

_WARM_UP = 20
_HOSTILE_ROUNDS = 10
_IN_TURN = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds to build, megabytes added, and milliseconds a question: on the clock, and of the processor alone."""

    lines: int
    build: float
    memory: float
    p50: float
    p99: float
    cpu_p50: float
    cpu_p99: float


def measured(contender: str, facts: int, questions: int, seed: int) -> Cost:
    """Measure in a child; `facts` 0 stands for the base that comes with the program, `questions` 0 for hostile text."""
    return Cost(**_in_child(contender, facts, questions, seed))


def times_as_fast(one: str, other: str, facts: int, questions: int, seed: int) -> float:
    """Return how many times the CPU time of `one` is that of `other`, by medians.

    `_IN_TURN` questions are put to both in turn: so whatever else the machine does strikes both alike, and the speed
    of the hour is in neither.
    """
    return float(_in_child(f"{one}|{other}", facts, questions, seed))


def _in_child(contender: str, facts: int, questions: int, seed: int) -> Any:
    command = [sys.executable, "-m", "tests.matching.costing", contender, str(facts), str(questions), str(seed)]
    env = surroundings(OPENBLAS_NUM_THREADS=1)  # as the bot runs, and the others take no harm
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=env)  # noqa: S603 - our own command
    return json.loads(done.stdout.splitlines()[-1])


def _measure(contender: str, facts: int, questions: int, seed: int) -> Cost:
    base, asked = _asked(facts, (questions or 1) + _WARM_UP, seed)
    asked = asked if questions else [*asked[:_WARM_UP], *list(HOSTILE.values()) * _HOSTILE_ROUNDS]
    SERVING[contender](_tiny())
    gc.collect()
    before, began = _resident(), time.perf_counter()
    made = SERVING[contender](base)
    build = time.perf_counter() - began
    gc.collect()
    memory = _resident() - before
    wall, cpu = [], []
    for question in asked:
        start, busy = time.perf_counter(), time.process_time()
        made.ask(question)
        cpu.append((time.process_time() - busy) * 1000)
        wall.append((time.perf_counter() - start) * 1000)
    lines = sum(len(fact.ask.every) for fact in base.facts)
    times = (float(each) for taken in (wall, cpu) for each in np.percentile(taken[_WARM_UP:], (50, 99)))
    return Cost(lines, build, memory, *times)


def _in_turn(contenders: str, facts: int, questions: int, seed: int) -> float:
    base, asked = _asked(facts, questions + _WARM_UP, seed)
    made = [SERVING[name](base) for name in contenders.split("|")]
    taken: list[list[float]] = [[], []]
    for start in range(0, len(asked), _IN_TURN):
        for each, times in zip(made, taken, strict=True):
            for question in asked[start : start + _IN_TURN]:
                busy = time.process_time()
                each.ask(question)
                times.append(time.process_time() - busy)
    one, other = (float(np.median(times[_WARM_UP:])) for times in taken)
    return other / one


def _asked(facts: int, questions: int, seed: int) -> tuple[FactBase, list[str]]:
    if facts:
        case = grown(facts, questions, seed)
        return as_base(case.facts), [question for question, _ in case.asked]
    base = load(next((ROOT / "facts" / "data").glob("*/source.yaml")).parent)
    return base, _own_questions(questions)


def _own_questions(questions: int) -> list[str]:
    """Return the questions of the shipped base's own development set, in turn."""
    file = next((ROOT / "facts" / "data").glob("*/eval/dev.jsonl"))
    found = [json.loads(line)["q"] for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [found[number % len(found)] for number in range(questions)]


def _tiny() -> FactBase:
    """Return a base to load all code and tables with, so that they aren't counted as the index's memory."""
    return as_base({"one": ["how much is the ticket", "票价是多少"], "two": ["when does the ferry start"]})


def _resident() -> float:
    return float(psutil.Process().memory_info().rss / 2**20)


if __name__ == "__main__":
    chosen, sizes = sys.argv[1], [int(each) for each in sys.argv[2:5]]
    told = _in_turn(chosen, *sizes) if "|" in chosen else asdict(_measure(chosen, *sizes))
    sys.stdout.write(json.dumps(told))
