"""What is freed goes back to the system, and threads share what there is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.config import ROOT
from bot.memory import give_back

PROBE = """
import psutil
from bot.memory import give_back

def megabytes():
    return psutil.Process().memory_info().rss / 2**20

kept = [bytes(60_000) for _ in range(2_000)]
del kept[:-1]
before = megabytes()
give_back()
print(before - megabytes())
"""

THREADS = """
import psutil
from threading import Thread
from bot.memory import share

def megabytes():
    return psutil.Process().memory_info().vms / 2**20

share()
kept, told = [], []
before = megabytes()

def work():
    kept.extend(bytes(5_000) for _ in range(100))
    told.append(megabytes() - before)

thread = Thread(target=work)
thread.start()
thread.join()
print(told[0])
"""


def test_it_may_be_called_at_any_time() -> None:
    give_back()
    give_back()


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux is asked")
def test_freed_memory_below_what_is_still_used_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert float(done.stdout) > 50


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux is asked")
def test_a_thread_takes_from_the_pool_of_all() -> None:
    done = subprocess.run([sys.executable, "-c", THREADS], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert float(done.stdout) < 64  # what a pool of its own sets aside, by malloc/arena.c; its stack has 8
