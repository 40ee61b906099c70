"""The process in which `bot.curation.aside` works: a Work comes in, what came of it goes out, both pickled."""

import gc
import os
import pickle
import sys

# While building nearly all that is made stays: looking for what does not is a quarter of the time.
gc.set_threshold(200_000)

from bot.curation.steps import write  # noqa: E402 - not before
from bot.curation.work import build  # noqa: E402 - the same

NICE = 10

if __name__ == "__main__":
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICE)
    work = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent
    pickle.dump(build(work, write), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
