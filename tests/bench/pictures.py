"""What drawing a picture costs: time, CPU and memory of its process, the first time and later; and what it installs.

Each figure in both languages, with the font that the bot would take; median of several. Prints Markdown.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import ROOT, load_settings, surroundings
from bot.pictures.fonts import folders, font
from bot.pictures.process import COMMAND
from facts.loading import load
from facts.model import LANGS
from handlers.figures import drawing_of
from handlers.texts import catalogues

if TYPE_CHECKING:
    from facts.drawing import Drawing

ROUNDS = 7
PACKAGES = (
    *("matplotlib", "contourpy", "cycler", "fonttools", "kiwisolver"),
    *("pillow", "pyparsing", "python-dateutil", "packaging"),
)
PROBE = "import bot.app; print(open('/proc/self/status').read().partition('VmRSS:')[2].split()[0])"


def drawn(drawing: Drawing, scratch: str) -> tuple[float, float, float]:
    """Draw once; return wall time and CPU time in seconds, and the most resident memory in MB."""
    found = font(None, folders())
    command = [*COMMAND, *([str(found)] if found else [])]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out:
        given.write(drawing.written())
        given.seek(0)
        env = surroundings(MPLCONFIGDIR=scratch, OPENBLAS_NUM_THREADS=1, OMP_NUM_THREADS=1)
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=given, stdout=out)  # noqa: S603 - our own
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("the picture could not be drawn: python -m bot doctor")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def installed(name: str) -> float:
    """Return the size of an installed package in MB."""
    files = distribution(name).files or []
    return sum(path.stat().st_size for file in files if (path := Path(str(file.locate()))).is_file()) / 2**20


def main() -> None:
    base = load(load_settings(None).folder)
    pictures = [drawing_of(base, catalogues()[lang]) for lang in LANGS]
    print("| | s, wall: median, most | s, CPU | MB resident at most |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        _row("the first, which lists all fonts", [drawn(pictures[0], scratch)])
        _row("every other", [drawn(drawing, scratch) for _ in range(ROUNDS) for drawing in pictures])
    sizes = {name: installed(name) for name in PACKAGES}
    print(f"\nInstalled: {sum(sizes.values()):.0f} MB, of which matplotlib {sizes['matplotlib']:.0f}; numpy was there.")
    command = [sys.executable, "-c", PROBE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603 - our own
    print(f"The bot with all its modules loaded and nothing else: {int(done.stdout) / 1024:.0f} MB resident.")
    print(f"\nLoad average: {os.getloadavg()[0]:.1f}")


def _row(name: str, runs: list[tuple[float, float, float]]) -> None:
    wall, cpu, memory = zip(*runs, strict=True)
    times = f"{statistics.median(wall):.1f}, {max(wall):.1f} | {statistics.median(cpu):.1f}"
    print(f"| {name} | {times} | {max(memory):.0f} |")


if __name__ == "__main__":
    main()
