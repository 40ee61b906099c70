"""Work in a copy of a process, each test in a process of its own: that of the tests has threads."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.config import ROOT

BEGIN = """
import os, signal
from bot.curation.beside import beside
here = os.getpid()
"""


def said(program: str, code: int = 0) -> str:
    command = [sys.executable, "-c", BEGIN + program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True, timeout=60)  # noqa: S603 - our own
    assert (done.returncode, done.stderr) == (code, "")
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows copies no processes")
def test_it_is_done_in_a_copy_while_other_work_goes_on_and_nothing_else_is_done_twice() -> None:
    program = """
import sys
sys.stdout.write("begun ")
into, out = os.pipe()
waiting = beside(lambda: (os.read(into, 9), os.getpid() != here))
os.write(out, b"meanwhile")
print(*waiting())
"""
    assert said(program) == "begun b'meanwhile' True"


@pytest.mark.parametrize("death", ["os.kill(os.getpid(), signal.SIGKILL)", "os._exit(0)", "sum(None)"])
def test_what_the_copy_does_not_finish_is_done_here(death: str) -> None:
    assert said(f"print(beside(lambda: os.getpid() == here or {death})())") == "True"


@pytest.mark.parametrize("lacking", ["del os.fork", "os.fork = lambda: os.open('/no/process', 0)"])
def test_where_there_can_be_no_copy_it_is_done_here(lacking: str) -> None:
    assert said(f"{lacking}\nprint(beside(lambda: os.getpid() == here)())") == "True"


def test_what_goes_wrong_goes_wrong_here() -> None:
    program = """
try:
    beside(lambda: 1 / 0)()
except ZeroDivisionError:
    print("told")
"""
    assert said(program) == "told"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows copies no processes")
def test_a_copy_does_not_outlive_who_waits_for_it() -> None:
    """What is said ends only once the copy, too, has let go of its output."""
    assert said("beside(lambda: bytes(10**6))\nprint('gone', flush=True)\nos.kill(here, signal.SIGTERM)", -15) == "gone"
