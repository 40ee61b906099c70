"""`python -m facts`: the curator's commands."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from pathlib import Path

# While starting nearly all that is made stays: looking for what does not is a quarter of the time.
gc.set_threshold(200_000)

from facts.cli import main  # noqa: E402 - not before


def _cache() -> Path | None:
    """Return where such programs keep what they can do without; None where nobody has a home."""
    with suppress(RuntimeError):
        return Path.home() / ".cache" / "article-facts"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], _cache()))
