"""How long the shipped base takes from a fresh process to the first answer, with nothing kept and from what was kept.

Wall time and CPU time of the process itself, imports included; median and most of several. Prints a Markdown table.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile

from bot.config import ROOT, load_settings, surroundings

ROUNDS = 7
PROBE = """
import time
began, busy = time.perf_counter(), time.process_time()
import gc, json, sys
gc.disable()
from pathlib import Path
import facts.shelf.record
from facts.shelf import Shelf

def lap():
    return [time.perf_counter() - began, time.process_time() - busy]

laps = [lap()]
matcher = Shelf(Path(sys.argv[2])).matcher(Path(sys.argv[1]))
laps.append(lap())
matcher.match("how much is it")
matcher.match("一共有多少")
laps.append(lap())
print(json.dumps(laps))
"""


def compiled() -> dict[str, str]:
    """Return an environment in which Python keeps what it compiles, as it does where the bot is used."""
    return {name: value for name, value in surroundings().items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(cache: str) -> list[list[float]]:
    """Return, after the imports, when the matcher is ready, and after a question in each language: wall, CPU."""
    command = [sys.executable, "-c", PROBE, str(load_settings(None).folder.resolve()), cache]
    done = subprocess.run(command, cwd=ROOT, env=compiled(), capture_output=True, check=True)  # noqa: S603 - our own
    laps: list[list[float]] = json.loads(done.stdout)
    return laps


def main() -> None:
    load = os.getloadavg()[0]
    cold = []
    for _ in range(4):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(run(cache))
    del cold[0]  # it compiled our modules, once
    with tempfile.TemporaryDirectory() as cache:
        run(cache)
        kept = [run(cache) for _ in range(ROUNDS)]
    print("| s, wall (CPU): median, most | imported | base ready | two questions answered | wanted: ready |")
    print("| --- | --- | --- | --- | --- |")
    for name, runs, wanted in (("nothing kept", cold, "≤ 3"), ("from what was kept", kept, "≤ 0.5")):
        print(f"| {name} | {' | '.join(_told([one[lap] for one in runs]) for lap in range(3))} | {wanted} |")
    print(f"\nLoad average at the start and at the end: {load:.1f}, {os.getloadavg()[0]:.1f}")


def _told(times: list[list[float]]) -> str:
    wall, cpu = ([one[kind] for one in times] for kind in range(2))
    return f"{statistics.median(wall):.2f} ({statistics.median(cpu):.2f}), {max(wall):.2f}"


if __name__ == "__main__":
    main()
