"""What is freed goes back to the system."""

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


def test_it_may_be_called_at_any_time() -> None:
    give_back()
    give_back()


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux is asked")
def test_freed_memory_below_what_is_still_used_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert float(done.stdout) > 50
