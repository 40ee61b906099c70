"""Matching beside what one would pick instead: accuracy and refusal on CLINC150, and cost by size. Prints tables.

`python -m tests.bench.matching --quick` takes a sample; `--part dev` asks parts of CLINC's training set instead of its
validation set, to tune by.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]  # ships no types

from facts.matching import Matcher
from facts.verdict import Answer, Choices, Verdict
from tests.matching.clinc import FOLDER, Case, as_base, cases, edited
from tests.matching.contenders import OURS, RANKING
from tests.matching.costing import Cost, measured, times_as_fast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.matching.clinc import Asked
    from tests.matching.contenders import Ranks

SORTED = "extractOne token_sort_ratio"
EDITS = (0, 1, 2)
SIZES = (100, 1_000, 10_000)
SLOW_SAMPLE, QUICK_SAMPLE = 600, 300
"""Questions that extractOne is asked over more than 5,000 lines, where it takes minutes; and all with --quick."""
COST_QUESTIONS, COST_SLOW = 1_000, 100
TRAINABLE = 1_000
"""Facts up to which LinearSVC is trained: at 10,000 its weights alone are more than twenty gigabytes."""


@dataclass(frozen=True, slots=True)
class Options:
    seed: int
    quick: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["accuracy", "cost"])
    parser.add_argument("--part", choices=["dev", "val"], default="val", help="what is asked: val is for reporting")
    parser.add_argument("--ours", action="store_true", help="only this engine, to see quickly what a change does")
    parser.add_argument("--quick", action="store_true", help="a sample of the questions, and no 100,000 lines")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args([] if sys.argv[0].endswith("bench/__main__.py") else None)
    if not FOLDER.is_dir():
        sys.exit(f"CLINC150 is not there: {FOLDER.relative_to(FOLDER.parents[2])} beside this project")
    names = [OURS] if chosen.ours else list(RANKING)
    options = Options(chosen.seed, chosen.quick)
    if chosen.only in (None, "accuracy"):
        accuracy(cases(chosen.part, chosen.seed), names, options, chosen.part)
    if chosen.only in (None, "cost"):
        cost(names, options)


def accuracy(every: Iterable[Case], names: Sequence[str], options: Options, part: str) -> None:
    print(f"CLINC150, its part `{part}`: 150 facts; top-1, % (clean / one random edit / two), seed {options.seed}\n")
    head = "| base | method | top-1 | top-3, clean | AUROC of refusal | asked |"
    print(f"{head}\n|{' --- |' * 6}")
    verdicts = []
    for case in every:
        base = as_base(case.facts)
        for name in names:
            asked = sample(case, name, options)
            print(f"{case.name}: {name} …", file=sys.stderr)
            print(f"| {case.name} | {name} | {ranked(RANKING[name](base), asked, case.foreign, options)} |", flush=True)
        verdicts.append(served(case, Matcher(base), sample(case, OURS, options)))
    print("\nThe same questions through the whole engine, as a person is served, in % of the questions:\n")
    head = "| base | answered right | right or among the buttons | answered wrong | out of scope, yet answered |"
    print(head, f"|{' --- |' * 5}", *verdicts, sep="\n", flush=True)


def sample(case: Case, name: str, options: Options) -> Sequence[Asked]:
    lines = sum(map(len, case.facts.values()))
    slow = name.startswith("extractOne") and lines > 5_000
    most = QUICK_SAMPLE if options.quick else SLOW_SAMPLE if slow else len(case.asked)
    chance = Random(options.seed)  # noqa: S311 - which questions, no secret
    return chance.sample(case.asked, min(most, len(case.asked)))


def ranked(contender: Ranks, asked: Sequence[Asked], foreign: Sequence[str], options: Options) -> str:
    """Return the cells of a row: top-1 by edits, top-3, AUROC."""
    top, third, sure = [], 0.0, [0.0]
    for edits in EDITS:
        chance = Random(options.seed)  # noqa: S311 - the same slips for each contender
        found = [(contender.rank(edited(question, edits, chance)), label) for question, label in asked]
        top.append(100 * float(np.mean([ids[0] == label for (ids, _), label in found])))
        if not edits:
            third = 100 * float(np.mean([label in ids for (ids, _), label in found]))
            sure = [confident for (_, confident), _ in found]
    refusal = "–"
    if foreign:
        unsure = [contender.rank(question)[1] for question in foreign]
        refusal = f"{100 * roc_auc_score([1] * len(sure) + [0] * len(unsure), [*sure, *unsure]):.1f}"
    return f"{' / '.join(f'{share:.1f}' for share in top)} | {third:.1f} | {refusal} | {len(asked)} + {len(foreign)}"


def served(case: Case, matcher: Matcher, asked: Sequence[Asked]) -> str:
    """Return a row on what people would get from a whole matcher."""
    verdicts = [(matcher.match(question, "en"), label) for question, label in asked]
    right = [isinstance(verdict, Answer) and _shows(verdict, label) for verdict, label in verdicts]
    wrong = [isinstance(verdict, Answer) and not _shows(verdict, label) for verdict, label in verdicts]
    among = [isinstance(verdict, Answer | Choices) and _shows(verdict, label) for verdict, label in verdicts]
    cells = [f"{100 * np.mean(each):.1f}" for each in (right, among, wrong)]
    yet = [isinstance(matcher.match(question, "en"), Answer) for question in case.foreign]
    return f"| {case.name} | {' | '.join(cells)} | {f'{100 * np.mean(yet):.1f}' if yet else '–'} |"


def _shows(verdict: Verdict, label: str) -> bool:
    return isinstance(verdict, Answer | Choices) and label in {each.fact.id for each in verdict.facts}


def cost(names: Sequence[str], options: Options) -> None:
    print("\nCost, each in a process of its own; the engine whole, from the question to its verdict. ms a question,")
    print(f"every other one with a slip, at 10 phrasings a fact; seed {options.seed}\n")
    print("| phrasings | method | build, s | added memory, MB | p50 / p99 | CPU time alone: p50 / p99 |")
    print(f"|{' --- |' * 6}")
    taken: dict[tuple[int, str], Cost] = {}
    for facts in SIZES[: 2 if options.quick else 3]:
        for name in names:
            if name.startswith("LinearSVC") and facts > (SIZES[0] if options.quick else TRAINABLE):
                print(f"| {10 * facts:,} | {name} | not trained: at 10,000 facts it takes more than 20 GB {'| ' * 4}")
                continue
            taken[facts, name] = _cost(name, facts, options)
            print(_row(f"{10 * facts:,}", name, taken[facts, name]), flush=True)
    shipped = _cost(OURS, 0, options)
    print(_row(f"the shipped base: {shipped.lines:,}", OURS, shipped))
    for facts in (0, *SIZES[1 : 2 if options.quick else 3]):
        hostile = measured(OURS, facts, 0, options.seed)
        print(_row(f"hostile text, {hostile.lines:,}", OURS, hostile), flush=True)
    print(*_ratios(taken, options), sep="\n")


def _cost(name: str, facts: int, options: Options) -> Cost:
    print(f"{10 * facts:,} phrasings: {name} …", file=sys.stderr)
    slow = options.quick or (facts >= TRAINABLE and name != OURS)
    return measured(name, facts, COST_SLOW if slow else COST_QUESTIONS, options.seed)


def _row(size: str, name: str, found: Cost) -> str:
    times = f"{found.p50:.2f} / {found.p99:.2f} | {found.cpu_p50:.2f} / {found.cpu_p99:.2f}"
    return f"| {size} | {name} | {found.build:.2f} | {found.memory:.0f} | {times} |"


def _ratios(taken: Mapping[tuple[int, str], Cost], options: Options) -> Iterator[str]:
    """Yield how many times as fast as sorted tokens the engine is, by medians on the clock and of CPU time."""
    for (facts, name), theirs in taken.items():
        if name == SORTED:
            ours = taken[facts, OURS]
            clock, cpu = theirs.p50 / ours.p50, theirs.cpu_p50 / ours.cpu_p50
            turn = times_as_fast(OURS, SORTED, facts, 2 * COST_SLOW, options.seed)
            yield f"\nAt {10 * facts:,} phrasings {turn:.1f} times as fast as {SORTED}, asked in turn, of CPU time;"
            yield f"by the rows above, one after the other, {clock:.1f} times on the clock, {cpu:.1f} of CPU time."


if __name__ == "__main__":
    main()
