"""Work done in a copy of this process, on another core: what it needs is there already, its result alone goes back."""

from __future__ import annotations

import os
import pickle
from typing import IO, TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin, and return what waits for the result; it does the work itself where the copy could not.

    For a process without threads of its own: the copy has only the one that made it.
    """
    if not hasattr(os, "fork"):  # Windows
        return work
    ours, theirs = os.pipe()
    try:
        pid = os.fork()
    except OSError:  # no memory, or no more processes
        os.close(ours)
        os.close(theirs)
        return work
    if pid == 0:
        os.close(ours)  # else, were this process killed, its copy would wait for ever to be read
        _tell(work, theirs)
    os.close(theirs)
    return lambda: _told(work, os.fdopen(ours, "rb"), pid)


def _tell(work: Callable[[], T], pipe: int) -> None:
    """Nothing else of the copied process goes on: not even what it has not yet written."""
    try:
        with os.fdopen(pipe, "wb") as out:
            out.write(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
    finally:
        os._exit(0)


def _told(work: Callable[[], T], pipe: IO[bytes], pid: int) -> T:
    with pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    try:
        result: T = pickle.loads(told)  # noqa: S301 - from our own copy
    except (EOFError, pickle.UnpicklingError):
        return work()
    return result
