"""The process that `bot.curation.aside` starts: a Work comes in, what `build` tells goes out, all of it pickled."""

import gc
import os
import pickle
import sys

gc.disable()  # while building nearly all that is made stays: looking for what does not is a quarter of the time

from bot.curation.building import build  # noqa: E402 - not before
from bot.curation.steps import write  # noqa: E402 - the same

NICE = 10


def tell(what: object) -> None:
    """Write the length, 8 bytes, and the pickle."""
    told = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.write(len(told).to_bytes(8, "big") + told)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    work = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent
    if work.gently and hasattr(os, "nice"):  # not on Windows
        os.nice(NICE)
    build(work, tell, write)
