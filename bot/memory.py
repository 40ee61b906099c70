"""Memory of the C library: how it is divided, what was freed, and who has it."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_ARENA_MAX = -8  # M_ARENA_MAX of <malloc.h>


def share() -> None:
    """Let all threads take from one pool, before any begins: of pools of their own, parts stay unused, 2 MB.

    None waits for another: Python lets one thread go on at a time.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library than glibc
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Return what was freed to the system: the C library of Linux keeps it, 27 MB after building a matcher."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library than glibc
            ctypes.CDLL(None).malloc_trim(0)
