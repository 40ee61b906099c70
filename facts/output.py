"""What a command prints, and what is left to do where that goes nowhere: a full disk, a reader that has gone."""

from __future__ import annotations

import errno
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_NOWHERE = frozenset((errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))


def printed(command: Callable[[], int]) -> int:
    """Run a command; return its exit code, or 1 where what it prints can't be written, which is said in a line."""
    try:
        try:
            return command()
        finally:
            if sys.stdout is not None:  # closed before we began: then nobody wants it
                sys.stdout.flush()
    except OSError as error:
        if error.errno not in _NOWHERE or error.filename is not None:
            raise
        with suppress(OSError):  # what is still held would be tried once more at the end of the process
            sys.stdout.close()
        if error.errno != errno.EPIPE:
            with suppress(OSError):
                sys.stderr.write(f"the output could not be written: {error.strerror}\n")
        return 1


def counted(count: int, thing: str) -> str:
    """Return "1 fact" or "24 facts"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
